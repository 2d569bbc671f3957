{{ config(materialized='table') }}
select
    country_code,
    country_name_es as country_name,
    country_name as country_name_en,
    currency_code,
    cast(fiscal_year_first_month as integer) as fiscal_year_first_month,
    source
from {{ ref('countries') }}
