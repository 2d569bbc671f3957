select
    {{ read_budget_lines(
        ['adjusted_amount', 'precommitted_amount', 'committed_amount', 'accrued_amount', 'paid_amount'],
        part="case when concept like '2. Extra%' then 'extrabudgetary' else 'object' end",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'situation_spending_by_object') }}
