-- Compliance of units as printed, quarters beside the mean of their months. The institution's own row is a printed
-- total and stands in fct_printed_totals.
select
    compliance_key,
    institution_key,
    org_unit_key,
    org_unit_code,
    org_unit_name_raw,
    source_id,
    fiscal_year,
    {{ as_text('period_type') }} as period_type,
    period_start_date,
    period_end_date,
    {{ period_key('period_start_date', 'period_end_date') }} as period_key,
    compliance_pct as compliance_pct_printed,
    compliance_pct_raw,
    {{ as_text('compliance_pct_null_kind') }} as compliance_pct_null_kind,
    -- months that were not reported have no mean, though zeros are printed for them
    case when report_status = 'reported' then cast(round(recomputed_exact, 6) as decimal(24, 6)) end
        as compliance_pct_recomputed,
    {{ as_text('report_status') }} as report_status,
    notes as justification,
    {{ as_text("""case
        when not has_note then 'not_on_form'
        when report_status = 'not_reported' then 'no_report'
        when note_says_no_justification then 'not_received'
        when notes is null then 'blank'
        else 'given'
    end""") }} as justification_status,
    {{ whole_number_of('document_sha256') }} as document_key,
    document_sha256,
    content_fingerprint,
    {{ vintage_columns() }},
    table_name,
    {{ as_text('scope') }} as scope,
    page_no,
    table_no,
    row_no,
    row_seq
from {{ ref('int_unit_compliance__select') }}
