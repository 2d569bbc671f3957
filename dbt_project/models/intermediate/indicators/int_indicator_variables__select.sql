-- The variables of the methods of indicators, of the documents that speak for a vintage. A sheet prints them with the
-- values of its baseline; the first of two is divided by the second when its method divides. A slide prints numerator
-- and denominator of every year.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

sheet_variables as (
    select
        variables.document_sha256,
        variables.source_id,
        variables.table_name,
        variables.row_seq,
        variables.record_no,
        variables.page_no,
        variables.table_no,
        variables.row_no,
        variables.variable_no,
        variables.variable_name,
        case
            when not coalesce({{ is_ratio_formula('sheets.calculation_method') }}, false) then 'variable'
            when variables.variable_no = '1' then 'numerator'
            when variables.variable_no = '2' then 'denominator'
            else 'variable'
        end as variable_role,
        'baseline' as value_role,
        sheets.baseline_year as value_year,
        {{ carry('variable_value', 'variables') }},
        variables.variable_source,
        sheets.calculation_method,
        sheets.substitution_raw
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_variables') }} as variables
    inner join {{ ref('stg_mx_ipab_programa_institucional__indicator_sheets') }} as sheets
        on
            variables.document_sha256 = sheets.document_sha256
            and variables.record_no = sheets.record_no
),

slide_variables as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        record_no,
        page_no,
        table_no,
        row_no,
        case when row_role = 'numerator' then '1' else '2' end as variable_no,
        row_label as variable_name,
        row_role as variable_role,
        value_role,
        value_year,
        indicator_value_raw as variable_value_raw,
        indicator_value as variable_value,
        indicator_value_null_kind as variable_value_null_kind,
        {{ as_text('null') }} as variable_source,
        {{ as_text('null') }} as calculation_method,
        {{ as_text('null') }} as substitution_raw
    from {{ ref('int_value_roles__match') }}
    where row_role <> 'indicator'
),

quotient_variables as (
    select
        printed.document_sha256,
        printed.source_id,
        printed.table_name,
        printed.row_seq,
        printed.record_no,
        printed.page_no,
        printed.table_no,
        printed.row_no,
        printed.variable_no,
        printed.variable_name,
        printed.variable_role,
        'actual' as value_role,
        cast(extract(year from documents.period_end_date) as integer) as value_year,
        {{ carry('variable_value', 'printed') }},
        {{ as_text('null') }} as variable_source,
        {{ as_text('null') }} as calculation_method,
        {{ as_text('null') }} as substitution_raw
    from {{ ref('stg_mx_oax_loxicha__financial_indicators') }} as printed
    inner join {{ ref('int_documents__identify') }} as documents on printed.document_sha256 = documents.document_sha256
),

variables as (
    select * from sheet_variables
    union all
    select * from slide_variables
    union all
    select * from quotient_variables
)

select
    variables.*,
    records.indicator_key,
    records.institution_key as row_institution_key,
    records.indicator_name,
    vintages.content_fingerprint,
    {{ vintage_columns('vintages') }},
    vintages.institution_key,
    vintages.fiscal_year,
    vintages.period_start_date,
    vintages.period_end_date,
    'indicator ' || {{ as_text('variables.record_no') }} || ' variable ' || variables.variable_no || ' '
    || variables.value_role || ' ' || coalesce({{ as_text('variables.value_year') }}, '?') as scope
from variables
inner join vintages
    on
        variables.document_sha256 = vintages.document_sha256
        and variables.table_name = vintages.table_name
inner join {{ ref('int_indicator_definitions__records') }} as records
    on
        variables.document_sha256 = records.document_sha256
        and variables.record_no = records.record_no
