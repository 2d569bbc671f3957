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
    objective as objective_raw,
    {{ first_match(first_match('objective', '^[^0-9]*[0-9]+'), '[0-9]+') }} as objective_code,
    {{ replace_all('trim(objective)', '^[^0-9]*[0-9]+[ .-]*', '') }} as objective_name,
    national_objective as national_objective_raw,
    national_objective__filled is not null as national_objective_is_inferred,
    national_objective__fill_reason as national_objective_inferred_reason,
    {{ first_match(
        first_match('coalesce(national_objective__filled, national_objective)', '^[^0-9]*[0-9]+'), '[0-9]+'
    ) }} as national_objective_code,
    {{ replace_all(
        'trim(coalesce(national_objective__filled, national_objective))', '^[^0-9]*[0-9]+[ .-]*', ''
    ) }} as national_objective_name,
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('mx_ipab_programa_institucional', 'objective_alignment') }}
