-- Printed values of plans and indicator records that are not what they must be: a number, a year, a numbered text.
{% set numbers = [
    ('stg_mx_ipab_programa_institucional__indicator_sheets', 'baseline_value', 'baseline_value', 'number'),
    ('stg_mx_ipab_programa_institucional__indicator_sheets', 'final_target_value', 'final_target_value', 'number'),
    ('stg_mx_ipab_programa_institucional__indicator_variables', 'variable_value', 'variable_value', 'number or words'),
    ('stg_mx_ipab_programa_institucional__indicator_history', 'indicator_value', 'value', 'number'),
    ('stg_mx_ipab_programa_institucional__indicator_targets', 'indicator_value', 'value', 'number'),
    ('stg_cl_dipres_indicadores__indicator_values', 'indicator_value', 'value', 'number'),
    ('stg_cl_dipres_indicadores__product_counts', 'total_count', 'total_count', 'number'),
    ('stg_cl_dipres_indicadores__product_counts', 'result_count', 'result_count', 'number'),
    ('stg_cl_dipres_indicadores__product_counts', 'output_count', 'output_count', 'number'),
    ('stg_cl_dipres_indicadores__product_counts', 'process_count', 'process_count', 'number'),
    ('stg_cl_dipres_indicadores__product_counts_totals', 'total_count', 'total_count', 'number'),
    ('stg_cl_dipres_indicadores__product_counts_totals', 'result_count', 'result_count', 'number'),
    ('stg_cl_dipres_indicadores__product_counts_totals', 'output_count', 'output_count', 'number'),
    ('stg_cl_dipres_indicadores__product_counts_totals', 'process_count', 'process_count', 'number'),
    ('stg_co_municipios_plan__product_indicators', 'programmed_value', 'goal_programmed', 'number'),
    ('stg_co_municipios_plan__product_indicators', 'achieved_value', 'goal_achieved', 'number'),
    ('stg_co_municipios_plan__product_indicators', 'achievement_programmed_pct', 'compliance_pct', 'number'),
    ('stg_co_municipios_plan__product_indicators', 'plan_progress_pct', 'plan_progress_pct', 'number'),
    ('stg_co_municipios_plan__product_indicators', 'baseline_value', 'baseline', 'number'),
    ('stg_co_municipios_plan__product_indicators', 'final_goal', 'final_goal', 'number'),
    ('stg_mx_oax_loxicha__program_goals', 'programmed_value', 'goal_programmed', 'number'),
    ('stg_mx_oax_loxicha__program_goals', 'adjusted_value', 'goal_adjusted', 'number'),
    ('stg_mx_oax_loxicha__program_goals', 'achieved_value', 'goal_achieved', 'number'),
    ('stg_mx_oax_loxicha__program_goals', 'achievement_programmed_pct', 'achievement_pct', 'number'),
    ('stg_mx_oax_loxicha__financial_indicators', 'indicator_value', 'result_value', 'number')
] %}
{% set parts = [
    ('stg_mx_ipab_programa_institucional__objective_alignment', 'objective_code', 'objective', 'objective_raw', 'number and name'),
    (
        'stg_mx_ipab_programa_institucional__objective_alignment', 'national_objective_code', 'national_objective',
        'national_objective_raw', 'number and name'
    ),
    ('stg_mx_ipab_programa_institucional__actions', 'action_code', 'action', 'action_raw', 'number and name'),
    ('stg_mx_ipab_programa_institucional__indicator_sheets', 'baseline_year', 'baseline_year', 'baseline_year_raw', 'year'),
    (
        'stg_mx_ipab_programa_institucional__indicator_sheets', 'final_target_year', 'final_target_year',
        'final_target_year_raw', 'year'
    ),
    ('stg_mx_ipab_programa_institucional__indicator_history', 'value_year', 'year', 'year_raw', 'year'),
    ('stg_mx_ipab_programa_institucional__indicator_targets', 'value_year', 'year', 'year_raw', 'year'),
    ('stg_cl_dipres_indicadores__indicator_values', 'value_year', 'period_label', 'period_label_raw', 'year and words'),
    ('stg_cl_dipres_indicadores__indicator_values', 'budget_year', 'budget_year', 'budget_year_raw', 'year'),
    ('stg_cl_dipres_indicadores__product_counts', 'budget_year', 'budget_year', 'budget_year_raw', 'year'),
    ('stg_mx_sipot_indicadores__indicators', 'period_start_date', 'period_start', 'period_start_raw', 'day'),
    ('stg_mx_sipot_indicadores__indicators', 'period_end_date', 'period_end', 'period_end_raw', 'day'),
    ('stg_co_municipios_plan__product_indicators', 'goal_year', 'goal_label', 'goal_label_raw', 'year'),
    ('stg_mx_oax_loxicha__program_goals', 'quarter_no', 'quarter_name', 'quarter_name_raw', 'quarter'),
    ('stg_mx_oax_loxicha__project_sheets', 'project_code', 'project_name', 'project_name_raw', 'code and name')
] %}
{% for relation, measure, column, expected in numbers %}
{{ unparsed_where(
    ref(relation), "'" ~ column ~ "'", measure ~ '_raw', "'" ~ expected ~ "'", measure ~ "_null_kind = 'unparsable'"
) }}
union all
{% endfor %}
{% for relation, part, column, raw, expected in parts %}
{{ unparsed_where(
    ref(relation),
    "'" ~ column ~ "'",
    'coalesce(' ~ raw ~ ", '(missing)')",
    "'" ~ expected ~ "'",
    part ~ ' is null'
) }}
{{ 'union all' if not loop.last }}
{% endfor %}
