-- What was expected, what arrived, what is late or missing. A report counts as late by the date it prints, or on time
-- by the day of its receipt; one that prints no date and was received after it was due says nothing of when it was
-- issued. Judged on the day the newest document came in, so that the same documents give the same rows.
{{ config(materialized='table') }}
with assessed as (
    select cast(max(first_seen) as date) as assessed_on from {{ ref('stg_contraste__documents') }}
),

arrived as (
    select
        source_id,
        institution_key,
        period_start_date,
        period_end_date,
        min(reported_on) as reported_on,
        min(loaded_on) as loaded_on,
        max(loaded_on) as last_loaded_on,
        cast(max(vintage_count) as integer) as vintage_count,
        cast(count(distinct document_sha256) as integer) as document_count
    from {{ ref('int_document_tables__rank_vintages') }}
    group by source_id, institution_key, period_start_date, period_end_date
),

sources as (
    select
        source_id,
        max(case when status = 'loaded' then period_end_date end) as source_last_period_end_date,
        cast(max(case when status = 'loaded' then first_seen end) as date) as source_last_loaded_on,
        cast(sum(case when status = 'quarantined' then 1 else 0 end) as integer) as source_quarantined_count
    from {{ ref('stg_contraste__documents') }}
    group by source_id
),

paired as (
    select
        coalesce(expected.source_id, arrived.source_id) as source_id,
        coalesce(expected.institution_key, arrived.institution_key) as institution_key,
        coalesce(expected.period_start_date, arrived.period_start_date) as period_start_date,
        coalesce(expected.period_end_date, arrived.period_end_date) as period_end_date,
        expected.source_id is not null as is_expected,
        expected.report_title,
        expected.frequency,
        expected.due_date,
        expected.source as expectation_source,
        arrived.source_id is not null as has_arrived,
        arrived.reported_on,
        arrived.loaded_on,
        arrived.last_loaded_on,
        coalesce(arrived.vintage_count, 0) as vintage_count,
        coalesce(arrived.document_count, 0) as document_count
    from {{ ref('int_expected_reports__unroll') }} as expected
    full outer join arrived
        on
            expected.source_id = arrived.source_id
            and expected.institution_key = arrived.institution_key
            and expected.period_start_date = arrived.period_start_date
            and expected.period_end_date = arrived.period_end_date
)

select
    {{ surrogate_key([
        'paired.source_id', 'paired.institution_key', 'paired.period_start_date', 'paired.period_end_date'
    ]) }} as coverage_key,
    paired.source_id,
    paired.report_title,
    paired.institution_key,
    institutions.institution_code,
    institutions.institution_name,
    institutions.country_code,
    {{ as_text('paired.frequency') }} as frequency,
    {{ period_key('paired.period_start_date', 'paired.period_end_date') }} as period_key,
    paired.period_start_date,
    paired.period_end_date,
    paired.due_date,
    {{ as_text("""case
        when not paired.is_expected then 'not_expected'
        when paired.has_arrived and paired.reported_on > paired.due_date then 'late'
        when coalesce(paired.reported_on, paired.loaded_on) <= paired.due_date then 'on_time'
        when paired.has_arrived then 'arrived'
        when coalesce(paired.due_date, paired.period_end_date) < assessed.assessed_on then 'missing'
        else 'not_due'
    end""") }} as status,
    paired.is_expected,
    paired.has_arrived,
    paired.reported_on,
    paired.loaded_on,
    cast({{ dbt.datediff('paired.due_date', 'paired.reported_on', 'day') }} as integer) as days_after_due,
    paired.vintage_count,
    paired.document_count,
    paired.last_loaded_on,
    sources.source_last_period_end_date,
    sources.source_last_loaded_on,
    coalesce(sources.source_quarantined_count, 0) as source_quarantined_count,
    assessed.assessed_on,
    paired.expectation_source
from paired
cross join assessed
inner join {{ ref('dim_institutions') }} as institutions on paired.institution_key = institutions.institution_key
left join sources on paired.source_id = sources.source_id
