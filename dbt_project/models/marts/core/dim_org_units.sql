-- Units of an institution, each with every name that documents print for it.
{{ config(materialized='table') }}
{% set columns = [
    'org_unit_key', 'org_unit_id', 'org_unit_code', 'org_unit_name', 'org_unit_type', 'institution_key', 'institution_code',
    'country_code', 'printed_names', 'has_compliance'
] %}
with named as (
    select
        institutions.institution_key,
        institutions.institution_code,
        units.country_code,
        units.org_unit_code,
        units.org_unit_name,
        units.org_unit_type,
        units.printed_name
    from {{ ref('org_units') }} as units
    inner join {{ ref('dim_institutions') }} as institutions
        on
            units.country_code = institutions.country_code
            and units.institution_code = institutions.institution_code
),

compliance as (
    select
        org_unit_key,
        count(*) as row_count
    from {{ ref('int_unit_compliance__select') }}
    group by org_unit_key
),

grouped as (
    select
        {{ entity_key(['institution_key', 'org_unit_code']) }} as org_unit_key,
        {{ surrogate_key(['institution_key', 'org_unit_code']) }} as org_unit_id,
        institution_key,
        institution_code,
        country_code,
        org_unit_code,
        org_unit_name,
        org_unit_type,
        {{ ordered_concat('printed_name', ' | ', 'printed_name') }} as printed_names
    from named
    group by institution_key, institution_code, country_code, org_unit_code, org_unit_name, org_unit_type
)

select
    grouped.org_unit_key,
    grouped.org_unit_id,
    grouped.org_unit_code,
    grouped.org_unit_name,
    grouped.org_unit_type,
    grouped.institution_key,
    grouped.institution_code,
    grouped.country_code,
    grouped.printed_names,
    coalesce(compliance.row_count, 0) > 0 as has_compliance
from grouped
left join compliance on grouped.org_unit_key = compliance.org_unit_key
{{ append_unknown_members(columns, {
    'org_unit_key': "{key}",
    'org_unit_id': "'{key}'",
    'org_unit_code': "'{key}'",
    'org_unit_name': "'{name}'",
    'has_compliance': "false"
}) }}
