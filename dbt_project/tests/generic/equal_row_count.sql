{#- The relation has as many rows as another: no join dropped or doubled any. -#}
{% test equal_row_count(model, compare_to) %}
select here.row_count as rows_here, there.row_count as rows_there
from (select count(*) as row_count from {{ model }}) as here
cross join (select count(*) as row_count from {{ compare_to }}) as there
where here.row_count <> there.row_count
{% endtest %}
