{#- Printed values that are not what they must be, one select: `column`, `raw` and `expected` are SQL expressions. -#}
{% macro unparsed_where(relation, column, raw, expected, condition) -%}
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        {{ column }} as column_name,
        {{ raw }} as raw_text,
        {{ expected }} as expected_type
    from {{ relation }}
    where {{ condition }}
{%- endmacro %}

{#- The same for what is said of a whole document or table and printed in no row. -#}
{% macro unparsed_of_document(relation, table_name, column, raw, expected, condition) -%}
    select
        source_id,
        document_sha256,
        {{ table_name }} as table_name,
        cast(null as integer) as page_no,
        cast(null as integer) as table_no,
        cast(null as integer) as row_no,
        '{{ column }}' as column_name,
        {{ raw }} as raw_text,
        '{{ expected }}' as expected_type
    from {{ relation }}
    where {{ condition }}
{%- endmacro %}

{#- The measures of a relation that were read as none of what they may be, each under the name of its printed column. -#}
{% macro unparsed_measures(relation, measures) -%}
    {% for measure in measures %}
    {{ unparsed_where(
        relation,
        printed_column('table_name', "'" ~ measure ~ "'"),
        measure ~ '_raw',
        "'amount'" if measure in amount_measures() + ['budget_difference'] else "'number'",
        measure ~ "_null_kind = 'unparsable'"
    ) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}
