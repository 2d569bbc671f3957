{{ config(materialized='table') }}
select
    reason_code,
    cast(reason_order as integer) as reason_order,
    reason_name_es as reason_name,
    reason_name_en
from {{ ref('undefined_reasons') }}
