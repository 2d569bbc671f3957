"""What the extractors land of a family's documents, as rows to compare: read once into a folder that is thrown away."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractors.extraction import DocumentOutcome, Progress, extract
from extractors.logical_table import TOTALS
from extractors.readers.scan.scanned_page import METHOD, REREAD
from extractors.scanned.judging import OPEN
from extractors.scanned.mending import REVIEW
from extractors.spec import SourceSpec
from tests.accuracy.rows import PrintedRow, printed_row


@dataclass(frozen=True, slots=True)
class Reading:
    """One document: what became of it and, where it was loaded, its rows with numbers by table, totals among them."""

    file: Path
    action: str
    reason: str | None
    tables: dict[str, list[PrintedRow]] = field(default_factory=dict)

    @property
    def rows(self) -> list[PrintedRow]:
        """The rows of all tables in the order of the document."""
        return sorted((row for rows in self.tables.values() for row in rows), key=lambda row: row.place)


def read_documents(
    files: Iterable[Path], source: SourceSpec, folder: Path, on_progress: Callable[[Progress], None] | None = None
) -> list[Reading]:
    """Read documents of one source; two files of the same bytes are one document, and the first speaks for both."""
    inbox, raw = folder / "inbox", folder / "raw"
    names: dict[str, Path] = {}
    for number, file in enumerate(files, 1):
        name = f"{source.source_id}/{number:04d}/{file.name}"
        (inbox / name).parent.mkdir(parents=True)
        shutil.copyfile(file, inbox / name)
        names[name] = file
    outcomes = extract(inbox, raw, folder / "archive", sources=[source.source_id], on_progress=on_progress).documents
    return [
        Reading(names[outcome.file_path], outcome.action, outcome.reason, _tables(raw, outcome, source))
        for outcome in outcomes
    ]


def _tables(raw: Path, outcome: DocumentOutcome, source: SourceSpec) -> dict[str, list[PrintedRow]]:
    if outcome.action != "loaded":
        return {}
    found = {}
    for folder in sorted((raw / source.source_id).glob("*_cells")):
        landed = folder / f"{outcome.document_sha256}.parquet"
        if landed.exists():
            table = folder.name.removesuffix("_cells")
            cells = pq.read_table(landed).to_pylist()
            values = _landed_values(raw / source.source_id, table, landed.name)
            found[table] = _rows([_as_landed(cell, values) for cell in cells], source)
    return found


def _landed_values(folder: Path, table: str, name: str) -> dict[tuple[bool, int], dict[str, Any]]:
    """The rows of a raw table by whether they are totals and their number: what later steps count with."""
    values = {}
    for total, kind in ((False, table), (True, f"{table}_totals")):
        if (file := folder / kind / name).exists():
            values |= {(total, row["row_seq"]): row for row in pq.read_table(file).to_pylist()}
    return values


def _as_landed(cell: dict[str, Any], values: dict[tuple[bool, int], dict[str, Any]]) -> dict[str, Any]:
    """The cell with what landed of it: a figure of a scan may be repaired, or withheld between ¿ and ?."""
    if cell["method"] not in (METHOD, REREAD, REVIEW):
        return cell
    row = values.get((cell["row_kind"] in TOTALS, cell["row_seq"]), {})
    text = row.get(cell["column_name"] or "")
    return cell if text is None else {**cell, "text_raw": text.strip("¿?"), "is_withheld": text.startswith("¿")}


def _rows(cells: list[dict[str, Any]], source: SourceSpec) -> list[PrintedRow]:
    signs = (source.numbers.thousands, source.numbers.decimal)
    rows = (printed_row(texts, *signs, place=place) for place, texts in _lines(cells))
    return [row for row in rows if row is not None]


def _lines(cells: list[dict[str, Any]]) -> Iterator[tuple[str, list[tuple[str, bool]]]]:
    """The cells that are no header by printed line, each with its place."""
    landed: dict[tuple[Any, ...], dict[int, dict[int, tuple[str, bool]]]] = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        if cell["row_kind"] != "header" and cell["text_raw"] is not None:
            place = (cell["page_no"] or 0, cell["sheet_name"] or "", cell["table_no"] or 0, cell["row_no"] or 0)
            landed[place][cell["row_seq"] or 0][cell["col_no"]] = (cell["text_raw"], is_flagged(cell))
    for (page, sheet, table, row), parts in sorted(landed.items()):
        lines: list[dict[int, tuple[str, bool]]] = [{}]
        for _, texts in sorted(parts.items()):
            # One printed row may land as several (a series), each with the cells they share; and rows without a rule
            # between them stand in one row of the grid, each with other cells in the same columns.
            if any(lines[-1].get(column, text) != text for column, text in texts.items()):
                lines.append({})
            lines[-1] |= texts
        for number, line in enumerate(lines, 1):
            place = f"page {page:04d} {sheet}, table {table:03d}, row {row:05d}.{number}".replace(" ,", ",")
            yield place, [line[column] for column in sorted(line)]


def is_flagged(cell: dict[str, Any]) -> bool:
    """True when the reading itself doubts a cell: its figure is withheld, or it waits for a person."""
    waits = OPEN.intersection((cell["flags"] or "").split(","))
    return bool(cell.get("is_withheld") or waits)
