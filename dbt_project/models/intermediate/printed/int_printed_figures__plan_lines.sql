-- What the consolidated sheet of a development plan prints of each strategic line and of all: how many programmes it
-- has and how far the plan has come, in the shape of int_printed_figures__unpivot.
{% set measures = ['program_count', 'accumulated_pct'] %}
with figures as (
    {% for measure in measures %}
    {% for relation, kind in [('strategic_lines', 'subtotal'), ('strategic_lines_totals', 'total')] %}
    select
        {{ printed_figure(
            measure,
            "'percentage'" if measure.endswith('_pct') else "'" ~ kind ~ "'",
            "'row'" if kind == 'subtotal' else "'total'",
            label='line_name' if kind == 'subtotal' else 'label_raw',
            scope="'line ' || lower(" ~ fold('line_name') ~ ")" if kind == 'subtotal' else "'total'"
        ) }}
    from {{ ref('stg_co_municipios_plan__' ~ relation) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
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
    figures.measure as column_name,
    {{ vintage_scoped_key(['figures.scope', 'figures.measure'], 'vintages') }} as printed_total_key
from figures
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
