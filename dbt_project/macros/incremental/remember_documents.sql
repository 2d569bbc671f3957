{#-
    After a complete run in which nothing failed: which documents the working database was built from, and in which
    state, so that the next refresh can tell which of them were touched since. After one that failed there is nothing
    to remember: the next builds everything.
-#}
{% macro remember_documents(results) %}
    {%- if execute and env_var('CONTRASTE_COMPLETE', '') == '1' -%}
        {%- set failed = [] -%}
        {%- for result in results if result.status | string not in ['success', 'pass', 'warn', 'no-op'] -%}
            {%- do failed.append(result.node.name) -%}
        {%- endfor -%}
        {%- if not failed -%}
            {%- set built = built_documents() -%}
    create table if not exists {{ built }} as
    select document_sha256, source_id, institution_key, state_hash from {{ touched_documents() }} where false;
    delete from {{ built }} where document_sha256 in (select document_sha256 from {{ touched_documents() }});
    insert into {{ built }}
    select document_sha256, source_id, institution_key, state_hash from {{ touched_documents() }} where state_hash is not null
        {%- endif -%}
    {%- endif -%}
{% endmacro %}

{#- The register of documents that the working database was built from. -#}
{% macro built_documents() %}
    {{ return(api.Relation.create(database=work_database(), schema='intermediate', identifier='documents_built')) }}
{% endmacro %}
