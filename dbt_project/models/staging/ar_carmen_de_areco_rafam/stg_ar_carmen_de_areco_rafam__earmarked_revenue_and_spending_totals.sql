select
    {{ read_budget_totals(
        rafam_earmark_measures(),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'earmarked_revenue_and_spending_totals') }}
