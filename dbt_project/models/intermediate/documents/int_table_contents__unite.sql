-- What every row and printed total of every table says, as one hash each: of codes and parsed numbers. Labels stand
-- apart where forms of one publication wrap and accent them differently or cut them off.
{% set labels = [
    'axis_name', 'strategy_name', 'indicator_name', 'level_name', 'type_name', 'dimension_name', 'frequency_name',
    'unit_name_raw', 'formula'
] %}
{% set folded_labels = [] %}
{% for label in labels %}{% do folded_labels.append(fold_name(label)) %}{% endfor %}
with report_rows as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        'row' as row_kind,
        {{ ordered_text(
            ['row_seq', 'function_code', 'program_code', 'responsible_unit_code', 'indicator_code'], all_measures()
        ) }} as content,
        {{ ordered_text(folded_labels, []) }} as labels
    from {{ ref('int_report_rows__unite') }}
),

report_totals as (
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        'total' as row_kind,
        {{ ordered_text(['total_kind', 'total_no', 'first_row_seq', 'last_row_seq'], all_measures()) }} as content,
        '' as labels
    from {{ ref('int_report_totals__unite') }}
),

said as (
    select * from report_rows
    union all
    select * from report_totals
    union all
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        row_kind,
        content,
        labels
    from {{ ref('int_table_contents__compliance') }}
    union all
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        row_kind,
        content,
        '' as labels
    from {{ ref('int_table_contents__indicators') }}
    union all
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        row_kind,
        content,
        '' as labels
    from {{ ref('int_table_contents__budgets') }}
    union all
    select
        document_sha256,
        source_id,
        table_name,
        row_seq,
        row_kind,
        content,
        '' as labels
    from {{ ref('int_table_contents__goals') }}
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
