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
-- DuckDB keeps the order of 11,000 files at 25 s and sorts their rows at 9
order by document_sha256
