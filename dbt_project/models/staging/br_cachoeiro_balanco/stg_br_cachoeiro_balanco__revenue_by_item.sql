select
    {{ read_budget_lines(
        ['estimated_amount', 'adjusted_amount', 'collected_amount'],
        code=path_code('concept', 'parent_path'),
        level=path_depth('parent_path'),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'revenue_by_item') }}
