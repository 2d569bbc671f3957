select
    {{ read_budget_lines(
        mich_revenue_measures(),
        code=path_code('concept', 'parent_path'),
        level=path_depth('parent_path')
    ) }}
from {{ source('mx_mich_cuenta_publica', 'revenue_by_item') }}
