select
    {{ read_budget_totals(oax_spending_measures()) }}
from {{ source('mx_mich_cuenta_publica', 'spending_by_object_totals') }}
