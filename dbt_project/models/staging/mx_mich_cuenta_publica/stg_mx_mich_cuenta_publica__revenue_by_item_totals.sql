select
    {{ read_budget_totals(mich_revenue_measures()) }}
from {{ source('mx_mich_cuenta_publica', 'revenue_by_item_totals') }}
