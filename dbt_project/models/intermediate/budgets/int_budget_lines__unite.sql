-- The lines of every table that gives money by a classification, in one shape: the tables are listed in the macro
-- budget_tables. What a form does not print is null with the null kind `not_on_form`.
{% for table in budget_tables() %}
select
    {{ place_columns() }},
    '{{ table.flow }}' as flow,
    '{{ table.classification }}' as classification,
    '{{ table.scheme }}' as class_scheme,
    {{ as_text("'" ~ table.known_scheme ~ "'" if table.known_scheme else 'null') }} as known_scheme,
    {{ as_text("'" ~ table.known_classification ~ "'" if table.known_classification else 'null') }}
        as known_classification,
    {{ 'true' if table.members == 'printed' else 'false' }} as is_printed_member,
    {{ 'true' if table.members == 'code' else 'false' }} as is_known_by_code,
    {{ as_text("'" ~ table.series ~ "'" if table.series else 'null') }} as series_kind,
    series_no,
    trim(term_raw) as term_raw,
    trim(class_code_raw) as class_code_raw,
    {{ 'level_no' if table.get('parents') == 'level' else 'cast(null as integer)' }} as level_no,
    decimal_mark,
    {% for measure in budget_line_measures() %}
    {{ carry(measure) }},
    {% endfor %}
    method,
    confidence
from {{ ref(table.staging) }}
{{ "where part = '" ~ table.part ~ "'" if table.part }}
{{ 'union all' if not loop.last }}
{% endfor %}
