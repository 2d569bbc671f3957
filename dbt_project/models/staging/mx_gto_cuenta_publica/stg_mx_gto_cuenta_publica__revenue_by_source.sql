select
    {{ read_budget_lines(gto_revenue_measures()) }}
from {{ source('mx_gto_cuenta_publica', 'revenue_by_source') }}
