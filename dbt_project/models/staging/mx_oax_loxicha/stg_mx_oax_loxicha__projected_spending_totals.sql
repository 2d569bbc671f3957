select
    {{ read_budget_totals(
        ['projected_amount'],
        series=first_match('year_label', '[0-9]{4}')
    ) }}
from {{ source('mx_oax_loxicha', 'projected_spending_totals') }}
