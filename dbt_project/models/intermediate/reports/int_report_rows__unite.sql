-- Every family's leaf rows in one shape. What a form does not print is null with the null kind `not_on_form`.
{% set levels = [
    ('products', 'product_category', 'Producto final'),
    ('activities', 'activity_category', 'Producto intermedio'),
] %}
with indicator_results as (
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
        'program_line' as report_level,
        'mx-gto-programa-presupuestario' as program_scheme,
        program_code,
        false as program_code_is_inferred,
        {{ as_text('null') }} as program_code_inferred_reason,
        responsible_unit_code,
        axis_name,
        strategy_name,
        trim(
            purpose_code_raw || ' ' || coalesce(function_code_raw, '') || ' ' || coalesce(subfunction_code_raw, '')
        ) as function_code_raw,
        nullif(
            {{ replace_all(
                "coalesce(purpose_code, '') || '.' || coalesce(function_code, '') || '.' || coalesce(subfunction_code, '')",
                '[.]+$',
                ''
            ) }},
            ''
        ) as function_code,
        {{ as_text('null') }} as indicator_code,
        indicator_name,
        level_name,
        type_name,
        dimension_name,
        frequency_name,
        unit_name_raw,
        formula,
        {{ carry_measures(indicator_form_measures()) }},
        method,
        confidence
    from {{ ref('stg_mx_gto_cuenta_publica__indicator_results') }}
),

products as (
    {% for table, level, level_name in levels %}
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
        '{{ level }}' as report_level,
        'hn-siafi-categoria' as program_scheme,
        category_code as program_code,
        category_code_is_inferred as program_code_is_inferred,
        category_code_inferred_reason as program_code_inferred_reason,
        ga_code || '-' || ue_code as responsible_unit_code,
        {{ as_text('null') }} as axis_name,
        {{ as_text('null') }} as strategy_name,
        {{ as_text('null') }} as function_code_raw,
        {{ as_text('null') }} as function_code,
        product_code as indicator_code,
        product_name as indicator_name,
        '{{ level_name }}' as level_name,
        {{ as_text('null') }} as type_name,
        {{ as_text('null') }} as dimension_name,
        {{ as_text('null') }} as frequency_name,
        {{ as_text('null') }} as unit_name_raw,
        {{ as_text('null') }} as formula,
        {{ carry_measures(product_report_measures()) }},
        method,
        confidence
    from {{ ref('stg_hn_siafi_productos__' ~ table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from indicator_results
union all
select * from products
