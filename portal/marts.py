"""Reading the built database, read-only and as rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

Row = dict[str, Any]

_SCHEMAS = ("marts", "audit")


class Marts:
    """The tables of a built database. Use it as a context manager."""

    def __init__(self, database: Path) -> None:
        # nothing a page needs is an extension or a file beside the database
        config: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
        self._connection = duckdb.connect(str(database), read_only=True, config=config)
        self._columns: dict[str, list[tuple[str, str]]] = {}
        self._schemas: dict[str, str] = {}
        for schema, table, column, data_type in self._connection.execute(
            "select schema_name, table_name, column_name, data_type from duckdb_columns() "
            "where schema_name in (select unnest(?)) order by table_name, column_index",
            [list(_SCHEMAS)],
        ).fetchall():
            self._columns.setdefault(table, []).append((column, data_type))
            self._schemas[table] = schema

    def __enter__(self) -> Marts:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @property
    def tables(self) -> Sequence[str]:
        """Every published table, in alphabetical order."""
        return sorted(self._columns)

    def schema(self, table: str) -> str:
        """The schema a table stands in."""
        return self._schemas[table]

    def columns(self, table: str) -> Sequence[tuple[str, str]]:
        """Name and type of every column of a table, in its order."""
        return self._columns[table]

    def has(self, table: str, *columns: str) -> bool:
        """Whether there is such a table with at least these columns."""
        return table in self._columns and set(columns) <= {name for name, _ in self._columns[table]}

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """The rows of a query by column name; tables are written with their schema."""
        cursor = self._connection.execute(sql, list(parameters))
        names = [description[0] for description in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def keep(self, name: str, select: str) -> str:
        """The rows of a query as a table of this connection, made once; its name."""
        self._connection.execute(f"create temp table if not exists {name} as {select}")
        return f"temp.{name}"
