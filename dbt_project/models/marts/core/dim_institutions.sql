-- Institutions by the name they have now; dim_institution_versions has the earlier ones.
{{ config(materialized='table') }}
{% set columns = [
    'institution_key', 'institution_id', 'institution_code', 'institution_name', 'country_code', 'country_name',
    'government_level', 'printed_names', 'has_documents'
] %}
with loaded as (
    select
        institution_key,
        count(distinct document_sha256) as document_count
    from {{ ref('int_document_tables__rank_vintages') }}
    group by institution_key
),

named as (
    select distinct
        country_code,
        institution_code,
        printed_name
    from {{ ref('institutions') }}
),

grouped as (
    select
        country_code,
        institution_code,
        {{ ordered_concat('printed_name', ' | ', 'printed_name') }} as printed_names
    from named
    group by country_code, institution_code
),

identified as (
    select
        {{ entity_key(['versions.country_code', 'versions.institution_code']) }} as institution_key,
        {{ surrogate_key(['versions.country_code', 'versions.institution_code']) }} as institution_id,
        versions.institution_code,
        versions.institution_name,
        versions.country_code,
        versions.government_level,
        grouped.printed_names
    from {{ ref('int_institution_versions__split') }} as versions
    inner join grouped
        on
            versions.country_code = grouped.country_code
            and versions.institution_code = grouped.institution_code
    where versions.is_current
)

select
    identified.institution_key,
    identified.institution_id,
    identified.institution_code,
    identified.institution_name,
    identified.country_code,
    countries.country_name_es as country_name,
    identified.government_level,
    identified.printed_names,
    coalesce(loaded.document_count, 0) > 0 as has_documents
from identified
inner join {{ ref('countries') }} as countries on identified.country_code = countries.country_code
left join loaded on identified.institution_key = loaded.institution_key
{{ append_unknown_members(columns, {
    'institution_key': "{key}",
    'institution_id': "'{key}'",
    'institution_code': "'{key}'",
    'institution_name': "'{name}'",
    'has_documents': "false"
}) }}
