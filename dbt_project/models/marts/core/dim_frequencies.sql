-- The codes that printed terms are mapped to, once each, and the one for forms that print no term.
{{ config(materialized='table') }}
select distinct
    frequency_code,
    frequency_name_es as frequency_name,
    cast(periods_per_year as decimal(24, 6)) as periods_per_year
from {{ ref('frequencies') }}
union all
select
    'not_stated' as frequency_code,
    'No declarada' as frequency_name,
    cast(null as decimal(24, 6)) as periods_per_year
