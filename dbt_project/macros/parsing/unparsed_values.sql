{#- The printed values of a relation that were read as none of what they may be: one select per column, united. -#}
{% macro unparsed_values(relation, measures) -%}
    {% for measure in measures %}
    select
        source_id,
        document_sha256,
        table_name,
        page_no,
        table_no,
        row_no,
        '{{ measure }}' as measure,
        {{ measure }}_raw as raw_text,
        '{{ 'amount' if measure in amount_measures() + ['budget_difference'] else 'number' }}' as expected_type
    from {{ relation }}
    where {{ measure }}_null_kind = 'unparsable'
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}
{%- endmacro %}
