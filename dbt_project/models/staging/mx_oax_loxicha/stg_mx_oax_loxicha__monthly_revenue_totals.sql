select
    {{ read_budget_totals(
        ['estimated_amount'],
        series=month_number('month_name')
    ) }}
from {{ source('mx_oax_loxicha', 'monthly_revenue_totals') }}
