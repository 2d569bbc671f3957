-- The codes that printed terms are mapped to, once each, and the one for forms that print no term.
{{ config(materialized='table') }}
select distinct
    direction_code,
    direction_name_es as direction_name
from {{ ref('directions') }}
union all
select
    'not_stated' as direction_code,
    'No declarada' as direction_name
