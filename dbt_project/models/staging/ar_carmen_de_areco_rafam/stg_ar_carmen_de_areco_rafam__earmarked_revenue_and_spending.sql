select
    {{ read_budget_lines(
        rafam_earmark_measures(),
        term="trim(substr(concept, 13))",
        code='substr(concept, 1, 10)',
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'earmarked_revenue_and_spending') }}
