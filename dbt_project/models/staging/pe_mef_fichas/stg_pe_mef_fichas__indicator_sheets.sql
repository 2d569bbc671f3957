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
    sector_code,
    trim(sector_name) as sector_name,
    entity_code,
    trim(entity_name) as entity_name,
    indicator_no as indicator_code,
    trim(indicator_name) as indicator_name,
    {{ first_match('trim(program_name)', '^[0-9]+') }} as program_code,
    {{ replace_all('trim(program_name)', '^[0-9]+ *', '') }} as program_name,
    control_scope as control_scope_raw,
    {{ first_match('control_scope', '[0-9]{7}') }} as product_code,
    -- the kind of level is printed twice, before its code and name
    case
        when {{ matches('control_scope', '^(RESULTADO[A-Z ]*|PRODUCTO|ACTIVIDAD)') }}
            then trim({{ replace_all('control_scope', ' (RESULTADO|PRODUCTO|ACTIVIDAD).*$', '') }})
        else control_scope
    end as level_name,
    trim(unit_name) as unit_name_raw,
    calculation_method,
    nullif(trim(limits_note), '') as limits_note,
    trim(frequency_name) as frequency_name,
    data_source,
    geographic_reach,
    responsible_level,
    printed_on as printed_on_raw,
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('pe_mef_fichas', 'indicator_sheets') }}
