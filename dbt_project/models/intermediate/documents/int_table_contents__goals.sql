-- What the rows of goals, the records beside them and their printed totals say. The places of a sheet say nothing
-- without the indicator that they are of.
{{ table_content(
    ref('int_goal_rows__unite'),
    [
        'row_seq', 'program_code', 'indicator_code', 'group_folded', fold_name('indicator_name'), 'own_start_date',
        'own_end_date', 'goal_year', 'quarter_no', fold_name('programmed_value_raw'), fold_name('achieved_value_raw')
    ],
    goal_measures() + ['achievement_programmed_pct']
) }}
union all
{{ table_content(
    ref('stg_mx_oax_loxicha__project_sheets'),
    ['row_seq', 'program_code', 'project_code', fold_name('indicator_name'), fold_name('calculation_method')]
) }}
union all
{{ table_content(
    ref('stg_mx_oax_loxicha__financial_indicators'),
    ['row_seq', 'record_no', fold_name('indicator_name'), fold_name('variable_name'), fold_name('variable_value_raw')],
    ['variable_value', 'indicator_value']
) }}
union all
{{ table_content(
    ref('stg_pe_mef_fichas__indicator_sheets'),
    [
        'row_seq', 'indicator_code', fold_name('indicator_name'), 'program_code', fold_name('control_scope_raw'),
        fold_name('unit_name_raw'), fold_name('calculation_method'), fold_name('frequency_name')
    ]
) }}
union all
{{ table_content(
    ref('int_indicator_scopes__name'),
    [
        'row_seq', 'indicator_code', 'region_code', fold_name('region_name'), 'area_code', fold_name('area_name')
    ]
) }}
union all
{{ table_content(
    ref('stg_co_municipios_plan__strategic_lines'),
    ['row_seq', fold_name('line_name')],
    ['program_count', 'accumulated_pct']
) }}
union all
{{ table_content(
    ref('stg_co_municipios_plan__strategic_lines_totals'),
    total_codes(),
    ['program_count', 'accumulated_pct'],
    row_kind='total'
) }}
