-- The totals and differences that tables of projects or works print, in the shape of int_printed_figures__unpivot,
-- which has the percentages of their rows and totals. A total of goals counts only where it is printed: goals do not
-- add up.
with figures as (
    {% for measure in project_money() + goal_measures() %}
    select
        {{ printed_figure(measure, 'total_kind', 'total_kind') }}
    from {{ ref('int_project_totals__add_rows') }}
    where
    {% if measure in goal_measures() %}
        {{ measure }}_null_kind is null or not {{ is_unprinted(measure ~ '_null_kind') }}
    {% else %}
        {{ measure }}_null_kind is null or {{ measure }}_null_kind <> 'not_on_form'
    {% endif %}
    union all
    {% endfor %}
    {% for measure, minuend, subtrahend in project_differences() %}
    select
        {{ printed_figure(measure, "'difference'", "'row'", label=as_text('null')) }}
    from {{ ref('int_project_lines__select') }}
    where {{ measure }}_null_kind is null or {{ measure }}_null_kind <> 'not_on_form'
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    figures.document_sha256,
    figures.source_id,
    figures.table_name,
    figures.figure_kind,
    figures.figure_level,
    figures.row_seq,
    figures.scope,
    figures.measure,
    figures.printed_raw,
    figures.printed_value,
    figures.null_kind,
    {{ printed_figure_judged('figures') }},
    figures.label_raw,
    figures.page_no,
    figures.table_no,
    figures.row_no,
    {{ printed_column('figures.table_name', 'figures.measure') }} as column_name,
    {{ vintage_scoped_key(['figures.scope', 'figures.measure'], 'vintages') }} as printed_total_key
from figures
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
