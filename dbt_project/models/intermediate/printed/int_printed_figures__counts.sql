-- The totals that a page of indicator counts prints: of each product, of each control area, and the areas' shares.
{% set areas = ['total', 'result', 'output', 'process'] %}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

product_totals as (
    select
        document_sha256,
        source_id,
        table_name,
        'total' as figure_kind,
        'row' as figure_level,
        row_seq,
        lower({{ fold('institution_name_raw') }}) || ' product ' || strategic_product_code as scope,
        'total_count' as measure,
        total_count_raw as printed_raw,
        total_count as printed_value,
        total_count_null_kind as null_kind,
        {{ printed_decimals('total_count_raw', ',') }} as printed_decimals,
        {{ as_text('null') }} as label_raw,
        page_no,
        table_no,
        row_no
    from {{ ref('stg_cl_dipres_indicadores__product_counts') }}
),

{% for area in areas %}
{{ area }}_totals as (
    select
        document_sha256,
        source_id,
        table_name,
        case when total_kind = 'share' then 'percentage' else 'total' end as figure_kind,
        total_kind as figure_level,
        row_seq,
        lower({{ fold('institution_name_raw') }}) || ' ' || total_kind as scope,
        '{{ area }}_count' as measure,
        {{ area }}_count_raw as printed_raw,
        {{ area }}_count as printed_value,
        {{ area }}_count_null_kind as null_kind,
        {{ printed_decimals(area ~ '_count_raw', ',') }} as printed_decimals,
        label_raw,
        page_no,
        table_no,
        row_no
    from {{ ref('stg_cl_dipres_indicadores__product_counts_totals') }}
),

{% endfor %}
figures as (
    select * from product_totals
    {% for area in areas %}
    union all
    select * from {{ area }}_totals
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
    {{ surrogate_key([
        'vintages.source_id', 'vintages.table_name', 'vintages.institution_key', 'vintages.period_start_date',
        'vintages.period_end_date', 'vintages.content_fingerprint', 'figures.scope', 'figures.measure'
    ]) }} as printed_total_key
from figures
inner join vintages
    on
        figures.document_sha256 = vintages.document_sha256
        and figures.table_name = vintages.table_name
