select
    document_sha256,
    source_id,
    table_name,
    column_name,
    row_kind,
    page_no,
    table_no,
    row_no,
    col_no,
    text_read,
    text_landed,
    method,
    cast(confidence as decimal(9, 6)) as confidence,
    status,
    is_withheld,
    needs_review,
    reason
from {{ source('raw', 'scanned_cells') }}
