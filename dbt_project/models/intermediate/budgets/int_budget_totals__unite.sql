-- The printed totals of every table that gives money by a classification, in one shape.
{% for table in budget_tables() %}
select
    document_sha256,
    source_id,
    table_name,
    segment_no,
    page_no,
    sheet_name,
    table_no,
    row_no,
    row_seq,
    '{{ table.flow }}' as flow,
    '{{ table.classification }}' as classification,
    total_kind,
    label_raw,
    total_no,
    first_row_seq,
    last_row_seq,
    series_no,
    {% for measure in budget_line_measures() %}
    {{ carry(measure) }},
    {% endfor %}
    decimal_mark
from {{ ref(table.staging ~ '_totals') }}
{{ "where part = '" ~ table.part ~ "'" if table.part }}
{{ 'union all' if not loop.last }}
{% endfor %}
