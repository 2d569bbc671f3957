{{ config(materialized='table') }}
select
    {{ entity_key(['fact_table', 'column_name']) }} as derivation_key,
    {{ surrogate_key(['fact_table', 'column_name']) }} as derivation_id,
    fact_table,
    column_name,
    derivation_es as derivation,
    derivation_en
from {{ ref('derived_columns') }}
