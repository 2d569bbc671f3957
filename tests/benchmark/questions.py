"""The questions of the warehouse against a release: each a file with one SELECT, timed."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path

import duckdb

RUNS = 3
# no further run begins after this: a list of ten million programmes takes minutes
_LONG_SECONDS = 10
_ROWS_OF_A_BATCH = 100_000
# a question may name its mart as dbt does
_REFERENCE = re.compile(r"{{\s*ref\(\s*['\"](\w+)['\"]\s*\)\s*}}")


def time_all(folder: Path, database: Path) -> dict[str, float | str]:
    """Milliseconds of each `*.sql` in the folder on a database opened read-only: the median of its runs.

    The whole answer is read, in batches as a BI tool reads them. A question that cannot be asked has its reason.
    """
    found: dict[str, float | str] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        schemas = dict(connection.execute("select table_name, table_schema from information_schema.tables").fetchall())
        for file in sorted(folder.glob("*.sql")):
            sql = _REFERENCE.sub(lambda name: f"{schemas.get(name[1], 'marts')}.{name[1]}", file.read_text("utf-8"))
            try:
                found[file.stem] = round(_seconds(connection, sql) * 1000, 1)
            except duckdb.Error as error:
                found[file.stem] = " ".join(str(error).split())
    return found


def _seconds(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    taken: list[float] = []
    while len(taken) < RUNS and sum(taken) < _LONG_SECONDS:
        began = time.perf_counter()
        for _ in connection.sql(sql).to_arrow_reader(_ROWS_OF_A_BATCH):
            pass
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
