-- What is here: per source, institution and period, how much was read and how many of its printed figures had
-- something to be held against.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
),

filings as (
    select
        source_id,
        institution_key,
        institution_code,
        fiscal_year,
        period_start_date,
        period_end_date,
        count(distinct document_sha256) as document_count,
        max(vintage_seq) as vintage_count,
        sum(case when is_representative and is_latest then row_count else 0 end) as row_count,
        sum(case when is_representative and is_latest then total_count else 0 end) as total_row_count,
        min(first_seen) as first_seen,
        max(first_seen) as last_seen
    from vintages
    group by source_id, institution_key, institution_code, fiscal_year, period_start_date, period_end_date
),

latest as (
    select
        source_id,
        table_name,
        document_sha256,
        institution_key,
        period_start_date,
        period_end_date
    from vintages
    where is_representative and is_latest
),

figures as (
    select
        latest.source_id,
        latest.institution_key,
        latest.period_start_date,
        latest.period_end_date,
        sum(case when figures.figure_kind in ('subtotal', 'total') then 1 else 0 end) as totals_expected,
        sum(
            case
                when figures.figure_kind in ('subtotal', 'total') and figures.printed_value is not null then 1
                else 0
            end
        ) as totals_printed
    from latest
    inner join {{ ref('fct_printed_totals') }} as figures
        on
            latest.document_sha256 = figures.document_sha256
            and latest.table_name = figures.table_name
    group by latest.source_id, latest.institution_key, latest.period_start_date, latest.period_end_date
),

checks as (
    select
        source_id,
        institution_key,
        period_start_date,
        period_end_date,
        {% for status in ['reconciled', 'explained', 'discrepant', 'nothing_to_compare'] %}
        sum(case when status = '{{ status }}' then 1 else 0 end) as {{ status }}_count,
        {% endfor %}
        count(*) as check_count
    from {{ ref('fct_reconciliation') }}
    where is_latest
    group by source_id, institution_key, period_start_date, period_end_date
)

select
    {{ surrogate_key([
        'filings.source_id', 'filings.institution_key', 'filings.period_start_date', 'filings.period_end_date'
    ]) }} as coverage_key,
    filings.source_id,
    filings.institution_key,
    filings.institution_code,
    institutions.institution_name,
    filings.fiscal_year,
    filings.period_start_date,
    filings.period_end_date,
    cast(filings.document_count as integer) as document_count,
    filings.vintage_count,
    cast(filings.row_count as integer) as row_count,
    cast(filings.total_row_count as integer) as total_row_count,
    cast(coalesce(figures.totals_expected, 0) as integer) as totals_expected_count,
    cast(coalesce(figures.totals_printed, 0) as integer) as totals_printed_count,
    cast(coalesce(checks.check_count, 0) as integer) as check_count,
    {% for status in ['reconciled', 'explained', 'discrepant', 'nothing_to_compare'] %}
    cast(coalesce(checks.{{ status }}_count, 0) as integer) as {{ status }}_count,
    {% endfor %}
    filings.first_seen,
    filings.last_seen
from filings
left join {{ ref('dim_institutions') }} as institutions on filings.institution_key = institutions.institution_key
left join figures
    on
        filings.source_id = figures.source_id
        and filings.institution_key = figures.institution_key
        and filings.period_start_date = figures.period_start_date
        and filings.period_end_date = figures.period_end_date
left join checks
    on
        filings.source_id = checks.source_id
        and filings.institution_key = checks.institution_key
        and filings.period_start_date = checks.period_start_date
        and filings.period_end_date = checks.period_end_date
