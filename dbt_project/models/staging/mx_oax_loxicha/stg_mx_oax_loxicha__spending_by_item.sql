select
    {{ read_budget_lines(
        oax_item_measures(),
        term='object_name',
        code='object_code',
        level=digits_depth('object_code', [1, 1, 1, 1]),
        renamed=oax_item_columns()
    ) }}
from {{ source('mx_oax_loxicha', 'spending_by_item') }}
