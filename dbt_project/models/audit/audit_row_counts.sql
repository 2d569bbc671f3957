-- Rows read against the ledger of rows counted by hand in the document. Only filings that are loaded are held against
-- it; a filing that the ledger does not know yet says so and passes.
with counted as (
    select
        source_id,
        table_name,
        institution_code,
        period_end_date,
        row_count,
        total_count
    from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative and is_latest
),

-- one filing may be many documents, of which not all were received: what the ledger knows none of is not here
loaded as (
    select distinct
        counted.source_id,
        counted.institution_code,
        counted.period_end_date
    from counted
    inner join {{ ref('row_count_ledger') }} as ledger
        on
            counted.source_id = ledger.source_id
            and counted.table_name = ledger.table_name
            and counted.institution_code = ledger.institution_code
            and counted.period_end_date = cast(ledger.period_end_date as date)
),

ledger as (
    select
        ledger.source_id,
        ledger.table_name,
        ledger.institution_code,
        cast(ledger.period_end_date as date) as period_end_date,
        cast(ledger.expected_rows as integer) as expected_rows,
        cast(ledger.expected_totals as integer) as expected_totals
    from {{ ref('row_count_ledger') }} as ledger
    inner join loaded
        on
            ledger.source_id = loaded.source_id
            and ledger.institution_code = loaded.institution_code
            and cast(ledger.period_end_date as date) = loaded.period_end_date
)

select
    coalesce(counted.source_id, ledger.source_id) as source_id,
    coalesce(counted.table_name, ledger.table_name) as table_name,
    coalesce(counted.institution_code, ledger.institution_code) as institution_code,
    coalesce(counted.period_end_date, ledger.period_end_date) as period_end_date,
    ledger.expected_rows,
    counted.row_count,
    ledger.expected_totals,
    counted.total_count,
    {{ as_text("""case
        when ledger.source_id is null then 'not_in_ledger'
        when counted.source_id is null then 'missing'
        when ledger.expected_rows = counted.row_count and ledger.expected_totals = counted.total_count then 'matches'
        else 'differs'
    end""") }} as status
from counted
full outer join ledger
    on
        counted.source_id = ledger.source_id
        and counted.table_name = ledger.table_name
        and counted.institution_code = ledger.institution_code
        and counted.period_end_date = ledger.period_end_date
