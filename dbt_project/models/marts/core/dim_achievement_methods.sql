{{ config(materialized='table') }}
select
    method_code,
    method_name_es as method_name,
    method_name_en,
    formula_es as formula,
    formula_en,
    cast(nullif(cap_pct, '') as decimal(24, 6)) as cap_pct,
    rounding,
    nullif(denominator_rule, '') as denominator_rule,
    needs_positive_goal = 'true' as needs_positive_goal,
    computed_in,
    caveat_es as caveat,
    caveat_en,
    source
from {{ ref('achievement_methods') }}
