select
    {{ read_budget_lines(
        ['adjusted_amount', 'precommitted_amount', 'committed_amount', 'accrued_amount', 'paid_amount'],
        code="case when concept like '__________ - __ %' then substr(concept, 1, 15) else department_name || ' > ' || concept end",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'situation_spending_by_program') }}
