{#- No two rows of a group hold on the same day, so that a join by date finds at most one. -#}
{% test no_overlap(model, group_by, valid_from, valid_to) %}
with ordered as (
    select
        {{ group_by }},
        {{ valid_from }},
        {{ valid_to }},
        lead({{ valid_from }}) over (
            partition by {{ group_by }} order by {{ valid_from }}, {{ valid_to }}
        ) as next_from
    from {{ model }}
    where {{ valid_to }} >= {{ valid_from }}
)

select * from ordered
where next_from <= {{ valid_to }}
{% endtest %}
