-- The printed totals of every table that gives money by a classification, in one shape.
{% for table in budget_tables() %}
select
    {{ total_place_columns() }},
    '{{ table.flow }}' as flow,
    '{{ table.classification }}' as classification,
    series_no,
    {% for measure in budget_line_measures() %}
    {{ carry(measure) }},
    {% endfor %}
    decimal_mark
from {{ ref(table.staging ~ '_totals') }}
{{ "where part = '" ~ table.part ~ "'" if table.part }}
{{ 'union all' if not loop.last }}
{% endfor %}
