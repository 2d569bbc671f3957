"""What the documents say that does not fit together. Found in `mart_findings`; a rule fails once per latest finding.

No finding stops publishing: it is a statement about the document, not about how it was read.
"""

from __future__ import annotations

from expectations.suites.check import Check

_RULES = (
    "accumulation_contradicts_values",
    "baseline_contradicts_history",
    "counts_without_result_indicators",
    "denominator_contradicts_variable",
    "formula_names_unknown_variable",
    "formula_not_computable",
    "goal_and_result_differ",
    "incompliance_without_justification",
    "institution_below_threshold",
    "missing_line_number",
    "month_quoted_for_quarter",
    "objective_not_in_plan",
    "over_achievement",
    "plan_changed_during_year",
    "scan_awaits_review",
    "target_below_baseline",
    "target_below_last_estimate",
    "target_changed_during_year",
    "target_contradicts_note",
    "threshold_flips_on_rounding",
    "unit_contradicts_activities",
    "unit_contradicts_values",
    "unit_left_out_of_base",
    "unit_without_report",
    "unplanned_work",
    "zero_printed_for_missing_report",
)

_POPULATION = """
select
    file_path, page_no, table_no, row_no, institution_name, subject, evidence, evidence_en, finding_id, is_latest
from marts.mart_findings
where rule_id = '{rule_id}'
"""

FINDINGS = tuple(Check(rule_id, _POPULATION.format(rule_id=rule_id), "is_latest") for rule_id in _RULES)
