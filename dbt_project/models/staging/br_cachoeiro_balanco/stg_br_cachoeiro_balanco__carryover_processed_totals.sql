select
    {{ read_budget_totals(
        carryover_measures(),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'carryover_processed_totals') }}
