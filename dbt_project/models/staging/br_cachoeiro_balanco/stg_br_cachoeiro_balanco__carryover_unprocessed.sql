select
    {{ read_budget_lines(
        carryover_measures() + ['accrued_amount'],
        code="'unprocessed > ' || " ~ path_code('concept', 'parent_path'),
        level=path_depth('parent_path'),
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'carryover_unprocessed') }}
