{#- Where a row was printed, for people. -#}
{% macro place(relation) -%}
    'page ' || coalesce({{ as_text(relation ~ '.page_no') }}, '?')
    || ', table ' || coalesce({{ as_text(relation ~ '.table_no') }}, '?')
    || ', row ' || coalesce({{ as_text(relation ~ '.row_no') }}, '?')
{%- endmacro %}

{#- The place and origin of a printed row, passed on. -#}
{% macro place_columns(relation='') -%}
    {%- set dot = relation ~ '.' if relation else '' -%}
    {%- for column in [
        'document_sha256', 'source_id', 'table_name', 'segment_no', 'page_no', 'sheet_name', 'table_no', 'row_no', 'row_seq'
    ] -%}
    {{ dot }}{{ column }}{{ ',\n    ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{#- The same of a printed total, with its kind and the rows it covers. -#}
{% macro total_place_columns(relation='') -%}
    {%- set dot = relation ~ '.' if relation else '' -%}
    {{ place_columns(relation) }},
    {{ dot }}total_kind,
    {{ dot }}label_raw,
    {{ dot }}total_no,
    {{ dot }}first_row_seq,
    {{ dot }}last_row_seq
{%- endmacro %}
