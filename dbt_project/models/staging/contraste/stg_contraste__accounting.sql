select
    document_sha256,
    source_id,
    table_name,
    segment_count,
    {{ read_quantity('pages_declared', 'pages_declared_raw') }},
    reported_at_raw,
    {{ parse_moment('reported_at_raw') }} as reported_at,
    data_rows,
    total_rows,
    header_rows,
    blank_rows,
    ignored_rows,
    mapped_columns,
    ignored_columns,
    notes
from {{ source('raw', 'accounting') }}
-- sorted, because keeping the order of 11,000 files takes DuckDB 25 s and sorting their rows 9
order by document_sha256
