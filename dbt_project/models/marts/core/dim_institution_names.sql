-- Each name that forms print for an institution, so that a reader who has only the printed name finds it.
{{ config(materialized='table') }}
{% set identity = ['institutions.institution_key', 'names.printed_name', 'names.valid_from'] %}
select
    {{ entity_key(identity) }} as institution_name_key,
    {{ surrogate_key(identity) }} as institution_name_id,
    institutions.institution_key,
    institutions.institution_code,
    names.printed_name,
    {{ as_text(fold('names.printed_name')) }} as printed_name_folded,
    names.institution_name,
    cast(names.valid_from as date) as valid_from_date,
    cast(coalesce(nullif(names.valid_to, ''), '9999-12-31') as date) as valid_to_date,
    coalesce(nullif(names.valid_to, ''), '9999-12-31') = '9999-12-31' as is_current,
    names.source
from {{ ref('institutions') }} as names
inner join {{ ref('dim_institutions') }} as institutions
    on
        names.country_code = institutions.country_code
        and names.institution_code = institutions.institution_code
