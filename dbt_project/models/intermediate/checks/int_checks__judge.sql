-- Every comparison with its verdict. A discrepancy is explained only by a row of known_discrepancies that matches it
-- to the cent; a cause that the arithmetic itself shows is named but excuses nothing. Of an explained one the words are
-- those of its row, of any other those of the code.
with checks as (
    select * from {{ ref('int_checks__unite') }}
),

vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
),

located as (
    select
        checks.*,
        case
            when checks.not_comparable_cause is null
                then cast(checks.printed_value - checks.recomputed_value as decimal(24, 6))
        end as difference,
        vintages.content_fingerprint,
        {{ vintage_columns('vintages') }},
        vintages.institution_key,
        vintages.institution_code,
        vintages.period_start_date,
        vintages.period_end_date,
        vintages.fiscal_year,
        vintages.currency_code
    from checks
    inner join vintages
        on
            checks.document_sha256 = vintages.document_sha256
            and checks.table_name = vintages.table_name
),

known as (
    select
        rule_id,
        source_id,
        table_name,
        institution_code,
        cast(period_end_date as date) as period_end_date,
        scope,
        measure,
        cast(difference as decimal(24, 6)) as difference,
        reason_es,
        reason_en
    from {{ ref('known_discrepancies') }}
),

judged as (
    select
        located.*,
        known.reason_es,
        known.reason_en,
        case
            when located.not_comparable_cause is not null then 'nothing_to_compare'
            when abs(located.difference) <= located.tolerance then 'reconciled'
            when known.rule_id is not null then 'explained'
            else 'discrepant'
        end as status
    from located
    left join known
        on
            located.rule_id = known.rule_id
            and located.source_id = known.source_id
            and located.table_name = known.table_name
            and located.institution_code = known.institution_code
            and located.period_end_date = known.period_end_date
            and located.scope = known.scope
            and located.measure = known.measure
            and located.difference = known.difference
),

caused as (
    select
        {{ vintage_scoped_key(['rule_id', 'scope', 'measure']) }} as check_id,
        *,
        case
            when status = 'nothing_to_compare' then not_comparable_cause
            when status = 'reconciled' and difference <> 0 then 'rounding'
            when status = 'explained' then 'known_discrepancy'
            when status = 'discrepant' then coalesce(detected_cause, 'unexplained')
        end as cause
    from judged
)

select
    caused.*,
    case
        when caused.status = 'explained' then caused.reason_es
        else replace(words.cause_es, '{n}', replace(replace(caused.cause, 'base_of_', ''), '_units', ''))
    end as cause_es,
    case
        when caused.status = 'explained' then caused.reason_en
        else replace(words.cause_en, '{n}', replace(replace(caused.cause, 'base_of_', ''), '_units', ''))
    end as cause_en
from caused
left join {{ ref('check_causes') }} as words
    on case when caused.cause like 'base_of_%_units' then 'base_of_n_units' else caused.cause end = words.cause_code
