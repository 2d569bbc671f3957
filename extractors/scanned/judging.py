"""The last word on what OCR read: what arithmetic confirms or OCR is sure of lands; other figures are withheld.

A withheld figure lands between the signs ¿ and ?, so that it is text in every later step: it parses as no number, and
no sum, ratio or comparison takes it up until a person has reviewed it. Doubtful codes and words land as read, because
rows cannot do without them; they too are listed for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from extractors.errors import LayoutMismatch
from extractors.labels import fold
from extractors.layout import Interpretation
from extractors.logical_table import TOTALS, LogicalTable, Row
from extractors.near_labels import REPAIRED
from extractors.numerals import is_number
from extractors.readers.scan.reader import ScanReader
from extractors.readers.scan.scanned_page import TOUCHES_RULE, UNREAD_INK
from extractors.scanned.arithmetic import vouching
from extractors.scanned.mending import LEGIBLE, REJECTED, REVIEW, SURE, TWO_READINGS, UNCERTAIN_REPAIR
from extractors.spec import SourceSpec
from extractors.table import BBox, Cell

Status = Literal["confirmed", "sure", "reviewed", "doubtful", "contradicted", "rejected"]
OPEN: frozenset[Status] = frozenset(("doubtful", "contradicted"))
"""What waits for a person."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of one cell that OCR read and that lands in a column.

    `text_read` is what OCR read, `text` what it was repaired or corrected to, `upright` the cell's box on the upright
    page, for cutting it out.
    """

    table_name: str
    column_name: str
    row_kind: str
    page_no: int
    table_no: int
    cell: Cell
    upright: BBox | None
    status: Status
    reason: str

    @property
    def text_read(self) -> str:
        """The text as OCR read it, on one line."""
        printed = self.cell.text if self.cell.printed is None else self.cell.printed
        return " ".join((printed or "").split())

    @property
    def is_withheld(self) -> bool:
        """True for a figure that lands as text only."""
        return self.cell.text is not None and is_withheld(self.cell.text)


def withheld(text: str) -> str:
    """How a figure lands that nobody may count with yet."""
    return f"¿{text}?"


def is_withheld(text: str) -> bool:
    """True for a text that `withheld` made."""
    return text.startswith("¿") and text.endswith("?")


def judge(interpretation: Interpretation, source: SourceSpec, reader: ScanReader) -> list[Judgement]:
    """Judge every cell of the tables that was read on a scanned page; figures in doubt are withheld in place, and boxes
    become those of the displayed page.

    Raises LayoutMismatch for scanned pages with what OCR cannot be trusted with yet: record sheets, figures in
    sentences.
    """
    if not reader.page_numbers:
        return []
    _refuse_unjudged(interpretation, reader)
    for table in interpretation.tables:
        _check_total(table, reader)
    return [judgement for table in interpretation.tables for judgement in _table(table, source, reader)]


def _refuse_unjudged(interpretation: Interpretation, reader: ScanReader) -> None:
    scanned = set(reader.page_numbers)
    if any(reading.count for reading in interpretation.sheets):
        raise LayoutMismatch(
            f"page {min(scanned)} is scanned, and record sheets are not read from scans; "
            "put a born-digital copy in its place."
        )
    if any(figure.sentence.page_no in scanned for figure in interpretation.figures):
        raise LayoutMismatch(
            f"page {min(scanned)} is scanned, and figures in sentences are not read from scans; "
            "put a born-digital copy in its place."
        )


def _check_total(table: LogicalTable, reader: ScanReader) -> None:
    """A total of which OCR misread the name would count as one more row."""
    pages = {segment.table.page_no for segment in table.segments} & set(reader.page_numbers)
    ends = [rule for rule in table.spec.totals if rule.ends_table and rule.labels]
    if pages and ends and not any(row.total in ends for segment in table.segments for row in segment.rows):
        raise LayoutMismatch(
            f"table {table.name} is scanned and prints no {ends[0].labels[0].printed!r}: a page is missing, or "
            "the name of its total was misread; put a better scan or a born-digital copy in its place."
        )


def _table(table: LogicalTable, source: SourceSpec, reader: ScanReader) -> Iterator[Judgement]:
    vouched = vouching(table, source.numbers)
    scanned = set(reader.page_numbers)
    for segment in table.segments:
        if segment.table.page_no not in scanned:
            continue
        upright = reader.page(segment.table.page_no).upright
        new: dict[int, Cell] = {}
        for row in segment.rows:
            # what a heading prints beside its name lands nowhere
            names = {id(cell): name for name, cell in row.values.items()} if row.kind != "group" else {}
            names |= {id(cell): name for entry in row.series for name, cell in entry.cells.items() if cell}
            for cell in row.cells:
                if id(cell) not in new:
                    changed = cell
                    name = names.get(id(cell))
                    if name and cell.text is not None and (not cell.is_blank or _may_hide_ink(cell, name, row, table)):
                        status, reason = _status(
                            cell, name, row.kind, table, vouched.confirmed, vouched.contradicted, source
                        )
                        changed = _landed(cell, name, table, status, reason)
                        place = segment.table.page_no, segment.table.table_no or 0
                        box = cell.bbox
                        if changed.bbox is not None:
                            changed = replace(changed, bbox=upright.to_displayed(changed.bbox))
                        yield Judgement(table.name, name, row.kind, *place, changed, box, status, reason)
                    elif cell.bbox is not None:
                        changed = replace(cell, bbox=upright.to_displayed(cell.bbox))
                    new[id(cell)] = changed
            _replace(row, new)
        width, height = upright.page_size
        segment.table = replace(segment.table, page_width=width, page_height=height)


def _may_hide_ink(cell: Cell, name: str, row: Row, table: LogicalTable) -> bool:
    """True for a blank where something is printed: ink was seen, or every row of figures prints one there."""
    if UNREAD_INK in cell.flags:
        return True
    figures = {n for n, c in table.spec.columns.items() if c.kind == "number"}
    printed = any(not each.is_blank for n, each in row.values.items() if n in figures)
    column = table.spec.columns.get(name)
    return printed and column is not None and name in figures and column.required and row.kind in ("data", *TOTALS)


def _pattern(table: LogicalTable, name: str) -> str | None:
    if table.spec.series and name in table.spec.series.columns:
        return table.spec.series.pattern_of(name)
    return table.spec.columns[name].pattern


def _kind(table: LogicalTable, name: str) -> str:
    if table.spec.series and name in table.spec.series.columns:
        return table.spec.series.kind_of(name)
    return table.spec.columns[name].kind


def _status(
    cell: Cell,
    name: str,
    row_kind: str,
    table: LogicalTable,
    confirmed: set[int],
    contradicted: set[int],
    source: SourceSpec,
) -> tuple[Status, str]:
    flags = " ".join(cell.flags)
    if REJECTED in cell.flags:
        return "rejected", "a person could not read it either"
    if cell.method == REVIEW:
        return "reviewed", "a person read it"
    confidence = cell.confidence if cell.confidence is not None else 1.0
    if _kind(table, name) == "number":
        if id(cell) in confirmed:
            return "confirmed", "arithmetic holds"
        if id(cell) in contradicted:
            return "contradicted", "an identity or a total with this figure does not hold"
        if not is_number(cell.text or "", source.numbers):
            return "doubtful", "no number could be read"
        pattern = _pattern(table, name)
        if pattern and not re.fullmatch(pattern, cell.joined or "", re.IGNORECASE):
            return "doubtful", f"it is not in the form of its column{_because(cell)}"
        if UNCERTAIN_REPAIR in cell.flags or TWO_READINGS in flags or confidence < SURE:
            return "doubtful", f"read with confidence {confidence:.2f}; no arithmetic confirms it{_because(cell)}"
        if REPAIRED in flags or TOUCHES_RULE in cell.flags:
            return "doubtful", f"no arithmetic confirms it{_because(cell)}"
        return "sure", f"read with confidence {confidence:.2f}"
    terms = table.spec.columns[name].terms if name in table.spec.columns else []
    if terms and row_kind == "data":
        if fold(cell.text or "") in {fold(term) for term in terms}:
            return "confirmed", "it is a term that this column is known to print"
        return "doubtful", f"it is no term that this column is known to print{_because(cell)}"
    least = SURE if _kind(table, name) == "code" else LEGIBLE
    if confidence < least or TWO_READINGS in flags:
        return "doubtful", f"read with confidence {confidence:.2f}{_because(cell)}"
    return "sure", f"read with confidence {confidence:.2f}"


def _because(cell: Cell) -> str:
    return f" ({'; '.join(cell.flags)})" if cell.flags else ""


def _landed(cell: Cell, name: str, table: LogicalTable, status: Status, reason: str) -> Cell:
    changed = replace(cell, flags=(*cell.flags, status))
    if _kind(table, name) == "number" and (status in OPEN or status == "rejected"):
        printed = cell.text if cell.printed is None else cell.printed
        changed = replace(changed, text=withheld(" ".join((cell.text or "").split())), printed=printed)
    return changed


def _replace(row: Row, new: dict[int, Cell]) -> None:
    """Put the changed cells in the place of the old ones. A value merged over rows may stand on an earlier row."""
    row.values = {name: new.get(id(cell), cell) for name, cell in row.values.items()}
    row.series = [
        replace(entry, cells={name: new.get(id(cell), cell) if cell else None for name, cell in entry.cells.items()})
        for entry in row.series
    ]
    row.cells = [new.get(id(cell), cell) for cell in row.cells]
