-- Goals and results. Two levels of one report (products and their activities) are different goals, not a sum.
-- Activities of a plan come with one row per measure; they belong to a line of the plan, not to a programme.
with percentages as (
    select
        {% for measure in ['achievement_programmed_pct', 'achievement_adjusted_pct'] %}
        max(case when measure = '{{ measure }}' then printed_pct end) as {{ measure }}_printed,
        max(case when measure = '{{ measure }}' and is_inferred then 1 else 0 end) as {{ measure }}_is_inferred,
        max(case when measure = '{{ measure }}' then inferred_reason end) as {{ measure }}_reason,
        {% endfor %}
        document_sha256,
        table_name,
        row_seq
    from {{ ref('int_percentages__scale') }}
    where figure_level = 'row'
    group by document_sha256, table_name, row_seq
),

goals as (
    select
        report.*,
        {{ percent_of('report.achieved_value', 'report.programmed_value') }} as achievement_programmed_exact,
        {{ percent_of('report.achieved_value', 'report.adjusted_value') }} as achievement_adjusted_exact
    from {{ ref('int_report_rows__select') }} as report
),

report_goals as (
    select
        goals.row_key as goal_key,
        goals.indicator_key,
        goals.institution_key,
        goals.program_key,
        goals.program_code,
        {{ not_applicable() }} as org_unit_key,
        coalesce(
            goals.function_key,
            case when goals.report_level = 'program_line' then {{ not_reported() }} else {{ not_applicable() }} end
        ) as function_key,
        goals.source_id,
        {{ as_text('goals.report_level') }} as report_level,
        goals.fiscal_year,
        goals.period_start_date,
        goals.period_end_date,
        {{ period_key('goals.period_start_date', 'goals.period_end_date') }} as period_key,
        goals.unit_code,
        {{ as_text('goals.unit_kind') }} as unit_kind,
        goals.unit_name_raw,
        {% for value in ['programmed_value', 'adjusted_value', 'achieved_value'] %}
        goals.{{ value }},
        goals.{{ value }}_raw,
        {{ as_text('goals.' ~ value ~ '_null_kind') }} as {{ value }}_null_kind,
        {% endfor %}
        {% for measure in ['achievement_programmed', 'achievement_adjusted'] %}
        percentages.{{ measure }}_pct_printed,
        goals.{{ measure }}_pct_raw,
        {{ as_text('goals.' ~ measure ~ '_pct_null_kind') }} as {{ measure }}_pct_null_kind,
        coalesce(percentages.{{ measure }}_pct_is_inferred = 1, false) as {{ measure }}_pct_is_inferred,
        cast(round(goals.{{ measure }}_exact, 6) as decimal(24, 6)) as {{ measure }}_pct_recomputed,
        {% endfor %}
        {{ as_text("'reported'") }} as report_status,
        true as is_comparable,
        {{ as_text('null') }} as not_comparable_reason,
        coalesce(goals.programmed_value = 0 and goals.achieved_value > 0, false) as is_unplanned_delivery,
        (
            goals.program_code_is_inferred
            or coalesce(percentages.achievement_programmed_pct_is_inferred = 1, false)
            or coalesce(percentages.achievement_adjusted_pct_is_inferred = 1, false)
        ) as is_inferred,
        nullif(
            {{ replace_all(
                "case when goals.program_code_is_inferred then 'category ' || goals.program_code_inferred_reason || '; ' else '' end"
                ~ " || coalesce('achievement against programmed ' || percentages.achievement_programmed_pct_reason || '; ', '')"
                ~ " || coalesce('achievement against adjusted ' || percentages.achievement_adjusted_pct_reason || '; ', '')",
                '; $',
                ''
            ) }},
            ''
        ) as inferred_reason,
        {{ whole_number_of('goals.document_sha256') }} as document_key,
        goals.document_sha256,
        goals.content_fingerprint,
        {{ vintage_columns('goals') }},
        goals.table_name,
        {{ as_text('goals.scope') }} as scope,
        goals.page_no,
        goals.table_no,
        goals.row_no,
        goals.row_seq
    from goals
    left join percentages
        on
            goals.document_sha256 = percentages.document_sha256
            and goals.table_name = percentages.table_name
            and goals.row_seq = percentages.row_seq
),

plan_activities as (
    select
        row_key as goal_key,
        indicator_key,
        institution_key,
        {{ not_applicable() }} as program_key,
        line_code as program_code,
        coalesce(org_unit_key, {{ not_reported() }}) as org_unit_key,
        {{ not_applicable() }} as function_key,
        source_id,
        {{ as_text('report_level') }} as report_level,
        fiscal_year,
        period_start_date,
        period_end_date,
        {{ period_key('period_start_date', 'period_end_date') }} as period_key,
        unit_code,
        {{ as_text('unit_kind') }} as unit_kind,
        unit_name_raw,
        programmed_value,
        programmed_value_raw,
        {{ as_text('programmed_value_null_kind') }} as programmed_value_null_kind,
        cast(null as decimal(24, 6)) as adjusted_value,
        {{ as_text('null') }} as adjusted_value_raw,
        {{ as_text("'not_on_form'") }} as adjusted_value_null_kind,
        achieved_value,
        achieved_value_raw,
        {{ as_text('achieved_value_null_kind') }} as achieved_value_null_kind,
        cast(null as decimal(24, 6)) as achievement_programmed_pct_printed,
        {{ as_text('null') }} as achievement_programmed_pct_raw,
        {{ as_text("'not_on_form'") }} as achievement_programmed_pct_null_kind,
        false as achievement_programmed_pct_is_inferred,
        -- what is printed where no report came, or of another thing than the goal, is no result to divide
        case
            when report_status = 'reported' and is_comparable then cast(round(achievement_exact, 6) as decimal(24, 6))
        end as achievement_programmed_pct_recomputed,
        cast(null as decimal(24, 6)) as achievement_adjusted_pct_printed,
        {{ as_text('null') }} as achievement_adjusted_pct_raw,
        {{ as_text("'not_on_form'") }} as achievement_adjusted_pct_null_kind,
        false as achievement_adjusted_pct_is_inferred,
        cast(null as decimal(24, 6)) as achievement_adjusted_pct_recomputed,
        report_status,
        is_comparable,
        not_comparable_reason,
        coalesce(programmed_value = 0 and achieved_value > 0, false) as is_unplanned_delivery,
        line_is_inferred or responsible_is_inferred as is_inferred,
        nullif(
            {{ replace_all(
                "case when line_is_inferred then 'line of action ' || line_inferred_reason || '; ' else '' end"
                ~ " || case when responsible_is_inferred then 'responsible unit ' || responsible_inferred_reason || '; ' else '' end",
                '; $',
                ''
            ) }},
            ''
        ) as inferred_reason,
        {{ whole_number_of('document_sha256') }} as document_key,
        document_sha256,
        content_fingerprint,
        {{ vintage_columns() }},
        table_name,
        {{ as_text('scope') }} as scope,
        page_no,
        table_no,
        row_no,
        row_seq
    from {{ ref('int_activity_goals__select') }}
),

plan_indicators as (
    select
        row_key as goal_key,
        indicator_key,
        institution_key,
        {{ not_applicable() }} as program_key,
        program_code,
        {{ not_applicable() }} as org_unit_key,
        {{ not_applicable() }} as function_key,
        source_id,
        {{ as_text("'plan_indicator'") }} as report_level,
        fiscal_year,
        period_start_date,
        period_end_date,
        {{ period_key('period_start_date', 'period_end_date') }} as period_key,
        unit_code,
        {{ as_text('unit_kind') }} as unit_kind,
        unit_name_raw,
        {% for value in ['programmed_value', 'adjusted_value', 'achieved_value'] %}
        {{ value }},
        {{ value }}_raw,
        {{ as_text(value ~ '_null_kind') }} as {{ value }}_null_kind,
        {% endfor %}
        achievement_programmed_pct as achievement_programmed_pct_printed,
        achievement_programmed_pct_raw,
        {{ as_text('achievement_programmed_pct_null_kind') }} as achievement_programmed_pct_null_kind,
        false as achievement_programmed_pct_is_inferred,
        case
            when report_status = 'reported' then cast(round(achievement_programmed_exact, 6) as decimal(24, 6))
        end as achievement_programmed_pct_recomputed,
        cast(null as decimal(24, 6)) as achievement_adjusted_pct_printed,
        {{ as_text('null') }} as achievement_adjusted_pct_raw,
        {{ as_text("'not_on_form'") }} as achievement_adjusted_pct_null_kind,
        false as achievement_adjusted_pct_is_inferred,
        case
            when report_status = 'reported' then cast(round(achievement_adjusted_exact, 6) as decimal(24, 6))
        end as achievement_adjusted_pct_recomputed,
        {{ as_text('report_status') }} as report_status,
        true as is_comparable,
        {{ as_text('null') }} as not_comparable_reason,
        coalesce(programmed_value = 0 and achieved_value > 0, false) as is_unplanned_delivery,
        is_inferred,
        {{ as_text('inferred_reason') }} as inferred_reason,
        {{ whole_number_of('document_sha256') }} as document_key,
        document_sha256,
        content_fingerprint,
        {{ vintage_columns() }},
        table_name,
        {{ as_text('scope') }} as scope,
        page_no,
        table_no,
        row_no,
        row_seq
    from {{ ref('int_goal_rows__select') }}
)

select * from report_goals
union all
select * from plan_activities
union all
select * from plan_indicators
