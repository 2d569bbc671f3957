{{ config(materialized='table') }}
select
    unit_code,
    unit_name_es as unit_name,
    unit_kind,
    is_additive = 'true' as is_additive,
    nullif(symbol, '') as symbol
from {{ ref('units_of_measure') }}
