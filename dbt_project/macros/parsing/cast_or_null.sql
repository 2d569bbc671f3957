{#-
    A text cast to a type, null when it says nothing of that type (31 February). Only beside a check that lists every
    text that came out null: nothing becomes null in silence. PostgreSQL has no such cast before version 16 and stops
    with an error instead.
-#}
{% macro cast_or_null(expression, type) -%}
    {{ return(adapter.dispatch('cast_or_null', 'contraste')(expression, type)) }}
{%- endmacro %}

{% macro default__cast_or_null(expression, type) -%}
    cast({{ expression }} as {{ type }})
{%- endmacro %}

{% macro duckdb__cast_or_null(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}

{% macro spark__cast_or_null(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}
