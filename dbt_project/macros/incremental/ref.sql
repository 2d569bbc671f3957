{#-
    `ref`, and in a run over touched documents the rows of those documents only, where a model (or a test) that sees no
    others reads one whose rows are of documents.
-#}
{% macro ref(model_name) %}
    {%- set relation = builtins.ref(model_name) -%}
    {%- if is_touched_run() and sees_touched(model) -%}
        {%- set read = graph.nodes.get('model.' ~ project_name ~ '.' ~ model_name) -%}
        {%- if read is not none and (read.config.materialized == 'view' or sees_touched(read)) and touched_by(read.config) -%}
            {{ return('(select * from ' ~ relation ~ ' where ' ~ is_touched(touched_by(read.config)) ~ ')') }}
        {%- endif -%}
    {%- endif -%}
    {{ return(relation) }}
{% endmacro %}

{#-
    Whether a model is made of touched documents only. An `incremental` one keeps the rows of all others, a table with meta
    `sees: touched` does not: only such models and tests may read it.
-#}
{% macro sees_touched(node) %}
    {{ return(
        node.resource_type == 'test'
        or node.config.materialized == 'incremental'
        or (node.config.materialized == 'table' and node.config.get('meta', {}).get('sees') == 'touched')
    ) }}
{% endmacro %}
