{{ config(materialized='table') }}
select
    {{ entity_key(['schemes.scheme_code', 'schemes.band_code', 'schemes.valid_from']) }} as threshold_key,
    {{ surrogate_key(['schemes.scheme_code', 'schemes.band_code', 'schemes.valid_from']) }} as threshold_id,
    schemes.scheme_code,
    institutions.institution_key,
    nullif(schemes.country_code, '') as country_code,
    nullif(schemes.institution_code, '') as institution_code,
    nullif(schemes.source_id, '') as source_id,
    schemes.measure,
    schemes.judges,
    cast(schemes.rounding_decimals as integer) as rounding_decimals,
    schemes.band_code,
    cast(schemes.band_order as integer) as band_order,
    schemes.band_name_es as band_name,
    schemes.band_name_en,
    cast(nullif(schemes.lower_bound_pct, '') as decimal(24, 6)) as lower_bound_pct,
    cast(nullif(schemes.upper_bound_pct, '') as decimal(24, 6)) as upper_bound_pct,
    schemes.is_met = 'true' as is_met,
    cast(schemes.valid_from as date) as valid_from_date,
    cast(coalesce(nullif(schemes.valid_to, ''), '9999-12-31') as date) as valid_to_date,
    schemes.source_es as source,
    schemes.source as source_en
from {{ ref('threshold_schemes') }} as schemes
left join {{ ref('dim_institutions') }} as institutions
    on
        schemes.country_code = institutions.country_code
        and schemes.institution_code = institutions.institution_code
