{#- A printed text as it stands inside the quotation marks of a sentence: without its final stop. -#}
{% macro quoted(expression) -%}
    {{ replace_all(expression, '[. ]+$', '') }}
{%- endmacro %}
