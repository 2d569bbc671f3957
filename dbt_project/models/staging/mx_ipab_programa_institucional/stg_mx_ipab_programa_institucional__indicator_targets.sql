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
    record_no,
    year as year_raw,
    {{ parse_year('year') }} as value_year,
    {{ read_quantity('indicator_value', 'value') }},
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('mx_ipab_programa_institucional', 'indicator_targets') }}
