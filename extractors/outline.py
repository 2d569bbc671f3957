"""Headings inside each other: which of them a row stands under, and which rows a total of its name covers.

The headings open over a row form its path. A total closes the innermost of them; that names agree proves that no
heading or total between the two was lost, misread or put together wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import LayoutMismatch
from extractors.labels import fold
from extractors.logical_table import Row
from extractors.spec import Numbers, Outline
from extractors.summed_outline import BETWEEN, give_paths

_FURTHER_RIGHT = 2.0
"""A row under a heading that no total closes is printed at least this much (points) to the right of it."""
_FURTHER_ON_SCANS = 5.0
"""The same on a scan, where words that stand one below the other begin some points apart."""


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    name: str
    first_row: int
    """The data row of the table, counted from 1, that it begins with."""
    left: float | None = None
    """Where it is printed, if no total closes it."""


class OpenHeadings:
    """The headings of one table that are open, over all its pieces."""

    def __init__(self, outline: Outline, sums: Sequence[str], numbers: Numbers) -> None:
        self.outline, self._sums, self._numbers = outline, sums, numbers
        self._rows: list[Row] = []
        self._open: list[_Heading] = []
        self._data_rows = 0
        self._last_name = ""
        self._is_broken = False

    def read(self, rows: Sequence[Row]) -> None:
        """Tell headings from data, give data rows and totals their path, and totals the rows they cover."""
        if self.outline.by == "indentation":
            self._indented(rows)
            return
        if self.outline.by == "sums":
            self._rows += rows
            return
        for row in rows:
            if row.kind in ("data", "unaccounted") and (text := self._heading(row)) is not None:
                self._enter(row, text)
            elif row.kind == "data":
                self._leave_unclosed(row)
                self._data_rows += 1
                self._last_name = self._name(self._text(row))
                row.beside[self.outline.path] = self._path()
            elif row.kind == "subtotal":
                self._close(row)

    def check_closed(self, table_name: str) -> None:
        """Tell the levels where only sums do.

        Raises LayoutMismatch when they do not add up, or when a heading never met its total, unless a total of another
        name is left over.
        """
        if self.outline.by == "sums":
            give_paths(self._rows, self.outline, self._sums, self._numbers, table_name)
            return
        left = [heading.text for heading in self._open if heading.left is None]
        if left and not self._is_broken:
            raise LayoutMismatch(
                f"table {table_name}: the heading {left[-1][:80]!r} is not closed by a total of its name; a page or a "
                "row is missing, or the wording differs (outline in source.yml)."
            )

    def _indented(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.kind != "data" or self.outline.column not in row.values:
                continue
            self._leave_unclosed(row)
            row.beside[self.outline.path] = self._path()
            text = self._text(row)
            self._open.append(_Heading(text, fold(text), 0, self._left(row)))

    def _path(self) -> str:
        return BETWEEN.join(heading.text for heading in self._open)

    def _text(self, row: Row) -> str:
        cell = row.values.get(self.outline.column)
        return (cell.joined or "") if cell else ""

    def _name(self, text: str) -> str:
        match = re.fullmatch(self.outline.heading, text, re.IGNORECASE)
        return fold(match["name"] if match else text)

    def _heading(self, row: Row) -> str | None:
        """The text of a row that prints nothing else and is a heading."""
        text = self._text(row)
        if not text or any(not cell.is_blank for cell in row.cells if cell is not row.values[self.outline.column]):
            return None
        return text if re.fullmatch(self.outline.heading, text, re.IGNORECASE) else None

    def _enter(self, row: Row, text: str) -> None:
        self._leave_unclosed(row)
        row.kind, row.reason = "group", None
        unclosed = self.outline.unclosed is not None and re.fullmatch(self.outline.unclosed, text, re.IGNORECASE)
        left = self._left(row) if unclosed else None
        self._open.append(_Heading(text, self._name(text), self._data_rows + 1, left))

    def _left(self, row: Row) -> float:
        cell = row.values[self.outline.column]
        if cell.lines and cell.lines[0].x0 is not None:
            return cell.lines[0].x0  # the lines that go on may begin further to the left
        return cell.bbox[0] if cell.bbox else 0.0

    def _further(self, row: Row) -> float:
        return _FURTHER_RIGHT if row.values[self.outline.column].method == "digital" else _FURTHER_ON_SCANS

    def _leave_unclosed(self, row: Row) -> None:
        """End headings without a total that the row does not stand under, because it is printed no further right."""
        while self._open and self._open[-1].left is not None:
            if self._left(row) >= self._open[-1].left + self._further(row):
                return
            self._open.pop()

    def _close(self, row: Row) -> None:
        match = re.fullmatch(self.outline.total, row.label or "", re.IGNORECASE)
        if match is None:
            return  # a total that source.yml declares by its own words
        name = fold(match["name"])
        closed = [heading for heading in self._open if heading.left is None]
        if closed and closed[-1].name == name:
            del self._open[self._open.index(closed[-1]) :]
            row.covers_from = closed[-1].first_row
        elif self._last_name == name and self._data_rows:
            row.covers_from = self._data_rows
        else:
            above = f"the innermost heading above is {closed[-1].text[:60]!r}" if closed else "no heading is open"
            row.kind, row.reason = "unaccounted", f"it totals {match['name'][:60]!r}, but {above}"
            self._is_broken = True
            return
        row.beside[self.outline.path] = self._path()
