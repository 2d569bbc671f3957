select
    {{ read_budget_totals(
        oax_spending_measures()
    ) }}
from {{ source('mx_oax_loxicha', 'spending_by_object_and_earmark_totals') }}
