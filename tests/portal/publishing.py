"""Publishing a built warehouse with its site."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from orchestration import release
from orchestration.paths import Paths
from orchestration.release import Provenance, Release
from orchestration.site import SiteMaker

GATE = {
    "passed": True,
    "rules": {"subtotal_equals_rows": {"severity": "error", "outcome": "passed", "failing_rows": 0}},
}


def publish(paths: Paths) -> Release:
    """Make a release with its site."""
    made, _ = release.publish(
        paths.build_database,
        paths.published,
        paths.writer_lock,
        Provenance("fingerprint", "ab" * 20, gate=GATE),
        docs=paths.docs,
        site=SiteMaker(paths),
        even_if_same=True,
    )
    return made


def changed(paths: Paths, folder: Path, statement: str) -> Path:
    """A copy of the built warehouse in `folder` that a SQL statement changed."""
    database = folder / "warehouse.duckdb"
    shutil.copyfile(paths.build_database, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(statement)
    return database
