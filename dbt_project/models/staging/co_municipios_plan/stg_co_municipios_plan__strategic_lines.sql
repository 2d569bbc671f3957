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
    trim(line_name) as line_name,
    {{ read_quantity('program_count') }},
    {{ read_percent('accumulated_pct') }},
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('co_municipios_plan', 'strategic_lines') }}
