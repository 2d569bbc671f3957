"""Great Expectations on DuckDB: a context that leaves nothing behind and a datasource that closes its file.

Great Expectations has no DuckDB datasource, and its SQL path reads results after the connection is given back. The
listener below keeps each result in memory as soon as it is there. One connection serves all queries, because opening
the file takes longer than most of them (24 ms of 60), and is closed at the end.
"""

from __future__ import annotations

import collections
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")  # read when the package is imported

import great_expectations as gx
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.pool import StaticPool


@event.listens_for(Engine, "after_cursor_execute")
def _keep_result(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    if conn.dialect.name == "duckdb" and cursor.description and not executemany:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            cursor, alternate_description=cursor.description, initial_buffer=collections.deque(cursor.fetchall())
        )


@contextmanager
def read_only_source(database: Path, memory: str | None = None) -> Iterator[Any]:
    """A Great Expectations SQL datasource on a DuckDB file, open read-only for as long as the context lasts.

    `memory` is what DuckDB may take before it spills (such as 4GB); its own default where it is None.
    """
    opened: list[Any] = []

    def remember(connection: Any, _: Any) -> None:
        opened.append(connection)
        if memory:
            connection.execute(f"set memory_limit = '{memory}'")

    # Great Expectations makes engines of its own and keeps them, so the connections are caught where they are made.
    event.listen(StaticPool, "connect", remember)
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_sql(
        "warehouse",
        connection_string=f"duckdb:///{database}?access_mode=READ_ONLY",
        create_temp_table=False,
        kwargs={"poolclass": StaticPool},
    )
    try:
        yield source
    finally:
        event.remove(StaticPool, "connect", remember)
        for connection in opened:
            connection.close()
