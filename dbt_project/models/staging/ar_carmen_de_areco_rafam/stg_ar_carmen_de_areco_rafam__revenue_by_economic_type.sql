select
    {{ read_budget_lines(
        rafam_revenue_measures(),
        code=path_code('concept', 'parent_path'),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'revenue_by_economic_type') }}
