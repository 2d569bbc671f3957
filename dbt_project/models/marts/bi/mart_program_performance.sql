-- Money meets results: every budget line with the goals that belong to its money. A goal never brings its own copy of
-- the money: goals are counted per line first. Money printed on one row with one goal can be held against it
-- (`same_row`); money of a category with several products cannot be split between them (`category`).
-- Everything is judged before rounding: products are compared, not percentages.
{% set single_goal_texts = ['indicator_key', 'indicator_name', 'unit_code', 'unit_kind', 'unit_name_raw'] %}
{% set single_goal_values = ['programmed_value', 'adjusted_value', 'achieved_value'] %}
{% set single_goal_pcts = ['achievement_programmed_pct_recomputed', 'achievement_adjusted_pct_recomputed'] %}
with thresholds as (
    select
        country_code,
        cast(goal_met_from_pct as decimal(9, 4)) as goal_met_from_pct,
        cast(fully_spent_from_pct as decimal(9, 4)) as fully_spent_from_pct,
        cast(fully_spent_to_pct as decimal(9, 4)) as fully_spent_to_pct,
        cast(valid_from as date) as valid_from_date,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to_date
    from {{ ref('quadrant_thresholds') }}
),

lines as (
    select
        budget.*,
        institutions.institution_code,
        institutions.institution_name,
        institutions.country_code,
        thresholds.goal_met_from_pct,
        thresholds.fully_spent_from_pct,
        thresholds.fully_spent_to_pct
    from {{ ref('fct_budget_execution') }} as budget
    inner join {{ ref('dim_institutions') }} as institutions on budget.institution_key = institutions.institution_key
    inner join thresholds
        on
            institutions.country_code = thresholds.country_code
            and budget.period_end_date between thresholds.valid_from_date and thresholds.valid_to_date
),

-- a line is one row of the form, or all rows of a category and the unit that spends it
line_goals as (
    select
        lines.budget_line_key,
        lines.goal_met_from_pct,
        printed.indicator_name,
        coalesce(indicators.direction_code, 'not_stated') as direction_code,
        {% for column in single_goal_texts if column != 'indicator_name' %}
        goals.{{ column }},
        {% endfor %}
        {% for column in single_goal_values + single_goal_pcts %}
        goals.{{ column }},
        {% endfor %}
        coalesce(goals.adjusted_value, goals.programmed_value) as target_value,
        case when goals.report_status = 'reported' then goals.achieved_value end as result_value,
        goals.is_unplanned_delivery
    from lines
    inner join {{ ref('int_report_rows__select') }} as printed
        on
            lines.document_sha256 = printed.document_sha256
            and lines.table_name = printed.table_name
            and lines.program_key = printed.program_key
            and coalesce(lines.responsible_unit_code, '') = coalesce(printed.responsible_unit_code, '')
            and (lines.report_level <> 'program_line' or lines.indicator_key = printed.indicator_key)
    inner join {{ ref('fct_indicator_goals') }} as goals on printed.row_key = goals.goal_key
    left join {{ ref('dim_indicators') }} as indicators on goals.indicator_key = indicators.indicator_key
    -- money may be printed on a row without a goal
    where
        printed.indicator_name is not null
        or goals.programmed_value is not null
        or goals.adjusted_value is not null
        or goals.achieved_value is not null
),

judged_goals as (
    select
        *,
        coalesce(target_value > 0, false) as has_target,
        case
            when target_value > 0 and direction_code = 'descending'
                then 100 * target_value >= goal_met_from_pct * result_value
            when target_value > 0 then 100 * result_value >= goal_met_from_pct * target_value
        end as is_met
    from line_goals
),

counted_goals as (
    select
        budget_line_key,
        count(*) as goal_count,
        sum(case when has_target then 1 else 0 end) as goals_with_target_count,
        sum(case when result_value is not null then 1 else 0 end) as goals_with_result_count,
        sum(case when is_met is not null then 1 else 0 end) as goals_judged_count,
        sum(case when is_met then 1 else 0 end) as goals_met_count,
        {% for column in single_goal_texts + single_goal_values + single_goal_pcts + ['result_value'] %}
        case when count(*) = 1 then max({{ column }}) end as {{ column }},
        {% endfor %}
        sum(case when is_unplanned_delivery then 1 else 0 end) as unplanned_delivery_count
    from judged_goals
    group by budget_line_key
),

linked as (
    select
        lines.*,
        {% for column in [
            'goal_count', 'goals_with_target_count', 'goals_with_result_count', 'goals_judged_count', 'goals_met_count',
            'unplanned_delivery_count'
        ] %}
        coalesce(counted_goals.{{ column }}, 0) as {{ column }},
        {% endfor %}
        {% for column in single_goal_texts if column != 'indicator_key' %}
        counted_goals.{{ column }},
        {% endfor %}
        {% for column in single_goal_values + single_goal_pcts + ['result_value'] %}
        counted_goals.{{ column }},
        {% endfor %}
        counted_goals.indicator_key as goal_indicator_key,
        -- money and percents do not add up to things that have a cost each
        coalesce(units.is_additive and units.unit_kind = 'count', false) as is_countable,
        case
            when counted_goals.budget_line_key is null then 'none'
            when counted_goals.goal_count = 1 and lines.printed_row_count = 1 then 'same_row'
            else 'category'
        end as link_quality
    from lines
    left join counted_goals on lines.budget_line_key = counted_goals.budget_line_key
    left join {{ ref('dim_units_of_measure') }} as units on counted_goals.unit_code = units.unit_code
),

judged as (
    select
        *,
        case
            when goals_with_target_count = 0 then 'no_goal'
            when goals_met_count < goals_judged_count then 'not_met'
            when goals_judged_count < goals_with_target_count then 'no_result'
            else 'met'
        end as efficacy,
        {% for phase in ['approved', 'adjusted'] %}
        case
            when accrued_amount is null or {{ phase }}_amount is null then 'no_figure'
            when {{ phase }}_amount = 0 and accrued_amount = 0 then 'no_figure'
            when 100 * accrued_amount < fully_spent_from_pct * {{ phase }}_amount then 'under_spent'
            when 100 * accrued_amount > fully_spent_to_pct * {{ phase }}_amount then 'over_spent'
            else 'fully_spent'
        end as spend_{{ phase }},
        {% endfor %}
        link_quality = 'same_row' and is_countable as has_unit_cost
    from linked
)

select
    judged.budget_line_key,
    judged.institution_key,
    judged.institution_code,
    judged.institution_name,
    judged.country_code,
    judged.program_key,
    judged.program_code,
    programs.program_name,
    judged.function_key,
    functions.function_code,
    functions.function_name,
    functions.function_path,
    judged.responsible_unit_code,
    judged.source_id,
    judged.report_level,
    judged.is_leaf,
    judged.fiscal_year,
    judged.period_key,
    periods.period_label,
    periods.period_type,
    judged.period_start_date,
    judged.period_end_date,
    judged.is_last_period,
    coalesce(judged.is_latest and judged.is_leaf and judged.is_last_period, false) as is_in_totals,
    judged.currency_code,
    judged.approved_amount,
    judged.adjusted_amount,
    judged.committed_amount,
    judged.accrued_amount,
    judged.paid_amount,
    judged.execution_approved_pct_printed,
    judged.execution_approved_pct_recomputed,
    judged.execution_adjusted_pct_printed,
    judged.execution_adjusted_pct_recomputed,
    {{ as_text('judged.link_quality') }} as link_quality,
    cast(judged.goal_count as integer) as goal_count,
    cast(judged.goals_with_target_count as integer) as goals_with_target_count,
    cast(judged.goals_with_result_count as integer) as goals_with_result_count,
    cast(judged.goals_judged_count as integer) as goals_judged_count,
    cast(judged.goals_met_count as integer) as goals_met_count,
    cast(judged.unplanned_delivery_count as integer) as unplanned_delivery_count,
    judged.goal_indicator_key as indicator_key,
    judged.indicator_name,
    judged.unit_code,
    {{ as_text('judged.unit_kind') }} as unit_kind,
    judged.unit_name_raw,
    {% for column in single_goal_values + single_goal_pcts %}
    cast(judged.{{ column }} as decimal(24, 6)) as {{ column }},
    {% endfor %}
    case
        when judged.goal_count = 1 and judged.adjusted_value is not null
            then judged.achievement_adjusted_pct_recomputed
        when judged.goal_count = 1 then judged.achievement_programmed_pct_recomputed
    end as achievement_pct,
    -- 100 of the macro's percent is taken back by the divisor; what is not above zero divides nothing
    {% for cost, amount, quantity in [
        ('planned', 'approved_amount', 'programmed_value'), ('accrued', 'accrued_amount', 'result_value')
    ] %}
    case
        when judged.has_unit_cost and judged.{{ quantity }} > 0
            then cast(
                round({{ percent_of('judged.' ~ amount, '100 * judged.' ~ quantity) }}, 6) as decimal(24, 6)
            )
    end as {{ cost }}_cost_per_unit,
    {% endfor %}
    cast(judged.goal_met_from_pct as decimal(24, 6)) as goal_met_from_pct,
    cast(judged.fully_spent_from_pct as decimal(24, 6)) as fully_spent_from_pct,
    cast(judged.fully_spent_to_pct as decimal(24, 6)) as fully_spent_to_pct,
    {{ as_text('judged.efficacy') }} as efficacy,
    {{ as_text('judged.spend_approved') }} as spend,
    {{ as_text('judged.spend_adjusted') }} as spend_adjusted,
    {{ as_text("""case
        when judged.efficacy in ('met', 'not_met') and judged.spend_approved <> 'no_figure'
            then case when judged.efficacy = 'met' then 'Meta cumplida' else 'Meta no cumplida' end
            || case judged.spend_approved
                when 'under_spent' then ', gasto por debajo de lo aprobado'
                when 'over_spent' then ', gasto por encima de lo aprobado'
                else ', gasto completo'
            end
    end""") }} as quadrant_name,
    judged.is_inferred,
    judged.inferred_reason,
    judged.document_sha256,
    judged.content_fingerprint,
    {{ vintage_columns('judged') }},
    judged.table_name,
    judged.scope,
    judged.page_no,
    judged.table_no,
    judged.row_no
from judged
inner join {{ ref('dim_programs') }} as programs on judged.program_key = programs.program_key
inner join {{ ref('dim_functions') }} as functions on judged.function_key = functions.function_key
inner join {{ ref('dim_periods') }} as periods on judged.period_key = periods.period_key
