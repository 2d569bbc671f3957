"""Record sheets: labels and values set anew for every record, over one printed table or several.

The rows of a document that belong to its sheets are kept as they come by, and read once all are there: a printed cell
is a heading, a caption, a label, the value of a label beside or above it, or ignored by name; what is none of these is
left over and stops the document (`accounting`). Positions are taken from the labels of each sheet (`sheet_reading`),
because sheets of one kind are set on different grids.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extractors.errors import LayoutMismatch
from extractors.labels import fold
from extractors.metadata import values_of
from extractors.sheets.labels import ignored_cells, is_one_of
from extractors.sheets.reading import read_sheet
from extractors.sheets.record import PrintedRow, SheetReading, SheetRow, SheetRows
from extractors.spec import SheetSpec
from extractors.table import Cell, Table, TextLine


class Sheets:
    """Takes the rows and lines of a document in reading order and keeps those of its sheets, of all kinds."""

    def __init__(self, kinds: Mapping[str, SheetSpec]) -> None:
        self._kinds = [_Kind(name, spec) for name, spec in kinds.items()]
        self._open: _Kind | None = None
        self._merged: dict[tuple[int, int], Cell] = {}
        self._table: Table | None = None
        self._page = Table(0, None, ())
        self._line_no = 0

    @property
    def found(self) -> bool:
        return any(kind.sheets for kind in self._kinds)

    def begins(self, cells: Sequence[Cell]) -> bool:
        """True when a row begins a sheet."""
        return self._begun(cells) is not None

    def takes(self, table: Table, cells: Sequence[Cell]) -> bool:
        """Keep a row if it begins a sheet or belongs to the open one; False when it belongs to none."""
        if table is not self._table:
            self._table, self._merged = table, {}
        self._merged.update({(cell.row_no, cell.col_no): cell for cell in cells if cell.row_span > 1})
        return self._takes(PrintedRow(table, cells, self._merged), self._begun(cells))

    @property
    def open_sheet(self) -> int | None:
        """The number, among those of its kind, of the sheet that the document stands in."""
        return len(self._open.sheets) if self._open else None

    def takes_line(self, line: TextLine) -> bool:
        """Keep a line of text likewise, as a row of one cell, where the lines of a sheet belong to it; and what it says
        of the sheets below."""
        for each in self._kinds:
            each.hears(line.text)
        if self._page.page_no != line.page_no:
            self._page, self._line_no = Table(line.page_no, None, (), is_flat=line.line_no is not None), 0
        self._line_no += 1
        start = line.char_start
        end = None if start is None else start + len(line.text)
        cells = (Cell(line.text, line.line_no or self._line_no, 1, char_start=start, char_end=end),)
        begun = self._begun(cells)
        kind = begun or self._open
        return kind is not None and kind.spec.lines and self._takes(PrintedRow(self._page, cells, {}), begun)

    def _takes(self, row: PrintedRow, begun: _Kind | None) -> bool:
        if begun:
            self._open = begun
            begun.open_sheet()
        elif self._open and self._open.is_ended_by(row):
            self._open = None
        if self._open:
            self._open.sheets[-1].append(row)
        return self._open is not None

    def read(self) -> list[SheetReading]:
        """Read the sheets that were kept.

        Raises LayoutMismatch when there are fewer or more of a kind than plausible, and when one cannot be read.
        """
        return [kind.read() for kind in self._kinds]

    def _begun(self, cells: Sequence[Cell]) -> _Kind | None:
        printed = [cell.joined or "" for cell in cells if not cell.is_blank]
        if not printed:
            return None
        found = next((kind for kind in self._kinds if is_one_of(kind.spec.begins, printed[0])), None)
        alone = len(printed) == 1 or (found is not None and is_one_of(found.spec.labels, printed[0]))
        return found if alone else None


class _Kind:
    """The sheets of one kind, each as its printed rows."""

    def __init__(self, name: str, spec: SheetSpec) -> None:
        self.name = name
        self.spec = spec
        self.sheets: list[list[PrintedRow]] = []
        self._said: dict[str, str] = {}
        self._contexts: list[dict[str, str]] = []
        """What lines above each sheet say of it."""

    def hears(self, line: str) -> None:
        """Note what a line says of the sheets below it."""
        for name, ways in self.spec.context.items():
            for value in (value for way in ways for value in values_of([line], way)):
                self._said[name] = value

    def open_sheet(self) -> None:
        self.sheets.append([])
        self._contexts.append(dict(self._said))

    def is_ended_by(self, row: PrintedRow) -> bool:
        return any(re.search(pattern, row.text, re.IGNORECASE) for pattern in self.spec.end)

    def read(self) -> SheetReading:
        bounds = self.spec.count
        again = self._join_pages()
        if not bounds.min <= len(self.sheets) <= bounds.max:
            raise LayoutMismatch(
                f"{len(self.sheets)} sheets begin with {self.spec.begins[0].printed!r}; between {bounds.min} and "
                f"{bounds.max} were expected (sheets.{self.name}.count in source.yml)."
            )
        context = tuple(self.spec.context)
        tables = [SheetRows(name, spec, [], [], context) for name, spec in self.spec.tables.items()]
        reading = SheetReading(self.name, len(self.sheets), tables, again, [])
        for record_no, rows in enumerate(self.sheets, 1):
            known = [len(table.rows) for table in tables]
            read_sheet(self.name, self.spec, record_no, rows, reading)
            for table, first in zip(tables, known, strict=True):
                for row in table.rows[first:]:
                    row.values |= self._context_of(record_no, row)
        return reading

    def _context_of(self, record_no: int, row: SheetRow) -> dict[str, str]:
        said = self._contexts[record_no - 1]
        for name, ways in self.spec.context.items():
            if name not in said:
                patterns = " or ".join(repr(way.pattern or way.line_before) for way in ways)
                raise LayoutMismatch(
                    f"{self.name} {record_no}, {row.place.place}: no line above says {name} ({patterns}); add the "
                    f"wording to sheets.{self.name}.context in source.yml, or check the page."
                )
        return {name: said[name] for name in self.spec.context}

    def _join_pages(self) -> list[str]:
        """Put the pages of one sheet together where each begins as a sheet does; says what they print again."""
        sheets: list[list[PrintedRow]] = []
        contexts: list[dict[str, str]] = []
        again: list[str] = []
        for rows, context in zip(self.sheets, self._contexts, strict=True):
            record = self._record(rows)
            if not sheets or record is None or record != self._record(sheets[-1]):
                sheets.append(rows)
                contexts.append(context)
                continue
            head = (row.text for row in sheets[-1] if not ignored_cells(self.spec, row))
            for number, row in enumerate(rows):
                if ignored_cells(self.spec, row):
                    sheets[-1].append(row)
                elif row.text == next(head, None):
                    again.append(f"{row.at(0).place}, {row.text[:80]!r}: printed again where the sheet goes on")
                else:
                    sheets[-1] += rows[number:]
                    break
        self.sheets, self._contexts = sheets, contexts
        return again

    def _record(self, rows: Sequence[PrintedRow]) -> str | None:
        """What a sheet prints to say which record it is of."""
        if self.spec.record is None:
            return None
        found = (re.search(self.spec.record, row.text, re.IGNORECASE) for row in rows)
        return next((fold(match[0]) for match in found if match), None)
