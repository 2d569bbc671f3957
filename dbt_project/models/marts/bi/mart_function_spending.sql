-- Money by function in one currency and in the prices of one year, for every country alike. Each leaf line of the
-- last period goes to the counterparts of its function in COFOG, a phase a row. What a phase or a conversion lacks
-- stays null and `conversion_status` says what it is; the printed amount stands beside, and nothing is converted with
-- a figure that no publisher gave.
{% set phases = ['approved', 'adjusted', 'committed', 'accrued', 'paid'] %}
with lines as (
    {% for phase in phases %}
    {%- if not loop.first %}
    union all
    {% endif %}
    select
        document_sha256,
        institution_key,
        function_key,
        source_id,
        fiscal_year,
        period_key,
        period_start_date,
        period_end_date,
        currency_code,
        {{ vintage_columns() }},
        '{{ phase }}' as phase_code,
        {{ phase }}_amount as amount
    from {{ ref('fct_budget_execution') }}
    where is_leaf and is_last_period
    {% endfor %}
),

by_function as (
    select
        document_sha256,
        institution_key,
        function_key,
        source_id,
        fiscal_year,
        period_key,
        period_start_date,
        period_end_date,
        currency_code,
        {{ vintage_columns() }},
        phase_code,
        count(*) as line_count,
        sum(amount) as amount
    from lines
    group by
        document_sha256, institution_key, function_key, source_id, fiscal_year, period_key, period_start_date,
        period_end_date, currency_code, {{ vintage_columns() }}, phase_code
),

figures as (
    select
        country_code,
        cast(year_no as integer) as year_no,
        max(case when figure_code = 'exchange_rate' then cast(figure_value as decimal(18, 6)) end) as exchange_rate,
        max(case when figure_code = 'price_index' then cast(figure_value as decimal(18, 6)) end) as price_index,
        max(case when figure_code = 'population' then cast(figure_value as decimal(18, 6)) end) as population
    from {{ ref('country_year_figures') }}
    group by country_code, year_no
),

placed as (
    select
        by_function.*,
        institutions.institution_code,
        institutions.institution_name,
        institutions.country_code,
        functions.function_code,
        functions.function_path,
        links.cofog_key,
        links.match_type as cofog_match_type,
        cofog.cofog_code,
        cofog.cofog_name,
        cofog.division_code as cofog_division_code,
        cofog.division_name as cofog_division_name,
        basis.currency_code as comparison_currency_code,
        cast(basis.price_year as integer) as price_year,
        of_year.exchange_rate,
        of_year.price_index,
        of_year.population,
        of_base.exchange_rate as base_exchange_rate,
        of_base.price_index as base_price_index,
        cast(round(by_function.amount * links.weight, 2) as decimal(18, 2)) as printed_amount
    from by_function
    inner join {{ ref('dim_institutions') }} as institutions
        on by_function.institution_key = institutions.institution_key
    inner join {{ ref('dim_functions') }} as functions on by_function.function_key = functions.function_key
    inner join {{ ref('bridge_function_cofog') }} as links
        on
            by_function.function_key = links.function_key
            and by_function.period_end_date >= coalesce(links.valid_from_date, by_function.period_end_date)
            and by_function.period_end_date <= coalesce(links.valid_to_date, by_function.period_end_date)
    inner join {{ ref('dim_cofog') }} as cofog on links.cofog_key = cofog.cofog_key
    cross join {{ ref('comparison_basis') }} as basis
    left join figures as of_year
        on
            institutions.country_code = of_year.country_code
            and by_function.fiscal_year = of_year.year_no
    left join figures as of_base
        on
            institutions.country_code = of_base.country_code
            and cast(basis.price_year as integer) = of_base.year_no
),

converted as (
    select
        *,
        cast({{ quotient('printed_amount', 'exchange_rate', 2) }} as decimal(18, 2)) as converted_amount,
        cast(
            {{ quotient(
                'cast(printed_amount as decimal(22, 2)) * cast(base_price_index as decimal(14, 6))', 'price_index', 2
            ) }} as decimal(18, 2)
        ) as real_amount
    from placed
),

compared as (
    select
        *,
        cast({{ quotient('real_amount', 'base_exchange_rate', 2) }} as decimal(18, 2)) as real_converted_amount,
        case
            when printed_amount is null then 'not_printed'
            when exchange_rate is null or base_exchange_rate is null then 'no_exchange_rate'
            when price_index is null or base_price_index is null then 'no_price_index'
            when population is null then 'no_population'
            else 'converted'
        end as conversion_status
    from converted
)

select
    {{ surrogate_key(['document_sha256', 'period_key', 'function_key', 'cofog_key', 'phase_code', 'currency_code']) }}
        as function_spending_key,
    institution_key,
    institution_code,
    institution_name,
    country_code,
    function_key,
    function_code,
    function_path,
    cofog_key,
    cofog_code,
    cofog_name,
    cofog_division_code,
    cofog_division_name,
    cofog_match_type,
    source_id,
    fiscal_year,
    period_key,
    period_start_date,
    period_end_date,
    {{ as_text('phase_code') }} as phase_code,
    cast(line_count as integer) as line_count,
    currency_code,
    printed_amount,
    cast(exchange_rate as decimal(24, 6)) as exchange_rate,
    comparison_currency_code,
    converted_amount,
    cast(price_index as decimal(24, 6)) as price_index,
    price_year,
    cast(base_price_index as decimal(24, 6)) as base_price_index,
    real_amount,
    cast(base_exchange_rate as decimal(24, 6)) as base_exchange_rate,
    real_converted_amount,
    cast(population as decimal(24, 6)) as country_population_count,
    cast({{ quotient('real_converted_amount', 'population', 6) }} as decimal(24, 6)) as real_converted_per_inhabitant,
    {{ as_text('conversion_status') }} as conversion_status,
    document_sha256,
    {{ vintage_columns() }}
from compared
