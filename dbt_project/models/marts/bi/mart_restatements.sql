-- What changed in what is known of a filing, by how much and who changed it. `source_restated`: another document says
-- it otherwise. `forms_disagree`: two forms of one publication do. `extraction_fixed`: the same bytes, read by a mended
-- extractor or layout; the raw tables hold the mended reading and the ledger of readings what it was before.
{{ config(meta={'touched_by': 'to_document_sha256'}) }}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
),

restated as (
    select
        case
            when later.publication = earlier.publication and later.format <> earlier.format then 'forms_disagree'
            else 'source_restated'
        end as cause,
        compared.comparison,
        compared.change_kind,
        compared.table_name,
        compared.institution_key,
        compared.indicator_key,
        compared.scope,
        compared.measure,
        compared.figure_kind,
        compared.old_raw,
        compared.new_raw,
        compared.old_value,
        compared.new_value,
        compared.from_document,
        compared.to_document,
        {{ as_text('null') }} as from_extractor_version,
        {{ as_text('null') }} as to_extractor_version,
        cast(null as integer) as reading_no,
        case
            when compared.comparison = 'reissue' then later.known_from
            when later.known_from >= earlier.known_from then later.known_from
            else earlier.known_from
        end as restated_on,
        compared.page_no,
        compared.table_no,
        compared.row_no
    from {{ ref('int_restatements__compare') }} as compared
    inner join vintages as later
        on
            compared.to_document = later.document_sha256
            and compared.table_name = later.table_name
    inner join vintages as earlier
        on
            compared.from_document = earlier.document_sha256
            and compared.table_name = earlier.table_name
),

changes as (
    select * from restated
    union all
    select * from {{ ref('int_readings__compare') }}
)

select
    {{ surrogate_key([
        'changes.cause', 'changes.comparison', 'changes.from_document', 'changes.to_document', 'changes.table_name',
        'changes.indicator_key', 'changes.scope', 'changes.measure', 'changes.change_kind', 'changes.reading_no',
        'changes.row_no'
    ]) }} as restatement_key,
    {{ as_text('changes.cause') }} as cause,
    {{ as_text('changes.comparison') }} as comparison,
    {{ as_text('changes.change_kind') }} as change_kind,
    later.source_id,
    changes.table_name,
    institutions.institution_key,
    institutions.institution_code,
    institutions.institution_name,
    institutions.country_code,
    later.fiscal_year,
    later.period_start_date,
    later.period_end_date,
    changes.indicator_key,
    {{ as_text('changes.scope') }} as scope,
    {{ as_text('changes.measure') }} as measure,
    {{ as_text('changes.figure_kind') }} as figure_kind,
    changes.old_raw,
    changes.new_raw,
    changes.old_value,
    changes.new_value,
    cast(changes.new_value - changes.old_value as decimal(24, 6)) as difference,
    cast(
        round({{ percent_of('abs(changes.new_value - changes.old_value)', 'abs(changes.old_value)') }}, 6)
        * case when changes.new_value < changes.old_value then -1 else 1 end as decimal(24, 6)
    ) as difference_pct,
    changes.restated_on,
    changes.from_document as from_document_sha256,
    earlier.file_path as from_file_path,
    earlier.vintage_seq as from_vintage_seq,
    changes.to_document as to_document_sha256,
    later.file_path as to_file_path,
    later.vintage_seq as to_vintage_seq,
    later.is_latest,
    changes.from_extractor_version,
    changes.to_extractor_version,
    changes.page_no,
    changes.table_no,
    changes.row_no
from changes
inner join vintages as later
    on
        changes.to_document = later.document_sha256
        and changes.table_name = later.table_name
inner join vintages as earlier
    on
        changes.from_document = earlier.document_sha256
        and changes.table_name = earlier.table_name
inner join {{ ref('dim_institutions') }} as institutions
    on coalesce(changes.institution_key, later.institution_key) = institutions.institution_key
