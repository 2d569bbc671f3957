{#-
    `ref`, and in a run over touched documents the rows of those documents only, where an incremental model (or a test, or
    a table that says so with meta `sees: touched`) reads an incremental model or a view of such.
-#}
{% macro ref(model_name) %}
    {%- set relation = builtins.ref(model_name) -%}
    {%- if is_touched_run() and sees_touched_only() -%}
        {%- set read = graph.nodes.get('model.' ~ project_name ~ '.' ~ model_name) -%}
        {%- if read is not none and read.config.materialized in ('incremental', 'view') -%}
            {{ return('(select * from ' ~ relation ~ ' where ' ~ is_touched(touched_by(read.config)) ~ ')') }}
        {%- endif -%}
    {%- endif -%}
    {{ return(relation) }}
{% endmacro %}

{% macro sees_touched_only() %}
    {{ return(
        model.resource_type == 'test'
        or model.config.materialized == 'incremental'
        or model.config.get('meta', {}).get('sees') == 'touched'
    ) }}
{% endmacro %}
