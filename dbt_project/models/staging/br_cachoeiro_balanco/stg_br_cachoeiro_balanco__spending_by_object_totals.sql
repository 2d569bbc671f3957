select
    {{ read_budget_totals(
        ['adjusted_amount', 'committed_amount'],
        part="case when total_no = 1 then 'organ' else 'summary' end",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'spending_by_object_totals') }}
