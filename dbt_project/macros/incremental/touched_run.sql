{#-
    Whether only the documents that were touched are built.

    A refresh sets CONTRASTE_TOUCHED. Then whatever is made of documents sees only those of `int_documents__touched`: an
    `incremental` model replaces their rows and keeps all others, a table with meta `sees: touched` holds nothing else, any
    other `table` sees everything and is made anew. In an empty database that is every document, in as many runs as it
    takes. In any other run (dbt called by hand) every model is made from everything.
-#}
{% macro is_touched_run() %}
    {{ return(execute and env_var('CONTRASTE_TOUCHED', '') == '1') }}
{% endmacro %}

{#- dbt asks this before it builds an incremental model. -#}
{% macro should_full_refresh() %}
    {{ return(not is_touched_run()) }}
{% endmacro %}

{#- Rows of raw tables, about, that one run takes: what it works on has to fit into memory, and beside it on disk. -#}
{% macro rows_at_once() %}
    {{ return(env_var('CONTRASTE_ROWS_AT_ONCE', '1000000') | int) }}
{% endmacro %}

{#-
    A table of the touched documents, named without `ref`: its readers would otherwise have to name it one by one. That
    it is built before them is seen to where staging reads raw tables (`source`).
-#}
{% macro touched_documents() %}
    {{ return(
        api.Relation.create(database=work_database(), schema='intermediate', identifier='int_documents__touched')
    ) }}
{% endmacro %}

{#- The database of what leads to the marts: with DuckDB a file of its own. -#}
{% macro work_database() %}
    {{ return('work' if target.type == 'duckdb' else target.database) }}
{% endmacro %}

{#- A table of an earlier run, none where there was none. -#}
{% macro relation_if_there(identifier) %}
    {{ return(adapter.get_relation(database=work_database(), schema='intermediate', identifier=identifier)) }}
{% endmacro %}

{#- The column that says of which document a row is: `document_sha256` unless the model's meta `touched_by` names another. -#}
{% macro touched_by(config) %}
    {{ return(config.get('meta', {}).get('touched_by', 'document_sha256')) }}
{% endmacro %}

{#- Whether a row is of a touched document, or of none (the unknown members of a dimension). -#}
{% macro is_touched(column) -%}
    ({{ column }} is null or {{ column }} in (select document_sha256 from {{ touched_documents() }}))
{%- endmacro %}
