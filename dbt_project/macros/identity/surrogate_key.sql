{#-
    A stable text key from several expressions: the first 16 hexadecimal digits of their MD5.

    A null and an empty text give different keys, and the separator keeps ('ab', 'c') apart from ('a', 'bc'). Random digits
    are what nothing compresses, and keys are most of what a warehouse holds: 64 bits take half the room of 128. Among
    200 million rows two share a key with a probability of 0.001, and the tests of uniqueness say so.
-#}
{% macro surrogate_key(expressions) -%}
    {%- set parts = [] -%}
    {%- for expression in expressions -%}
        {%- do parts.append("coalesce(" ~ as_text(expression) ~ ", '_null_')") -%}
    {%- endfor -%}
    substr({{ dbt.hash(parts | join(" || '|' || ")) }}, 1, 16)
{%- endmacro %}
