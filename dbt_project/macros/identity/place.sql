{#- Where a row was printed, for people. -#}
{% macro place(relation) -%}
    'page ' || coalesce({{ as_text(relation ~ '.page_no') }}, '?')
    || ', table ' || coalesce({{ as_text(relation ~ '.table_no') }}, '?')
    || ', row ' || coalesce({{ as_text(relation ~ '.row_no') }}, '?')
{%- endmacro %}
