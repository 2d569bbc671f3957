-- Targets of indicators for a year, each with the result of the same year where any document prints one: the latest
-- told. The baseline is the one of the target's own document.
with indicator_values as (
    select
        indicator_values.*,
        roles.judged_as
    from {{ ref('fct_indicator_values') }} as indicator_values
    inner join {{ ref('dim_value_roles') }} as roles on indicator_values.value_role = roles.value_role
),

results as (
    select
        *,
        row_number() over (
            partition by indicator_key, value_year order by known_from desc, document_sha256 desc, row_seq desc
        ) as recency
    from indicator_values
    where judged_as = 'result' and is_latest and value_year is not null
),

baselines as (
    select
        document_sha256,
        indicator_key,
        max(value_numeric) as baseline_value
    from indicator_values
    where judged_as = 'baseline'
    group by document_sha256, indicator_key
),

targets as (
    select
        *,
        cast({{ as_text('value_year') }} || '-01-01' as date) as year_start_date,
        cast({{ as_text('value_year') }} || '-12-31' as date) as year_end_date
    from indicator_values
    where judged_as = 'target' and value_year is not null
)

select
    targets.indicator_value_key as judged_key,
    'indicator' as result_kind,
    targets.value_role as target_basis,
    targets.institution_key,
    {{ not_applicable() }} as program_key,
    {{ as_text('null') }} as program_code,
    {{ not_applicable() }} as org_unit_key,
    targets.indicator_key,
    targets.source_id,
    'indicator_series' as report_level,
    targets.unit_code,
    targets.unit_kind,
    indicators.unit_name_raw,
    targets.value_year as fiscal_year,
    {{ period_key('targets.year_start_date', 'targets.year_end_date') }} as period_key,
    targets.year_start_date as period_start_date,
    targets.year_end_date as period_end_date,
    targets.value_numeric as target_value,
    targets.value_raw as target_value_raw,
    results.value_numeric as result_value,
    results.value_raw as result_value_raw,
    baselines.baseline_value,
    cast(null as decimal(24, 6)) as part_mean_pct,
    'reported' as report_status,
    true as is_comparable,
    cast(null as decimal(24, 6)) as printed_pct,
    {{ as_text('null') }} as printed_pct_raw,
    cast(null as integer) as printed_decimals,
    false as is_inferred,
    {{ as_text('null') }} as inferred_reason,
    targets.document_sha256,
    results.document_sha256 as result_document_sha256,
    {{ vintage_columns('targets') }},
    targets.table_name,
    targets.scope,
    targets.page_no,
    targets.table_no,
    targets.row_no
from targets
inner join {{ ref('dim_indicators') }} as indicators on targets.indicator_key = indicators.indicator_key
left join results
    on
        targets.indicator_key = results.indicator_key
        and targets.value_year = results.value_year
        and results.recency = 1
left join baselines
    on
        targets.document_sha256 = baselines.document_sha256
        and targets.indicator_key = baselines.indicator_key
