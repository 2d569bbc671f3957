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
    trim(institution_name) as institution_name_raw,
    {% for area in ['total', 'result', 'output', 'process'] %}
    {{ read_quantity(area ~ '_count', decimal_mark=',', group_mark='.') }},
    {% endfor %}
    budget_year as budget_year_raw,
    {{ parse_year('budget_year') }} as budget_year
from {{ source('cl_dipres_indicadores', 'product_counts_totals') }}
