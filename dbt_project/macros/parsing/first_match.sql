{#- The first part of a text that matches a regular expression; null where nothing does. -#}
{% macro first_match(expression, pattern) -%}
    {{ return(adapter.dispatch('first_match', 'contraste')(expression, pattern)) }}
{%- endmacro %}

{% macro default__first_match(expression, pattern) -%}
    substring({{ expression }} from '({{ pattern }})')
{%- endmacro %}

{% macro duckdb__first_match(expression, pattern) -%}
    nullif(regexp_extract({{ expression }}, '({{ pattern }})', 1), '')
{%- endmacro %}

{% macro spark__first_match(expression, pattern) -%}
    nullif(regexp_extract({{ expression }}, '({{ pattern }})', 1), '')
{%- endmacro %}
