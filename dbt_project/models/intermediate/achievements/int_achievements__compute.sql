-- Achievement of everything that is judged by two methods that seeds choose: that of the publication (by source) and
-- the canonical one (by direction and accumulation). A missing rule leaves its method null, which stops the build.
-- The descending methods stand side by side because no publication read so far says which of them is meant.
with rules_as_reported as (
    select
        source_id,
        result_kind,
        method_code,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('reported_achievement_rules') }}
),

canonical_rules as (
    select
        result_kind,
        direction_code,
        accumulation_type,
        judged_direction_code,
        method_code,
        cast(nullif(tolerance_pct, '') as decimal(9, 4)) as tolerance_pct,
        cast(nullif(cap_pct, '') as decimal(24, 6)) as cap_pct,
        cast(valid_from as date) as valid_from,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to
    from {{ ref('canonical_achievement_rules') }}
),

described as (
    select
        judged.*,
        -- of a percentage of what was programmed more is better, and each period stands alone
        case
            when judged.result_kind = 'indicator' then coalesce(indicators.direction_code, 'not_stated')
            else 'ascending'
        end as declared_direction_code,
        case
            when judged.result_kind = 'indicator' then coalesce(indicators.accumulation_type, 'not_stated')
            else 'periodic'
        end as accumulation_type,
        case
            when judged.report_status <> 'not_reported' and judged.is_comparable then judged.result_value
        end as comparable_result_value
    from {{ ref('int_judged_results__unite') }} as judged
    left join {{ ref('dim_indicators') }} as indicators on judged.indicator_key = indicators.indicator_key
),

ruled as (
    select
        described.judged_key,
        described.document_sha256,
        described.target_basis,
        described.is_comparable,
        described.target_value,
        described.comparable_result_value as result_value,
        described.baseline_value,
        described.part_mean_pct,
        described.printed_pct,
        described.printed_decimals,
        described.report_status,
        described.declared_direction_code,
        described.accumulation_type,
        canonical.judged_direction_code as direction_code,
        canonical.tolerance_pct,
        canonical.cap_pct as canonical_cap_pct,
        reported.method_code as reported_method_code,
        canonical.method_code as canonical_method_code
    from described
    left join rules_as_reported as reported
        on
            described.source_id = reported.source_id
            and described.result_kind = reported.result_kind
            and described.period_end_date between reported.valid_from and reported.valid_to
    left join canonical_rules as canonical
        on
            described.result_kind = canonical.result_kind
            and described.declared_direction_code = canonical.direction_code
            and described.accumulation_type = canonical.accumulation_type
            and described.period_end_date between canonical.valid_from and canonical.valid_to
),

computed as (
    select
        ruled.*,
        reported.cap_pct as reported_cap_pct,
        canonical.cap_pct as canonical_method_cap_pct,
        -- what the document alone says has no second figure to hold it against
        case
            when reported.computed_in <> 'document' then {{ achievement_by_method('reported', 'ruled') }}
        end as reported_uncapped,
        {{ achievement_by_method('canonical', 'ruled') }} as canonical_uncapped,
        {{ percent_of('ruled.result_value', 'ruled.target_value') }} as ratio_asc_exact,
        case
            when ruled.direction_code = 'descending' and ruled.target_value > 0
                then {{ percent_of('ruled.target_value', 'ruled.result_value') }}
        end as ratio_desc_inverse_exact,
        case
            when ruled.direction_code = 'descending' and ruled.target_value > 0
                then {{ percent_of('(2 * ruled.target_value - ruled.result_value)', 'ruled.target_value') }}
        end as ratio_desc_mirror_exact,
        {{ percent_of(
            '(ruled.result_value - ruled.baseline_value)', '(ruled.target_value - ruled.baseline_value)'
        ) }} as baseline_progress_exact
    from ruled
    left join {{ ref('dim_achievement_methods') }} as reported on ruled.reported_method_code = reported.method_code
    left join {{ ref('dim_achievement_methods') }} as canonical on ruled.canonical_method_code = canonical.method_code
),

capped as (
    select
        *,
        case when reported_uncapped > reported_cap_pct then reported_cap_pct else reported_uncapped end
            as recomputed_exact,
        case
            when canonical_uncapped > canonical_method_cap_pct then canonical_method_cap_pct else canonical_uncapped
        end as canonical_exact
    from computed
)

select
    judged_key,
    document_sha256,
    target_basis,
    direction_code,
    declared_direction_code = 'not_stated' as is_direction_assumed,
    accumulation_type,
    reported_method_code,
    printed_pct,
    printed_decimals,
    recomputed_exact,
    {{ round_half_up('recomputed_exact', 'printed_decimals') }} as recomputed_rounded,
    canonical_method_code,
    canonical_cap_pct,
    tolerance_pct,
    canonical_exact,
    case when canonical_exact > canonical_cap_pct then canonical_cap_pct else canonical_exact end
        as canonical_capped_exact,
    case
        when canonical_exact > canonical_cap_pct then canonical_exact - canonical_cap_pct
        when canonical_exact is not null and canonical_cap_pct is not null then 0
    end as canonical_excess_exact,
    case when target_value > 0 then ratio_asc_exact end as ratio_asc_exact,
    ratio_desc_inverse_exact,
    ratio_desc_mirror_exact,
    baseline_progress_exact,
    case
        when canonical_exact is not null then null
        when report_status = 'not_reported' then 'not_reported'
        when not is_comparable then 'not_comparable'
        when canonical_method_code in ('as_printed', 'mean_of_months') then 'no_result'
        when target_value is null then 'no_target'
        when result_value is null then 'no_result'
        when target_value = 0 and result_value > 0 then 'unplanned_delivery'
        when target_value = 0 then 'target_zero'
        when target_value < 0 then 'target_negative'
        when canonical_method_code = 'baseline_progress' and baseline_value is null then 'no_baseline'
        when canonical_method_code = 'baseline_progress' then 'target_is_baseline'
        else 'result_zero'
    end as undefined_reason
from capped
