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
    category_code as category_code_raw,
    trim(coalesce(category_code__filled, category_code)) as category_code,
    category_code__filled is not null as category_code_is_inferred,
    category_code__fill_reason as category_code_inferred_reason,
    product_name as product_name_raw,
    case
        when {{ matches('product_name', '^ *[0-9]+ *-') }} then trim(split_part(product_name, '-', 1))
    end as product_code,
    case
        when {{ matches('product_name', '^ *[0-9]+ *-') }}
            then trim(substr(product_name, {{ dbt.position("'-'", "product_name") }} + 1))
    end as product_name,
    trim(ga_code) as ga_code,
    trim(ue_code) as ue_code,
    {{ read_quantity('programmed_value', 'physical_programmed') }},
    {{ read_quantity('achieved_value', 'physical_evaluated') }},
    {{ read_quantity('physical_difference') }},
    {{ read_amount('approved_amount', 'assigned_amount') }},
    {{ read_amount('adjusted_amount', 'in_force_amount') }},
    {{ read_amount('budget_difference') }},
    method,
    confidence,
    extractor_version,
    spec_sha256
from {{ source('hn_siafi_productos', 'products') }}
