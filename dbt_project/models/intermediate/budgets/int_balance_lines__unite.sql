-- The lines of every printed balance, in one shape: the tables are listed in the macro balance_tables. What a form does
-- not print is null with the null kind `not_on_form`.
{% for table in balance_tables() %}
select
    document_sha256,
    source_id,
    table_name,
    page_no,
    table_no,
    row_no,
    row_seq,
    term_raw,
    line_code,
    decimal_mark,
    {% for measure in balance_measures() %}
    {% if measure in table.measures %}
    {{ carry(measure) }}{{ ',' if not loop.last }}
    {% else %}
    {{ not_on_form(measure, 'decimal(18, 2)') }}{{ ',' if not loop.last }}
    {% endif %}
    {% endfor %}
from {{ ref(table.staging) }}
{{ 'union all' if not loop.last }}
{% endfor %}
