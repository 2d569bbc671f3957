-- What a document's table says, as one hash of its rows and totals in order. Two documents with one fingerprint say
-- the same thing. Labels that are no part of it have a hash of their own.
{{ config(materialized='incremental') }}
with rows_joined as (
    select
        document_sha256,
        source_id,
        table_name,
        {{ ordered_concat('content_hash', '/', 'row_seq') }} as content,
        {{ ordered_concat('label_hash', '/', 'row_seq') }} as labels,
        cast(count(*) as integer) as row_count
    from {{ ref('int_table_contents__unite') }}
    where row_kind = 'row'
    group by document_sha256, source_id, table_name
),

totals_joined as (
    select
        document_sha256,
        source_id,
        table_name,
        {{ ordered_concat('content_hash', '/', 'row_seq') }} as content,
        cast(count(*) as integer) as total_count
    from {{ ref('int_table_contents__unite') }}
    where row_kind = 'total'
    group by document_sha256, source_id, table_name
)

select
    rows_joined.document_sha256,
    rows_joined.source_id,
    rows_joined.table_name,
    rows_joined.row_count,
    coalesce(totals_joined.total_count, 0) as total_count,
    {{ dbt.hash("rows_joined.content || '#' || coalesce(totals_joined.content, '')") }} as content_fingerprint,
    {{ dbt.hash('rows_joined.labels') }} as label_fingerprint
from rows_joined
left join totals_joined
    on
        rows_joined.document_sha256 = totals_joined.document_sha256
        and rows_joined.table_name = totals_joined.table_name
