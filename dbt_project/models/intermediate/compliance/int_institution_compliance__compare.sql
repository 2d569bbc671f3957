-- The institution's own printed compliance beside what its units give under each rule of the denominator: every unit of
-- the table, the units that reported, and the whole number that reproduces the print (null where none does).
with totals as (
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        label_raw,
        'month' as period_type,
        month_no as period_no,
        {{ carry('compliance_pct') }}
    from {{ ref('stg_sv_insafocoop_poa__monthly_compliance_totals') }}
    union all
    select
        document_sha256,
        source_id,
        table_name,
        page_no,
        table_no,
        row_no,
        row_seq,
        label_raw,
        'quarter' as period_type,
        quarter_no as period_no,
        {{ carry('compliance_pct') }}
    from {{ ref('stg_sv_insafocoop_poa__quarterly_compliance_totals') }}
),

units as (
    select
        document_sha256,
        table_name,
        period_type,
        period_no,
        period_start_date,
        period_end_date,
        quarter_no,
        cast(count(*) as integer) as unit_count,
        cast(sum(case when report_status = 'reported' then 1 else 0 end) as integer) as reporting_unit_count,
        cast(sum(compliance_pct) as decimal(24, 6)) as unit_sum,
        cast(sum(case when report_status = 'reported' then compliance_pct end) as decimal(24, 6)) as reporting_unit_sum
    from {{ ref('int_unit_compliance__unite') }}
    group by document_sha256, table_name, period_type, period_no, period_start_date, period_end_date, quarter_no
),

paired as (
    select
        totals.*,
        units.period_start_date,
        units.period_end_date,
        units.quarter_no,
        units.unit_count,
        units.reporting_unit_count,
        units.unit_sum,
        units.reporting_unit_sum,
        {{ printed_decimals('totals.compliance_pct_raw') }} as compliance_pct_decimals,
        case
            when totals.compliance_pct > 0 then cast(floor(units.unit_sum / totals.compliance_pct + 0.5) as integer)
        end as base_candidate
    from totals
    inner join units
        on
            totals.document_sha256 = units.document_sha256
            and totals.table_name = units.table_name
            and totals.period_type = units.period_type
            and totals.period_no = units.period_no
),

means as (
    select
        *,
        {{ percent_of('unit_sum', '100 * unit_count') }} as all_units_exact,
        {{ percent_of('reporting_unit_sum', '100 * reporting_unit_count') }} as reporting_units_exact,
        {{ percent_of('unit_sum', '100 * base_candidate') }} as candidate_exact
    from paired
),

months as (
    select
        document_sha256,
        quarter_no,
        case when count(compliance_pct) = 3 then {{ percent_of('sum(compliance_pct)', '300') }} end as months_exact
    from paired
    where period_type = 'month'
    group by document_sha256, quarter_no
)

select
    means.document_sha256,
    means.source_id,
    means.table_name,
    means.page_no,
    means.table_no,
    means.row_no,
    means.row_seq,
    means.label_raw,
    means.period_type,
    means.period_no,
    means.quarter_no,
    means.period_start_date,
    means.period_end_date,
    {{ carry('compliance_pct', 'means') }},
    means.compliance_pct_decimals,
    means.unit_count,
    means.reporting_unit_count,
    means.unit_sum,
    means.reporting_unit_sum,
    means.all_units_exact,
    means.reporting_units_exact,
    case
        when {{ round_half_up('means.candidate_exact', 'means.compliance_pct_decimals') }} = means.compliance_pct
            then means.base_candidate
    end as implied_base,
    case
        when {{ round_half_up('means.candidate_exact', 'means.compliance_pct_decimals') }} = means.compliance_pct
            then means.candidate_exact
    end as implied_base_exact,
    case when means.period_type = 'quarter' then months.months_exact end as months_exact,
    'institution ' || means.period_type || ' '
    || {{ as_text('cast(extract(year from means.period_start_date) as integer)') }} || '-'
    || case
        when means.period_type = 'month' then lpad({{ as_text('means.period_no') }}, 2, '0')
        else 'T' || {{ as_text('means.period_no') }}
    end as scope
from means
left join months
    on
        means.document_sha256 = months.document_sha256
        and means.quarter_no = months.quarter_no
