-- What the goals themselves show: results far above them, goals moved during the year, formulas that nobody can
-- compute, values whose unit says something else, results of another thing than the goal. One document speaks for each
-- vintage.
with goals as (
    select
        goals.*,
        indicators.indicator_name,
        indicators.formula,
        indicators.direction_code,
        institutions.country_code,
        coalesce(goals.program_code || ' ', '') || indicators.indicator_name as subject
    from {{ ref('fct_indicator_goals') }} as goals
    inner join {{ ref('int_indicator_definitions__unite') }} as indicators
        on
            goals.document_sha256 = indicators.document_sha256
            and goals.table_name = indicators.table_name
            and goals.row_seq = indicators.row_seq
            and goals.indicator_key = indicators.indicator_key
    inner join {{ ref('dim_institutions') }} as institutions on goals.institution_key = institutions.institution_key
),

thresholds as (
    select
        country_code,
        cast(threshold_pct as decimal(24, 6)) as threshold_pct,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('over_achievement_thresholds') }}
),

over_achieved as (
    select
        'over_achievement' as rule_id,
        goals.*,
        'Se alcanzaron ' || goals.achieved_value_raw || ' de ' || goals.programmed_value_raw || ' programados: '
        || {{ percent_text('goals.achievement_programmed_pct_recomputed') }} || ', por encima de '
        || {{ percent_text('thresholds.threshold_pct') }} || '.' as evidence_es,
        goals.achieved_value_raw || ' achieved of ' || goals.programmed_value_raw || ' programmed: '
        || {{ percent_text('goals.achievement_programmed_pct_recomputed') }} || ', above '
        || {{ percent_text('thresholds.threshold_pct') }} || '.' as evidence_en
    from goals
    inner join thresholds
        on
            goals.country_code = thresholds.country_code
            and goals.period_end_date between thresholds.valid_from and thresholds.valid_to
            and goals.achievement_programmed_pct_recomputed > thresholds.threshold_pct
            and goals.direction_code <> 'descending'
),

changed as (
    select
        'target_changed_during_year' as rule_id,
        goals.*,
        'La meta pasó de ' || goals.programmed_value_raw || ' a ' || goals.adjusted_value_raw
        || ' durante el periodo; con ' || coalesce(goals.achieved_value_raw, 'nada')
        || ' alcanzado, el cumplimiento es '
        || coalesce({{ percent_text('goals.achievement_programmed_pct_recomputed') }}, 'indeterminado')
        || ' de la meta original y '
        || coalesce({{ percent_text('goals.achievement_adjusted_pct_recomputed') }}, 'indeterminado')
        || ' de la modificada.' as evidence_es,
        'The goal moved from ' || goals.programmed_value_raw || ' to ' || goals.adjusted_value_raw
        || ' during the period; with ' || coalesce(goals.achieved_value_raw, 'nothing')
        || ' achieved, the achievement is '
        || coalesce({{ percent_text('goals.achievement_programmed_pct_recomputed') }}, 'undefined')
        || ' of the original goal and '
        || coalesce({{ percent_text('goals.achievement_adjusted_pct_recomputed') }}, 'undefined')
        || ' of the adjusted one.' as evidence_en
    from goals
    where goals.programmed_value <> goals.adjusted_value
),

-- a formula of letters alone: no form prints what they stand for
opaque as (
    select
        'formula_not_computable' as rule_id,
        goals.*,
        'La fórmula «' || goals.formula || '» está escrita con letras que la forma no define: '
        || 'no nombra ninguna variable y el valor ' || coalesce(nullif(goals.achieved_value_raw, ''), '(en blanco)')
        || ' no se puede recalcular.' as evidence_es,
        'The formula "' || goals.formula || '" is written in letters that the form does not define: '
        || 'it names no variable and the value ' || coalesce(nullif(goals.achieved_value_raw, ''), '(blank)')
        || ' cannot be recomputed.' as evidence_en
    from goals
    where
        {{ matches(
            replace_all("coalesce(goals.formula, '')", ' ', ''),
            '^[(]*[A-Z]{1,3}([-+*/][A-Z]{1,3})*[)]*([*×xX]100)?[)]*$'
        ) }}
),

misfit as (
    select
        'unit_contradicts_values' as rule_id,
        goals.*,
        'La unidad impresa es «' || goals.unit_name_raw || '» y los valores son ' || {{ goal_texts('sin dato') }}
        || case
            when goals.unit_kind = 'count' then ': un conteo no lleva signo de porcentaje ni decimales.'
            else ': la unidad no es un porcentaje y el valor lleva su signo.'
        end as evidence_es,
        'The printed unit is "' || goals.unit_name_raw || '" and the values are ' || {{ goal_texts('no value') }}
        || case
            when goals.unit_kind = 'count' then ': a count has neither a per cent sign nor decimals.'
            else ': the unit is no percentage and the value carries its sign.'
        end as evidence_en
    from goals
    where
        goals.unit_kind <> 'not_stated'
        and (
            {% for value in goal_measures() %}
            (goals.unit_kind = 'count' and goals.{{ value }} <> floor(goals.{{ value }}))
            or (
                goals.unit_kind <> 'percent'
                and {{ matches("coalesce(goals." ~ value ~ "_raw, '')", '[%]') }}
            ){{ ' or' if not loop.last }}
            {% endfor %}
        )
),

-- no achievement can be told, and none is
differing as (
    select
        'goal_and_result_differ' as rule_id,
        goals.*,
        'La meta es de ' || {{ quoted('measures.goal_raw') }} || ' y el avance de '
        || {{ quoted('measures.progress_raw') }}
        || ': son cosas distintas y su cociente no es un cumplimiento.' as evidence_es,
        'The goal is of ' || {{ quoted('measures.goal_raw') }} || ' and the progress of '
        || {{ quoted('measures.progress_raw') }}
        || ': they are different things and their ratio is no achievement.' as evidence_en
    from goals
    inner join {{ ref('int_activity_goals__select') }} as measures on goals.goal_key = measures.row_key
    where not goals.is_comparable
),

found as (
    select * from over_achieved
    union all
    select * from differing
    union all
    select * from changed
    union all
    select * from opaque
    union all
    select * from misfit
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    row_seq,
    subject,
    {{ as_text('indicator_key') }} as subject_key,
    institution_key,
    evidence_es,
    evidence_en,
    page_no,
    table_no,
    row_no
from found
