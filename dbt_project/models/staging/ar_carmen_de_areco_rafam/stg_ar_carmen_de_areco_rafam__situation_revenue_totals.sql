select
    {{ read_budget_totals(
        ['adjusted_amount', 'accrued_amount', 'collected_amount'],
        part="case when total_no = 1 then 'economic' else 'earmark' end",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'situation_revenue_totals') }}
