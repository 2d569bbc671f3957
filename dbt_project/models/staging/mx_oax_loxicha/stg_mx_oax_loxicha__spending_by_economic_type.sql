select
    {{ read_budget_lines(oax_spending_measures()) }}
from {{ source('mx_oax_loxicha', 'spending_by_economic_type') }}
