-- Goals with their results, once against the programmed goal and once against the adjusted one where the form has it. A
-- plan prints the achievement of its activities in sentences: it is of a goal where the activity has one goal that is
-- no percentage itself (a percentage told for a percentage is the result).
with goals as (
    select * from {{ ref('fct_indicator_goals') }}
),

single_goals as (
    select
        document_sha256,
        table_name,
        row_seq
    from goals
    group by document_sha256, table_name, row_seq
    having count(*) = 1
),

told as (
    select
        figures.document_sha256,
        figures.table_name,
        figures.row_seq,
        max(figures.printed_raw) as printed_raw,
        max(figures.printed_value) as printed_value
    from {{ ref('int_printed_figures__compliance') }} as figures
    inner join single_goals
        on
            figures.document_sha256 = single_goals.document_sha256
            and figures.table_name = single_goals.table_name
            and figures.row_seq = single_goals.row_seq
    where figures.measure = 'achieved_pct' and figures.figure_level = 'row'
    group by figures.document_sha256, figures.table_name, figures.row_seq
    having count(*) = 1
),

printed as (
    select
        document_sha256,
        table_name,
        row_seq,
        measure,
        printed_pct,
        percent_decimals
    from {{ ref('int_percentages__scale') }}
    where figure_level = 'row'
)

{% for basis in ['programmed', 'adjusted'] %}
select
    goals.goal_key as judged_key,
    'indicator' as result_kind,
    '{{ basis }}' as target_basis,
    goals.institution_key,
    goals.program_key,
    goals.program_code,
    goals.org_unit_key,
    goals.indicator_key,
    goals.source_id,
    goals.report_level,
    goals.unit_code,
    goals.unit_kind,
    goals.unit_name_raw,
    goals.fiscal_year,
    goals.period_key,
    goals.period_start_date,
    goals.period_end_date,
    goals.{{ basis }}_value as target_value,
    goals.{{ basis }}_value_raw as target_value_raw,
    goals.achieved_value as result_value,
    goals.achieved_value_raw as result_value_raw,
    cast(null as decimal(24, 6)) as baseline_value,
    cast(null as decimal(24, 6)) as part_mean_pct,
    goals.report_status,
    goals.is_comparable,
    {% if basis == 'programmed' %}
    coalesce(
        printed.printed_pct, case when goals.unit_kind <> 'percent' then told.printed_value end,
        goals.achievement_programmed_pct_printed
    ) as printed_pct,
    coalesce(
        goals.achievement_programmed_pct_raw, case when goals.unit_kind <> 'percent' then told.printed_raw end
    ) as printed_pct_raw,
    coalesce(
        printed.percent_decimals,
        case when goals.unit_kind <> 'percent' then {{ printed_decimals('told.printed_raw') }} end,
        case
            when goals.achievement_programmed_pct_printed is not null
                then {{ printed_decimals('goals.achievement_programmed_pct_raw') }}
        end
    ) as printed_decimals,
    {% else %}
    printed.printed_pct,
    goals.achievement_adjusted_pct_raw as printed_pct_raw,
    printed.percent_decimals as printed_decimals,
    {% endif %}
    goals.is_inferred,
    goals.inferred_reason,
    goals.document_sha256,
    goals.document_sha256 as result_document_sha256,
    {{ vintage_columns('goals') }},
    goals.table_name,
    goals.scope,
    goals.page_no,
    goals.table_no,
    goals.row_no
from goals
left join printed
    on
        goals.document_sha256 = printed.document_sha256
        and goals.table_name = printed.table_name
        and goals.row_seq = printed.row_seq
        and printed.measure = 'achievement_{{ basis }}_pct'
{% if basis == 'programmed' %}
left join told
    on
        goals.document_sha256 = told.document_sha256
        and goals.table_name = told.table_name
        and goals.row_seq = told.row_seq
union all
{% else %}
where goals.adjusted_value is not null or goals.adjusted_value_null_kind <> 'not_on_form'
{% endif %}
{% endfor %}
