select
    {{ read_budget_totals(
        ['estimated_amount']
    ) }}
from {{ source('mx_oax_loxicha', 'estimated_revenue_totals') }}
