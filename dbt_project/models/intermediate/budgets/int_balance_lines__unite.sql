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
    {{ carry_balance_measures(table.measures) }}
from {{ ref(table.staging) }}
{{ 'union all' if not loop.last }}
{% endfor %}
