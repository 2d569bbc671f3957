{{ config(materialized='table') }}
with named as (
    select
        institution_code,
        country_code,
        institution_name,
        government_level,
        printed_name
    from {{ ref('institutions') }}
),

loaded as (
    select
        institution_key,
        count(distinct document_sha256) as document_count
    from {{ ref('int_document_tables__rank_vintages') }}
    group by institution_key
),

grouped as (
    select
        {{ entity_key(['named.country_code', 'named.institution_code']) }} as institution_key,
        {{ surrogate_key(['named.country_code', 'named.institution_code']) }} as institution_id,
        named.institution_code,
        named.institution_name,
        named.country_code,
        named.government_level,
        {{ ordered_concat('named.printed_name', ' | ', 'named.printed_name') }} as printed_names
    from named
    group by
        named.institution_code, named.institution_name, named.country_code, named.government_level
)

select
    grouped.institution_key,
    grouped.institution_id,
    grouped.institution_code,
    grouped.institution_name,
    grouped.country_code,
    countries.country_name_es as country_name,
    grouped.government_level,
    grouped.printed_names,
    coalesce(loaded.document_count, 0) > 0 as has_documents
from grouped
inner join {{ ref('countries') }} as countries on grouped.country_code = countries.country_code
left join loaded on grouped.institution_key = loaded.institution_key
