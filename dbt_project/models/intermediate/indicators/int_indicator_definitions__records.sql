-- Indicators that a document prints as a record of their own: a sheet, or an indicator with its numerator and
-- denominator. One row per document and record, of every document: values of any vintage find their indicator here.
with sheets as (
    select
        sheets.document_sha256,
        sheets.source_id,
        sheets.table_name,
        sheets.row_seq,
        sheets.record_no,
        sheets.page_no,
        sheets.table_no,
        sheets.row_no,
        'mx-ipab-programa-institucional' as indicator_scheme,
        documents.institution_key,
        sheets.indicator_name,
        sheets.definition as definition_text,
        sheets.unit_name_raw,
        {{ as_text('null') }} as level_name,
        sheets.type_name,
        sheets.dimension_name,
        sheets.frequency_name,
        sheets.direction_name,
        sheets.accumulation_name,
        sheets.calculation_method as formula,
        sheets.responsible_unit_name,
        {{ as_text('null') }} as strategic_product_name,
        {{ as_text('null') }} as program_code,
        {{ as_text('null') }} as indicator_code
    from {{ ref('stg_mx_ipab_programa_institucional__indicator_sheets') }} as sheets
    inner join {{ ref('int_documents__identify') }} as documents on sheets.document_sha256 = documents.document_sha256
),

-- the sign is the only unit the slides print
signed as (
    select
        document_sha256,
        record_no,
        min(row_seq) as first_row_seq,
        min(case when {{ has_percent_sign('indicator_value_raw') }} then 1 else 0 end) as all_percent
    from {{ ref('stg_cl_dipres_indicadores__indicator_values') }}
    where row_role = 'indicator'
    group by document_sha256, record_no
),

slides as (
    select
        printed.document_sha256,
        printed.source_id,
        printed.table_name,
        printed.row_seq,
        printed.record_no,
        printed.page_no,
        printed.table_no,
        printed.row_no,
        'cl-dipres-indicadores' as indicator_scheme,
        institutions.institution_key,
        printed.row_label as indicator_name,
        {{ as_text('null') }} as definition_text,
        case when signed.all_percent = 1 then '%' end as unit_name_raw,
        printed.level_name,
        {{ as_text('null') }} as type_name,
        printed.dimension_name,
        {{ as_text('null') }} as frequency_name,
        {{ as_text('null') }} as direction_name,
        {{ as_text('null') }} as accumulation_name,
        {{ as_text('null') }} as formula,
        {{ as_text('null') }} as responsible_unit_name,
        printed.strategic_product_name,
        {{ as_text('null') }} as program_code,
        {{ as_text('null') }} as indicator_code
    from {{ ref('stg_cl_dipres_indicadores__indicator_values') }} as printed
    inner join signed
        on
            printed.document_sha256 = signed.document_sha256
            and printed.record_no = signed.record_no
            and printed.row_seq = signed.first_row_seq
    left join {{ ref('int_row_institutions__identify') }} as institutions
        on
            printed.document_sha256 = institutions.document_sha256
            and {{ fold('printed.institution_name_raw') }} = institutions.institution_name_folded
),

catalogue_sheets as (
    select
        sheets.document_sha256,
        sheets.source_id,
        sheets.table_name,
        sheets.row_seq,
        sheets.record_no,
        sheets.page_no,
        sheets.table_no,
        sheets.row_no,
        'pe-mef-indicadores' as indicator_scheme,
        documents.institution_key,
        sheets.indicator_name,
        sheets.limits_note as definition_text,
        sheets.unit_name_raw,
        sheets.level_name,
        {{ as_text('null') }} as type_name,
        {{ as_text('null') }} as dimension_name,
        sheets.frequency_name,
        {{ as_text('null') }} as direction_name,
        {{ as_text('null') }} as accumulation_name,
        sheets.calculation_method as formula,
        {{ as_text('null') }} as responsible_unit_name,
        {{ as_text('null') }} as strategic_product_name,
        sheets.program_code,
        sheets.indicator_code
    from {{ ref('stg_pe_mef_fichas__indicator_sheets') }} as sheets
    inner join {{ ref('int_documents__identify') }} as documents on sheets.document_sha256 = documents.document_sha256
),

-- the formula of the form is printed as its last part: numerator over denominator, times one hundred
quotients as (
    select
        printed.document_sha256,
        printed.source_id,
        printed.table_name,
        printed.row_seq,
        printed.record_no,
        printed.page_no,
        printed.table_no,
        printed.row_no,
        'mx-oax-indicadores' as indicator_scheme,
        documents.institution_key,
        printed.indicator_name,
        {{ as_text('null') }} as definition_text,
        case when {{ matches('printed.operator_raw', '[*] ?100') }} then '%' end as unit_name_raw,
        {{ as_text('null') }} as level_name,
        {{ as_text('null') }} as type_name,
        {{ as_text('null') }} as dimension_name,
        {{ as_text('null') }} as frequency_name,
        {{ as_text('null') }} as direction_name,
        {{ as_text('null') }} as accumulation_name,
        printed.variable_name || ' / ' || denominators.variable_name || ' ' || printed.operator_raw as formula,
        {{ as_text('null') }} as responsible_unit_name,
        {{ as_text('null') }} as strategic_product_name,
        {{ as_text('null') }} as program_code,
        {{ as_text('null') }} as indicator_code
    from {{ ref('stg_mx_oax_loxicha__financial_indicators') }} as printed
    inner join {{ ref('int_documents__identify') }} as documents on printed.document_sha256 = documents.document_sha256
    left join {{ ref('stg_mx_oax_loxicha__financial_indicators') }} as denominators
        on
            printed.document_sha256 = denominators.document_sha256
            and printed.record_no = denominators.record_no
            and denominators.variable_role = 'denominator'
    where printed.variable_role = 'numerator'
),

records as (
    select * from sheets
    union all
    select * from slides
    union all
    select * from catalogue_sheets
    union all
    select * from quotients
),

numbered as (
    select
        *,
        {{ fold_name('indicator_name') }} as indicator_name_folded,
        row_number() over (
            partition by document_sha256, institution_key, coalesce(indicator_code, {{ fold_name('indicator_name') }})
            order by record_no
        ) as occurrence_no,
        coalesce(indicator_code, {{ fold_name('indicator_name') }}) as indicator_identity
    from records
)

select
    *,
    {{ entity_key(['indicator_scheme', 'institution_key', 'indicator_identity', 'occurrence_no']) }}
        as indicator_key,
    {{ surrogate_key(['indicator_scheme', 'institution_key', 'indicator_identity', 'occurrence_no']) }}
        as indicator_id
from numbered
