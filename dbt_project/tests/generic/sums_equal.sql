{#-
    Columns add up to the same here and in another relation, within every group: nothing was lost or doubled on the
    way. `where` and `compare_where` choose the rows on either side.
-#}
{% test sums_equal(model, columns, compare_to, group_by, where='true', compare_where='true') %}
with here as (
    select
        {{ group_by | join(', ') }}
        {%- for column in columns %}, sum({{ column }}) as {{ column }}{% endfor %}
    from {{ model }}
    where {{ where }}
    group by {{ group_by | join(', ') }}
),

there as (
    select
        {{ group_by | join(', ') }}
        {%- for column in columns %}, sum({{ column }}) as {{ column }}{% endfor %}
    from {{ compare_to }}
    where {{ compare_where }}
    group by {{ group_by | join(', ') }}
)

select
    {% for column in group_by -%}
    coalesce(here.{{ column }}, there.{{ column }}) as {{ column }},
    {% endfor -%}
    {% for column in columns -%}
    here.{{ column }} as {{ column }}_here,
    there.{{ column }} as {{ column }}_there{{ ',' if not loop.last }}
    {% endfor %}
from here
full outer join there
    on {% for column in group_by %}here.{{ column }} = there.{{ column }}{{ ' and ' if not loop.last }}{% endfor %}
where
    {% for column in columns -%}
    coalesce(here.{{ column }}, 0) <> coalesce(there.{{ column }}, 0){{ ' or ' if not loop.last }}
    {% endfor %}
{% endtest %}
