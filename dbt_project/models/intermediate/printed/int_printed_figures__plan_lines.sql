-- What the consolidated sheet of a development plan prints of each strategic line and of all: how many programmes it
-- has and how far the plan has come, in the shape of int_printed_figures__unpivot.
{% set measures = ['program_count', 'accumulated_pct'] %}
with figures as (
    {% for measure in measures %}
    {% for relation, kind in [('strategic_lines', 'subtotal'), ('strategic_lines_totals', 'total')] %}
    select
        document_sha256,
        source_id,
        table_name,
        '{{ 'percentage' if measure.endswith('_pct') else kind }}' as figure_kind,
        '{{ 'row' if kind == 'subtotal' else 'total' }}' as figure_level,
        row_seq,
        {{ "'line ' || lower(" ~ fold('line_name') ~ ")" if kind == 'subtotal' else "'total'" }} as scope,
        '{{ measure }}' as measure,
        {{ measure }}_raw as printed_raw,
        {{ measure }} as printed_value,
        {{ measure }}_null_kind as null_kind,
        {{ printed_decimals(measure ~ '_raw') }} as printed_decimals,
        {{ 'line_name' if kind == 'subtotal' else 'label_raw' }} as label_raw,
        page_no,
        table_no,
        row_no
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
    case
        when figures.printed_value is not null
            then {{ printed_unit('case when figures.printed_decimals > 6 then 6 else figures.printed_decimals end') }}
    end as printed_unit,
    false as is_inferred,
    {{ as_text('null') }} as inferred_reason,
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
