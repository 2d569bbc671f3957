{#-
    Whether only the documents that were touched are built.

    A refresh of a whole working database that this very project made sets CONTRASTE_TOUCHED. Then an `incremental` model
    sees only the documents of `int_documents__touched` and replaces only their rows; a `table` sees everything and is
    made anew. In any other run (the first, one after a change of the project, dbt called by hand) every model is made
    from everything.
-#}
{% macro is_touched_run() %}
    {{ return(execute and env_var('CONTRASTE_TOUCHED', '') == '1') }}
{% endmacro %}

{#- dbt asks this before it builds an incremental model. -#}
{% macro should_full_refresh() %}
    {{ return(not is_touched_run()) }}
{% endmacro %}

{#-
    A table of the touched documents, named without `ref`: its readers would otherwise have to name it one by one. That
    it is built before them is seen to where staging reads raw tables (`source`).
-#}
{% macro touched_documents() %}
    {{ return(
        api.Relation.create(database=target.database, schema='intermediate', identifier='int_documents__touched')
    ) }}
{% endmacro %}

{#- The column that says of which document a row is: `document_sha256` unless the model's meta `touched_by` names another. -#}
{% macro touched_by(config) %}
    {{ return(config.get('meta', {}).get('touched_by', 'document_sha256')) }}
{% endmacro %}

{#- Whether a row is of a touched document, or of none (the unknown members of a dimension). -#}
{% macro is_touched(column) -%}
    ({{ column }} is null or {{ column }} in (select document_sha256 from {{ touched_documents() }}))
{%- endmacro %}
