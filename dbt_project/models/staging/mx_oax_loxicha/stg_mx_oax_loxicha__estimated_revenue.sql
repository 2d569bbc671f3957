select
    {{ read_budget_lines(
        ['estimated_amount']
    ) }}
from {{ source('mx_oax_loxicha', 'estimated_revenue') }}
