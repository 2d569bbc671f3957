select
    {{ read_budget_totals(gto_spending_measures()) }}
from {{ source('mx_gto_cuenta_publica', 'spending_by_program_category_totals') }}
