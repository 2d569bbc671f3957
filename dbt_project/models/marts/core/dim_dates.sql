-- Every day of the years that documents speak of, were received in or are expected for.
{{ config(materialized='table') }}
with digits as (
    {% for digit in range(10) %}
    select {{ digit }} as digit{{ ' union all' if not loop.last }}
    {% endfor %}
),

numbers as (
    select ones.digit + 10 * tens.digit + 100 * hundreds.digit + 1000 * thousands.digit + 10000 * more.digit as number
    from digits as ones
    cross join digits as tens
    cross join digits as hundreds
    cross join digits as thousands
    cross join digits as more
),

spoken_of as (
    select
        period_start_date as first_date,
        period_end_date as last_date
    from {{ ref('stg_contraste__documents') }}
    union all
    select
        cast(first_seen as date) as first_date,
        cast(first_seen as date) as last_date
    from {{ ref('stg_contraste__documents') }}
    union all
    select
        cast(reported_at as date) as first_date,
        cast(reported_at as date) as last_date
    from {{ ref('stg_contraste__accounting') }}
    union all
    select
        cast(first_date as date) as first_date,
        cast(nullif(last_date, '') as date) as last_date
    from {{ ref('report_expectations') }}
),

years as (
    select
        extract(year from min(first_date)) as first_year,
        extract(year from max(last_date)) as last_year
    from spoken_of
),

days as (
    select
        cast({{ dbt.dateadd('day', 'numbers.number', "cast('1900-01-01' as date)") }} as date) as date_day,
        numbers.number
    from numbers
),

parts as (
    select
        days.date_day,
        -- 1 January 1900 was a Monday
        cast(days.number % 7 + 1 as integer) as weekday_no,
        cast(extract(year from days.date_day) as integer) as year_no,
        cast(extract(month from days.date_day) as integer) as month_no,
        cast(extract(day from days.date_day) as integer) as day_no,
        cast(floor((extract(month from days.date_day) + 2) / 3) as integer) as quarter_no
    from days
    inner join years on extract(year from days.date_day) between years.first_year and years.last_year
)

select
    {{ date_key('date_day') }} as date_key,
    date_day,
    year_no,
    cast(case when month_no <= 6 then 1 else 2 end as integer) as semester_no,
    quarter_no,
    month_no,
    day_no,
    weekday_no,
    {{ as_text(month_name('month_no')) }} as month_name,
    {{ as_text("case weekday_no when 1 then 'lunes' when 2 then 'martes' when 3 then 'miércoles' when 4 then 'jueves' "
        ~ "when 5 then 'viernes' when 6 then 'sábado' else 'domingo' end") }} as weekday_name,
    {{ as_text('year_no') }} || '-' || lpad({{ as_text('month_no') }}, 2, '0') as year_month,
    {{ as_text('year_no') }} || '-T' || {{ as_text('quarter_no') }} as year_quarter,
    cast(date_trunc('month', date_day) as date) as month_start_date,
    cast({{ dbt.last_day('date_day', 'month') }} as date) as month_end_date,
    weekday_no > 5 as is_weekend
from parts
