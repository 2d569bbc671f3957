-- Figures printed in sentences against what they follow from, rounded half up to the printed decimals; tolerance none.
-- What follows from nothing that is printed (the number of activities followed) has nothing to be compared with.
{% set formulas = [
    ('follow_up', 'compliance', 'institution_quarter_pct'),
    ('follow_up', 'points_below', 'acceptance_rule_threshold - follow_up_compliance'),
    ('follow_up', 'points_missing', '100 - follow_up_compliance'),
    ('expected_progress', 'acceptable', 'acceptance_rule_threshold'),
    ('expected_progress', 'progress', 'expected_progress_acceptable / 4'),
    ('additional', 'additional', 'additional_more_of_planned + additional_unplanned'),
    ('conclusion', 'compliance', 'institution_quarter_pct'),
    ('conclusion', 'progress', 'conclusion_compliance / 4'),
    ('additional_conclusion', 'additional', 'additional_more_of_planned + additional_unplanned'),
    ('plan_changes', 'changed_count', 'listed_unit_count'),
] %}
{% set inputs = [
    ('acceptance_rule', 'threshold'), ('follow_up', 'compliance'), ('expected_progress', 'acceptable'),
    ('additional', 'more_of_planned'), ('additional', 'unplanned'), ('conclusion', 'compliance'),
] %}
with figures as (
    select * from {{ ref('int_printed_figures__compliance') }}
    where figure_level = 'statement'
),

stated as (
    select
        {% for statement, figure in inputs %}
        cast(max(case when statement = '{{ statement }}' and figure = '{{ figure }}' then value end) as decimal(24, 6))
            as {{ statement }}_{{ figure }},
        {% endfor %}
        document_sha256
    from {{ ref('stg_sv_insafocoop_poa__statements') }}
    group by document_sha256
),

-- the quarter of the institution that the report is of: the last one it prints
quarters as (
    select
        document_sha256,
        compliance_pct,
        row_number() over (partition by document_sha256 order by period_end_date desc) as recency
    from {{ ref('int_institution_compliance__compare') }}
    where period_type = 'quarter'
),

listed as (
    select
        document_sha256,
        cast(count(*) as decimal(24, 6)) as listed_unit_count
    from {{ ref('int_plan_changes__split') }}
    group by document_sha256
),

joined as (
    select
        stated.*,
        quarters.compliance_pct as institution_quarter_pct,
        listed.listed_unit_count
    from stated
    left join quarters on stated.document_sha256 = quarters.document_sha256 and quarters.recency = 1
    left join listed on stated.document_sha256 = listed.document_sha256
),

recomputed as (
    {% for statement, figure, formula in formulas %}
    select
        document_sha256,
        'statement {{ statement }}' as scope,
        '{{ figure }}' as measure,
        cast({{ formula }} as decimal(24, 6)) as recomputed
    from joined
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

compared as (
    select
        figures.*,
        {{ printed_decimals('figures.printed_raw') }} as decimals,
        recomputed.recomputed,
        recomputed.document_sha256 is not null as has_formula
    from figures
    left join recomputed
        on
            figures.document_sha256 = recomputed.document_sha256
            and figures.scope = recomputed.scope
            and figures.measure = recomputed.measure
)

select
    'statement_agrees' as rule_id,
    source_id,
    table_name,
    document_sha256,
    scope,
    measure,
    figure_kind,
    printed_raw,
    printed_value,
    recomputed as recomputed_exact,
    {{ round_half_up('recomputed', 'decimals') }} as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    case
        when not has_formula then 'nothing_printed_to_compute_it'
        else {{ not_comparable('printed_value', 'null_kind', 'recomputed') }}
    end as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
