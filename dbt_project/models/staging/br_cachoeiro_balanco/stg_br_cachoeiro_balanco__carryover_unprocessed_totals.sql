select
    {{ read_budget_totals(
        carryover_measures() + ['accrued_amount'],
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'carryover_unprocessed_totals') }}
