{#- An expression as unbounded text; `varchar` without a length is not portable. -#}
{% macro as_text(expression) -%}
    cast({{ expression }} as {{ dbt.type_string() }})
{%- endmacro %}
