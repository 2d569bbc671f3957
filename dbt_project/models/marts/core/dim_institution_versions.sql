-- How each institution was called, and at which level it stood, from one period end to another: join a fact by
-- institution_key and its period_end_date between the two dates.
{{ config(materialized='table') }}
select
    {{ entity_key(['institutions.institution_key', 'versions.valid_from_date']) }} as institution_version_key,
    {{ surrogate_key(['institutions.institution_key', 'versions.valid_from_date']) }} as institution_version_id,
    institutions.institution_key,
    institutions.institution_code,
    cast(versions.version_no as integer) as version_no,
    versions.institution_name,
    versions.government_level,
    versions.valid_from_date,
    versions.valid_to_date,
    versions.is_current,
    {{ as_text("""nullif(
        case when versions.name_before <> versions.institution_name then 'name' else '' end
        || case
            when versions.name_before <> versions.institution_name and versions.level_before <> versions.government_level
                then ', '
            else ''
        end
        || case when versions.level_before <> versions.government_level then 'government_level' else '' end,
        ''
    )""") }} as changed_attributes
from {{ ref('int_institution_versions__split') }} as versions
inner join {{ ref('dim_institutions') }} as institutions
    on
        versions.country_code = institutions.country_code
        and versions.institution_code = institutions.institution_code
