-- Printed totals of projects or works against their rows. Tolerance: the smallest unit that the printed figure shows.
-- Their percentages are checked with all others (int_checks__percentages).
with sums as (
    {% for measure in project_amounts() + goal_measures() %}
    select
        document_sha256,
        table_name,
        row_seq,
        '{{ measure }}' as measure,
        rows_{{ measure }} as amount
    from {{ ref('int_project_totals__add_rows') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

compared as (
    select
        case when figures.figure_kind = 'subtotal' then 'subtotal_equals_rows' else 'total_equals_rows' end as rule_id,
        figures.*,
        sums.amount as recomputed
    from {{ ref('int_printed_figures__projects') }} as figures
    inner join sums
        on
            figures.document_sha256 = sums.document_sha256
            and figures.table_name = sums.table_name
            and figures.row_seq = sums.row_seq
            and figures.measure = sums.measure
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
    coalesce(printed_unit, cast(0.01 as decimal(24, 6))) as tolerance,
    {{ not_comparable('printed_value', 'null_kind', 'recomputed') }} as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
