"""What files and tables hold, told briefly enough to tell one from another."""

import os
import shutil
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

import duckdb

from orchestration.quoting import named


def sha256_of(path: Path) -> str:
    """The checksum of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def link_or_copy(file: Path, to: Path) -> None:
    """Give a file another name; where the file system has no such links, a copy."""
    try:
        os.link(file, to)
    except OSError:
        shutil.copyfile(file, to)


def content_of(columns: Mapping[str, str]) -> str:
    """An aggregate that tells the rows of a table from others, in whatever order they stand.

    It is not meant to last another DuckDB.
    """
    row = f"hash({', '.join(named(column) for column in columns)})"
    return f"concat(sum({row})::varchar, '-', bit_xor({row})::varchar)"


def figures(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: Mapping[str, str], *, with_content: bool = True
) -> dict[str, Any]:
    """Rows, content, and control totals: the exact sum of every money column as text; null if no cell is filled."""
    [(_, found)] = figures_by(connection, relation, columns, "null", with_content=with_content).items()
    return found


def figures_by(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    columns: Mapping[str, str],
    part: str,
    *,
    with_content: bool = True,
) -> dict[str | None, dict[str, Any]]:
    """The figures of a table, under None, and of its parts by what the expression `part` says of their rows."""
    money = [column for column, data_type in columns.items() if data_type == "DECIMAL(18,2)"]
    sums = "".join(f", cast(sum({named(column)}) as varchar)" for column in money)
    content = content_of(columns) if with_content else "null"
    grouped = "" if part == "null" else f" group by grouping sets ((), ({part}))"
    whole = "1" if part == "null" else f"grouping({part})"
    rows = connection.execute(
        f"select {part} as part, {whole} as is_whole, count(*), {content}{sums} from {relation}{grouped}"
    ).fetchall()
    found = {}
    for name, is_whole, count, told, *totals in rows:
        figures = {"rows": count, "content": told, "control_totals": dict(zip(money, totals, strict=True))}
        found[None if is_whole else name] = {
            key: figure for key, figure in figures.items() if with_content or key != "content"
        }
    return found
