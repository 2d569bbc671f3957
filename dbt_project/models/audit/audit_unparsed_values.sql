-- Printed values that staging could not read as what they must be. Nothing becomes null in silence: a row here stops
-- the build before the marts.
{{ config(materialized='incremental', incremental_strategy='replace_touched', on_schema_change='fail') }}
with printed as (
    {{ unparsed_values(ref('int_report_rows__unite'), all_measures()) }}
    union all
    {{ unparsed_values(ref('int_report_totals__unite'), all_measures()) }}
),

products as (
    select * from {{ ref('stg_hn_siafi_productos__products') }}
    union all
    select * from {{ ref('stg_hn_siafi_productos__activities') }}
),

columns_found as (
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        {{ printed_column('table_name', 'measure') }} as column_name,
        raw_text,
        expected_type
    from printed
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'product_name' as column_name,
        product_name_raw as raw_text,
        'code-name' as expected_type
    from products
    where product_code is null
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'category_code' as column_name,
        category_code_raw as raw_text,
        '00-00-000-000' as expected_type
    from products
    where not coalesce({{ matches('category_code', '^[0-9]{2}-[0-9]{2}-[0-9]{3}-[0-9]{3}$') }}, false)
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        'function_code' as column_name,
        purpose_code_raw || ' ' || function_code_raw || ' ' || subfunction_code_raw as raw_text,
        'digits' as expected_type
    from {{ ref('stg_mx_gto_cuenta_publica__indicator_results') }}
    where {{ matches('purpose_code || function_code || subfunction_code', '[^0-9]') }}
    union all
    select
        source_id,
        document_sha256,
        table_name,
        cast(null as integer) as page_no,
        cast(null as integer) as table_no,
        cast(null as integer) as row_no,
        'pages_declared' as column_name,
        pages_declared_raw as raw_text,
        'number' as expected_type
    from {{ ref('stg_contraste__accounting') }}
    where pages_declared_null_kind = 'unparsable'
    union all
    select
        source_id,
        document_sha256,
        table_name,
        cast(null as integer) as page_no,
        cast(null as integer) as table_no,
        cast(null as integer) as row_no,
        'reported_at' as column_name,
        reported_at_raw as raw_text,
        'dd/mm/yyyy hh:mm:ss a.m.|p.m.' as expected_type
    from {{ ref('stg_contraste__accounting') }}
    where trim(reported_at_raw) <> '' and reported_at is null
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        column_name,
        raw_text,
        expected_type
    from {{ ref('int_unparsed_values__compliance') }}
    union all
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        column_name,
        raw_text,
        expected_type
    from {{ ref('int_unparsed_values__indicators') }}
    {% for column in ['period_start_date', 'period_end_date', 'first_seen'] %}
    union all
    select
        source_id,
        document_sha256,
        {{ as_text('null') }} as table_name,
        cast(null as integer) as page_no,
        cast(null as integer) as table_no,
        cast(null as integer) as row_no,
        '{{ column }}' as column_name,
        coalesce({{ column }}_raw, '(missing)') as raw_text,
        'ISO date' as expected_type
    from {{ ref('stg_contraste__documents') }}
    where status = 'loaded' and {{ column }} is null
    {% endfor %}
)

select
    columns_found.source_id,
    columns_found.document_sha256,
    documents.file_path,
    columns_found.table_name,
    columns_found.page_no,
    columns_found.table_no,
    columns_found.row_no,
    {{ as_text('columns_found.column_name') }} as column_name,
    columns_found.raw_text,
    {{ as_text('columns_found.expected_type') }} as expected_type
from columns_found
inner join {{ ref('stg_contraste__documents') }} as documents
    on columns_found.document_sha256 = documents.document_sha256
where documents.status = 'loaded'
