-- Every printed percentage of rows and totals beside what it divides. A total's percentage divides what its rows add
-- up to: the goals of different units do not add up, so a total has no achievement to divide.
{% set relations = [
    ('int_report_rows__select', 'int_report_totals__add_rows'),
    ('int_project_lines__select', 'int_project_totals__add_rows'),
] %}
{% for rows_relation, totals_relation in relations %}
{% for measure, numerator, denominator in percent_measures() %}
select
    document_sha256,
    source_id,
    table_name,
    'row' as figure_level,
    row_seq,
    scope,
    '{{ measure }}' as measure,
    {{ measure }}_raw as printed_raw,
    {{ measure }} as printed_number,
    {{ measure }}_null_kind as printed_null_kind,
    cast({{ numerator }} as decimal(24, 6)) as numerator,
    cast({{ denominator }} as decimal(24, 6)) as denominator,
    row_seq as first_row_seq,
    row_seq as last_row_seq,
    page_no,
    table_no,
    row_no
from {{ ref(rows_relation) }}
where {{ measure }}_null_kind is null or {{ measure }}_null_kind <> 'not_on_form'
union all
select
    document_sha256,
    source_id,
    table_name,
    total_kind as figure_level,
    row_seq,
    scope,
    '{{ measure }}' as measure,
    {{ measure }}_raw as printed_raw,
    {{ measure }} as printed_number,
    {{ measure }}_null_kind as printed_null_kind,
    {% if measure.startswith('execution') %}
    cast(rows_{{ numerator }} as decimal(24, 6)) as numerator,
    cast(rows_{{ denominator }} as decimal(24, 6)) as denominator,
    {% else %}
    cast(null as decimal(24, 6)) as numerator,
    cast(null as decimal(24, 6)) as denominator,
    {% endif %}
    first_row_seq,
    last_row_seq,
    page_no,
    table_no,
    row_no
from {{ ref(totals_relation) }}
where
{% if measure.startswith('execution') %}
    {{ measure }}_null_kind is null or {{ measure }}_null_kind <> 'not_on_form'
{% else %}
    {{ measure }}_null_kind is null or not {{ is_unprinted(measure ~ '_null_kind') }}
{% endif %}
{% if not loop.last %}
union all
{% endif %}
{% endfor %}
{{ 'union all' if not loop.last }}
{% endfor %}
