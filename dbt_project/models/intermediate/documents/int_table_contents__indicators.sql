-- What the rows of plans and indicator records say. Where the text is all that a row says (an action, a note) it is
-- part of the content, folded and without spaces, because forms of one publication wrap it differently.
{{ table_content(
    ref('stg_mx_ipab_programa_institucional__objective_alignment'),
    [
        'row_seq', 'objective_code', fold_name('objective_name'), 'national_objective_code',
        fold_name('national_objective_name')
    ]
) }}
union all
{{ table_content(
    ref('stg_mx_ipab_programa_institucional__actions'),
    ['row_seq', 'action_code', fold_name('action_name')]
) }}
union all
{{ table_content(
    ref('stg_mx_ipab_programa_institucional__indicator_sheets'),
    [
        'row_seq', fold_name('indicator_name'), fold_name('objective_name'), fold_name('definition'),
        fold_name('disaggregation_name'), fold_name('frequency_name'), fold_name('type_name'),
        fold_name('accumulation_name'), fold_name('unit_name_raw'), fold_name('collection_period'),
        fold_name('dimension_name'), fold_name('availability_name'), fold_name('direction_name'),
        fold_name('responsible_unit_name'), fold_name('calculation_method'), fold_name('observations'),
        fold_name('substitution_raw'), 'baseline_year', fold_name('baseline_note'), 'final_target_year',
        fold_name('final_target_note')
    ],
    ['baseline_value', 'final_target_value']
) }}
union all
{{ table_content(
    ref('stg_mx_ipab_programa_institucional__indicator_variables'),
    [
        'row_seq', 'record_no', 'variable_no', fold_name('variable_name'), fold_name('variable_source'),
        "case when variable_value is null then " ~ fold_name('variable_value_raw') ~ " end"
    ],
    ['variable_value']
) }}
union all
{{ table_content(
    ref('stg_mx_ipab_programa_institucional__indicator_history'),
    ['row_seq', 'record_no', 'value_year'], ['indicator_value']
) }}
union all
{{ table_content(
    ref('stg_mx_ipab_programa_institucional__indicator_targets'),
    ['row_seq', 'record_no', 'value_year'], ['indicator_value']
) }}
union all
{{ table_content(
    ref('stg_cl_dipres_indicadores__product_counts'),
    [
        'row_seq', fold_name('institution_name_raw'), 'budget_year', 'strategic_product_code',
        fold_name('strategic_product_name')
    ],
    ['total_count', 'result_count', 'output_count', 'process_count']
) }}
union all
{{ table_content(
    ref('stg_cl_dipres_indicadores__indicator_values'),
    [
        'row_seq', 'record_no', fold_name('institution_name_raw'), fold_name('area_name_raw'), 'budget_year',
        fold_name('strategic_product_name'), 'row_role', fold_name('row_label'), 'value_year',
        fold_name('period_words')
    ],
    ['indicator_value']
) }}
union all
{{ table_content(
    ref('stg_cl_dipres_indicadores__product_counts_totals'),
    ['total_kind', 'total_no', 'first_row_seq', 'last_row_seq', fold_name('institution_name_raw'), 'budget_year'],
    ['total_count', 'result_count', 'output_count', 'process_count'],
    row_kind='total'
) }}
