select
    {{ read_budget_totals(
        rafam_revenue_measures(),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'revenue_by_source_totals') }}
