{#-
    What each row of a relation says, as the members of int_table_contents__unite have it: codes and texts that are the
    same in every form of a publication, then its measures (`ordered_text`). `labels` are texts that forms wrap, accent or
    cut off differently; they stand apart.
-#}
{% macro table_content(relation, codes, measures=[], row_kind='row', labels=[], where=none) -%}
select
    document_sha256,
    source_id,
    table_name,
    row_seq,
    '{{ row_kind }}' as row_kind,
    {{ ordered_text(codes, measures) }} as content,
    {{ ordered_text(labels, []) if labels else "''" }} as labels
from {{ relation }}
{{ 'where ' ~ where if where }}
{%- endmacro %}

{#- What tells the printed totals of a table apart. -#}
{% macro total_codes() %}{{ return(['total_kind', 'total_no', 'first_row_seq', 'last_row_seq']) }}{% endmacro %}
