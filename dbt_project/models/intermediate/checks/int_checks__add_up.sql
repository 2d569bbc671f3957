-- Printed subtotals and totals against their rows, and totals against their subtotals. Tolerance: the smallest unit
-- that the printed figure shows.
with figures as (
    select * from {{ ref('int_printed_figures__unpivot') }}
    where figure_kind in ('subtotal', 'total')
),

sums as (
    {% for measure in goal_measures() + amount_measures() + difference_measures() %}
    select
        document_sha256,
        table_name,
        row_seq,
        '{{ measure }}' as measure,
        cast(rows_{{ measure }} as decimal(24, 6)) as amount
    from {{ ref('int_report_totals__add_rows') }}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

subtotals as (
    select
        document_sha256,
        table_name,
        measure,
        -- one blank subtotal leaves nothing to compare a total with
        case when count(*) = count(printed_value) then cast(sum(printed_value) as decimal(24, 6)) end as amount
    from figures
    where figure_kind = 'subtotal'
    group by document_sha256, table_name, measure
),

against_rows as (
    select
        figures.*,
        sums.amount as recomputed
    from figures
    left join sums
        on
            figures.document_sha256 = sums.document_sha256
            and figures.table_name = sums.table_name
            and figures.row_seq = sums.row_seq
            and figures.measure = sums.measure
),

compared as (
    select
        'subtotal_equals_rows' as rule_id,
        *
    from against_rows
    where figure_kind = 'subtotal'
    union all
    select
        'total_equals_rows' as rule_id,
        *
    from against_rows
    where figure_kind = 'total'
    union all
    select
        'total_equals_subtotals' as rule_id,
        figures.*,
        subtotals.amount as recomputed
    from figures
    inner join subtotals
        on
            figures.document_sha256 = subtotals.document_sha256
            and figures.table_name = subtotals.table_name
            and figures.measure = subtotals.measure
    where figures.figure_kind = 'total'
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
