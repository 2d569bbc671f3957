-- Every printed number of every fact with the cells it was read from. What is worked out rather than printed is
-- declared, column by column, in the seed derived_columns.
with printed as (
    {% for fact in printed_fact_columns() %}
    {% for column, raw_column in fact.columns.items() %}
    select
        '{{ fact.fact }}' as fact_table,
        fact.{{ fact.key }} as fact_key,
        '{{ column }}' as column_name,
        cast(fact.{{ column }} as decimal(24, 6)) as fact_value,
        fact.document_sha256,
        fact.table_name,
        'data' as row_kind,
        fact.row_seq,
        {{ raw_column }} as raw_column
    from {{ ref(fact.fact) }} as fact
    where fact.{{ column }} is not null
    union all
    {% endfor %}
    {% endfor %}
    -- The money of a category is read from all its rows: one carries it, the others print 0.00.
    {% for column in ['approved_amount', 'adjusted_amount', 'accrued_amount'] %}
    select
        'fct_budget_execution' as fact_table,
        fact.budget_line_key as fact_key,
        '{{ column }}' as column_name,
        cast(fact.{{ column }} as decimal(24, 6)) as fact_value,
        fact.document_sha256,
        fact.table_name,
        'data' as row_kind,
        report.row_seq,
        {{ printed_column('fact.table_name', "'" ~ column ~ "'") }} as raw_column
    from {{ ref('fct_budget_execution') }} as fact
    inner join {{ ref('int_report_rows__select') }} as report
        on
            fact.document_sha256 = report.document_sha256
            and fact.table_name = report.table_name
            and fact.program_key = report.program_key
            and coalesce(fact.responsible_unit_code, '') = coalesce(report.responsible_unit_code, '')
            and (fact.report_level <> 'program_line' or fact.scope = report.scope)
    where fact.{{ column }} is not null
    union all
    {% endfor %}
    {% for column in ['execution_approved_pct', 'execution_adjusted_pct'] %}
    select
        'fct_budget_execution' as fact_table,
        fact.budget_line_key as fact_key,
        '{{ column }}_printed' as column_name,
        fact.{{ column }}_printed as fact_value,
        fact.document_sha256,
        fact.table_name,
        'data' as row_kind,
        report.row_seq,
        '{{ column }}' as raw_column
    from {{ ref('fct_budget_execution') }} as fact
    inner join {{ ref('int_report_rows__select') }} as report
        on
            fact.document_sha256 = report.document_sha256
            and fact.table_name = report.table_name
            and fact.scope = report.scope
    where fact.{{ column }}_printed is not null
    union all
    {% endfor %}
    select
        'fct_printed_totals' as fact_table,
        fact.printed_total_key as fact_key,
        'printed_value' as column_name,
        fact.printed_value as fact_value,
        fact.document_sha256,
        fact.table_name,
        case figures.figure_level when 'row' then 'data' when 'statement' then 'statement' else 'total' end as row_kind,
        figures.row_seq,
        fact.column_name as raw_column
    from {{ ref('fct_printed_totals') }} as fact
    inner join {{ ref('int_printed_figures__unite') }} as figures
        on fact.printed_total_key = figures.printed_total_key
    where fact.printed_value is not null
)

select
    {{ surrogate_key([
        'printed.fact_table', 'printed.fact_key', 'printed.column_name', 'printed.row_seq', 'cells.row_no',
        'cells.col_no'
    ]) }} as lineage_key,
    printed.fact_table,
    printed.fact_key,
    printed.column_name,
    printed.fact_value,
    printed.document_sha256,
    documents.file_path,
    {{ as_text('documents.format') }} as format,
    printed.table_name,
    cells.page_no,
    cells.sheet_name,
    cells.table_no,
    cells.row_no,
    cells.col_no,
    printed.raw_column,
    cells.x0,
    cells.top,
    cells.x1,
    cells.bottom,
    cells.page_width,
    cells.page_height,
    cells.char_start,
    cells.char_end,
    cells.text_raw,
    cells.native_value,
    cells.number_format,
    cells.method,
    cells.confidence,
    cells.flags
from printed
left join {{ ref('int_printed_cells__select') }} as cells
    on
        printed.document_sha256 = cells.document_sha256
        and printed.table_name = cells.table_name
        and printed.row_kind = cells.row_kind
        and printed.row_seq = cells.row_seq
        and printed.raw_column = cells.raw_column
inner join {{ ref('dim_documents') }} as documents on printed.document_sha256 = documents.document_sha256
