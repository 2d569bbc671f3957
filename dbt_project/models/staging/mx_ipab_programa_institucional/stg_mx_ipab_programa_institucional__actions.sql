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
    action as action_raw,
    {{ replace_all(first_match('trim(action)', '^[0-9]+([.][0-9]+)*[.]?'), '[.]$', '') }} as action_code,
    {{ replace_all('trim(action)', '^[0-9]+([.][0-9]+)*[ .-]*', '') }} as action_name,
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('mx_ipab_programa_institucional', 'actions') }}
