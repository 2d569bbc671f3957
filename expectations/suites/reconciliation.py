"""Printed figures against recomputed ones. The arithmetic is done once, in `mart_reconciliation`; here it is judged.

A figure that was not printed is nothing to compare and cannot fail; one that is explained by a recorded discrepancy
does not fail either, but `known_discrepancies_still_match` keeps the record honest.
"""

from __future__ import annotations

from expectations.suites.check import Check

_RULES = (
    "subtotal_equals_rows",
    "total_equals_rows",
    "total_equals_subtotals",
    "total_percentage",
    "achievement_percentage",
    "execution_percentage",
    "physical_difference",
    "budget_difference",
    "levels_agree",
    "renditions_agree",
    "pages_complete",
    "unit_quarter_equals_months",
    "institution_equals_mean_of_units",
    "institution_quarter_equals_months",
    "additional_percentage",
    "additional_quantity",
    "told_achievement",
    "told_total",
    "statement_agrees",
    "count_total_equals_areas",
    "count_share",
    "indicator_ratio",
    "substitution_arithmetic",
    "baseline_from_substitution",
    "substitution_operands",
    "final_target_last_year",
    "final_target_sum_of_years",
    "parent_equals_children",
    "amended_equals_change",
    "underspent_equals_rest",
    "differences_add_up",
    "revenue_difference",
    "classifications_agree",
)

_POPULATION = """
select
    file_path, page_no, table_no, row_no, column_name, scope, measure, printed_raw, printed_value, recomputed_value,
    difference, tolerance, status, cause, check_id
from marts.mart_reconciliation
where rule_id = '{rule_id}'
"""

RECONCILIATION = tuple(
    Check(rule_id, _POPULATION.format(rule_id=rule_id), "status = 'discrepant'") for rule_id in _RULES
)
