{{ config(materialized='table') }}
select
    currency_code,
    currency_name_es as currency_name,
    currency_name as currency_name_en,
    symbol,
    cast(minor_units as integer) as minor_units,
    source
from {{ ref('currencies') }}
