-- Scans with cells that await review, told of the document that speaks for their vintage.
with doubtful as (
    select
        document_sha256,
        source_id,
        table_name,
        cast(sum(case when is_withheld then 1 else 0 end) as integer) as withheld_count,
        cast(sum(case when is_withheld then 0 else 1 end) as integer) as used_count,
        min(page_no) as page_no
    from {{ ref('audit_doubtful_cells') }}
    group by document_sha256, source_id, table_name
)

select
    'scan_awaits_review' as rule_id,
    doubtful.source_id,
    doubtful.table_name,
    vintages.representative_document_sha256 as document_sha256,
    cast(null as integer) as row_seq,
    vintages.file_path as subject,
    {{ as_text('null') }} as subject_key,
    vintages.institution_key,
    'En el documento escaneado ' || vintages.file_path || ' hay ' || {{ as_text('doubtful.withheld_count') }}
    || ' cifras retenidas y ' || {{ as_text('doubtful.used_count') }}
    || ' textos o códigos dudosos por revisar.' as evidence_es,
    'The scanned document ' || vintages.file_path || ' has ' || {{ as_text('doubtful.withheld_count') }}
    || ' withheld figures and ' || {{ as_text('doubtful.used_count') }}
    || ' doubtful texts or codes to review.' as evidence_en,
    doubtful.page_no,
    cast(null as integer) as table_no,
    cast(null as integer) as row_no
from doubtful
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        doubtful.document_sha256 = vintages.document_sha256
        and doubtful.table_name = vintages.table_name
