select
    {{ read_budget_lines(
        rafam_spending_measures(),
        code=first_match('parent_path', '[0-9]{10}') ~ " || ' ' || substr(concept, 1, 8)",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'spending_by_gender_perspective') }}
