-- Every period of every report that is expected: one for each month, quarter, semester or year of its range, or one for
-- the whole of it. Reports that go on are expected up to the day on which the newest document came in.
{{ config(meta={'sees': 'everything'}) }}
with expectations as (
    select
        *,
        cast(first_date as date) as first_day,
        cast(nullif(last_date, '') as date) as last_day
    from {{ ref('report_expectations') }}
),

assessed as (
    select cast(max(first_seen) as date) as assessed_on from {{ ref('stg_contraste__documents') }}
),

days as (
    select * from {{ ref('dim_dates') }}
),

{% set calendars = [
    ('month', 'year_no, month_no'), ('quarter', 'year_no, quarter_no'), ('semester', 'year_no, semester_no'),
    ('year', 'year_no')
] %}
calendar as (
    {% for frequency, columns in calendars %}
    select
        '{{ frequency }}' as frequency,
        min(date_day) as start_date,
        max(date_day) as end_date,
        max(year_no) as year_no
    from days
    group by {{ columns }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

year_starts as (
    select
        year_no,
        min(date_day) as year_start_date
    from days
    group by year_no
),

unrolled as (
    select
        expectations.*,
        case when expectations.is_cumulative = 'true' then year_starts.year_start_date else calendar.start_date end
            as period_start_date,
        calendar.end_date as period_end_date
    from expectations
    cross join assessed
    inner join calendar
        on
            expectations.frequency = calendar.frequency
            and expectations.first_day <= calendar.start_date
            and coalesce(expectations.last_day, assessed.assessed_on) >= calendar.end_date
    inner join year_starts on calendar.year_no = year_starts.year_no
    union all
    select
        *,
        first_day as period_start_date,
        last_day as period_end_date
    from expectations
    where frequency = 'multi_year'
)

select
    source_id,
    country_code,
    institution_code,
    {{ entity_key(['country_code', 'institution_code']) }} as institution_key,
    report_title_es as report_title,
    frequency,
    period_start_date,
    period_end_date,
    cast(
        {{ dbt.dateadd('day', "cast(nullif(due_days, '') as integer)", 'period_end_date') }} as date
    ) as due_date,
    source
from unrolled
