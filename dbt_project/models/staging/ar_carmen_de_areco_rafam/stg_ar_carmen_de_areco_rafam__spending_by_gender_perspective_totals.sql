select
    {{ read_budget_totals(
        rafam_spending_measures(),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'spending_by_gender_perspective_totals') }}
