-- Budget lines at every level that was printed. Levels repeat the same money: add up `where is_latest and is_leaf`, and
-- inside one fiscal year only one period (`is_last_period`), because forms print annual and accumulated amounts.
with lines as (
    select
        *,
        case when report_level = 'activity_category' then 2 else 1 end as detail,
        -- the row whose percentages are the line's: a category prints none
        case when report_level = 'program_line' then row_seq end as percent_row_seq
    from {{ ref('int_budget_lines__aggregate') }}
),

filings as (
    select
        source_id,
        institution_key,
        fiscal_year,
        period_start_date,
        period_end_date,
        max(detail) as most_detailed,
        -- of two periods that end together the longer one holds the other
        row_number() over (
            partition by source_id, institution_key, fiscal_year
            order by period_end_date desc, period_start_date asc
        ) as period_recency
    from lines
    group by source_id, institution_key, fiscal_year, period_start_date, period_end_date
),

placed as (
    select
        lines.*,
        filings.most_detailed,
        filings.period_recency,
        {{ percent_of('accrued_amount', 'approved_amount') }} as execution_approved_exact,
        {{ percent_of('accrued_amount', 'adjusted_amount') }} as execution_adjusted_exact,
        (
            {{ is_dash("coalesce(approved_amount_raw, '')") }}
            or {{ is_dash("coalesce(adjusted_amount_raw, '')") }}
            or {{ is_dash("coalesce(accrued_amount_raw, '')") }}
        ) as has_dash,
        (
            {{ printed_decimals("coalesce(approved_amount_raw, '')") }} > 2
            or {{ printed_decimals("coalesce(adjusted_amount_raw, '')") }} > 2
            or {{ printed_decimals("coalesce(accrued_amount_raw, '')") }} > 2
        ) as has_extra_decimals
    from lines
    inner join filings
        on
            lines.source_id = filings.source_id
            and lines.institution_key = filings.institution_key
            and lines.period_start_date = filings.period_start_date
            and lines.period_end_date = filings.period_end_date
),

percentages as (
    select
        {% for measure in ['execution_approved_pct', 'execution_adjusted_pct'] %}
        max(case when measure = '{{ measure }}' then printed_pct end) as {{ measure }},
        max(case when measure = '{{ measure }}' then printed_raw end) as {{ measure }}_raw,
        max(case when measure = '{{ measure }}' and is_inferred then 1 else 0 end) as {{ measure }}_is_inferred,
        {% endfor %}
        document_sha256,
        table_name,
        row_seq
    from {{ ref('int_percentages__scale') }}
    where figure_level = 'row'
    group by document_sha256, table_name, row_seq
)

select
    placed.budget_line_key,
    placed.institution_key,
    placed.program_key,
    placed.program_code,
    coalesce(
        placed.function_key,
        case when placed.report_level = 'program_line' then {{ not_reported() }} else {{ not_applicable() }} end
    ) as function_key,
    coalesce(placed.indicator_key, {{ not_applicable() }}) as indicator_key,
    placed.responsible_unit_code,
    placed.source_id,
    {{ as_text('placed.report_level') }} as report_level,
    placed.detail = placed.most_detailed as is_leaf,
    placed.fiscal_year,
    placed.period_start_date,
    placed.period_end_date,
    {{ period_key('placed.period_start_date', 'placed.period_end_date') }} as period_key,
    placed.period_recency = 1 as is_last_period,
    placed.currency_code,
    placed.approved_amount,
    placed.adjusted_amount,
    cast(null as decimal(18, 2)) as committed_amount,
    placed.accrued_amount,
    cast(null as decimal(18, 2)) as paid_amount,
    placed.approved_amount_raw,
    placed.adjusted_amount_raw,
    placed.accrued_amount_raw,
    percentages.execution_approved_pct as execution_approved_pct_printed,
    percentages.execution_approved_pct_raw,
    coalesce(percentages.execution_approved_pct_is_inferred = 1, false) as execution_approved_pct_is_inferred,
    cast(round(placed.execution_approved_exact, 6) as decimal(24, 6)) as execution_approved_pct_recomputed,
    percentages.execution_adjusted_pct as execution_adjusted_pct_printed,
    percentages.execution_adjusted_pct_raw,
    coalesce(percentages.execution_adjusted_pct_is_inferred = 1, false) as execution_adjusted_pct_is_inferred,
    cast(round(placed.execution_adjusted_exact, 6) as decimal(24, 6)) as execution_adjusted_pct_recomputed,
    placed.program_code_is_inferred or placed.has_dash or placed.has_extra_decimals as is_inferred,
    nullif(
        {{ replace_all(
            "case when placed.program_code_is_inferred then 'category ' || placed.program_code_inferred_reason || '; ' else '' end"
            ~ " || case when placed.has_dash then 'a dash in an amount column read as zero; ' else '' end"
            ~ " || case when placed.has_extra_decimals then 'printed with more than two decimals, rounded; ' else '' end",
            '; $',
            ''
        ) }},
        ''
    ) as inferred_reason,
    cast(placed.printed_row_count as integer) as printed_row_count,
    cast(placed.money_row_count as integer) as money_row_count,
    {{ whole_number_of('placed.document_sha256') }} as document_key,
    placed.document_sha256,
    placed.content_fingerprint,
    {{ vintage_columns('placed') }},
    placed.table_name,
    placed.scope,
    placed.page_no,
    placed.table_no,
    placed.row_no
from placed
left join percentages
    on
        placed.document_sha256 = percentages.document_sha256
        and placed.table_name = percentages.table_name
        and placed.percent_row_seq = percentages.row_seq
