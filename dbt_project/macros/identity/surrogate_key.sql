{#-
    A stable text key from several expressions.

    A null and an empty text give different keys, and the separator keeps ('ab', 'c') apart from ('a', 'bc').
-#}
{% macro surrogate_key(expressions) -%}
    {%- set parts = [] -%}
    {%- for expression in expressions -%}
        {%- do parts.append("coalesce(" ~ as_text(expression) ~ ", '_null_')") -%}
    {%- endfor -%}
    {{ dbt.hash(parts | join(" || '|' || ")) }}
{%- endmacro %}
