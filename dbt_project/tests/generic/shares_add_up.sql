{#-
    The shares of each group add up to exactly 1 on every day on which the group has any: what is divided by them is
    neither lost nor counted twice.
-#}
{% test shares_add_up(model, column_name, group_by, valid_from, valid_to) %}
with days as (
    select distinct
        {{ group_by }},
        {{ valid_from }} as day
    from {{ model }}
)

select
    days.{{ group_by }},
    days.day,
    sum(shares.{{ column_name }}) as total
from days
inner join {{ model }} as shares
    on
        days.{{ group_by }} = shares.{{ group_by }}
        and days.day between shares.{{ valid_from }} and shares.{{ valid_to }}
group by days.{{ group_by }}, days.day
having sum(shares.{{ column_name }}) <> 1
{% endtest %}
