select
    {{ read_budget_totals(oax_revenue_measures()) }}
from {{ source('mx_oax_loxicha', 'revenue_by_source_totals') }}
