-- Every derived figure that a form prints (or leaves a place for), one row each: totals per measure, percentages,
-- differences. Goals of a total appear only where something was printed: they do not add up and forms leave them out.
with totals as (
    {% for measure in goal_measures() + amount_measures() + difference_measures() %}
    select
        {{ printed_figure(measure, 'total_kind', 'total_kind') }}
    from {{ ref('int_report_totals__add_rows') }}
    where
    {% if measure in goal_measures() or measure == 'physical_difference' %}
        {{ measure }}_null_kind is null or not {{ is_unprinted(measure ~ '_null_kind') }}
    {% else %}
        {{ measure }}_null_kind is null or {{ measure }}_null_kind <> 'not_on_form'
    {% endif %}
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

differences as (
    {% for measure in difference_measures() %}
    select
        {{ printed_figure(measure, "'difference'", "'row'", label=as_text('null')) }}
    from {{ ref('int_report_rows__select') }}
    where {{ measure }}_null_kind is null or {{ measure }}_null_kind <> 'not_on_form'
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
),

numbers as (
    select * from totals
    union all
    select * from differences
),

figures as (
    select
        document_sha256,
        source_id,
        table_name,
        figure_kind,
        figure_level,
        row_seq,
        scope,
        measure,
        printed_raw,
        printed_value,
        null_kind,
        {{ printed_figure_judged() }},
        label_raw,
        page_no,
        table_no,
        row_no
    from numbers
    union all
    select
        document_sha256,
        source_id,
        table_name,
        'percentage' as figure_kind,
        figure_level,
        row_seq,
        scope,
        measure,
        printed_raw,
        printed_pct as printed_value,
        printed_null_kind as null_kind,
        printed_unit,
        is_inferred,
        inferred_reason,
        {{ as_text('null') }} as label_raw,
        page_no,
        table_no,
        row_no
    from {{ ref('int_percentages__scale') }}
)

select
    figures.*,
    {{ printed_column('figures.table_name', 'figures.measure') }} as column_name,
    {{ surrogate_key([
        'vintages.source_id', 'vintages.table_name', 'vintages.institution_key', 'vintages.period_start_date',
        'vintages.period_end_date', 'vintages.content_fingerprint', 'figures.scope', 'figures.measure'
    ]) }} as printed_total_key
from figures
inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
