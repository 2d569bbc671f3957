-- Printed totals of projects or works against their rows, and the differences that rows and totals print. Tolerance: one
-- cent, and what amounts printed without their cents may hide. Percentages are checked with all others
-- (int_checks__percentages).
with figures as (
    select * from {{ ref('int_printed_figures__projects') }}
),

sums as (
    {% for measure in project_money() + goal_measures() %}
    select
        document_sha256,
        table_name,
        total_kind as figure_level,
        row_seq,
        '{{ measure }}' as measure,
        rows_{{ measure }} as amount,
        rows_{{ measure }}_half as halves
    from {{ ref('int_project_totals__add_rows') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

differences as (
    {% for relation, level in [
        ('int_project_lines__select', "'row'"), ('int_project_totals__add_rows', 'total_kind')
    ] %}
    {% for measure, minuend, subtrahend in project_differences() %}
    select
        document_sha256,
        table_name,
        {{ level }} as figure_level,
        row_seq,
        '{{ measure }}' as measure,
        cast({{ minuend }} - {{ subtrahend }} as decimal(24, 6)) as amount,
        {{ rounding_half_printed(minuend) }} + {{ rounding_half_printed(subtrahend) }} as halves
    from {{ ref(relation) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

inputs as (
    select
        'amended_equals_change' as rule_id,
        *
    from differences
    where measure = 'amended_amount'
    union all
    select
        'underspent_equals_rest' as rule_id,
        *
    from differences
    where measure = 'underspent_amount'
    union all
    select
        'differences_add_up' as rule_id,
        *
    from sums
    where measure in ('amended_amount', 'underspent_amount')
    union all
    select
        'total_equals_rows' as rule_id,
        *
    from sums
    where measure not in ('amended_amount', 'underspent_amount')
),

compared as (
    select
        inputs.rule_id,
        figures.*,
        inputs.amount as recomputed,
        inputs.halves
    from figures
    inner join inputs
        on
            figures.document_sha256 = inputs.document_sha256
            and figures.table_name = inputs.table_name
            and figures.figure_level = inputs.figure_level
            and figures.row_seq = inputs.row_seq
            and figures.measure = inputs.measure
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    scope,
    measure,
    figure_kind,
    printed_raw,
    printed_value,
    recomputed as recomputed_exact,
    recomputed as recomputed_value,
    {{ tolerance_of(rounding_half('printed_value', 'printed_unit') ~ ' + coalesce(halves, 0)') }} as tolerance,
    {{ not_comparable('printed_value', 'null_kind', 'recomputed') }} as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
