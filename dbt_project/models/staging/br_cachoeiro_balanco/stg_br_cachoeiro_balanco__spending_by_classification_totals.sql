select
    {{ read_budget_totals(
        ['approved_amount', 'adjusted_amount', 'committed_amount', 'accrued_amount', 'paid_amount'],
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'spending_by_classification_totals') }}
