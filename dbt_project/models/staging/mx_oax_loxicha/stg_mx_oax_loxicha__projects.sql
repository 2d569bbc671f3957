with goals as (
    select
        *,
        row_number() over (partition by document_sha256, segment_no, row_no order by row_seq) as group_no
    from {{ source('mx_oax_loxicha', 'program_goals') }}
)

-- the goal of a quarter repeats with each group of beneficiaries
select
    {{ place_columns('goals') }},
    {{ first_match('trim(sheets.project_name)', '^[0-9]+') }} as project_code,
    {{ replace_all('trim(sheets.project_name)', '^[0-9]+ *- *', '') }} as project_name,
    trim(sheets.component_name) as project_description,
    trim(sheets.goal_unit) as unit_name_raw,
    case
        when {{ matches('sheets.project_name', '/ *OBRA *(PÚBLICA *)?/') }} then 'public_work' else 'municipal_project'
    end as project_kind,
    case {{ fold('goals.quarter_name') }}
        when 'PRIMERO' then 1
        when 'SEGUNDO' then 2
        when 'TERCERO' then 3
        when 'CUARTO' then 4
    end as quarter_no,
    {{ read_quantity('programmed_value', 'goals.goal_programmed') }},
    {{ read_quantity('adjusted_value', 'goals.goal_adjusted') }},
    {{ read_quantity('achieved_value', 'goals.goal_achieved') }},
    {{ read_percent('achievement_programmed_pct', 'goals.achievement_pct') }},
    goals.method,
    goals.confidence,
    goals.extractor_version,
    goals.spec_sha256
from goals
inner join {{ source('mx_oax_loxicha', 'project_sheets') }} as sheets
    on
        goals.document_sha256 = sheets.document_sha256
        and goals.record_no = sheets.record_no
where goals.group_no = 1
