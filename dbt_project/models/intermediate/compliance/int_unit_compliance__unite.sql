-- Compliance of every unit by month and by quarter, of all documents. Whether a unit reported is said once, in the note
-- of its quarter, and holds for the months of that quarter; the zeros printed instead stay as printed. A table that
-- prints several quarters has one note per unit: it is of the last of them.
with documents as (
    select
        document_sha256,
        period_start_date
    from {{ ref('int_documents__identify') }}
),

months as (
    select
        compliance.document_sha256,
        compliance.source_id,
        compliance.table_name,
        compliance.page_no,
        compliance.table_no,
        compliance.row_no,
        compliance.row_seq,
        'month' as period_type,
        compliance.month_label as period_label,
        compliance.month_no as period_no,
        cast(floor((compliance.month_no + 2) / 3) as integer) as quarter_no,
        {{ month_of_period('compliance.month_no', 'documents.period_start_date') }} as period_start_date,
        compliance.org_unit_name_raw,
        {{ fold('compliance.org_unit_name') }} as name_folded,
        {{ carry('compliance_pct', 'compliance') }},
        {{ as_text('null') }} as notes,
        false as note_says_no_report,
        false as note_says_no_justification
    from {{ ref('stg_sv_insafocoop_poa__monthly_compliance') }} as compliance
    inner join documents on compliance.document_sha256 = documents.document_sha256
),

quarters as (
    select
        compliance.document_sha256,
        compliance.source_id,
        compliance.table_name,
        compliance.page_no,
        compliance.table_no,
        compliance.row_no,
        compliance.row_seq,
        'quarter' as period_type,
        compliance.quarter_label as period_label,
        compliance.quarter_no as period_no,
        compliance.quarter_no,
        {{ month_of_period('(3 * compliance.quarter_no - 2)', 'documents.period_start_date') }} as period_start_date,
        compliance.org_unit_name_raw,
        {{ fold('compliance.org_unit_name') }} as name_folded,
        {{ carry('compliance_pct', 'compliance') }},
        compliance.notes,
        compliance.note_says_no_report,
        compliance.note_says_no_justification
    from {{ ref('stg_sv_insafocoop_poa__quarterly_compliance') }} as compliance
    inner join documents on compliance.document_sha256 = documents.document_sha256
),

periods as (
    select * from months
    union all
    select * from quarters
),

noted as (
    select
        *,
        row_number() over (
            partition by document_sha256, period_type, name_folded
            order by period_start_date desc, row_seq desc
        ) = 1 and period_type = 'quarter' as has_note
    from periods
),

matched as (
    select
        periods.*,
        case when periods.period_type = 'quarter' then 2 else 0 end as months_after,
        units.org_unit_code,
        units.org_unit_key,
        max(case when periods.has_note and periods.note_says_no_report then 1 else 0 end) over (
            partition by periods.document_sha256, units.org_unit_key, periods.quarter_no
        ) = 1 as is_not_reported
    from noted as periods
    inner join {{ ref('int_org_unit_names__match') }} as units
        on
            periods.document_sha256 = units.document_sha256
            and periods.name_folded = units.name_folded
)

select
    document_sha256,
    source_id,
    table_name,
    page_no,
    table_no,
    row_no,
    row_seq,
    period_type,
    period_label,
    period_no,
    quarter_no,
    period_start_date,
    cast({{ dbt.last_day(dbt.dateadd('month', 'months_after', 'period_start_date'), 'month') }} as date)
        as period_end_date,
    org_unit_name_raw,
    org_unit_code,
    org_unit_key,
    {{ carry('compliance_pct') }},
    {{ printed_decimals('compliance_pct_raw') }} as compliance_pct_decimals,
    has_note,
    case when has_note then notes end as notes,
    has_note and note_says_no_justification as note_says_no_justification,
    case
        when is_not_reported then 'not_reported'
        when compliance_pct is null then 'not_printed'
        else 'reported'
    end as report_status
from matched
