select
    {{ read_budget_totals(
        ['estimated_amount', 'adjusted_amount', 'collected_amount'],
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'revenue_by_item_totals') }}
