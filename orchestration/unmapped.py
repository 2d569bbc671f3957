"""Keys that no mapping knows, written to files ready to be completed."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from orchestration.paths import Paths

TABLE = "audit_unmapped_keys"


def export(paths: Paths) -> list[str]:
    """Write `unmapped/<mapping>.csv` for every mapping that misses keys; one sentence per file.

    A file has the header of the mapping's seed, the missing key filled in and the rest left to complete; its
    rows can be appended to the seed as they are. Files of mappings that miss nothing any more are removed.
    """
    missing = _missing(paths.build_database)
    for stale in paths.unmapped.glob("*.csv"):
        if stale.stem not in missing:
            stale.unlink()
    sentences = []
    for mapping, keys in sorted(missing.items()):
        seed = _seed(paths, mapping)
        path = paths.unmapped / f"{mapping}.csv"
        _write(path, keys, _header(seed))
        count = f"{len(keys)} key" if len(keys) == 1 else f"{len(keys)} keys"
        into = seed.relative_to(paths.repository).as_posix() if seed else f"the seed {mapping}"
        sentences.append(
            f"{count} of the documents not in {into}: complete {path}, append its rows to the seed, refresh again."
        )
    return sentences


def waiting(paths: Paths) -> dict[str, int]:
    """Files that wait to be completed, by the mapping they belong to, with the number of their rows."""
    files = sorted(paths.unmapped.glob("*.csv")) if paths.unmapped.is_dir() else []
    return {file.stem: _rows(file) for file in files}


def _rows(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as lines:
        return max(sum(1 for _ in csv.reader(lines)) - 1, 0)


def _missing(database: Path) -> dict[str, list[dict[str, object]]]:
    """Rows of the audit table by mapping; empty when it was not built."""
    if not database.is_file():
        return {}
    connection = duckdb.connect(str(database), read_only=True)
    try:
        built = connection.execute(
            "select count(*) from duckdb_tables() where schema_name = 'audit' and table_name = ?", [TABLE]
        ).fetchall()[0][0]
        if not built:
            return {}
        found = connection.execute(f"select * from audit.{TABLE} order by all")
        columns = [column[0] for column in found.description or []]
        missing: dict[str, list[dict[str, object]]] = defaultdict(list)
        for row in found.fetchall():
            named = dict(zip(columns, row, strict=True))
            missing[str(named["mapping"])].append(named)
        return dict(missing)
    finally:
        connection.close()


def _seed(paths: Paths, mapping: str) -> Path | None:
    return next(iter(sorted(paths.seeds.rglob(f"{mapping}.csv"))), None)


def _header(seed: Path | None) -> list[str]:
    if seed is None:
        return []
    with seed.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file), [])


def _write(path: Path, keys: Sequence[Mapping[str, object]], header: list[str]) -> None:
    columns = header or [column for column in keys[0] if column != "mapping"]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_filled(key, columns) for key in keys)


def _filled(key: Mapping[str, object], columns: Sequence[str]) -> dict[str, object]:
    """The missing key in the seed's column for it, other columns where the audit table has one of that name."""
    row = {column: key[column] for column in columns if key.get(column) is not None}
    return row | {str(key["seed_column"]): key["seed_value"]}
