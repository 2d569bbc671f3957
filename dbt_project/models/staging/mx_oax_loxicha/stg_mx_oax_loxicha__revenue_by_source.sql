select
    {{ read_budget_lines(
        oax_revenue_measures(),
        term="source_group_name || ': ' || trim(concept)",
        level="case when " ~ fold('concept') ~ " in ('CORRIENTE', 'CAPITAL') then 2 else 1 end"
    ) }}
from {{ source('mx_oax_loxicha', 'revenue_by_source') }}
