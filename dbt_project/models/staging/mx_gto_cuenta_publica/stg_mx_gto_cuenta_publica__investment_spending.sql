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
    trim(project_code) as project_code,
    project_name,
    -- what kind of programme it is stands where the later form has its description
    project_type as project_description,
    trim(unit_code) as responsible_unit_code,
    {% for measure in gto_spending_measures() %}
    {{ read_amount(measure, raw_amount(measure)) }},
    {% endfor %}
    {{ read_percent('execution_approved_pct') }},
    {{ read_percent('execution_adjusted_pct') }},
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('mx_gto_cuenta_publica', 'investment_spending') }}
