with totals as (
    select
        *,
        row_number() over (partition by document_sha256, segment_no, row_no order by row_seq) as group_no
    from {{ source('mx_oax_loxicha', 'program_goals_totals') }}
)

select
    {{ place_columns() }},
    total_kind,
    label_raw,
    total_no,
    first_row_seq,
    last_row_seq,
    {{ read_quantity('programmed_value', 'goal_programmed') }},
    {{ read_quantity('adjusted_value', 'goal_adjusted') }},
    {{ read_quantity('achieved_value', 'goal_achieved') }},
    {{ read_percent('achievement_programmed_pct', 'achievement_pct') }}
from totals
where group_no = 1
