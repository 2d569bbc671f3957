select
    {{ read_budget_lines(
        rafam_revenue_measures(),
        term='substr(concept, 14)',
        code='substr(concept, 1, 10)',
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'revenue_by_item') }}
