select
    {{ read_budget_lines(gto_spending_measures()) }}
from {{ source('mx_gto_cuenta_publica', 'spending_by_economic_type') }}
