select
    {{ read_budget_lines(
        ['adjusted_amount', 'accrued_amount', 'collected_amount'],
        part="case when concept like '2. Extra%' then 'extrabudgetary' when " ~ fold('concept') ~ " in ('DE LIBRE DISPONIBILIDAD', 'AFECTADOS') then 'earmark' else 'economic' end",
        decimal_mark=',',
        group_mark='.'
    ) }}
from {{ source('ar_carmen_de_areco_rafam', 'situation_revenue') }}
