select
    document_sha256,
    source_id,
    table_name,
    reading_no,
    {{ parse_iso_moment('read_at') }} as read_at,
    extractor_version,
    spec_sha256,
    content_sha256,
    row_count,
    total_count
from {{ source('raw', 'readings') }}
-- sorted, because keeping the order of 11,000 files takes DuckDB 25 s and sorting their rows 9
order by document_sha256
