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
    trim(concept) as term_raw,
    {{ first_match('trim(concept)', '^[A-Z]+[0-9]*([.][0-9])?') }} as line_code,
    ',' as decimal_mark,
    {{ read_amount('amount', decimal_mark=',', group_mark='.') }},
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('ar_carmen_de_areco_rafam', 'situation_account') }}
