-- What a document's table says, as one hash: codes and parsed numbers in row order, labels left out because forms of
-- one publication wrap and accent them differently. Two documents with one fingerprint say the same thing.
with row_contents as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        {{ ordered_text(
            ['row_seq', 'function_code', 'program_code', 'responsible_unit_code', 'indicator_code'], all_measures()
        ) }} as content
    from {{ ref('int_report_rows__unite') }}
),

total_contents as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        {{ ordered_text(['total_kind', 'total_no', 'first_row_seq', 'last_row_seq'], all_measures()) }} as content
    from {{ ref('int_report_totals__unite') }}
),

rows_joined as (
    select
        document_sha256,
        source_id,
        table_name,
        {{ ordered_concat('content', '/', 'row_seq') }} as content,
        cast(count(*) as integer) as row_count
    from row_contents
    group by document_sha256, source_id, table_name
),

totals_joined as (
    select
        document_sha256,
        source_id,
        table_name,
        {{ ordered_concat('content', '/', 'row_seq') }} as content,
        cast(count(*) as integer) as total_count
    from total_contents
    group by document_sha256, source_id, table_name
)

select
    rows_joined.document_sha256,
    rows_joined.source_id,
    rows_joined.table_name,
    rows_joined.row_count,
    coalesce(totals_joined.total_count, 0) as total_count,
    {{ dbt.hash("rows_joined.content || '#' || coalesce(totals_joined.content, '')") }} as content_fingerprint
from rows_joined
left join totals_joined
    on
        rows_joined.document_sha256 = totals_joined.document_sha256
        and rows_joined.table_name = totals_joined.table_name
