{#-
    One figure of a row as int_vintage_figures__unpivot holds it against another telling: `item` finds the same thing in
    the other one. What a relation has no indicator or institution for is null.
-#}
{% macro vintage_figure(
    measure, item='scope', scope='scope', indicator='cast(null as bigint)', institution='cast(null as bigint)',
    value=none, raw=none, null_kind=none
) -%}
    document_sha256,
    table_name,
    {{ item }} as item_key,
    {{ indicator }} as indicator_key,
    {{ institution }} as institution_key,
    {{ scope }} as scope,
    '{{ measure }}' as measure,
    'number' as figure_kind,
    {{ raw or measure ~ '_raw' }} as value_raw,
    {{ value or measure }} as value_number,
    {{ null_kind or measure ~ '_null_kind' }} as null_kind,
    page_no,
    table_no,
    row_no
{%- endmacro %}
