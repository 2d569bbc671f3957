{#- Every row meets the condition; a condition that is null counts as not met. -#}
{% test row_condition(model, expression) %}
select * from {{ model }}
where not coalesce(({{ expression }}), false)
{% endtest %}
