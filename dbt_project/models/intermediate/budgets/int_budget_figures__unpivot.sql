-- Every number of the tables that give money by a classification, one row each: of leaves, of parents, of totals. What
-- a form leaves blank is a row too, with the reason why there is no number; what a form has no place for is none.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

totals as (
    select
        budget_totals.*,
        case
            when budget_totals.total_kind <> 'total'
                then budget_totals.total_kind || ' ' || {{ as_text('budget_totals.total_no') }}
            when budget_totals.total_no > 1 then 'total ' || {{ as_text('budget_totals.total_no') }}
            else 'total'
        end
        || case
            when coalesce(budget_totals.series_no, 0) > 0 then ' of ' || {{ as_text('budget_totals.series_no') }}
            else ''
        end as scope
    from {{ ref('int_budget_totals__unite') }} as budget_totals
    inner join vintages
        on
            budget_totals.document_sha256 = vintages.document_sha256
            and budget_totals.table_name = vintages.table_name
),

figures as (
    {% for measure in budget_line_measures() %}
    select
        document_sha256,
        source_id,
        table_name,
        flow,
        case when is_leaf then 'leaf' else 'parent' end as line_role,
        'row' as figure_level,
        row_seq,
        parent_row_seq,
        cast(null as integer) as first_row_seq,
        cast(null as integer) as last_row_seq,
        series_no,
        scope,
        term_raw as label_raw,
        '{{ measure }}' as measure,
        {{ 'true' if measure in budget_difference_names() else 'false' }} as is_difference,
        {{ measure }}_raw as printed_raw,
        {{ measure }} as amount,
        {{ measure }}_null_kind as null_kind,
        decimal_mark,
        page_no,
        table_no,
        row_no
    from {{ ref('int_budget_lines__select') }}
    where coalesce({{ measure }}_null_kind, '') <> 'not_on_form'
    union all
    select
        document_sha256,
        source_id,
        table_name,
        flow,
        'total' as line_role,
        total_kind as figure_level,
        row_seq,
        cast(null as integer) as parent_row_seq,
        first_row_seq,
        last_row_seq,
        coalesce(series_no, 0) as series_no,
        scope,
        label_raw,
        '{{ measure }}' as measure,
        {{ 'true' if measure in budget_difference_names() else 'false' }} as is_difference,
        {{ measure }}_raw as printed_raw,
        {{ measure }} as amount,
        {{ measure }}_null_kind as null_kind,
        decimal_mark,
        page_no,
        table_no,
        row_no
    from totals
    where coalesce({{ measure }}_null_kind, '') <> 'not_on_form'
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

counted as (
    select
        *,
        coalesce({{ is_dash('printed_raw') }}, false) as is_dash,
        case
            when decimal_mark = ',' then {{ printed_decimals('printed_raw', ',') }}
            else {{ printed_decimals('printed_raw') }}
        end as printed_decimals
    from figures
),

measured as (
    select
        *,
        case
            when amount is not null
                then {{ printed_unit(
                    'case when is_dash then 2 when printed_decimals > 6 then 6 else printed_decimals end'
                ) }}
        end as printed_unit
    from counted
)

select
    *,
    {{ rounding_half('amount', 'printed_unit') }} as rounding_half
from measured
