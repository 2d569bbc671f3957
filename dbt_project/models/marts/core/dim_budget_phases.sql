{{ config(materialized='table') }}
select
    phase_code,
    cast(phase_order as integer) as phase_order,
    phase_name,
    phase_name_es,
    nullif(name_mx, '') as name_mx,
    nullif(name_hn, '') as name_hn,
    nullif(name_sv, '') as name_sv,
    nullif(name_cl, '') as name_cl,
    executed_equivalent = 'true' as is_executed_equivalent,
    source
from {{ ref('budget_phases') }}
