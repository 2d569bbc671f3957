select
    {{ read_budget_lines(
        rafam_spending_measures(),
        term='substr(concept, 5)',
        code='substr(concept, 1, 3)',
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'spending_by_function') }}
