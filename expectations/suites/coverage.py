"""What was not judged: a publication without a printed total must not pass for one that ties, nor a table that no model
reads for one that is published."""

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
    Check(
        "loaded_tables_reach_marts",
        """
        select source_id, table_name, file_path, data_row_count, reaches_marts
        from audit.audit_accounting
        where data_row_count > 0
        """,
        "not reaches_marts",
    ),
)
