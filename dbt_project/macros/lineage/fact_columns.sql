{#-
    Which numbers of which fact are printed, and the raw column each was read from (an expression on the fact).

    Facts listed here carry document_sha256, table_name and row_seq of the raw row they were read from. `row_kind` is
    the kind of that row in the cells. A number that is worked out stands in `derived_columns` (a seed) instead.
-#}
{% macro printed_fact_columns() %}
    {%- set goal = "case when fact.report_level = 'plan_activity' then 'goal' else " ~ printed_column('fact.table_name', "'programmed_value'") ~ " end" -%}
    {%- set result = "case when fact.report_level = 'plan_activity' then 'progress' else " ~ printed_column('fact.table_name', "'achieved_value'") ~ " end" -%}
    {%- set in_sheet = "case when fact.table_name = 'indicator_sheets' then case when fact.value_role = 'baseline' then 'baseline_value' else 'final_target_value' end else 'value' end" -%}
    {%- set in_sheet = "case when fact.table_name = 'financial_indicators' then 'result_value' else " ~ in_sheet ~ " end" -%}
    {%- set achieved_pct = "case fact.table_name when 'product_indicators' then 'compliance_pct' when 'program_goals' then 'achievement_pct' else 'achievement_programmed_pct' end" -%}
    {%- set amount = "case when fact.table_name = 'earmarked_revenue_and_spending' and fact.flow = 'revenue' and fact.phase_code <> 'collected' then fact.phase_code || '_revenue_amount' else " ~ printed_column('fact.table_name', "(fact.phase_code || '_amount')") ~ " end" -%}
    {%- set project_columns = {'physical_progress_pct_printed': "'physical_progress_pct'"} -%}
    {%- for measure in project_amounts() + goal_measures() -%}
    {%- do project_columns.update({measure: printed_column('fact.table_name', "'" ~ measure ~ "'")}) -%}
    {%- endfor -%}
    {%- for measure in percent_names() -%}
    {%- do project_columns.update({measure ~ '_printed': "'" ~ measure ~ "'" if measure != 'achievement_programmed_pct' else achieved_pct}) -%}
    {%- endfor -%}
    {{ return([
        {'fact': 'fct_indicator_goals', 'key': 'goal_key', 'columns': {
            'programmed_value': goal,
            'adjusted_value': printed_column('fact.table_name', "'adjusted_value'"),
            'achieved_value': result,
            'achievement_programmed_pct_printed': achieved_pct,
            'achievement_adjusted_pct_printed': "'achievement_adjusted_pct'",
        }},
        {'fact': 'fct_indicator_values', 'key': 'indicator_value_key', 'columns': {'value_numeric': in_sheet}},
        {'fact': 'fct_indicator_variables', 'key': 'indicator_variable_key', 'columns': {
            'value_numeric': "case when fact.table_name in ('indicator_variables', 'financial_indicators') then 'variable_value' else 'value' end",
        }},
        {'fact': 'fct_indicator_counts', 'key': 'indicator_count_key', 'columns': {
            'indicator_count': "fact.control_area || '_count'",
        }},
        {'fact': 'fct_budget_amounts', 'key': 'budget_amount_key', 'columns': {
            'amount': amount,
        }},
        {'fact': 'fct_project_execution', 'key': 'project_execution_key', 'columns': project_columns},
        {'fact': 'fct_unit_compliance', 'key': 'compliance_key', 'columns': {
            'compliance_pct_printed': "'compliance'",
        }},
    ]) }}
{% endmacro %}
