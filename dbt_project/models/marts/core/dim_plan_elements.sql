-- Elements of plans as the newest filing that carries them describes them.
{{ config(materialized='table') }}
{% set columns = [
    'plan_element_key', 'plan_element_id', 'plan_scheme', 'element_level', 'element_code', 'element_name',
    'parent_plan_element_key', 'parent_code', 'institution_key', 'country_code', 'source_id', 'period_start_date', 'period_end_date',
    'is_inferred', 'inferred_reason', 'document_sha256', 'table_name', 'page_no', 'table_no', 'row_no', 'row_seq'
] %}
with elements as (
    select * from {{ ref('int_plan_elements__select') }}
    where recency = 1
)

select
    elements.plan_element_key,
    elements.plan_element_id,
    {{ as_text('elements.plan_scheme') }} as plan_scheme,
    {{ as_text('elements.element_level') }} as element_level,
    elements.element_code,
    coalesce(elements.element_name, elements.element_code) as element_name,
    parents.plan_element_key as parent_plan_element_key,
    elements.parent_code,
    -- what a country plans belongs to no one institution
    coalesce(elements.institution_key, {{ not_applicable() }}) as institution_key,
    elements.country_code,
    elements.source_id,
    elements.period_start_date,
    elements.period_end_date,
    elements.is_inferred,
    {{ as_text('elements.inferred_reason') }} as inferred_reason,
    elements.document_sha256,
    elements.table_name,
    elements.page_no,
    elements.table_no,
    elements.row_no,
    elements.row_seq
from elements
left join elements as parents on elements.parent_plan_element_key = parents.plan_element_key
{{ append_unknown_members(columns, {
    'plan_element_key': "{key}",
    'plan_element_id': "'{key}'",
    'element_code': "'{key}'",
    'element_name': "'{name}'",
    'is_inferred': "false"
}) }}
