select
    document_sha256,
    source_id,
    table_name,
    reading_no,
    row_kind,
    change_kind,
    column_name,
    old_text,
    new_text,
    cast(old_number as decimal(24, 6)) as old_number,
    cast(new_number as decimal(24, 6)) as new_number,
    page_no,
    table_no,
    row_no,
    row_seq
from {{ source('raw', 'mended_values') }}
