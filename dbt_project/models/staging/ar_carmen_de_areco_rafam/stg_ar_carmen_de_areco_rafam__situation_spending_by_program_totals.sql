select
    {{ read_budget_totals(
        ['adjusted_amount', 'precommitted_amount', 'committed_amount', 'accrued_amount', 'paid_amount'],
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'situation_spending_by_program_totals') }}
