-- The `n of n` on a report's last page against the pages that were read. Only a PDF has pages to count.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
)

select
    'pages_complete' as rule_id,
    vintages.source_id,
    vintages.table_name,
    vintages.document_sha256,
    'pages of ' || vintages.table_name as scope,
    'pages' as measure,
    'count' as figure_kind,
    accounting.pages_declared_raw as printed_raw,
    accounting.pages_declared as printed_value,
    case
        when vintages.format in ('pdf', 'scan') then cast(accounting.segment_count as decimal(24, 6))
    end as recomputed_exact,
    case
        when vintages.format in ('pdf', 'scan') then cast(accounting.segment_count as decimal(24, 6))
    end as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    case
        when vintages.format not in ('pdf', 'scan') then 'no_pages_in_format'
        when accounting.pages_declared is null then 'not_printed'
    end as not_comparable_cause,
    case when accounting.pages_declared > accounting.segment_count then 'pages_missing' end as detected_cause,
    {{ as_text('null') }} as printed_total_key,
    cast(null as integer) as page_no,
    cast(null as integer) as table_no,
    cast(null as integer) as row_no,
    {{ as_text('null') }} as column_name
from vintages
inner join {{ ref('stg_contraste__accounting') }} as accounting
    on
        vintages.document_sha256 = accounting.document_sha256
        and vintages.table_name = accounting.table_name
