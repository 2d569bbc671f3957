"""The Parquet files of a release: one for each table, and of a large table one for each part of its documents.

A file whose rows did not change is that of the release before, linked.
"""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from orchestration.contents import figures, figures_by, link_or_copy, sha256_of
from orchestration.quoting import quoted

PARQUET = "parquet"
# From so many rows on a table lies in sixteen files: what a document that came rewrites is the part it falls into.
LARGE = 5_000_000
_DOCUMENT = "document_sha256"
# by the first digit of the document, so that its rows stay in one part whatever else comes or goes
_NO_DOCUMENT = "none"
_PART = f"coalesce(substr({_DOCUMENT}, 1, 1), '{_NO_DOCUMENT}')"

Table = Mapping[str, Any]


def told(connection: duckdb.DuckDBPyConnection, name: str, relation: str, columns: Mapping[str, str]) -> dict[str, Any]:
    """The figures of a table, and the files it is to be written into: `files` by their names in the release, each with
    its rows and content; `parquet` is the one file, or the pattern of all."""
    [(rows,)] = connection.execute(f"select count(*) from {relation}").fetchall()
    if rows < LARGE or _DOCUMENT not in columns:
        found = figures(connection, relation, columns)
        file = f"{PARQUET}/{name}.parquet"
        return {**found, "parquet": file, "files": {file: _part(found)}}
    parts = figures_by(connection, relation, columns, _PART)
    return {
        **parts.pop(None),
        "parquet": f"{PARQUET}/{name}/*.parquet",
        "files": {f"{PARQUET}/{name}/{part}.parquet": _part(found) for part, found in sorted(parts.items(), key=str)},
    }


def _part(found: Mapping[str, Any]) -> dict[str, Any]:
    return {"rows": found["rows"], "content": found["content"]}


def files_of(table: Table) -> dict[str, str]:
    """The checksums of the files of a table, as a manifest holds it, by their names in the release."""
    known = table.get("files") or {table["parquet"]: table}
    return {file: str(about["sha256"]) for file, about in known.items()}


def write(
    connection: duckdb.DuckDBPyConnection, source: str, folder: Path, table: Table, before: Path | None, known: Table
) -> Iterator[str]:
    """Write the files of a table out of the relation `source`; the names of those that were not taken over.

    `known` is what the manifest of the release in the folder `before` says of the table; empty when it has none.
    """
    same_shape = before is not None and all(known.get(key) == table[key] for key in ("schema", "columns"))
    there = known.get("files") or {known.get("parquet"): known}
    for file, about in table["files"].items():
        (folder / file).parent.mkdir(exist_ok=True)
        old = there.get(file, {})
        is_same = same_shape and _part(about) == {key: old.get(key) for key in ("rows", "content")}
        if before and is_same and _link(before / file, old["sha256"], folder / file):
            continue
        rows = source if file == table["parquet"] else f"{source} where {_in_part(Path(file).stem)}"
        connection.execute(f"copy (from {rows}) to {quoted(folder / file)} (format parquet, compression zstd)")
        yield file


def _in_part(part: str) -> str:
    """Whether a row is of the part, as a range: DuckDB reads no other column of rows outside it, but for an expression
    all of them."""
    if part == _NO_DOCUMENT:
        return f"{_DOCUMENT} is null"
    return f"{_DOCUMENT} >= {quoted(part)} and {_DOCUMENT} < {quoted(chr(ord(part) + 1))}"


def _link(old: Path, checksum: str, file: Path) -> bool:
    """Give a file of the release before to this one too; False when it is not what was published."""
    if not old.is_file() or sha256_of(old) != checksum:
        return False
    link_or_copy(old, file)
    return True


def differing(connection: duckdb.DuckDBPyConnection, folder: Path, file: str, table: Table) -> str | None:
    """What a file reads back as when that is not what was to be written into it, in words; else None."""
    found = _part(figures(connection, f"read_parquet({quoted(folder / file)})", table["columns"]))
    expected = _part(table["files"][file])
    return None if found == expected else f"{file} reads back as {found}, the build has {expected}"


def seal(folder: Path, table: dict[str, Any]) -> None:
    """Make the files of a table read-only and add their checksums; that of several is one of the list of them."""
    for file, about in table["files"].items():
        (folder / file).chmod(0o444)
        about["sha256"] = sha256_of(folder / file)
    sums = files_of(table)
    listed = "".join(f"{checksum}  {file}\n" for file, checksum in sorted(sums.items()))
    table["sha256"] = sums.get(table["parquet"]) or sha256(listed.encode()).hexdigest()
