-- The goals of the documents that speak for a vintage, with keys, units and the period each is of. Of what lies after
-- the period that a document covers no result is reported yet, and of a year of a plan for which no row prints any
-- progress neither: that is inferred and says so.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

dated as (
    select
        goals.*,
        vintages.content_fingerprint,
        {{ vintage_columns('vintages') }},
        vintages.institution_key,
        vintages.country_code,
        vintages.period_start_date as filing_start_date,
        vintages.period_end_date as filing_end_date,
        case
            when goals.goal_year is not null then {{ day_of_year('goals.goal_year', '01-01') }}
            when goals.quarter_no = 1 then {{ day_of_year('vintages.fiscal_year', '01-01') }}
            when goals.quarter_no = 2 then {{ day_of_year('vintages.fiscal_year', '04-01') }}
            when goals.quarter_no = 3 then {{ day_of_year('vintages.fiscal_year', '07-01') }}
            when goals.quarter_no = 4 then {{ day_of_year('vintages.fiscal_year', '10-01') }}
            else coalesce(goals.own_start_date, vintages.period_start_date)
        end as period_start_date,
        case
            when goals.goal_year is not null then {{ day_of_year('goals.goal_year', '12-31') }}
            when goals.quarter_no = 1 then {{ day_of_year('vintages.fiscal_year', '03-31') }}
            when goals.quarter_no = 2 then {{ day_of_year('vintages.fiscal_year', '06-30') }}
            when goals.quarter_no = 3 then {{ day_of_year('vintages.fiscal_year', '09-30') }}
            when goals.quarter_no = 4 then {{ day_of_year('vintages.fiscal_year', '12-31') }}
            else coalesce(goals.own_end_date, vintages.period_end_date)
        end as period_end_date,
        {{ fold_name('goals.indicator_name') }} as indicator_name_folded,
        coalesce(units.unit_code, 'not_stated') as unit_code,
        coalesce(units.unit_kind, 'not_stated') as unit_kind,
        max(goals.achieved_value) over (
            partition by goals.document_sha256, goals.table_name, goals.goal_year
        ) as highest_of_year,
        {{ vintage_scoped_key(['goals.row_seq'], 'vintages') }} as row_key
    from {{ ref('int_goal_rows__unite') }} as goals
    inner join vintages
        on
            goals.document_sha256 = vintages.document_sha256
            and goals.table_name = vintages.table_name
    left join {{ ref('int_units__match') }} as units on {{ fold_unit('goals.unit_name_raw') }} = units.unit_folded
),

numbered as (
    select
        *,
        row_number() over (
            partition by
                document_sha256, table_name, program_code, indicator_code, group_folded, indicator_name_folded,
                period_start_date, period_end_date
            order by row_seq
        ) as occurrence_no,
        coalesce(goal_year is not null and highest_of_year = 0, false) as is_year_without_progress,
        coalesce(period_start_date > filing_end_date, false) as lies_ahead
    from dated
)

{% set identity = [
    'goal_scheme', 'institution_key', 'program_code', 'indicator_code', 'group_folded', 'indicator_name_folded',
    'occurrence_no'
] %}
select
    *,
    cast(extract(year from period_end_date) as integer) as fiscal_year,
    case when is_year_without_progress or lies_ahead then 'not_reported' else 'reported' end as report_status,
    is_year_without_progress and not lies_ahead as is_inferred,
    case
        when is_year_without_progress and not lies_ahead
            then
                'no row of the document prints progress for ' || {{ as_text('goal_year') }}
                || ', so it counts as not reported'
    end as inferred_reason,
    {{ percent_of('achieved_value', 'programmed_value') }} as achievement_programmed_exact,
    {{ percent_of('achieved_value', 'adjusted_value') }} as achievement_adjusted_exact,
    'goal ' || {{ as_text('row_seq') }} as scope,
    {{ entity_key(identity) }} as indicator_key,
    {{ surrogate_key(identity) }} as indicator_id
from numbered
