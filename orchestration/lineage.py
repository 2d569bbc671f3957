"""Where a number of the served release was printed: its cells, as text and as pictures of their pages."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration import release
from orchestration.paths import Paths

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SHORTEST_KEY = 6
"""A key may be given by its beginning; with fewer characters it names too many rows."""


class LineageError(RuntimeError):
    """No such number, in one sentence."""


@dataclass(frozen=True)
class Origin:
    """The cells of one number (columns of mart_cell_lineage), or the derivation of one that is not printed."""

    fact_key: str
    value: Any
    cells: list[dict[str, Any]]
    derivation: str | None


def origin(paths: Paths, table: str, key: str, column: str) -> Origin:
    """Look a number up in the served release; `key` is that of its row, or the beginning of it.

    Raises LineageError when nothing is published, or there is no such table, column or row.
    """
    import duckdb

    served = release.current(paths.published)
    if served is None:
        raise LineageError("Nothing is published yet; run contraste refresh first.")
    if len(key) < SHORTEST_KEY:
        raise LineageError(f"{key!r} is too short to name a row; give at least {SHORTEST_KEY} characters of its key.")
    with duckdb.connect(str(served.database), read_only=True) as connection:
        columns = _columns(connection, table)
        if column not in columns[1:]:
            raise LineageError(f"{table} has no column {column!r}; it has {', '.join(columns[1:])}.")
        rows = connection.execute(
            f'select "{columns[0]}", "{column}" from marts."{table}" where starts_with("{columns[0]}", ?)', [key]
        ).fetchmany(2)
        if len(rows) != 1:
            found = "no row" if not rows else "more than one row"
            raise LineageError(f"{found} of {table} has a {columns[0]} that begins with {key!r}.")
        ((fact_key, value),) = rows
        cursor = connection.execute(
            "select * from marts.mart_cell_lineage where fact_table = ? and fact_key = ? and column_name = ? "
            "order by page_no, table_no, row_no, col_no",
            [table, fact_key, column],
        )
        names = [description[0] for description in cursor.description or []]
        cells = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        derived = connection.execute(
            "select derivation || ' · ' || derivation_en from marts.dim_derivations "
            "where fact_table = ? and column_name = ?",
            [table, column],
        ).fetchone()
    return Origin(fact_key, value, cells, derived[0] if derived else None)


def _columns(connection: "DuckDBPyConnection", table: str) -> list[str]:
    """The columns of a fact, its key first."""
    facts = {
        name: columns
        for name, columns in connection.execute(
            "select table_name, list(column_name order by ordinal_position) from information_schema.columns "
            "where table_schema = 'marts' and table_name like 'fct%' group by table_name order by table_name"
        ).fetchall()
    }
    if table not in facts:
        raise LineageError(f"there is no fact table {table!r}; the facts are {', '.join(facts)}.")
    return facts[table]


def pictures(paths: Paths, found: Origin, folder: Path, name: str) -> list[Path]:
    """Write one PNG for each cell of a document with pages; returns the files."""
    from extractors.archive import archived
    from extractors.readers.page_image import cell_image

    written = []
    for cell in found.cells:
        if cell["format"] not in ("pdf", "scan") or cell["x0"] is None:
            continue
        file = archived(paths.archive, cell["document_sha256"], ".pdf")
        box = tuple(float(cell[edge]) for edge in ("x0", "top", "x1", "bottom"))
        picture = folder / f"{name}_p{cell['page_no']}_r{cell['row_no']}_c{cell['col_no']}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        cell_image(file, cell["page_no"], (box[0], box[1], box[2], box[3])).save(picture)
        written.append(picture)
    return written
