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
    quarter_label,
    {{ quarter_number('quarter_label') }} as quarter_no,
    {{ read_percent('compliance_pct', 'compliance') }}
from {{ source('sv_insafocoop_poa', 'quarterly_compliance_totals') }}
