{#- The method that a rule names is one that achievement_by_method works out. -#}
{% test implemented_method(model, column_name) %}
select {{ column_name }}
from {{ model }}
where
    {{ column_name }} is null
    or {{ column_name }} not in ('{{ achievement_formulas('row').keys() | join("', '") }}')
{% endtest %}
