-- Printed percentages against their arithmetic, rounded half-up to the decimals printed; tolerance none.
with figures as (
    select
        percentages.*,
        printed.printed_total_key,
        printed.column_name
    from {{ ref('int_percentages__scale') }} as percentages
    inner join {{ ref('int_printed_figures__unpivot') }} as printed
        on
            percentages.document_sha256 = printed.document_sha256
            and percentages.table_name = printed.table_name
            and percentages.scope = printed.scope
            and percentages.measure = printed.measure
),

ruled as (
    select
        'total_percentage' as rule_id,
        *
    from figures
    where figure_level <> 'row'
    union all
    select
        'achievement_percentage' as rule_id,
        *
    from figures
    where figure_level = 'row' and measure like 'achievement%'
    union all
    select
        'execution_percentage' as rule_id,
        *
    from figures
    where figure_level = 'row' and measure like 'execution%'
),

-- what a total would print if somebody had added up the percentages above it
added as (
    select
        totals.document_sha256,
        totals.table_name,
        totals.scope,
        totals.measure,
        count(*) as row_count,
        cast(sum(members.recomputed_exact) as decimal(30, 8)) as sum_of_recomputed,
        cast(sum(members.printed_pct) as decimal(24, 6)) as sum_of_printed
    from figures as totals
    inner join figures as members
        on
            totals.document_sha256 = members.document_sha256
            and totals.table_name = members.table_name
            and totals.measure = members.measure
            and members.figure_level = 'row'
            and members.row_seq between totals.first_row_seq and totals.last_row_seq
    where totals.figure_level <> 'row'
    group by totals.document_sha256, totals.table_name, totals.scope, totals.measure
)

select
    figures.rule_id,
    figures.source_id,
    figures.table_name,
    figures.document_sha256,
    figures.scope,
    figures.measure,
    'percentage' as figure_kind,
    figures.printed_raw,
    figures.printed_pct as printed_value,
    cast(round(figures.recomputed_exact, 6) as decimal(24, 6)) as recomputed_exact,
    figures.recomputed_pct as recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    case
        when figures.figure_level <> 'row' and figures.measure like 'achievement%' then 'not_additive'
        else
            {{ not_comparable(
                'figures.printed_pct', 'figures.printed_null_kind', 'figures.recomputed_exact', 'figures.denominator'
            ) }}
    end as not_comparable_cause,
    case
        when
            added.row_count > 1
            and (
                figures.printed_pct = {{ round_half_up('added.sum_of_recomputed', 'figures.percent_decimals') }}
                or figures.printed_pct = added.sum_of_printed
            )
            then 'sum_of_row_percentages'
    end as detected_cause,
    figures.printed_total_key,
    figures.page_no,
    figures.table_no,
    figures.row_no,
    figures.column_name
from ruled as figures
left join added
    on
        figures.document_sha256 = added.document_sha256
        and figures.table_name = added.table_name
        and figures.scope = added.scope
        and figures.measure = added.measure
