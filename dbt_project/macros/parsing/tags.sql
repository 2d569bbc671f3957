{#- A printed text without the marks that show its type face (`<i>`, `</b>`), one space between words. -#}
{% macro without_tags(expression) -%}
    trim({{ replace_all(replace_all(expression, '</?[A-Za-z]+>', ' '), '[ ]+', ' ') }})
{%- endmacro %}
