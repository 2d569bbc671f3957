-- Printed counts of indicators against their arithmetic: a total against its products and against its areas, a share
-- against what it divides. Counts are whole: no tolerance.
{% set areas = ['total', 'result', 'output', 'process'] %}
with figures as (
    select * from {{ ref('int_printed_figures__counts') }}
),

totals as (
    select * from {{ ref('stg_cl_dipres_indicadores__product_counts_totals') }}
),

products as (
    select * from {{ ref('stg_cl_dipres_indicadores__product_counts') }}
),

sums as (
    {% for area in areas %}
    select
        totals.document_sha256,
        totals.row_seq,
        '{{ area }}_count' as measure,
        cast(sum(products.{{ area }}_count) as decimal(24, 6)) as area_sum,
        cast(sum(products.total_count) as decimal(24, 6)) as total_sum
    from totals
    inner join products
        on
            totals.document_sha256 = products.document_sha256
            and products.row_seq between totals.first_row_seq and totals.last_row_seq
    group by totals.document_sha256, totals.row_seq
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

areas as (
    select
        document_sha256,
        'row' as figure_level,
        row_seq,
        cast(result_count + output_count + process_count as decimal(24, 6)) as area_sum
    from products
    union all
    select
        document_sha256,
        total_kind as figure_level,
        row_seq,
        cast(result_count + output_count + process_count as decimal(24, 6)) as area_sum
    from totals
    where total_kind = 'total'
),

compared as (
    select
        'total_equals_rows' as rule_id,
        figures.*,
        sums.area_sum as recomputed_exact,
        sums.area_sum as recomputed_value
    from figures
    left join sums
        on
            figures.document_sha256 = sums.document_sha256
            and figures.row_seq = sums.row_seq
            and figures.measure = sums.measure
    where figures.figure_level = 'total'
    union all
    select
        'count_total_equals_areas' as rule_id,
        figures.*,
        areas.area_sum as recomputed_exact,
        areas.area_sum as recomputed_value
    from figures
    inner join areas
        on
            figures.document_sha256 = areas.document_sha256
            and figures.figure_level = areas.figure_level
            and figures.row_seq = areas.row_seq
    where figures.measure = 'total_count'
    union all
    select
        'count_share' as rule_id,
        figures.*,
        cast(round({{ percent_of('sums.area_sum', 'sums.total_sum') }}, 6) as decimal(24, 6)) as recomputed_exact,
        {{ round_half_up(percent_of('sums.area_sum', 'sums.total_sum'), printed_decimals('figures.printed_raw', ',')) }}
            as recomputed_value
    from figures
    left join sums
        on
            figures.document_sha256 = sums.document_sha256
            and figures.row_seq = sums.row_seq
            and figures.measure = sums.measure
    where figures.figure_level = 'share'
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
    recomputed_exact,
    recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    {{ not_comparable('printed_value', 'null_kind', 'recomputed_value') }} as not_comparable_cause,
    {{ as_text('null') }} as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from compared
