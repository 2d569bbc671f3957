-- Every month, quarter, semester and year of the years of dim_dates, and every other period that a document or an
-- expectation is of. All countries of the warehouse have fiscal years that are calendar years; the seed of countries
-- refuses another one.
{{ config(materialized='table') }}
with days as (
    select * from {{ ref('dim_dates') }}
),

{% set calendars = [
    ('month', 'year_no, month_no'), ('quarter', 'year_no, quarter_no'), ('semester', 'year_no, semester_no'),
    ('year', 'year_no')
] %}
spans as (
    {% for frequency, columns in calendars %}
    select
        min(date_day) as period_start_date,
        max(date_day) as period_end_date,
        false as is_reported
    from days
    group by {{ columns }}
    union all
    {% endfor %}
    select
        period_start_date,
        period_end_date,
        true as is_reported
    from {{ ref('int_document_tables__rank_vintages') }}
    union all
    select
        period_start_date,
        period_end_date,
        true as is_reported
    from {{ ref('int_unit_compliance__select') }}
    union all
    select
        period_start_date,
        period_end_date,
        true as is_reported
    from {{ ref('int_budget_lines__select') }}
    union all
    select
        period_start_date,
        period_end_date,
        true as is_reported
    from {{ ref('int_project_lines__select') }}
    union all
    select
        period_start_date,
        period_end_date,
        false as is_reported
    from {{ ref('int_expected_reports__unroll') }}
),

periods as (
    select
        period_start_date,
        period_end_date,
        max(case when is_reported then 1 else 0 end) = 1 as is_reported,
        cast(extract(year from period_start_date) as integer) as first_year,
        cast(extract(month from period_start_date) as integer) as first_month,
        cast(extract(year from period_end_date) as integer) as last_year,
        cast(extract(month from period_end_date) as integer) as last_month,
        extract(day from period_start_date) = 1
        and period_end_date = cast({{ dbt.last_day('period_end_date', 'month') }} as date) as has_whole_months
    from spans
    group by period_start_date, period_end_date
),

measured as (
    select
        *,
        12 * (last_year - first_year) + last_month - first_month + 1 as month_count
    from periods
),

typed as (
    select
        *,
        case
            when not has_whole_months then 'other'
            when month_count = 1 then 'month'
            when month_count = 3 and first_month in (1, 4, 7, 10) then 'quarter'
            when month_count = 6 and first_month in (1, 7) then 'semester'
            when month_count = 12 and first_month = 1 then 'year'
            when month_count > 12 and month_count % 12 = 0 and first_month = 1 then 'multi_year'
            when month_count < 12 and first_month = 1 then 'year_to_date'
            else 'other'
        end as period_type
    from measured
)

select
    {{ period_key('period_start_date', 'period_end_date') }} as period_key,
    period_start_date,
    period_end_date,
    {{ as_text('period_type') }} as period_type,
    cast(case when has_whole_months then month_count end as integer) as month_count,
    cast({{ dbt.datediff('period_start_date', 'period_end_date', 'day') }} + 1 as integer) as day_count,
    last_year as fiscal_year,
    cast(case when period_type = 'semester' then (first_month + 5) / 6 end as integer) as semester_no,
    cast(case when period_type = 'quarter' then (first_month + 2) / 3 end as integer) as quarter_no,
    cast(case when period_type = 'month' then first_month end as integer) as month_no,
    {{ as_text("""case
        when period_type = 'month' then """ ~ month_name('first_month') ~ """ || ' ' || """ ~ as_text('first_year') ~ """
        when period_type = 'quarter' then 'T' || """ ~ as_text('cast((first_month + 2) / 3 as integer)') ~ """ || ' ' || """
        ~ as_text('first_year') ~ """
        when period_type = 'semester' then 'S' || case when first_month = 1 then '1' else '2' end || ' ' || """
        ~ as_text('first_year') ~ """
        when period_type = 'year' then """ ~ as_text('first_year') ~ """
        when period_type = 'multi_year' then """ ~ as_text('first_year') ~ """ || '–' || """ ~ as_text('last_year') ~ """
        when period_type = 'year_to_date' then 'enero–' || """ ~ month_name('last_month') ~ """ || ' ' || """
        ~ as_text('last_year') ~ """
        else """ ~ as_text('period_start_date') ~ """ || ' – ' || """ ~ as_text('period_end_date') ~ """
    end""") }} as period_label,
    {{ date_key('period_end_date') }} * 10000 + {{ dbt.datediff('period_start_date', 'period_end_date', 'day') }} + 1
        as sort_key,
    first_year = last_year and first_month = 1 and extract(day from period_start_date) = 1 as is_ytd,
    is_reported
from typed
