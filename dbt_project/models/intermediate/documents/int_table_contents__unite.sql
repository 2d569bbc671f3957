-- What every row and printed total of every table says, as one hash each: of codes and parsed numbers. Labels stand
-- apart where forms of one publication wrap and accent them differently or cut them off.
{% set labels = [
    'axis_name', 'strategy_name', 'indicator_name', 'level_name', 'type_name', 'dimension_name', 'frequency_name',
    'unit_name_raw', 'formula'
] %}
{% set folded_labels = [] %}
{% for label in labels %}{% do folded_labels.append(fold_name(label)) %}{% endfor %}
with said as (
    {{ table_content(
        ref('int_report_rows__unite'),
        ['row_seq', 'function_code', 'program_code', 'responsible_unit_code', 'indicator_code'],
        all_measures(),
        labels=folded_labels
    ) }}
    union all
    {{ table_content(ref('int_report_totals__unite'), total_codes(), all_measures(), row_kind='total') }}
    {% for member in ['compliance', 'indicators', 'budgets', 'goals'] %}
    union all
    select * from {{ ref('int_table_contents__' ~ member) }}
    {% endfor %}
)

select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    row_kind,
    {{ dbt.hash('content') }} as content_hash,
    {{ dbt.hash('labels') }} as label_hash
from said
