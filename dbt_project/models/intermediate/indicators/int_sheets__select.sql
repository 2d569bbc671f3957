-- The indicator sheets of the documents that speak for a vintage, with what their series come to and their substitution
-- worked out.
with vintages as (
    select * from {{ ref('int_document_tables__rank_vintages') }}
    where is_representative
),

series as (
    select * from {{ ref('int_indicator_series__summarize') }}
)

select
    sheets.*,
    records.indicator_key,
    definitions.unit_kind,
    definitions.direction_code,
    definitions.accumulation_type,
    {{ evaluate_substitution('sheets.substitution_raw') }} as substitution_value,
    case
        when {{ is_ratio_formula(substitution_formula('sheets.substitution_raw')) }}
            then {{ ratio_numerator(substitution_formula('sheets.substitution_raw')) }}
        else {{ substitution_formula('sheets.substitution_raw') }}
    end as first_operand_raw,
    case
        when {{ is_ratio_formula(substitution_formula('sheets.substitution_raw')) }}
            then {{ ratio_denominator(substitution_formula('sheets.substitution_raw')) }}
    end as second_operand_raw,
    coalesce({{ is_ratio_formula('sheets.calculation_method') }}, false) as is_ratio,
    {% for part, role in [('history', 'historical'), ('targets', 'target_intermediate')] %}
    {% for column in [
        'number_count', 'lowest_value', 'highest_value', 'total_value', 'last_value', 'last_raw', 'first_raw',
        'first_year', 'last_year', 'rising_count', 'percent_count', 'values_text'
    ] %}
    {{ part }}.{{ column }} as {{ part }}_{{ column }},
    {% endfor %}
    {% endfor %}
    'sheet ' || {{ as_text('sheets.record_no') }} as scope
from {{ ref('stg_mx_ipab_programa_institucional__indicator_sheets') }} as sheets
inner join vintages
    on
        sheets.document_sha256 = vintages.document_sha256
        and sheets.table_name = vintages.table_name
inner join {{ ref('int_indicator_definitions__records') }} as records
    on
        sheets.document_sha256 = records.document_sha256
        and sheets.record_no = records.record_no
inner join {{ ref('int_indicator_definitions__unite') }} as definitions
    on
        sheets.document_sha256 = definitions.document_sha256
        and sheets.table_name = definitions.table_name
        and sheets.row_seq = definitions.row_seq
{% for part, role in [('history', 'historical'), ('targets', 'target_intermediate')] %}
left join series as {{ part }}
    on
        sheets.document_sha256 = {{ part }}.document_sha256
        and sheets.record_no = {{ part }}.record_no
        and {{ part }}.value_role = '{{ role }}'
{% endfor %}
