with printed as (
    select
        *,
        row_number() over (partition by document_sha256, segment_no, row_no order by row_seq) as group_no
    from {{ source('mx_oax_loxicha', 'program_goals') }}
)

select
    document_sha256,
    source_id,
    table_name,
    segment_no,
    page_no,
    sheet_name,
    table_no,
    row_no,
    row_seq,
    record_no,
    quarter_name as quarter_name_raw,
    case {{ fold('quarter_name') }}
        when 'PRIMERO' then 1
        when 'SEGUNDO' then 2
        when 'TERCERO' then 3
        when 'CUARTO' then 4
    end as quarter_no,
    {{ read_quantity('programmed_value', 'goal_programmed') }},
    {{ read_quantity('adjusted_value', 'goal_adjusted') }},
    {{ read_quantity('achieved_value', 'goal_achieved') }},
    {{ read_percent('achievement_programmed_pct', 'achievement_pct') }},
    beneficiary_group,
    {{ read_quantity('beneficiaries_reached') }},
    group_no,
    method,
    confidence,
    extractor_version,
    spec_sha256
from printed
