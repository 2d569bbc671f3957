"""Whether there was anything to reconcile: a publication without a printed total must not pass for one that ties."""

from __future__ import annotations

from expectations.suites.check import Check

COVERAGE = (
    Check(
        "printed_total_to_compare",
        """
        select
            source_id, institution_code, institution_name, period_start_date, period_end_date, document_count,
            row_count, totals_expected_count, totals_printed_count
        from audit.audit_coverage
        """,
        "totals_printed_count = 0",
    ),
)
