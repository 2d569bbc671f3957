-- Everything that is judged, in one shape.
-- Not kept: it is its members, one after the other.
{{ config(materialized='view') }}
{% for kind in ['goals', 'values', 'compliance'] %}
select
    judged_key,
    {{ as_text('result_kind') }} as result_kind,
    {{ as_text('target_basis') }} as target_basis,
    institution_key,
    program_key,
    program_code,
    org_unit_key,
    indicator_key,
    source_id,
    {{ as_text('report_level') }} as report_level,
    {{ as_text('unit_code') }} as unit_code,
    {{ as_text('unit_kind') }} as unit_kind,
    unit_name_raw,
    fiscal_year,
    period_key,
    period_start_date,
    period_end_date,
    target_value,
    target_value_raw,
    result_value,
    result_value_raw,
    baseline_value,
    part_mean_pct,
    {{ as_text('report_status') }} as report_status,
    is_comparable,
    printed_pct,
    printed_pct_raw,
    printed_decimals,
    is_inferred,
    inferred_reason,
    document_sha256,
    result_document_sha256,
    {{ vintage_columns() }},
    table_name,
    {{ as_text('scope') }} as scope,
    page_no,
    table_no,
    row_no
from {{ ref('int_judged_results__' ~ kind) }}
{{ 'union all' if not loop.last }}
{% endfor %}
