select
    {{ read_budget_totals(
        oax_item_measures(),
        renamed=oax_item_columns()
    ) }}
from {{ source('mx_oax_loxicha', 'spending_by_item_totals') }}
