-- Printed values that staging could not read as what they must be. Nothing becomes null in silence: a row here stops
-- the build before the marts.
{{ config(materialized='incremental', incremental_strategy='replace_touched', on_schema_change='fail') }}
with products as (
    select * from {{ ref('stg_hn_siafi_productos__products') }}
    union all
    select * from {{ ref('stg_hn_siafi_productos__activities') }}
),

found as (
    {{ unparsed_measures(ref('int_report_rows__unite'), all_measures()) }}
    union all
    {{ unparsed_measures(ref('int_report_totals__unite'), all_measures()) }}
    union all
    {% for relation in ['int_budget_lines__unite', 'int_budget_totals__unite'] %}
    {% for measure in budget_line_measures() %}
    {{ unparsed_where(
        ref(relation),
        printed_column('table_name', "'" ~ measure ~ "'"),
        measure ~ '_raw',
        "'amount'",
        measure ~ "_null_kind = 'unparsable'"
    ) }}
    union all
    {% endfor %}
    {% endfor %}
    {% for relation in ['int_project_lines__unite', 'int_project_totals__unite'] %}
    {% for measure in project_measures() %}
    {{ unparsed_where(
        ref(relation),
        printed_column('table_name', "'" ~ measure ~ "'"),
        measure ~ '_raw',
        "'amount'" if measure in project_money() else "'number'",
        measure ~ "_null_kind = 'unparsable'"
    ) }}
    union all
    {% endfor %}
    {% endfor %}
    {{ unparsed_where('products', "'product_name'", 'product_name_raw', "'code-name'", 'product_code is null') }}
    union all
    {{ unparsed_where(
        'products',
        "'category_code'",
        'category_code_raw',
        "'00-00-000-000'",
        'not coalesce(' ~ matches('category_code', '^[0-9]{2}-[0-9]{2}-[0-9]{3}-[0-9]{3}$') ~ ', false)'
    ) }}
    union all
    {{ unparsed_where(
        ref('stg_mx_gto_cuenta_publica__indicator_results'),
        "'function_code'",
        "purpose_code_raw || ' ' || function_code_raw || ' ' || subfunction_code_raw",
        "'digits'",
        matches('purpose_code || function_code || subfunction_code', '[^0-9]')
    ) }}
    union all
    select * from {{ ref('int_unparsed_values__compliance') }}
    union all
    select * from {{ ref('int_unparsed_values__indicators') }}
    union all
    {{ unparsed_of_document(
        ref('stg_contraste__accounting'),
        'table_name',
        'pages_declared',
        'pages_declared_raw',
        'number',
        "pages_declared_null_kind = 'unparsable'"
    ) }}
    union all
    {{ unparsed_of_document(
        ref('stg_contraste__accounting'),
        'table_name',
        'reported_at',
        'reported_at_raw',
        'dd/mm/yyyy hh:mm:ss a.m.|p.m.',
        "trim(reported_at_raw) <> '' and reported_at is null"
    ) }}
    {% for column in ['period_start_date', 'period_end_date', 'first_seen'] %}
    union all
    {{ unparsed_of_document(
        ref('stg_contraste__documents'),
        as_text('null'),
        column,
        'coalesce(' ~ column ~ "_raw, '(missing)')",
        'ISO date',
        "status = 'loaded' and " ~ column ~ ' is null'
    ) }}
    {% endfor %}
)

select
    found.source_id,
    found.document_sha256,
    documents.file_path,
    found.table_name,
    found.page_no,
    found.table_no,
    found.row_no,
    {{ as_text('found.column_name') }} as column_name,
    found.raw_text,
    {{ as_text('found.expected_type') }} as expected_type
from found
inner join {{ ref('stg_contraste__documents') }} as documents on found.document_sha256 = documents.document_sha256
where documents.status = 'loaded'
