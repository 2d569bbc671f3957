-- Goals and results. Two levels of one report (products and their activities) are different goals, not a sum.
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
)

select
    goals.row_key as goal_key,
    goals.indicator_key,
    goals.institution_key,
    goals.program_key,
    goals.program_code,
    goals.function_key,
    goals.source_id,
    {{ as_text('goals.report_level') }} as report_level,
    goals.fiscal_year,
    goals.period_start_date,
    goals.period_end_date,
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
    goals.document_sha256,
    goals.content_fingerprint,
    goals.vintage_seq,
    goals.is_latest,
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
