-- What the rows of tables by classification, of projects and of balances say: the class, or the code and name, and
-- every number.
{{ table_content(
    ref('int_budget_lines__classify'), ['row_seq', 'coalesce(class_code, term_folded)'], budget_line_measures()
) }}
union all
{{ table_content(ref('int_budget_totals__unite'), total_codes(), budget_line_measures(), row_kind='total') }}
union all
{{ table_content(
    ref('int_project_lines__unite'),
    ['row_seq', "coalesce(nullif(project_code, ''), " ~ fold_name('project_name') ~ ")", 'responsible_unit_code'],
    project_measures(),
    where='not is_told_as_goals'
) }}
union all
{{ table_content(
    ref('int_project_totals__unite'),
    total_codes(),
    project_measures(),
    row_kind='total',
    where='not is_told_as_goals'
) }}
union all
{{ table_content(ref('int_balance_lines__unite'), ['row_seq', fold_name('term_raw')], balance_measures()) }}
