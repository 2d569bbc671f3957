-- The institution's compliance recomputed under each rule of the denominator, beside what it printed. A rule that gives
-- the print names the base the office used; the implied base is computed from the print, not stated by the document.
{% set rules = [
    ('all_units', 'unit_mean_all_units', 'unit_count', 'unit_sum', 'all_units_exact'),
    ('reporting_units', 'unit_mean_reporting_units', 'reporting_unit_count', 'reporting_unit_sum', 'reporting_units_exact'),
    ('implied_base', 'unit_mean_implied_base', 'implied_base', 'unit_sum', 'implied_base_exact'),
] %}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

recomputed as (
    {% for rule, method, base, total, mean in rules %}
    select
        document_sha256,
        table_name,
        row_seq,
        '{{ rule }}' as denominator_rule,
        '{{ method }}' as method_code,
        {{ base }} as denominator_count,
        {{ total }} as unit_sum,
        {{ mean }} as mean_exact
    from {{ ref('int_institution_compliance__compare') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    {{ vintage_scoped_key(["'institution compliance'", 'printed.row_seq', 'recomputed.denominator_rule'], 'vintages') }}
        as institution_compliance_key,
    vintages.institution_key,
    vintages.institution_code,
    institutions.institution_name,
    vintages.country_code,
    vintages.source_id,
    vintages.fiscal_year,
    {{ as_text('printed.period_type') }} as period_type,
    printed.period_start_date,
    printed.period_end_date,
    {{ as_text('recomputed.denominator_rule') }} as denominator_rule,
    {{ as_text('recomputed.method_code') }} as method_code,
    printed.unit_count,
    printed.reporting_unit_count,
    recomputed.denominator_count,
    recomputed.unit_sum,
    cast(round(recomputed.mean_exact, 6) as decimal(24, 6)) as compliance_pct_recomputed,
    {{ round_half_up('recomputed.mean_exact', 'printed.compliance_pct_decimals') }} as compliance_pct_rounded,
    printed.compliance_pct as compliance_pct_printed,
    cast(
        printed.compliance_pct - {{ round_half_up('recomputed.mean_exact', 'printed.compliance_pct_decimals') }}
        as decimal(24, 6)
    ) as difference_pct,
    coalesce(
        printed.compliance_pct = {{ round_half_up('recomputed.mean_exact', 'printed.compliance_pct_decimals') }}, false
    ) as agrees_with_print,
    recomputed.denominator_rule = 'implied_base' as is_inferred,
    printed.document_sha256,
    vintages.vintage_seq,
    vintages.is_latest and row_number() over (
        partition by
            vintages.institution_key, recomputed.denominator_rule, printed.period_type, printed.period_start_date
        order by vintages.period_end_date desc, vintages.vintage_seq desc
    ) = 1 as is_latest,
    {{ as_text('printed.scope') }} as scope,
    printed.page_no,
    printed.table_no,
    printed.row_no
from recomputed
inner join {{ ref('int_institution_compliance__compare') }} as printed
    on
        recomputed.document_sha256 = printed.document_sha256
        and recomputed.table_name = printed.table_name
        and recomputed.row_seq = printed.row_seq
inner join vintages
    on
        printed.document_sha256 = vintages.document_sha256
        and printed.table_name = vintages.table_name
inner join {{ ref('dim_institutions') }} as institutions on vintages.institution_key = institutions.institution_key
