-- Tables that give money by a classification, against themselves: what a line prints as difference, a parent against
-- the lines below it, a total against the leaves it covers. Tolerance: one cent, and what amounts printed without their
-- cents may hide.
with numbers as (
    select * from {{ ref('int_budget_figures__unpivot') }}
),

figures as (
    select
        printed.*,
        numbers.is_difference,
        numbers.rounding_half
    from {{ ref('int_printed_figures__budgets') }} as printed
    inner join numbers
        on
            printed.document_sha256 = numbers.document_sha256
            and printed.table_name = numbers.table_name
            and printed.figure_level = numbers.figure_level
            and printed.row_seq = numbers.row_seq
            and printed.measure = numbers.measure
),

-- every phase of a line or total beside the others
wide as (
    select
        document_sha256,
        table_name,
        figure_level,
        row_seq,
        {% for measure in budget_line_amounts() %}
        max(case when measure = '{{ measure }}' then amount end) as {{ measure }},
        coalesce(max(case when measure = '{{ measure }}' then rounding_half end), 0) as {{ measure }}_half,
        {% endfor %}
        count(*) as number_count
    from numbers
    group by document_sha256, table_name, figure_level, row_seq
),

differences as (
    {% for measure, minuend, subtrahends in budget_line_differences() %}
    select
        figures.*,
        cast(wide.{{ minuend }} - {{ first_of(subtrahends, 'wide.') }} as decimal(24, 6)) as recomputed,
        {{ halves_of([minuend] + subtrahends, 'wide.') }} as halves
    from figures
    inner join wide
        on
            figures.document_sha256 = wide.document_sha256
            and figures.table_name = wide.table_name
            and figures.figure_level = wide.figure_level
            and figures.row_seq = wide.row_seq
    where figures.measure = '{{ measure }}'
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

children as (
    select
        above.document_sha256,
        above.table_name,
        above.row_seq,
        above.measure,
        cast(sum(below.amount) as decimal(24, 6)) as amount,
        sum(below.rounding_half) as halves
    from numbers as above
    inner join numbers as below
        on
            above.document_sha256 = below.document_sha256
            and above.table_name = below.table_name
            and above.measure = below.measure
            and above.row_seq = below.parent_row_seq
    where above.line_role = 'parent'
    group by above.document_sha256, above.table_name, above.row_seq, above.measure
),

parents as (
    select
        figures.*,
        children.amount as recomputed,
        children.halves
    from figures
    inner join children
        on
            figures.document_sha256 = children.document_sha256
            and figures.table_name = children.table_name
            and figures.row_seq = children.row_seq
            and figures.measure = children.measure
    where figures.figure_level = 'row'
),

covered as (
    select
        totals.document_sha256,
        totals.table_name,
        totals.row_seq,
        totals.measure,
        cast(sum(leaves.amount) as decimal(24, 6)) as amount,
        sum(leaves.rounding_half) as halves
    from numbers as totals
    inner join numbers as leaves
        on
            totals.document_sha256 = leaves.document_sha256
            and totals.table_name = leaves.table_name
            and totals.measure = leaves.measure
            and totals.series_no = leaves.series_no
            and leaves.row_seq between totals.first_row_seq and totals.last_row_seq
    where totals.line_role = 'total' and leaves.line_role = 'leaf'
    group by totals.document_sha256, totals.table_name, totals.row_seq, totals.measure
),

totals as (
    select
        figures.*,
        covered.amount as recomputed,
        covered.halves
    from figures
    left join covered
        on
            figures.document_sha256 = covered.document_sha256
            and figures.table_name = covered.table_name
            and figures.row_seq = covered.row_seq
            and figures.measure = covered.measure
    where figures.figure_level in ('total', 'subtotal')
),

compared as (
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
        'revenue_difference' as rule_id,
        *
    from differences
    where measure = 'difference_amount'
    union all
    select
        'parent_equals_children' as rule_id,
        *
    from parents
    where not is_difference
    union all
    select
        'total_equals_rows' as rule_id,
        *
    from totals
    where not is_difference
    union all
    {% for sums in ['parents', 'totals'] %}
    select
        'differences_add_up' as rule_id,
        *
    from {{ sums }}
    where is_difference
    {{ 'union all' if not loop.last }}
    {% endfor %}
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
    {{ tolerance_of('rounding_half + coalesce(halves, 0)') }} as tolerance,
    {{ not_comparable('printed_value', 'null_kind', 'recomputed') }} as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
