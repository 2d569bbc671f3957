select
    {{ read_budget_lines(
        ['adjusted_amount', 'committed_amount'],
        code='object_code',
        level=digits_depth('object_code', [1, 1, 2, 2, 2, 3]),
        part="case when " ~ fold('section_name') ~ " = 'RESUMO GERAL' then 'summary' else 'organ' end",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('br_cachoeiro_balanco', 'spending_by_object') }}
