{#- A mapping says one thing per key and leaves none of the columns it needs empty. -#}
{% test mapping_key(model, key, required=[]) %}
select {{ key | join(', ') }}, 'repeated' as problem
from {{ model }}
group by {{ key | join(', ') }}
having count(*) > 1
{% for column in key + required %}
union all
select {{ key | join(', ') }}, 'empty {{ column }}' as problem
from {{ model }}
where {{ column }} is null or trim({{ column }}) = ''
{% endfor %}
{% endtest %}
