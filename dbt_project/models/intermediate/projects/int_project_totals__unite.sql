-- The printed totals of every table of projects or works, in one shape.
{% for table in project_tables() %}
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
    total_kind,
    label_raw,
    total_no,
    first_row_seq,
    last_row_seq,
    {{ 'true' if table.told_as_goals else 'false' }} as is_told_as_goals,
    {{ carry_project_measures(table.measures) }}
from {{ ref(table.staging ~ '_totals') }}
{{ 'union all' if not loop.last }}
{% endfor %}
