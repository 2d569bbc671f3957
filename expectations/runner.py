"""Validates the rules on a built database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from expectations.catalogue import Rule, load_rules
from expectations.suites import ALL_CHECKS, Check


@dataclass(frozen=True, slots=True)
class RuleResult:
    """The outcome of one rule. `failing_rows` holds at most `SHOWN_ROWS` of `failing_count` rows, keyed by column."""

    rule_id: str
    severity: Literal["error", "warning", "info"]
    passed: bool
    failing_rows: list[dict[str, Any]]
    failing_count: int
    checked_count: int
    sentence_en: str
    sentence_es: str
    subject: str


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """The outcome of all rules, in the order of the catalogue."""

    results: list[RuleResult] = field(default_factory=list)

    @property
    def blocking(self) -> list[RuleResult]:
        """Failed rules that stop publishing."""
        return [result for result in self.results if not result.passed and result.severity == "error"]

    @property
    def warnings(self) -> list[RuleResult]:
        return [result for result in self.results if not result.passed and result.severity == "warning"]


SHOWN_ROWS = 200
"""Great Expectations returns at most this many unexpected rows."""


def validate(
    database: Path,
    rules: Sequence[str] | None = None,
    on_rule: Callable[[RuleResult], None] | None = None,
    memory: str | None = None,
) -> ValidationReport:
    """Validate the rules of this package (or only those named) on a database that no writer holds.

    `memory` is what DuckDB may take before it spills to disk, such as 4GB; None leaves that to it.
    Raises KeyError for a rule that no suite states, FileNotFoundError when the database is missing and RuntimeError
    when a rule's query fails.
    """
    if not database.exists():
        raise FileNotFoundError(f"{database} does not exist; build the warehouse first.")
    catalogue = {rule.id: rule for rule in load_rules()}
    checks = {check.rule_id: check for check in ALL_CHECKS}
    wanted = list(rules) if rules is not None else [rule_id for rule_id in catalogue if rule_id in checks]

    # Great Expectations takes seconds to import; whoever only asks for the catalogue must not pay for it.
    from expectations.gx import read_only_source

    report = ValidationReport()
    with read_only_source(database, memory) as source:
        for rule_id in wanted:
            result = _run(source, catalogue[rule_id], checks[rule_id])
            report.results.append(result)
            if on_rule:
                on_rule(result)
    return report


def _run(source: Any, rule: Rule, check: Check) -> RuleResult:
    from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
    from great_expectations.expectations.metadata_types import FailureSeverity

    batch = source.add_query_asset(rule.id, query=check.population).add_batch_definition_whole_table("all").get_batch()
    expectation = UnexpectedRowsExpectation(
        unexpected_rows_query=f"select * from {{batch}} where {check.unexpected}",
        description=rule.sentence_en,
        severity=FailureSeverity.CRITICAL if rule.severity == "error" else FailureSeverity.WARNING,
    )
    outcome = _outcome(batch, expectation, rule.id)
    details = outcome.result.get("details") or {}
    return RuleResult(
        rule_id=rule.id,
        severity=rule.severity,
        passed=bool(outcome.success),
        failing_rows=[dict(row) for row in details.get("unexpected_rows") or []],
        failing_count=int(outcome.result["observed_value"]),
        checked_count=_count(batch, rule.id),
        sentence_en=rule.sentence_en,
        sentence_es=rule.sentence_es,
        subject=rule.subject,
    )


def _count(batch: Any, rule_id: str) -> int:
    from great_expectations.expectations.core.expect_table_row_count_to_be_between import (
        ExpectTableRowCountToBeBetween,
    )

    outcome = _outcome(batch, ExpectTableRowCountToBeBetween(min_value=0), rule_id)
    return int(outcome.result["observed_value"])


def _outcome(batch: Any, expectation: Any, rule_id: str) -> Any:
    """The validation result; Great Expectations reports a query that fails as a result without a value."""
    outcome = batch.validate(expectation, result_format="COMPLETE")
    if "observed_value" not in outcome.result:
        messages = _messages(outcome.exception_info or {})
        reason = next(iter(messages), "Great Expectations gave no reason")
        raise RuntimeError(f"the rule {rule_id} cannot be evaluated: {reason}")
    return outcome


def _messages(info: Mapping[str, Any]) -> Iterator[str]:
    """Exception messages, which stand at the top or one level down, by metric."""
    for value in (info, *info.values()):
        if isinstance(value, Mapping) and value.get("exception_message"):
            yield " ".join(str(value["exception_message"]).split())[:300]
