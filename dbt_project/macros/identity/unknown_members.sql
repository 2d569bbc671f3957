{#-
    Members of a dimension that stand for no member, so that a fact without one joins to a row that says why: it is not
    known, the form has no such thing, or it has a place for it that was left blank.
-#}
{% macro unknown_members() %}
    {{ return([('-1', 'Desconocido'), ('-2', 'No aplica'), ('-3', 'No informado')]) }}
{% endmacro %}

{% macro not_known() -%}cast(-1 as bigint){%- endmacro %}

{% macro not_applicable() -%}cast(-2 as bigint){%- endmacro %}

{% macro not_reported() -%}cast(-3 as bigint){%- endmacro %}

{#-
    The unknown members as rows to append to a dimension's select, in the order of its columns. `values` has the
    expressions of columns that are not null, with {key} and {name} for the member's.
-#}
{% macro append_unknown_members(columns, values) -%}
    {%- for key, name in unknown_members() %}
union all
select
    {%- for column in columns %}
    {{ values.get(column, 'null') | replace('{key}', key) | replace('{name}', name) }} as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    {%- endfor %}
{%- endmacro %}
