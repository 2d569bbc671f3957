select
    {{ read_budget_lines(oax_spending_measures()) }}
from {{ source('mx_mich_cuenta_publica', 'spending_by_economic_type') }}
