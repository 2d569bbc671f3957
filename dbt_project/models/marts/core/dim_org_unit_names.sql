-- Each name that documents print for a unit, so that a reader who has only the printed name finds the unit.
{{ config(materialized='table') }}
with printed as (
    select
        documents.country_code,
        documents.institution_code,
        names.name_folded,
        count(*) as place_count
    from {{ ref('int_org_unit_names__collect') }} as names
    inner join {{ ref('int_documents__identify') }} as documents on names.document_sha256 = documents.document_sha256
    group by documents.country_code, documents.institution_code, names.name_folded
),

named as (
    select
        *,
        {{ fold('printed_name') }} as printed_name_folded
    from {{ ref('org_units') }}
)

select
    {{ entity_key(['units.org_unit_key', 'named.printed_name', 'named.valid_from']) }} as org_unit_name_key,
    {{ surrogate_key(['units.org_unit_key', 'named.printed_name', 'named.valid_from']) }} as org_unit_name_id,
    units.org_unit_key,
    units.institution_key,
    units.org_unit_code,
    named.printed_name,
    {{ as_text('named.printed_name_folded') }} as printed_name_folded,
    named.name_role,
    cast(coalesce(printed.place_count, 0) as integer) as place_count,
    cast(named.valid_from as date) as valid_from_date,
    cast(coalesce(nullif(named.valid_to, ''), '9999-12-31') as date) as valid_to_date,
    coalesce(nullif(named.valid_to, ''), '9999-12-31') = '9999-12-31' as is_current,
    named.source
from named
inner join {{ ref('dim_org_units') }} as units
    on
        named.country_code = units.country_code
        and named.institution_code = units.institution_code
        and named.org_unit_code = units.org_unit_code
left join printed
    on
        named.country_code = printed.country_code
        and named.institution_code = printed.institution_code
        and named.printed_name_folded = printed.name_folded
