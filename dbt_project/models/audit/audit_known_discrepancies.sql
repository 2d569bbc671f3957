-- Every known discrepancy whose table is loaded must still be found, to the cent. One that is not found any more was
-- mended (by the office or by us) and its row is due to be closed.
with known as (
    select * from {{ ref('known_discrepancies') }}
),

loaded as (
    select
        source_id,
        table_name,
        institution_code,
        period_end_date,
        count(distinct document_sha256) as document_count
    from {{ ref('int_document_tables__rank_vintages') }}
    group by source_id, table_name, institution_code, period_end_date
),

found as (
    select
        checks.rule_id,
        checks.source_id,
        checks.table_name,
        institutions.institution_code,
        checks.period_end_date,
        checks.scope,
        checks.measure,
        checks.difference,
        count(*) as check_count
    from {{ ref('fct_reconciliation') }} as checks
    inner join {{ ref('dim_institutions') }} as institutions on checks.institution_key = institutions.institution_key
    where checks.status = 'explained'
    group by
        checks.rule_id, checks.source_id, checks.table_name, institutions.institution_code, checks.period_end_date,
        checks.scope, checks.measure, checks.difference
)

select
    known.rule_id,
    known.source_id,
    known.table_name,
    known.institution_code,
    cast(known.period_end_date as date) as period_end_date,
    known.scope,
    known.measure,
    cast(known.difference as decimal(24, 6)) as difference,
    known.reason_es,
    known.reason_en,
    known.page,
    cast(known.recorded_on as date) as recorded_on,
    cast(coalesce(found.check_count, 0) as integer) as check_count,
    {{ as_text("""case
        when loaded.source_id is null then 'not_loaded'
        when found.check_count is null then 'no_longer_found'
        else 'matches'
    end""") }} as status
from known
left join loaded
    on
        known.source_id = loaded.source_id
        and known.table_name = loaded.table_name
        and known.institution_code = loaded.institution_code
        and cast(known.period_end_date as date) = loaded.period_end_date
left join found
    on
        known.rule_id = found.rule_id
        and known.source_id = found.source_id
        and known.table_name = found.table_name
        and known.institution_code = found.institution_code
        and cast(known.period_end_date as date) = found.period_end_date
        and known.scope = found.scope
        and known.measure = found.measure
        and cast(known.difference as decimal(24, 6)) = found.difference
