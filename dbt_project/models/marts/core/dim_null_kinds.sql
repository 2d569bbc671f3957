{{ config(materialized='table') }}
select
    null_kind,
    cast(kind_order as integer) as kind_order,
    name_es as null_kind_name,
    name_en as null_kind_name_en,
    meaning_es as meaning,
    meaning_en,
    statement,
    source
from {{ ref('null_kinds') }}
