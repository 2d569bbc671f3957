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
