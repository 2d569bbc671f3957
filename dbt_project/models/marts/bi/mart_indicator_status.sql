-- Everything that is judged against a goal, once under each threshold scheme that applies to it: achievement as
-- printed, recomputed by the publication's own method, and by the canonical one. A scheme judges one of the two before
-- rounding, and once more rounded to the decimals of whoever applies it. A goal without an achievement keeps its reason
-- as status.
with schemes as (
    select
        scheme_code,
        country_code,
        institution_code,
        source_id,
        measure,
        judges,
        rounding_decimals,
        valid_from_date,
        valid_to_date,
        -- the threshold is the lower bound of the last band that still counts as met
        min(case when is_met then lower_bound_pct end) as threshold_pct
    from {{ ref('dim_threshold_schemes') }}
    group by
        scheme_code, country_code, institution_code, source_id, measure, judges, rounding_decimals, valid_from_date,
        valid_to_date
),

limits as (
    select
        country_code,
        cast(threshold_pct as decimal(24, 6)) as over_achievement_pct,
        cast(valid_from as date) as valid_from_date,
        cast(coalesce(nullif(valid_to, ''), '9999-12-31') as date) as valid_to_date
    from {{ ref('over_achievement_thresholds') }}
),

judged as (
    select
        results.*,
        achievements.direction_code,
        achievements.is_direction_assumed,
        achievements.accumulation_type,
        achievements.reported_method_code,
        achievements.recomputed_exact,
        achievements.recomputed_rounded,
        achievements.canonical_method_code,
        achievements.canonical_cap_pct,
        achievements.tolerance_pct,
        achievements.canonical_exact,
        achievements.canonical_capped_exact,
        achievements.canonical_excess_exact,
        achievements.ratio_asc_exact,
        achievements.ratio_desc_inverse_exact,
        achievements.ratio_desc_mirror_exact,
        achievements.baseline_progress_exact,
        achievements.undefined_reason,
        institutions.institution_code,
        institutions.institution_name,
        institutions.country_code,
        limits.over_achievement_pct,
        case
            when achievements.direction_code <> 'descending'
                then coalesce(achievements.ratio_asc_exact, achievements.canonical_exact) > limits.over_achievement_pct
            when achievements.canonical_exact is not null then false
        end as is_over_achieved
    from {{ ref('int_judged_results__unite') }} as results
    inner join {{ ref('int_achievements__compute') }} as achievements
        on
            results.judged_key = achievements.judged_key
            and results.target_basis = achievements.target_basis
    inner join {{ ref('dim_institutions') }} as institutions on results.institution_key = institutions.institution_key
    left join limits
        on
            institutions.country_code = limits.country_code
            and results.period_end_date between limits.valid_from_date and limits.valid_to_date
),

applied as (
    select
        judged.*,
        schemes.scheme_code,
        schemes.judges,
        schemes.rounding_decimals,
        schemes.threshold_pct,
        schemes.valid_from_date as scheme_valid_from_date,
        case
            when schemes.judges = 'reported' then coalesce(judged.recomputed_exact, judged.canonical_exact)
            else judged.canonical_exact
        end as judged_exact
    from judged
    inner join schemes
        on
            coalesce(schemes.source_id, judged.source_id) = judged.source_id
            and coalesce(schemes.country_code, judged.country_code) = judged.country_code
            and coalesce(schemes.institution_code, judged.institution_code) = judged.institution_code
            and judged.period_end_date between schemes.valid_from_date and schemes.valid_to_date
            and schemes.measure in (
                'any', case when judged.result_kind = 'indicator' then 'achievement_pct' else 'compliance_pct' end
            )
),

rounded as (
    select
        *,
        {{ round_half_up('judged_exact', 'rounding_decimals') }} as judged_rounded
    from applied
)

select
    {{ surrogate_key(['rounded.judged_key', 'rounded.target_basis', 'rounded.scheme_code']) }} as status_key,
    rounded.judged_key,
    rounded.result_kind,
    rounded.target_basis,
    rounded.institution_key,
    rounded.institution_code,
    rounded.institution_name,
    rounded.country_code,
    rounded.program_key,
    rounded.program_code,
    programs.program_name,
    rounded.org_unit_key,
    units.org_unit_code,
    units.org_unit_name,
    rounded.indicator_key,
    indicators.indicator_name,
    rounded.source_id,
    rounded.report_level,
    rounded.unit_code,
    rounded.unit_kind,
    rounded.unit_name_raw,
    rounded.fiscal_year,
    rounded.period_key,
    periods.period_label,
    periods.period_type,
    rounded.period_start_date,
    rounded.period_end_date,
    rounded.report_status,
    rounded.is_comparable,
    cast(rounded.target_value as decimal(24, 6)) as target_value,
    {{ as_text('rounded.target_value_raw') }} as target_value_raw,
    cast(rounded.result_value as decimal(24, 6)) as result_value,
    {{ as_text('rounded.result_value_raw') }} as result_value_raw,
    cast(rounded.baseline_value as decimal(24, 6)) as baseline_value,
    rounded.direction_code,
    rounded.is_direction_assumed,
    rounded.accumulation_type,
    cast(rounded.printed_pct as decimal(24, 6)) as as_reported_pct,
    {{ as_text('rounded.printed_pct_raw') }} as as_reported_pct_raw,
    rounded.reported_method_code as as_reported_method_code,
    cast(rounded.printed_decimals as integer) as as_reported_decimals,
    cast(round(rounded.recomputed_exact, 6) as decimal(24, 6)) as recomputed_pct,
    cast(rounded.printed_pct - rounded.recomputed_rounded as decimal(24, 6)) as difference_pct,
    rounded.printed_pct = rounded.recomputed_rounded as agrees_as_rounded,
    rounded.canonical_method_code,
    cast(round(rounded.canonical_exact, 6) as decimal(24, 6)) as canonical_pct,
    rounded.canonical_cap_pct,
    cast(round(rounded.canonical_capped_exact, 6) as decimal(24, 6)) as canonical_capped_pct,
    cast(round(rounded.canonical_excess_exact, 6) as decimal(24, 6)) as canonical_excess_pct,
    cast(rounded.tolerance_pct as decimal(24, 6)) as tolerance_pct,
    {% for method in ['ratio_asc', 'ratio_desc_inverse', 'ratio_desc_mirror', 'baseline_progress'] %}
    cast(round(rounded.{{ method }}_exact, 6) as decimal(24, 6)) as {{ method }}_pct,
    {% endfor %}
    rounded.undefined_reason,
    coalesce(rounded.undefined_reason = 'unplanned_delivery', false) as is_unplanned_delivery,
    rounded.over_achievement_pct,
    rounded.is_over_achieved,
    rounded.scheme_code as threshold_scheme_code,
    rounded.judges as threshold_judges,
    cast(rounded.threshold_pct as decimal(24, 6)) as threshold_pct,
    cast(round(rounded.judged_exact, 6) as decimal(24, 6)) as judged_pct,
    cast(rounded.judged_rounded as decimal(24, 6)) as judged_pct_rounded,
    coalesce(band.band_code, rounded.undefined_reason) as status,
    coalesce(band.band_name, reasons.reason_name) as status_name,
    coalesce(band_if_rounded.band_code, rounded.undefined_reason) as status_if_rounded,
    band.is_met,
    band_if_rounded.is_met as is_met_if_rounded,
    coalesce(band.band_code <> band_if_rounded.band_code, false) as flips_on_rounding,
    rounded.is_inferred,
    rounded.inferred_reason,
    rounded.document_sha256,
    rounded.result_document_sha256,
    {{ vintage_columns('rounded') }},
    rounded.table_name,
    rounded.scope,
    rounded.page_no,
    rounded.table_no,
    rounded.row_no
from rounded
inner join {{ ref('dim_programs') }} as programs on rounded.program_key = programs.program_key
inner join {{ ref('dim_org_units') }} as units on rounded.org_unit_key = units.org_unit_key
inner join {{ ref('dim_indicators') }} as indicators on rounded.indicator_key = indicators.indicator_key
inner join {{ ref('dim_periods') }} as periods on rounded.period_key = periods.period_key
left join {{ ref('dim_undefined_reasons') }} as reasons on rounded.undefined_reason = reasons.reason_code
{% for band, value in [('band', 'judged_exact'), ('band_if_rounded', 'judged_rounded')] %}
left join {{ ref('dim_threshold_schemes') }} as {{ band }}
    on
        rounded.scheme_code = {{ band }}.scheme_code
        and rounded.scheme_valid_from_date = {{ band }}.valid_from_date
        and rounded.{{ value }} >= coalesce({{ band }}.lower_bound_pct, rounded.{{ value }})
        and rounded.{{ value }} < coalesce({{ band }}.upper_bound_pct, rounded.{{ value }} + 1)
{% endfor %}
