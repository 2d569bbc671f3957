"""Keys that no mapping knows, written to files ready to be completed."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from orchestration.paths import Paths

TABLE = "audit_unmapped_keys"
_TOLD = 3
"""Keys that a reason names; the files hold all of them."""
TEST = "no_unmapped_keys"
"""The dbt test that stops the build before the marts."""
Key = Mapping[str, object]
"""A row of the table: a key that a mapping lacks, in one of the documents that print it."""


def export(paths: Paths, *, keep: bool = False) -> list[str]:
    """Write `unmapped/<mapping>.csv` for every mapping that misses keys; one sentence per file.

    A file has the header of the mapping's seed, the missing key filled in and the rest left to complete; its
    rows can be appended to the seed as they are. What nothing misses any more goes, unless `keep`: then documents that
    were held back for it are not in the build.
    """
    missing: dict[str, list[Key]] = defaultdict(list)
    for key in _missing(paths.build_database):
        missing[str(key["mapping"])].append(key)
    for stale in paths.unmapped.glob("*.csv"):
        if stale.stem not in missing and not keep:
            stale.unlink()
    sentences = []
    for mapping, keys in sorted(missing.items()):
        _write(_file(paths, mapping), keys, _header(_seed(paths, mapping)), keep=keep)
        distinct = len({key["key_folded"] for key in keys})
        count = "1 key" if distinct == 1 else f"{distinct} keys"
        sentences.append(f"{count} of the documents not in {_into(paths, mapping)}: {_todo(paths, mapping)}.")
    return sentences


def by_document(paths: Paths) -> dict[str, list[Key]]:
    """The missing keys of every document (its sha256) that prints any."""
    found: dict[str, list[Key]] = defaultdict(list)
    for key in _missing(paths.build_database):
        found[str(key["document_sha256"])].append(key)
    return dict(found)


def reason(paths: Paths, keys: Sequence[Key]) -> str:
    """Why a document that prints these keys is held back, and what to do."""
    told = [(key["key_printed"], key["example"], _into(paths, str(key["mapping"]))) for key in keys[:_TOLD]]
    named = "; ".join(f"{printed!r} ({place}) is not in {seed}" for printed, place, seed in told)
    more = f"; and {len(keys) - _TOLD} more" if len(keys) > _TOLD else ""
    todo = "; ".join(_todo(paths, mapping) for mapping in sorted({str(key["mapping"]) for key in keys}))
    return f"held back because no mapping knows what it prints: {named}{more}. {todo[0].upper()}{todo[1:]}."


def waiting(paths: Paths) -> dict[str, int]:
    """Files that wait to be completed, by the mapping they belong to, with the number of their rows."""
    files = sorted(paths.unmapped.glob("*.csv")) if paths.unmapped.is_dir() else []
    return {file.stem: len(_rows(file)) for file in files}


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _missing(database: Path) -> list[Key]:
    """Rows of the audit table; none when it was not built."""
    if not database.is_file():
        return []
    connection = duckdb.connect(str(database), read_only=True)
    try:
        built = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'audit' and table_name = ?", [TABLE]
        ).fetchall()[0][0]
        if not built:
            return []
        found = connection.execute(f"select * from audit.{TABLE} order by all")
        columns = [column[0] for column in found.description or []]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
    finally:
        connection.close()


def _file(paths: Paths, mapping: str) -> Path:
    return paths.unmapped / f"{mapping}.csv"


def _todo(paths: Paths, mapping: str) -> str:
    return f"complete {_file(paths, mapping)}, append its rows to the seed, refresh again"


def _into(paths: Paths, mapping: str) -> str:
    seed = _seed(paths, mapping)
    return seed.relative_to(paths.repository).as_posix() if seed else f"the seed {mapping}"


def _seed(paths: Paths, mapping: str) -> Path | None:
    return next(iter(sorted(paths.seeds.rglob(f"{mapping}.csv"))), None)


def _header(seed: Path | None) -> list[str]:
    if seed is None:
        return []
    with seed.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), [])


def _write(path: Path, keys: Sequence[Key], header: list[str], *, keep: bool) -> None:
    columns = header or [column for column in keys[0] if column != "mapping"]
    rows: list[dict[str, str]] = _rows(path) if keep and path.is_file() else []
    for key in keys:
        filled = _filled(key, columns)
        # a key stands there once, however many documents print it and whoever began to complete its row
        if not any(filled.items() <= row.items() for row in rows):
            rows.append(filled)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _filled(key: Key, columns: Sequence[str]) -> dict[str, str]:
    """The missing key in the seed's column for it, other columns where the audit table has one of that name."""
    row = {column: str(key[column]) for column in columns if key.get(column) is not None}
    return row | {str(key["seed_column"]): str(key["seed_value"])}
