-- The labels of leaf rows in the fullest wording among the forms of their vintage, where there are several: a narrow
-- cell of a PDF cuts off what the workbook beside it prints whole. Another form's label counts only where it begins as
-- the label of the form that speaks for the vintage does.
{% set labels = [
    'indicator_name', 'level_name', 'type_name', 'dimension_name', 'frequency_name', 'unit_name_raw', 'formula'
] %}
with forms as (
    select
        vintages.representative_document_sha256,
        vintages.is_representative,
        report.*
    from {{ ref('int_report_rows__unite') }} as report
    inner join {{ ref('int_document_tables__rank_vintages') }} as vintages
        on
            report.document_sha256 = vintages.document_sha256
            and report.table_name = vintages.table_name
            and vintages.form_count > 1
),

printed as (
    {% for label in labels %}
    select
        representative_document_sha256,
        is_representative,
        table_name,
        row_seq,
        '{{ label }}' as label,
        {{ label }} as label_raw,
        {{ fold_name(label) }} as label_folded
    from forms
    where {{ label }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

candidates as (
    select
        spoken.representative_document_sha256 as document_sha256,
        spoken.table_name,
        spoken.row_seq,
        spoken.label,
        others.label_raw,
        row_number() over (
            partition by spoken.representative_document_sha256, spoken.table_name, spoken.row_seq, spoken.label
            order by
                length(others.label_folded) desc, case when others.is_representative then 0 else 1 end, others.label_raw
        ) as preference
    from printed as spoken
    inner join printed as others
        on
            spoken.representative_document_sha256 = others.representative_document_sha256
            and spoken.table_name = others.table_name
            and spoken.row_seq = others.row_seq
            and spoken.label = others.label
            and spoken.label_folded = substr(others.label_folded, 1, length(spoken.label_folded))
    where spoken.is_representative
)

select
    document_sha256,
    table_name,
    row_seq,
    label,
    label_raw
from candidates
where preference = 1
