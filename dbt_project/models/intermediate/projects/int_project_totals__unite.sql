-- The printed totals of every table of projects or works, in one shape.
{% for table in project_tables() %}
select
    {{ total_place_columns() }},
    {{ 'true' if table.told_as_goals else 'false' }} as is_told_as_goals,
    {{ carry_project_measures(table.measures) }}
from {{ ref(table.staging ~ '_totals') }}
{{ 'union all' if not loop.last }}
{% endfor %}
