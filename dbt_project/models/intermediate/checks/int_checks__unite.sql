-- The comparisons of every topic in one shape. A topic adds a member with these columns.
-- Not kept: one table reads it.
{{ config(materialized='view') }}
{% set topics = [
    'int_checks__add_up', 'int_checks__percentages', 'int_checks__differences', 'int_checks__levels',
    'int_checks__forms', 'int_checks__pages', 'int_checks__compliance', 'int_checks__activities',
    'int_checks__statements', 'int_checks__counts', 'int_checks__ratios', 'int_checks__sheets',
    'int_checks__budgets', 'int_checks__projects', 'int_checks__classifications', 'int_checks__balances',
    'int_checks__plan_lines'
] %}
{% for topic in topics %}
select
    rule_id,
    source_id,
    table_name,
    document_sha256,
    scope,
    measure,
    figure_kind,
    printed_raw,
    printed_value,
    recomputed_exact,
    recomputed_value,
    tolerance,
    not_comparable_cause,
    detected_cause,
    printed_total_key,
    page_no,
    table_no,
    row_no,
    column_name
from {{ ref(topic) }}
{{ 'union all' if not loop.last }}
{% endfor %}
