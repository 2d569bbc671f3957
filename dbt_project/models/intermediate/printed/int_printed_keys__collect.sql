-- Every printed term that a mapping must know, with its place: what is not found in its seed stops the build. It reads
-- every document before vintages are ranked, because an unmapped key must stop the ranking.
{% set attributes_of = {
    'int_report_rows__unite': ['level_name', 'type_name', 'dimension_name', 'frequency_name'],
    'int_indicator_definitions__records': printed_attributes(),
    'int_goal_rows__unite': printed_attributes()
} %}
{% set units_of = [
    'int_report_rows__unite', 'int_indicator_definitions__records', 'int_activity_measures__pair',
    'int_goal_rows__unite'
] %}
with terms as (
    {% for relation, names in attributes_of.items() %}
    {% for attribute in indicator_attributes() if attribute.printed in names %}
    select
        '{{ attribute.mapping }}' as mapping,
        {{ attribute.printed }} as key_printed,
        {{ fold(attribute.printed) }} as key_folded,
        source_id,
        document_sha256,
        page_no,
        table_no,
        row_no
    from {{ ref(relation) }}
    union all
    {% endfor %}
    {% endfor %}
    {% for relation in units_of %}
    select
        'unit_patterns' as mapping,
        unit_name_raw as key_printed,
        {{ fold_unit('unit_name_raw') }} as key_folded,
        source_id,
        document_sha256,
        page_no,
        table_no,
        row_no
    from {{ ref(relation) }}
    union all
    {% endfor %}
    select
        'value_role_labels' as mapping,
        label_key as key_printed,
        label_key as key_folded,
        source_id,
        document_sha256,
        page_no,
        table_no,
        row_no
    from {{ ref('int_indicator_values__unite') }}
)

select * from terms
where key_folded <> ''
