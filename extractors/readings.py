"""The ledger of readings: what each document was read as, and what a mended extractor or layout reads otherwise.

Raw tables hold the last reading only. When the same bytes are read again and say something else, it is we who changed
and not the source; the ledger keeps that apart from a document that was issued again. Two folders, one file per
document, and rows are only ever added:
  readings/        one row for each table and reading that says something else than the one before
  mended_values/   every value that such a reading changed, as it was read before and as it is read now
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractors import landing
from extractors.landing import MENDED_VALUES, MENDED_VALUES_FOLDER, READINGS, READINGS_FOLDER
from extractors.numerals import value_of
from extractors.spec import SourceSpec

# Where something stands, how it was read and why it was filled is not what it says.
_NO_CONTENT = {
    *("document_sha256", "source_id", "table_name", "segment_no", "page_no", "sheet_name", "table_no", "row_no"),
    *("row_seq", "record_no", "method", "confidence", "extractor_version", "spec_sha256"),
}
_PLACE = ("page_no", "table_no", "row_no", "row_seq")


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one raw table of a document says: its leaf rows and its printed totals."""

    rows: Sequence[Mapping[str, Any]]
    totals: Sequence[Mapping[str, Any]]

    @property
    def fingerprint(self) -> str:
        """Hash of every text in order; the same for two readings that say the same."""
        return hashlib.sha256(
            repr([[_content(row) for row in part] for part in (self.rows, self.totals)]).encode()
        ).hexdigest()


def landed(raw: Path, source: SourceSpec, sha256: str) -> dict[str, TableReading]:
    """What the raw tables of a source hold of a document, by table; tables without it are left out."""
    found = {}
    for folder in landing.folders({source.source_id: source}):
        source_id, _, name = folder.partition("/")
        file = raw / folder / f"{sha256}.parquet"
        if source_id != source.source_id or name.endswith(("_cells", "_totals")) or not file.exists():
            continue
        found[name] = TableReading(_rows(file), _rows(raw / f"{folder}_totals" / file.name))
    return found


def note(
    raw: Path, source: SourceSpec, sha256: str, before: Mapping[str, TableReading], origin: Mapping[str, str]
) -> None:
    """Add to the ledger what the raw tables of a document say now, where it is something else than before.

    `before` is what `landed` gave before the document was read again, empty at its first reading. `origin` has
    `read_at`, `extractor_version` and `spec_sha256` of the present reading.
    """
    file = f"{sha256}.parquet"
    known = _rows(raw / READINGS_FOLDER / file)
    after = landed(raw, source, sha256)
    readings: list[dict[str, Any]] = []
    values: list[dict[str, Any]] = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name) or TableReading((), ())
        noted = [row for row in known if (row["source_id"], row["table_name"]) == (source.source_id, name)]
        unchanged = old is None or old.fingerprint == new.fingerprint
        if unchanged and noted and noted[-1]["content_sha256"] == new.fingerprint:
            continue
        identity: dict[str, Any] = {"document_sha256": sha256, "source_id": source.source_id, "table_name": name}
        identity["reading_no"] = len(noted) + 1
        counts = {"row_count": len(new.rows), "total_count": len(new.totals)}
        readings.append({**identity, **origin, "content_sha256": new.fingerprint, **counts})
        if old is not None and noted:
            values += [{**identity, **change} for change in _changes(source, name, old, new)]
    if readings:
        landing.write(raw / READINGS_FOLDER / file, READINGS, [*known, *readings])
    if values:
        landing.write(
            raw / MENDED_VALUES_FOLDER / file, MENDED_VALUES, [*_rows(raw / MENDED_VALUES_FOLDER / file), *values]
        )


def forget_values(raw: Path, sha256: str) -> None:
    """Drop the values of a document that a person withdrew; that it was read stays known."""
    (raw / MENDED_VALUES_FOLDER / f"{sha256}.parquet").unlink(missing_ok=True)


def _rows(file: Path) -> list[dict[str, Any]]:
    return pq.read_table(file).to_pylist() if file.exists() else []


def _content(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What a row says, by column; where no cell is printed there is nothing."""
    return tuple(
        (name, str(value))
        for name, value in sorted(row.items())
        if value is not None and name not in _NO_CONTENT and not name.endswith("__fill_reason")
    )


def _changes(source: SourceSpec, name: str, old: TableReading, new: TableReading) -> Iterator[dict[str, Any]]:
    for row_kind, was, now in (("row", old.rows, new.rows), ("total", old.totals, new.totals)):
        for before, after in _paired(was, now):
            texts, others = dict(_content(before or {})), dict(_content(after or {}))
            kind = "appeared" if before is None else "vanished" if after is None else "changed"
            place = after or before or {}
            for column in sorted({*texts, *others}):
                text, other = texts.get(column), others.get(column)
                if text == other or (kind != "changed" and not (text or other)):
                    continue
                yield {
                    "row_kind": row_kind,
                    "change_kind": kind,
                    "column_name": column,
                    "old_text": text,
                    "new_text": other,
                    "old_number": _number(source, name, column, text),
                    "new_number": _number(source, name, column, other),
                    **{key: place.get(key) for key in _PLACE},
                }


def _paired(
    was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]
) -> Iterable[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Rows of both readings side by side: in their order, or by what they share when one has more of them."""
    if len(was) == len(now):
        yield from zip(was, now, strict=True)
        return
    matcher = SequenceMatcher(None, [_content(row) for row in was], [_content(row) for row in now], autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        for offset in range(max(last - first, end - start)):
            old, new = first + offset, start + offset
            yield was[old] if old < last else None, now[new] if new < end else None


def _number(source: SourceSpec, name: str, column: str, text: str | None) -> str | None:
    """The number that a text prints in the format of its source, as plain decimal text; codes are no numbers."""
    table = source.tables.get(name)
    declared = table.columns.get(column.removesuffix("__filled")) if table else None
    if text is None or (declared and declared.kind == "code"):
        return None
    value = value_of(text, source.numbers)
    if value is None:
        return None
    return f"{-value if text.strip().startswith(('-', '(')) else value + Decimal(0):f}"
