"""Great Expectations on DuckDB: a context that leaves nothing behind and a datasource that closes its file.

Great Expectations has no DuckDB datasource, and its SQL path reads results after the connection is closed. The
listener below keeps each result in memory as soon as it is there; NullPool gives the file back after every query.
"""

from __future__ import annotations

import collections
import os
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")  # read when the package is imported

import great_expectations as gx
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.pool import NullPool


@event.listens_for(Engine, "after_cursor_execute")
def _keep_result(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    if conn.dialect.name == "duckdb" and cursor.description and not executemany:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            cursor, alternate_description=cursor.description, initial_buffer=collections.deque(cursor.fetchall())
        )


def read_only_source(database: Path) -> Any:
    """A Great Expectations SQL datasource on a DuckDB file, opened read-only for each query."""
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context.data_sources.add_sql(
        "warehouse",
        connection_string=f"duckdb:///{database}?access_mode=READ_ONLY",
        create_temp_table=False,
        kwargs={"poolclass": NullPool},
    )
