select
    {{ read_budget_lines(
        gto_spending_measures(),
        term="case when " ~ matches('concept', '^ *[0-9]{4} ') ~ " then trim(substr(trim(concept), 5)) else trim(concept) end",
        code="case when " ~ matches('concept', '^ *[0-9]{4} ') ~ " then substr(trim(concept), 1, 4) end"
    ) }}
from {{ source('mx_gto_cuenta_publica', 'spending_by_unit') }}
