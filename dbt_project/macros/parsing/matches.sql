{#- Whether a text matches a regular expression somewhere. Write patterns without backslashes: dialects read them differently. -#}
{% macro matches(expression, pattern) -%}
    {{ return(adapter.dispatch('matches', 'contraste')(expression, pattern)) }}
{%- endmacro %}

{% macro default__matches(expression, pattern) -%}
    ({{ expression }} ~ '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__matches(expression, pattern) -%}
    regexp_matches({{ expression }}, '{{ pattern }}')
{%- endmacro %}

{% macro spark__matches(expression, pattern) -%}
    ({{ expression }} rlike '{{ pattern }}')
{%- endmacro %}
