-- Goals and results of indicators that belong to no budget programme, of every family that prints them, in one shape.
-- A row is of its own period where it prints one: days, a year of the plan, a quarter of the year.
with transparency_forms as (
    select
        {{ place_columns() }},
        {{ carry_goal_texts({
            'goal_scheme': "'mx-sipot-indicadores'", 'indicator_name': 'indicator_name', 'definition_text': 'definition',
            'unit_name_raw': 'unit_name_raw', 'dimension_name': 'dimension_name', 'frequency_name': 'frequency_name',
            'direction_name': 'direction_name', 'formula': 'calculation_method',
            'responsible_unit_name': 'responsible_area_name'
        }) }},
        coalesce({{ fold_name('program_name') }}, '') as group_folded,
        period_start_date as own_start_date,
        period_end_date as own_end_date,
        cast(null as integer) as goal_year,
        cast(null as integer) as quarter_no,
        {% for measure in goal_measures() %}
        {{ carry(measure) }},
        {% endfor %}
        {{ not_on_form('achievement_programmed_pct') }}
    from {{ ref('stg_mx_sipot_indicadores__indicators') }}
),

development_plans as (
    select
        {{ place_columns() }},
        {{ carry_goal_texts({
            'goal_scheme': "'co-plan-desarrollo'", 'program_code': 'program_code', 'indicator_code': 'product_code',
            'indicator_name': 'indicator_name', 'unit_name_raw': 'unit_name_raw', 'level_name': "'Producto'",
            'direction_name': 'direction_name'
        }) }},
        '' as group_folded,
        cast(null as date) as own_start_date,
        cast(null as date) as own_end_date,
        goal_year,
        cast(null as integer) as quarter_no,
        {{ carry('programmed_value') }},
        {{ not_on_form('adjusted_value') }},
        {{ carry('achieved_value') }},
        {{ carry('achievement_programmed_pct') }}
    from {{ ref('stg_co_municipios_plan__product_indicators') }}
),

-- the goal of a quarter repeats with each group of beneficiaries
municipal_projects as (
    select
        {{ place_columns('goals') }},
        {{ carry_goal_texts({
            'goal_scheme': "'mx-oax-proyectos'", 'program_code': 'sheets.program_code',
            'indicator_code': 'sheets.project_code', 'indicator_name': 'sheets.indicator_name',
            'definition_text': 'sheets.definition', 'unit_name_raw': 'sheets.unit_name_raw',
            'type_name': 'sheets.type_name', 'dimension_name': 'sheets.dimension_name',
            'frequency_name': 'sheets.frequency_name', 'direction_name': 'sheets.direction_name',
            'formula': 'sheets.calculation_method'
        }) }},
        '' as group_folded,
        cast(null as date) as own_start_date,
        cast(null as date) as own_end_date,
        cast(null as integer) as goal_year,
        goals.quarter_no,
        {% for measure in goal_measures() %}
        {{ carry(measure, 'goals') }},
        {% endfor %}
        {{ carry('achievement_programmed_pct', 'goals') }}
    from {{ ref('stg_mx_oax_loxicha__program_goals') }} as goals
    inner join {{ ref('stg_mx_oax_loxicha__project_sheets') }} as sheets
        on
            goals.document_sha256 = sheets.document_sha256
            and goals.record_no = sheets.record_no
    where goals.group_no = 1
),

municipal_programs as (
    select
        {{ place_columns() }},
        {{ carry_goal_texts({
            'goal_scheme': "'ar-rafam-metas'", 'program_code': 'program_code', 'indicator_code': 'goal_code',
            'indicator_name': 'goal_name', 'responsible_unit_name': 'department_name'
        }) }},
        '' as group_folded,
        cast(null as date) as own_start_date,
        cast(null as date) as own_end_date,
        cast(null as integer) as goal_year,
        cast(null as integer) as quarter_no,
        {{ carry('programmed_value') }},
        {{ not_on_form('adjusted_value') }},
        {{ carry('achieved_value') }},
        {{ not_on_form('achievement_programmed_pct') }}
    from {{ ref('stg_ar_carmen_de_areco_rafam__program_goals') }}
)

select * from transparency_forms
union all
select * from development_plans
union all
select * from municipal_projects
union all
select * from municipal_programs
