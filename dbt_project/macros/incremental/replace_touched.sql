{#-
    Incremental strategy `replace_touched`: the rows of touched documents, and those of no document, make way for what
    was built of them. What was built beside them, from a table that holds every document, stays out.
-#}
{% macro get_incremental_replace_touched_sql(arguments) %}
    {%- set columns = arguments.dest_columns | map(attribute='quoted') | join(', ') -%}
    {%- set touched = is_touched(touched_by(model.config)) %}
    delete from {{ arguments.target_relation }}
    where {{ touched }};

    insert into {{ arguments.target_relation }} ({{ columns }})
    select {{ columns }}
    from {{ arguments.temp_relation }}
    where {{ touched }}
{% endmacro %}
