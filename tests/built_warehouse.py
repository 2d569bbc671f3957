"""A warehouse built in a test: raw tables extracted from an inbox, models built from them, rules run on them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from expectations.runner import ValidationReport, validate
from extractors.extraction import extract
from orchestration.paths import Paths
from orchestration.transformation import build, passthrough

ROOT = Path(__file__).parents[1]


def working_database(paths: Paths, *, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """Both files of the working database, so that every table goes by its schema and name."""
    if not read_only:
        # a copy of what was published is as read-only as that
        paths.build_database.chmod(0o644)
    connection = duckdb.connect(str(paths.build_database), read_only=read_only)
    if paths.work_database.is_file():
        connection.execute(f"attach '{paths.work_database}' as work{' (read_only)' if read_only else ''}")
        schemas = connection.execute(
            "select database_name || '.' || schema_name from duckdb_schemas() where not internal order by all"
        ).fetchall()
        connection.execute(f"set search_path = '{','.join(name for (name,) in schemas)}'")
    return connection


@dataclass(frozen=True)
class Warehouse:
    """A home folder with raw tables that a test may damage, and what the build and the rules then say."""

    paths: Paths

    @classmethod
    def of(cls, documents: Path, home: Path) -> Warehouse:
        """Extract every document of an inbox; fails when one of them is not loaded."""
        paths = Paths(ROOT, documents, home)
        result = extract(paths.documents, paths.raw, paths.archive)
        assert [document.reason for document in result.documents if document.action != "loaded"] == []
        return cls(paths)

    @property
    def raw(self) -> Path:
        return self.paths.raw

    def failing_dbt_tests(self) -> set[str]:
        """Build everything; the names of the dbt tests that fail."""
        nodes = build(self.paths, "test", anew=True).nodes
        assert not [node.name for node in nodes if node.status == "error"]
        return {node.name for node in nodes if node.resource_type == "test" and node.status in ("fail", "warn")}

    def build_models(self) -> None:
        """Build the models only, in a copied database that holds the seeds."""
        assert passthrough(self.paths, ["run", "--quiet"])

    def validate(self) -> ValidationReport:
        return validate(self.paths.build_database)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with working_database(self.paths) as connection:
            return connection.execute(sql).fetchall()
