-- Money by classification, leaves only: a printed line with lines of its own below it is a figure of
-- fct_printed_totals. The tables of one institution and period repeat the same money by other classifications: add up
-- within one `classification`, `flow` and phase, `where is_latest and is_last_period`. A line that repeats for each
-- month or year is an amount of that month or year.
with budget_lines as (
    select * from {{ ref('int_budget_lines__select') }}
    where is_leaf
),

filings as (
    select
        source_id,
        institution_key,
        table_name,
        filing_start_date,
        filing_end_date,
        -- of two periods that end together the longer one holds the other
        row_number() over (
            partition by source_id, institution_key, table_name, filing_year
            order by filing_end_date desc, filing_start_date asc
        ) as period_recency
    from budget_lines
    group by source_id, institution_key, table_name, filing_year, filing_start_date, filing_end_date
),

figures as (
    select
        document_sha256,
        table_name,
        row_seq,
        replace(measure, '_amount', '') as measure_name,
        {{ phase_of_measure('measure') }} as phase_code,
        {{ flow_of_measure('flow', 'measure') }} as flow,
        amount,
        printed_raw,
        null_kind,
        is_dash,
        printed_decimals
    from {{ ref('int_budget_figures__unpivot') }}
    where line_role = 'leaf' and not is_difference
)

select
    {{ vintage_scoped_key(["'budget amount'", 'budget_lines.row_seq', 'figures.measure_name'], 'budget_lines') }}
        as budget_amount_key,
    {{ vintage_scoped_key(["'budget line'", 'budget_lines.row_seq', 'figures.flow'], 'budget_lines') }}
        as printed_line_key,
    budget_lines.institution_key,
    budget_lines.budget_class_key,
    {{ as_text('figures.flow') }} as flow,
    {{ as_text('budget_lines.classification') }} as classification,
    case
        when functions.function_code is not null
            then {{ entity_key(['functions.function_scheme', 'functions.function_code']) }}
        when budget_lines.classification = 'functional' then {{ not_known() }}
        else {{ not_applicable() }}
    end as function_key,
    {{ as_text('figures.phase_code') }} as phase_code,
    budget_lines.source_id,
    budget_lines.fiscal_year,
    budget_lines.period_start_date,
    budget_lines.period_end_date,
    {{ period_key('budget_lines.period_start_date', 'budget_lines.period_end_date') }} as period_key,
    filings.period_recency = 1 as is_last_period,
    budget_lines.currency_code,
    figures.amount,
    figures.printed_raw as amount_raw,
    {{ as_text('figures.null_kind') }} as amount_null_kind,
    budget_lines.term_raw,
    figures.amount is not null and (figures.is_dash or figures.printed_decimals > 2) as is_inferred,
    {{ as_text("""case
        when figures.amount is not null and figures.is_dash then 'a dash in an amount column read as zero'
        when figures.amount is not null and figures.printed_decimals > 2
            then 'printed with more than two decimals, rounded'
    end""") }} as inferred_reason,
    {{ whole_number_of('budget_lines.document_sha256') }} as document_key,
    budget_lines.document_sha256,
    budget_lines.content_fingerprint,
    {{ vintage_columns('budget_lines') }},
    budget_lines.table_name,
    {{ as_text('budget_lines.scope') }} as scope,
    budget_lines.page_no,
    budget_lines.table_no,
    budget_lines.row_no,
    budget_lines.row_seq
from budget_lines
inner join figures
    on
        budget_lines.document_sha256 = figures.document_sha256
        and budget_lines.table_name = figures.table_name
        and budget_lines.row_seq = figures.row_seq
inner join filings
    on
        budget_lines.source_id = filings.source_id
        and budget_lines.institution_key = filings.institution_key
        and budget_lines.table_name = filings.table_name
        and budget_lines.filing_start_date = filings.filing_start_date
        and budget_lines.filing_end_date = filings.filing_end_date
left join {{ ref('int_functions__unite') }} as functions
    on
        budget_lines.class_scheme = functions.function_scheme
        and budget_lines.class_code = functions.function_code
