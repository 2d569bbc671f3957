select
    {{ read_budget_lines(
        ['approved_amount', 'adjusted_amount', 'committed_amount', 'accrued_amount', 'paid_amount'],
        code=path_code('concept', 'parent_path'),
        level=path_depth('parent_path'),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'spending_by_economic_type') }}
