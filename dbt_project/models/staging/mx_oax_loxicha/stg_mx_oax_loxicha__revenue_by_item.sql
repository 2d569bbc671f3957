select
    {{ read_budget_lines(oax_revenue_measures()) }}
from {{ source('mx_oax_loxicha', 'revenue_by_item') }}
