select
    {{ read_budget_lines(
        ['estimated_amount'],
        series=month_number('month_name')
    ) }}
from {{ source('mx_oax_loxicha', 'monthly_revenue') }}
