-- Compliance of every unit by month and quarter under every method: as printed (capped by the institution's own sheet),
-- recomputed from the months, and capped, uncapped and additional over the unit's activities of the quarter. Judged by
-- the institution's own threshold before and after rounding. Units that did not report are not judged.
with compliance as (
    select
        *,
        compliance_pct_printed as printed_pct,
        -- a quarter is judged by the mean of its months before rounding, a month by what is printed: nothing finer is
        coalesce(compliance_pct_recomputed, compliance_pct_printed) as judged_pct
    from {{ ref('fct_unit_compliance') }}
),

activities as (
    select * from {{ ref('int_unit_activities__aggregate') }}
),

thresholds as (
    select * from {{ ref('dim_threshold_schemes') }}
    where measure = 'compliance_pct'
),

-- the threshold is the lower bound of the last band that still counts as met
met_bounds as (
    select
        scheme_code,
        min(lower_bound_pct) as threshold_pct
    from thresholds
    where is_met
    group by scheme_code
)

select
    compliance.compliance_key,
    compliance.institution_key,
    institutions.institution_code,
    institutions.institution_name,
    institutions.country_code,
    compliance.org_unit_key,
    units.org_unit_code,
    units.org_unit_name,
    units.org_unit_type,
    compliance.source_id,
    compliance.fiscal_year,
    compliance.period_type,
    compliance.period_start_date,
    compliance.period_end_date,
    compliance.report_status,
    compliance.compliance_pct_printed,
    {{ as_text("'capped'") }} as printed_method_code,
    compliance.compliance_pct_recomputed,
    case when compliance.period_type = 'quarter' then {{ as_text("'mean_of_months'") }} end as recomputed_method_code,
    activities.activity_count,
    {% for method in ['capped', 'uncapped', 'additional'] %}
    cast(
        round({{ percent_of('activities.' ~ method ~ '_sum', '100 * activities.activity_count') }}, 6) as decimal(24, 6)
    ) as activities_{{ method }}_pct,
    case when activities.activity_count > 0 then {{ as_text("'" ~ method ~ "'") }} end
        as activities_{{ method }}_method_code,
    {% endfor %}
    printed_band.scheme_code as threshold_scheme_code,
    met_bounds.threshold_pct,
    case when compliance.report_status = 'reported' then compliance.printed_pct >= met_bounds.threshold_pct end
        as is_met_as_printed,
    case
        when compliance.report_status = 'reported'
            then compliance.compliance_pct_recomputed >= met_bounds.threshold_pct
    end as is_met_before_rounding,
    coalesce(
        compliance.report_status = 'reported'
        and (compliance.compliance_pct_printed >= met_bounds.threshold_pct)
        <> (compliance.compliance_pct_recomputed >= met_bounds.threshold_pct),
        false
    ) as is_flipped_by_rounding,
    case
        when compliance.report_status = 'reported' then judged_band.band_code
        else compliance.report_status
    end as status,
    case
        when compliance.report_status = 'reported' then judged_band.band_name
        else {{ as_text("'Sin informe'") }}
    end as status_name,
    case
        when compliance.report_status = 'reported' then printed_band.band_code
        else compliance.report_status
    end as status_if_rounded,
    compliance.justification,
    compliance.justification_status,
    case
        when compliance.period_type = 'quarter' and compliance.report_status = 'reported'
            then cast(compliance.compliance_pct_printed / 4 as decimal(24, 6))
    end as yearly_progress_pct,
    case when compliance.period_type = 'quarter' then cast(met_bounds.threshold_pct / 4 as decimal(24, 6)) end
        as yearly_progress_expected_pct,
    case when compliance.period_type = 'quarter' then {{ as_text("'ytd_calendarised'") }} end
        as yearly_progress_method_code,
    compliance.document_sha256,
    compliance.vintage_seq,
    compliance.is_latest,
    compliance.scope,
    compliance.page_no,
    compliance.table_no,
    compliance.row_no
from compliance
inner join {{ ref('dim_institutions') }} as institutions on compliance.institution_key = institutions.institution_key
inner join {{ ref('dim_org_units') }} as units on compliance.org_unit_key = units.org_unit_key
left join activities
    on
        compliance.org_unit_key = activities.org_unit_key
        and compliance.document_sha256 = activities.document_sha256
        -- activities, like notes, are of the last quarter that the report prints
        and compliance.justification_status <> 'not_on_form'
left join thresholds as judged_band
    on
        compliance.institution_key = judged_band.institution_key
        and compliance.period_end_date between judged_band.valid_from_date and judged_band.valid_to_date
        and compliance.judged_pct >= coalesce(judged_band.lower_bound_pct, compliance.judged_pct)
        and compliance.judged_pct < coalesce(judged_band.upper_bound_pct, compliance.judged_pct + 1)
left join thresholds as printed_band
    on
        compliance.institution_key = printed_band.institution_key
        and compliance.period_end_date between printed_band.valid_from_date and printed_band.valid_to_date
        and compliance.printed_pct >= coalesce(printed_band.lower_bound_pct, compliance.printed_pct)
        and compliance.printed_pct < coalesce(printed_band.upper_bound_pct, compliance.printed_pct + 1)
left join met_bounds on printed_band.scheme_code = met_bounds.scheme_code
