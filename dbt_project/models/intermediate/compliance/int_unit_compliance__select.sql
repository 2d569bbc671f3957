-- Compliance of the documents that speak for a vintage, each quarter beside the unweighted mean of its three months.
{{ config(materialized='incremental') }}
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

months as (
    select
        document_sha256,
        org_unit_key,
        quarter_no,
        case when count(compliance_pct) = 3 then cast(sum(compliance_pct) as decimal(24, 6)) end as month_sum,
        cast(count(compliance_pct) as integer) as month_count
    from {{ ref('int_unit_compliance__unite') }}
    where period_type = 'month'
    group by document_sha256, org_unit_key, quarter_no
),

with_months as (
    select
        compliance.*,
        months.month_sum,
        months.month_count,
        case
            when compliance.period_type = 'quarter'
                then {{ percent_of('months.month_sum', '100 * months.month_count') }}
        end as recomputed_exact,
        vintages.content_fingerprint,
        vintages.vintage_seq,
        vintages.reported_on,
        vintages.loaded_on,
        vintages.known_from,
        -- a later report prints the earlier periods again
        {% set telling %}
            partition by vintages.institution_key, compliance.org_unit_key, compliance.period_type,
            compliance.period_start_date
            order by vintages.period_end_date, vintages.vintage_seq, compliance.row_seq desc
        {% endset -%}
        row_number() over ({{ telling }}) = 1 as is_first,
        lead(compliance.document_sha256) over ({{ telling }}) is null as is_latest,
        lead(vintages.known_from) over ({{ telling }}) as known_until,
        vintages.institution_key,
        vintages.institution_code,
        vintages.country_code,
        vintages.fiscal_year,
        {{ vintage_scoped_key(["'unit compliance'", 'compliance.row_seq'], 'vintages') }} as compliance_key
    from {{ ref('int_unit_compliance__unite') }} as compliance
    inner join vintages
        on
            compliance.document_sha256 = vintages.document_sha256
            and compliance.table_name = vintages.table_name
    left join months
        on
            compliance.document_sha256 = months.document_sha256
            and compliance.org_unit_key = months.org_unit_key
            and compliance.quarter_no = months.quarter_no
)

select
    *,
    {{ round_half_up('recomputed_exact', 'compliance_pct_decimals') }} as recomputed_rounded,
    'unit ' || org_unit_code || ' ' || period_type || ' '
    || {{ as_text('cast(extract(year from period_start_date) as integer)') }} || '-'
    || case
        when period_type = 'month' then lpad({{ as_text('period_no') }}, 2, '0')
        else 'T' || {{ as_text('period_no') }}
    end as scope
from with_months
