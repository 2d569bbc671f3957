"""The few figures of a built database that the report and the manifest quote.

The only place outside dbt and the rules that knows columns of the marts.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

STATUSES = ("reconciled", "explained", "discrepant", "nothing_to_compare")


@dataclass(frozen=True)
class Comparison:
    """One printed figure against the same figure recomputed, where it is printed, and why they differ in words."""

    status: str
    file_path: str
    page_no: int | None
    row_no: int | None
    scope: str
    measure: str
    printed_value: Decimal | None
    recomputed_value: Decimal | None
    difference: Decimal | None
    cause_es: str | None
    cause_en: str | None


def documents(database: Path) -> Sequence[dict[str, Any]]:
    """Every document received, each with its checksum, source, vintage and the part it plays in the marts."""
    columns = ("document_sha256", "source_id", "file_path", "status", "role", "vintage_seq", "is_latest")
    columns += ("publisher_name", "title", "country_code")
    with _reading(database) as connection:
        rows = connection.execute(
            f"select {', '.join(columns)} from marts.dim_documents order by source_id, file_path, vintage_seq"
        ).fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


def fact_rows(database: Path) -> dict[str, int]:
    """Rows of every fact, by its name."""
    with _reading(database) as connection:
        facts = connection.execute(
            "select table_name from duckdb_tables() "
            "where schema_name = 'marts' and starts_with(table_name, 'fct_') order by table_name"
        ).fetchall()
        return {name: connection.execute(f'select count(*) from marts."{name}"').fetchall()[0][0] for (name,) in facts}


def reconciliation_counts(database: Path) -> dict[str, int]:
    """Printed figures of the latest vintages by how they compare, in the order of STATUSES."""
    with _reading(database) as connection:
        found = dict(
            connection.execute(
                "select status, count(*) from marts.mart_reconciliation where is_latest group by status"
            ).fetchall()
        )
    return {status: found.get(status, 0) for status in (*STATUSES, *sorted(set(found) - set(STATUSES)))}


def disagreements(database: Path) -> list[Comparison]:
    """Printed figures that do not add up, unexplained ones first, each with its place.

    What is explained of a vintage that another one replaced is left out.
    """
    with _reading(database) as connection:
        rows = connection.execute(
            """
            select
                status, file_path, page_no, row_no, scope, measure,
                printed_value, recomputed_value, difference, cause_es, cause_en
            from marts.mart_reconciliation
            where status = 'discrepant' or (status = 'explained' and is_latest)
            order by status, file_path, page_no, row_no, measure
            """
        ).fetchall()
    return [Comparison(*row) for row in rows]


@dataclass(frozen=True)
class Finding:
    """What documents say against themselves under one rule: how often, and one of them."""

    rule_id: str
    count: int
    evidence: str
    file_path: str


def findings(database: Path) -> list[Finding]:
    """Findings of the latest vintages by rule, the graver and the more frequent first, each with an example."""
    with _reading(database) as connection:
        rows = connection.execute(
            """
            select rule_id, count(*), arg_min(evidence, finding_id), arg_min(file_path, finding_id)
            from marts.mart_findings where is_latest
            group by rule_id, severity order by severity <> 'warning', count(*) desc, rule_id
            """
        ).fetchall()
    return [Finding(*row) for row in rows]


@dataclass(frozen=True)
class Overdue:
    """Reports that a source owes: how many, and the last day its figures reach to."""

    source_id: str
    missing_count: int
    last_period_end_date: str | None


def overdue(database: Path) -> list[Overdue]:
    """Sources that owe reports, those with the most first."""
    with _reading(database) as connection:
        rows = connection.execute(
            """
            select source_id, count(*) filter (status = 'missing') as missing_count,
                cast(max(source_last_period_end_date) as varchar)
            from marts.mart_coverage group by source_id having missing_count > 0 order by missing_count desc, source_id
            """
        ).fetchall()
    return [Overdue(*row) for row in rows]


def cells_to_review(raw: Path) -> int:
    """Cells of scanned pages that nothing confirms and that wait for a person."""
    files = raw / "scanned_cells"
    if not next(files.glob("*.parquet"), None):
        return 0
    with duckdb.connect() as connection:
        found = connection.execute(
            "select count(*) from read_parquet(?) where needs_review", [str(files / "*.parquet")]
        ).fetchall()
    return int(found[0][0])


@contextmanager
def _reading(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(str(database), read_only=True)
    try:
        yield connection
    finally:
        connection.close()
