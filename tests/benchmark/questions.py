"""The questions of the warehouse against a release: each a file with one SELECT, timed."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path

import duckdb

RUNS = 3
# a question may name its mart as dbt does
_REFERENCE = re.compile(r"{{\s*ref\(\s*['\"](\w+)['\"]\s*\)\s*}}")


def time_all(folder: Path, database: Path) -> dict[str, float | str]:
    """Milliseconds of each `*.sql` in the folder on a database opened read-only, the median of three runs.

    A question that cannot be asked has the reason instead.
    """
    found: dict[str, float | str] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        schemas = dict(connection.execute("select table_name, table_schema from information_schema.tables").fetchall())
        for file in sorted(folder.glob("*.sql")):
            sql = _REFERENCE.sub(lambda name: f"{schemas.get(name[1], 'marts')}.{name[1]}", file.read_text("utf-8"))
            try:
                found[file.stem] = round(statistics.median(_milliseconds(connection, sql) for _ in range(RUNS)), 1)
            except duckdb.Error as error:
                found[file.stem] = " ".join(str(error).split())
    return found


def _milliseconds(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    began = time.perf_counter()
    connection.execute(sql).fetchall()
    return 1000 * (time.perf_counter() - began)
