-- The codes that printed terms are mapped to, once each, and the one for forms that print no term.
{{ config(materialized='table') }}
select distinct
    accumulation_type,
    accumulation_name_es as accumulation_name
from {{ ref('accumulation_types') }}
union all
select
    'not_stated' as accumulation_type,
    'No declarada' as accumulation_name
