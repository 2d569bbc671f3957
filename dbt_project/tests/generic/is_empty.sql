{#- The relation has no rows, or none that meet the condition: for tables that list what is wrong. -#}
{% test is_empty(model, where=none) %}
select * from {{ model }}
{% if where %}where {{ where }}{% endif %}
{% endtest %}
