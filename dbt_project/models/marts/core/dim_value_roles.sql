{{ config(materialized='table') }}
select
    value_role,
    cast(role_order as integer) as role_order,
    role_name_es as role_name,
    role_name_en,
    is_target = 'true' as is_target,
    judged_as
from {{ ref('value_roles') }}
