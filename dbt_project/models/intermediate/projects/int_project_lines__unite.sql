-- The rows of every table of projects or works, in one shape: the tables are listed in the macro project_tables. What a
-- form does not print is null with the null kind `not_on_form`.
{% for table in project_tables() %}
select
    {{ place_columns() }},
    {{ "'" ~ table.kind ~ "'" if table.kind else 'project_kind' }} as project_kind,
    {{ 'true' if table.told_as_goals else 'false' }} as is_told_as_goals,
    {{ 'quarter_no' if table.by_quarter else 'cast(null as integer)' }} as quarter_no,
    {% for name in project_texts() %}
    {{ name if name in table.texts else as_text('null') }} as {{ name }},
    {% endfor %}
    {{ carry_project_measures(table.measures) }},
    method,
    confidence
from {{ ref(table.staging) }}
{{ 'union all' if not loop.last }}
{% endfor %}
