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
    {% for measure in gto_spending_measures() %}
    {{ read_amount(measure, raw_amount(measure)) }},
    {% endfor %}
    {{ read_percent('execution_approved_pct') }},
    {{ read_percent('execution_adjusted_pct') }}
from {{ source('mx_gto_cuenta_publica', 'investment_spending_totals') }}
