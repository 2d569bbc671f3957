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
    trim(institution_name) as institution_name_raw,
    budget_year as budget_year_raw,
    {{ parse_year('budget_year') }} as budget_year,
    trim(product_no) as strategic_product_code,
    {{ without_tags('product_name') }} as strategic_product_name,
    {% for area in ['total', 'result', 'output', 'process'] %}
    {{ read_quantity(area ~ '_count', decimal_mark=',', group_mark='.') }},
    {% endfor %}
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('cl_dipres_indicadores', 'product_counts') }}
