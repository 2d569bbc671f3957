select
    document_sha256,
    source_id,
    table_name,
    segment_no,
    page_no,
    sheet_name,
    table_no,
    row_no,
    row_seq,
    total_kind,
    label_raw,
    total_no,
    first_row_seq,
    last_row_seq,
    {{ read_quantity('program_count') }},
    {{ read_percent('accumulated_pct') }}
from {{ source('co_municipios_plan', 'strategic_lines_totals') }}
