"""Suites: the checks behind the rules whose home is this package, one module per subject."""

from expectations.suites.check import Check
from expectations.suites.coverage import COVERAGE
from expectations.suites.findings import FINDINGS
from expectations.suites.plausibility import PLAUSIBILITY
from expectations.suites.reconciliation import RECONCILIATION

ALL_CHECKS: tuple[Check, ...] = (*RECONCILIATION, *PLAUSIBILITY, *COVERAGE, *FINDINGS)

__all__ = ["ALL_CHECKS", "Check"]
