-- Every printed value of an indicator with the year it is of and the place that gives it its role, of every document.
with history as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        'history' as label_key,
        year_raw as period_label_raw,
        value_year,
        {{ carry('indicator_value') }}
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_history') }}
),

yearly_targets as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        'yearly_targets' as label_key,
        year_raw as period_label_raw,
        value_year,
        {{ carry('indicator_value') }}
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_targets') }}
),

{% for box in ['baseline', 'final_target'] %}
-- a value of a sheet stands where its own cell does, not where the sheet begins
{{ box }}s as (
    select
        sheets.document_sha256,
        sheets.source_id,
        sheets.table_name,
        sheets.row_seq,
        sheets.record_no,
        coalesce(cells.page_no, sheets.page_no) as page_no,
        coalesce(cells.table_no, sheets.table_no) as table_no,
        coalesce(cells.row_no, sheets.row_no) as row_no,
        '{{ box }}' as label_key,
        sheets.{{ box }}_year_raw as period_label_raw,
        sheets.{{ box }}_year as value_year,
        sheets.{{ box }}_value_raw as indicator_value_raw,
        sheets.{{ box }}_value as indicator_value,
        sheets.{{ box }}_value_null_kind as indicator_value_null_kind
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_sheets') }} as sheets
    left join {{ ref('stg_contraste__cells') }} as cells
        on
            sheets.document_sha256 = cells.document_sha256
            and sheets.table_name = cells.table_name
            and sheets.row_seq = cells.row_seq
            and cells.row_kind = 'data'
            and cells.column_name = '{{ box }}_value'
),

{% endfor %}
-- a year without a word is a result only while it lies before the budget year
year_columns as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        'year_column ' || case
            when {{ fold_name('period_words') }} <> '' then {{ fold_name('period_words') }}
            when value_year < budget_year then 'BEFORE BUDGET YEAR'
            when value_year = budget_year then 'BUDGET YEAR'
            else 'AFTER BUDGET YEAR'
        end as label_key,
        period_label_raw,
        value_year,
        {{ carry('indicator_value') }},
        row_role,
        row_label
    from {{ ref('stg_cl_dipres_indicadores__indicator_values') }}
),

-- a result is of the year that the document covers
results as (
    select
        printed.document_sha256,
        printed.source_id,
        printed.table_name,
        printed.row_seq,
        printed.record_no,
        printed.page_no,
        printed.table_no,
        printed.row_no,
        'result_box' as label_key,
        {{ as_text('null') }} as period_label_raw,
        cast(extract(year from documents.period_end_date) as integer) as value_year,
        {{ carry('indicator_value', 'printed') }}
    from {{ ref('stg_mx_oax_loxicha__financial_indicators') }} as printed
    inner join {{ ref('int_documents__identify') }} as documents on printed.document_sha256 = documents.document_sha256
    where printed.variable_role = 'numerator'
)

{% for part in ['history', 'yearly_targets', 'baselines', 'final_targets', 'results'] %}
select
    *,
    'indicator' as row_role,
    {{ as_text('null') }} as row_label
from {{ part }}
union all
{% endfor %}
select * from year_columns
