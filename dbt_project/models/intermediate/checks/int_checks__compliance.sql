-- Printed compliance against its arithmetic, rounded half up to the printed decimals; tolerance none. A unit's quarter
-- is the mean of its months, the institution the mean of its units, the institution's quarter the mean of its months.
with figures as (
    select * from {{ ref('int_printed_figures__compliance') }}
    where measure = 'compliance_pct'
),

institution as (
    select
        compared.*,
        figures.printed_total_key
    from {{ ref('int_institution_compliance__compare') }} as compared
    inner join figures
        on
            compared.document_sha256 = figures.document_sha256
            and compared.table_name = figures.table_name
            and compared.scope = figures.scope
),

compared as (
    select
        'unit_quarter_equals_months' as rule_id,
        source_id,
        table_name,
        document_sha256,
        scope,
        compliance_pct_raw as printed_raw,
        compliance_pct as printed_value,
        compliance_pct_null_kind as null_kind,
        compliance_pct_decimals as decimals,
        recomputed_exact,
        -- zeros printed for a unit that did not report are no figures to agree
        case when report_status = 'not_reported' and compliance_pct = 0 and recomputed_exact = 0 then 'not_reported' end
            as special_cause,
        case when compliance_pct = ceiling(recomputed_exact) then 'rounded_up' end as detected_cause,
        {{ as_text('null') }} as printed_total_key,
        page_no,
        table_no,
        row_no
    from {{ ref('int_unit_compliance__select') }}
    where period_type = 'quarter'
    union all
    select
        'institution_equals_mean_of_units' as rule_id,
        source_id,
        table_name,
        document_sha256,
        scope,
        compliance_pct_raw as printed_raw,
        compliance_pct as printed_value,
        compliance_pct_null_kind as null_kind,
        compliance_pct_decimals as decimals,
        all_units_exact as recomputed_exact,
        {{ as_text('null') }} as special_cause,
        case
            when implied_base <> unit_count then 'base_of_' || {{ as_text('implied_base') }} || '_units'
        end as detected_cause,
        printed_total_key,
        page_no,
        table_no,
        row_no
    from institution
    union all
    select
        'institution_quarter_equals_months' as rule_id,
        source_id,
        table_name,
        document_sha256,
        scope,
        compliance_pct_raw as printed_raw,
        compliance_pct as printed_value,
        compliance_pct_null_kind as null_kind,
        compliance_pct_decimals as decimals,
        months_exact as recomputed_exact,
        {{ as_text('null') }} as special_cause,
        {{ as_text('null') }} as detected_cause,
        printed_total_key,
        page_no,
        table_no,
        row_no
    from institution
    where period_type = 'quarter'
),

judged as (
    select
        *,
        {{ round_half_up('recomputed_exact', 'decimals') }} as recomputed_value
    from compared
)

select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    scope,
    'compliance_pct' as measure,
    'percentage' as figure_kind,
    printed_raw,
    printed_value,
    cast(round(recomputed_exact, 6) as decimal(24, 6)) as recomputed_exact,
    recomputed_value,
    cast(0 as decimal(24, 6)) as tolerance,
    coalesce(special_cause, {{ not_comparable('printed_value', 'null_kind', 'recomputed_exact') }})
        as not_comparable_cause,
    case when printed_value <> recomputed_value then detected_cause end as detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    'compliance' as column_name
from judged
