-- Indicators and products as the rows of a report of goals define them, labels in the fullest wording of their forms.
{% set labels = ['unit_name_raw', 'level_name', 'type_name', 'dimension_name', 'frequency_name', 'formula'] %}
with complete as (
    select
        {% for label in labels %}
        max(case when label = '{{ label }}' then label_raw end) as {{ label }},
        {% endfor %}
        document_sha256,
        table_name,
        row_seq
    from {{ ref('int_report_labels__complete') }}
    group by document_sha256, table_name, row_seq
)

select
    report.indicator_key,
    report.indicator_id,
    report.source_id,
    report.institution_key,
    report.program_code,
    report.indicator_code,
    report.indicator_name,
    case when report.report_level = 'program_line' then 'indicator' else 'product' end as indicator_kind,
    {{ as_text('null') }} as definition_text,
    coalesce(complete.unit_name_raw, report.unit_name_raw) as unit_name_raw,
    coalesce(complete.level_name, report.level_name) as level_name,
    coalesce(complete.type_name, report.type_name) as type_name,
    coalesce(complete.dimension_name, report.dimension_name) as dimension_name,
    coalesce(complete.frequency_name, report.frequency_name) as frequency_name,
    {{ as_text('null') }} as direction_name,
    {{ as_text('null') }} as accumulation_name,
    coalesce(complete.formula, report.formula) as formula,
    {{ as_text('null') }} as responsible_unit_name,
    report.period_start_date,
    report.period_end_date,
    report.vintage_seq,
    report.row_key,
    report.document_sha256,
    report.table_name,
    report.row_seq
from {{ ref('int_report_rows__select') }} as report
left join complete
    on
        report.document_sha256 = complete.document_sha256
        and report.table_name = complete.table_name
        and report.row_seq = complete.row_seq
