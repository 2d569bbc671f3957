select
    {{ read_budget_totals(gto_revenue_measures()) }}
from {{ source('mx_gto_cuenta_publica', 'revenue_by_source_totals') }}
