{#-
    `source`, and in a run over touched documents the raw files of those documents only. Raw tables have one file per
    document; the registers of all documents (the source `raw`) are read whole.
-#}
{% macro source(source_name, table_name) %}
    {%- set relation = builtins.source(source_name, table_name) -%}
    {%- if source_name == 'raw' -%}
        {{ return(relation) }}
    {%- endif -%}
    {%- if not execute -%}
        {#- the touched documents are known before anything of a document is read -#}
        {%- do builtins.ref('int_documents__touched') -%}
    {%- endif -%}
    {%- if is_touched_run() -%}
        {{ return(adapter.dispatch('files_of_touched_documents', 'contraste')(relation)) }}
    {%- endif -%}
    {{ return(relation) }}
{% endmacro %}

{% macro default__files_of_touched_documents(relation) %}
    {{ return(
        '(select * from ' ~ relation ~ ' where document_sha256 in (select document_sha256 from ' ~ touched_documents()
        ~ '))'
    ) }}
{% endmacro %}

{#-
    DuckDB opens every file of a pattern before it knows which it needs (0.3 ms each), so the files are named. A folder's
    `_schema` file has the columns and no rows.
-#}
{% macro duckdb__files_of_touched_documents(relation) %}
    {%- set location = relation | string -%}
    {%- set pattern = location.split("'")[1] -%}
    {%- set files = run_query(
        "select file from glob('" ~ pattern ~ "') where split_part(parse_filename(file), '.', 1) in ("
        ~ "select document_sha256 from " ~ touched_documents() ~ " union all select '_schema') order by file"
    ).columns[0].values() -%}
    {{ return(location | replace("'" ~ pattern ~ "'", "['" ~ files | join("', '") ~ "']")) }}
{% endmacro %}
