"""Turns tables that a text prints cell by cell into rows, given the tables that a source declares.

Such a text does not say where a row ends. The labels of a declared header that follow each other say how many cells a
row has, and the cells below are dealt out by that number. A cell too many or too few would shift all that follow, so
the blank line that stands behind the header, or does not, must stand behind every row alike. What comes after the last
row has no tab before it and is told apart by the words that a source declares for it. Only a total may lack blanks at
its end there: of any other row, nobody could say which of its cells is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.errors import LayoutMismatch
from extractors.headers import is_header, matches
from extractors.labels import fold, latin
from extractors.numerals import is_number
from extractors.spec import SourceSpec, TableSpec, fully_matches
from extractors.table import Cell, Line, Page, Table, TextLine, over_lines

_LONGEST_LINE = 2_000
_LONGEST_TEXT = 100_000
"""Patterns see at most this many characters of a line, or of the cells of a table: a hostile one must not keep a
pattern busy."""


def unroll(page: Page, source: SourceSpec) -> Page:
    """The page with each stream replaced by the tables and lines it holds, and its tables numbered anew.

    Raises LayoutMismatch naming line and table when the cells do not come out even, and when nothing says where the
    last row ends and what follows it begins.
    """
    if not any(table.is_stream for table in page.tables):
        return page
    items: list[TextLine | Table] = []
    first_lines = [table.rows[0][0].row_no for table in page.tables]
    afters = iter([*first_lines[1:], None])
    for item in page.items:
        after = next(afters) if isinstance(item, Table) else None
        if isinstance(item, Table) and item.is_stream:
            items += _Stream(item, source, after).items()
        else:
            items.append(item)
    numbers = iter(range(1, len(items) + 1))
    numbered = (replace(item, table_no=next(numbers)) if isinstance(item, Table) else item for item in items)
    return replace(page, items=tuple(numbered))


@dataclass(frozen=True, slots=True)
class _Header:
    """A header found in a stream: the tables whose labels it prints best, and how many cells it has."""

    names: tuple[str, ...]
    width: int

    @property
    def named(self) -> str:
        return f"table {' or '.join(self.names)}"


class _Stream:
    """One stream, read from its first cell to its last; `after` is the line of the table that follows it."""

    def __init__(self, stream: Table, source: SourceSpec, after: int | None) -> None:
        self.stream = stream
        self.source = source
        self.after = after
        self.cells = [row[0] for row in stream.rows]
        self.index = 0

    def items(self) -> list[TextLine | Table]:
        """Tables and lines in reading order."""
        items: list[TextLine | Table] = []
        outside: list[Cell] = []
        while self.index < len(self.cells):
            if header := self._header():
                items += self._table(header)
            else:
                first = self.index
                items += self._outside()
                outside += self.cells[first : self.index]
        self._check_outside(outside)
        return items

    # ------------------------------------------------------------------ headers

    def _header(self) -> _Header | None:
        """The header that begins at the present cell, if one does."""
        runs = {name: self._labels(spec) for name, spec in self.source.tables.items()}
        found = {
            name: matches(run, self.source.tables[name])
            for name, run in runs.items()
            if run and is_header(run, self.source.tables[name])
        }
        best = tuple(name for name, count in found.items() if count == max(found.values()))
        return _Header(best, max(len(runs[name]) for name in best)) if best else None

    def _labels(self, spec: TableSpec) -> list[Cell]:
        """The labels of a table from the present cell on, each at most as often as the table declares it."""
        left_out = {fold(rule.header) for rule in spec.ignore_columns}
        seen: Counter[str] = Counter()
        run: list[Cell] = []
        for index in range(self.index, len(self.cells)):
            cell = self.cells[index]
            printed = cell.text or ""
            label = fold(printed)
            seen[label] += 1
            if not (spec.is_label(printed) or label in left_out) or seen[label] > _times_declared(printed, spec):
                break
            run.append(cell)
        return run

    # --------------------------------------------------------------------- rows

    def _table(self, header: _Header) -> list[TextLine | Table]:
        """The table whose header begins at the present cell, and the lines that follow its last row."""
        ends = _Ends(self.source, header.names)
        rows: list[list[Cell]] = []
        rest: tuple[Line, ...] = ()
        found: _Header | None = header
        while self.index < len(self.cells) and not rest:
            found = self._header()
            if found not in (None, header):
                break
            row, rest = self._row(header.width, ends, is_header_row=found is not None)
            rows.append(row)
        self._check_even(header, rows)
        self._check_swallowed(header, rows, ended=bool(rest))
        grid = (tuple(replace(cell, col_no=col_no, lines=()) for col_no, cell in enumerate(row, 1)) for row in rows)
        return [replace(self.stream, rows=tuple(grid), is_stream=False), *self._text_lines(rest)]

    def _row(self, width: int, ends: _Ends, is_header_row: bool) -> tuple[list[Cell], tuple[Line, ...]]:
        """Up to `width` cells from the present one on, and the lines behind them that end the table."""
        row: list[Cell] = []
        rest: tuple[Line, ...] = ()
        while len(row) < width and self.index < len(self.cells) and not rest:
            if row and not is_header_row and self._header():
                break
            cell = self.cells[self.index]
            kept, rest = ends.cut(cell.lines)
            row.append(replace(over_lines(cell, kept), lines=kept))
            self.index += 1
        return row, rest

    def _outside(self) -> list[TextLine | Table]:
        """Cells under no declared header, as a table of one column, and the lines below the last of them."""
        rows: list[tuple[Cell, ...]] = []
        below: tuple[Line, ...] = ()
        while self.index < len(self.cells) and not below and not (rows and self._header()):
            cell = self.cells[self.index]
            rows.append((replace(over_lines(cell, cell.lines[:1]), lines=()),))
            below = tuple(line for line in cell.lines[1:] if line.text.strip())
            self.index += 1
        return [replace(self.stream, rows=tuple(rows), is_stream=False), *self._text_lines(below)]

    def _text_lines(self, lines: Iterable[Line]) -> list[TextLine]:
        return [
            TextLine(self.stream.page_no, line.text.strip(), int(line.baseline), _indent(line.text))
            for line in lines
            if line.text.strip()
        ]

    # ------------------------------------------------------------------- checks

    def _check_even(self, header: _Header, rows: Sequence[Sequence[Cell]]) -> None:
        uneven = f"the cells of {header.named} do not come out even in rows of {header.width}"
        ends_blank = _ends_blank(rows[0][-1])
        if not ends_blank and len(rows) > 1:
            uneven += f" (the first one below the labels is {_shown(rows[1][0])})"
        for row in rows[:-1]:
            if _ends_blank(row[-1]) != ends_blank:
                is_not, is_so = ("no", "one") if ends_blank else ("a", "none")
                raise LayoutMismatch(
                    f"line {row[-1].row_no}: {uneven}: the row from line {row[0].row_no} has {is_not} blank line after "
                    f"its last cell {_shown(row[-1])}, and the header has {is_so}; a cell is missing or one too many."
                )
        for row in rows:
            if len(row) < header.width and not self._may_be_short(header, rows[0], row):
                raise LayoutMismatch(
                    f"line {row[0].row_no}: {uneven}: {_shown(row[0])} begins a row of {len(row)}; "
                    "a cell is missing or one too many."
                )

    def _may_be_short(self, header: _Header, labels: Sequence[Cell], row: Sequence[Cell]) -> bool:
        """True for a row that lacks nothing but blanks at its end: a blank one, or a total with all its numbers."""
        if all(cell.is_blank for cell in row):
            return True
        words = " ".join(cell.joined or "" for cell in row if not is_number(cell.text or "", self.source.numbers))
        for spec in (self.source.tables[name] for name in header.names):
            is_total = any(rule.matches(words) for rule in spec.totals)
            if not is_total or any(_is_number_column(cell.text or "", spec) for cell in labels[len(row) :]):
                return False
        return True

    def _check_swallowed(self, header: _Header, rows: Sequence[Sequence[Cell]], ended: bool) -> None:
        """Text that follows a table must not end up in its last cell unnoticed."""
        for line in (line for row in rows for cell in row for line in cell.lines[1:]):
            text = latin(line.text)[:_LONGEST_LINE]
            if any(re.search(rule.pattern, text, re.IGNORECASE) for rule in self.source.statements):
                raise LayoutMismatch(
                    f"line {line.baseline:.0f}: a sentence declared under statements stands in a cell of "
                    f"{header.named}; declare under `end` what is printed between the two."
                )
        last = rows[-1][-1]
        following = self.cells[self.index].row_no if self.index < len(self.cells) else self.after
        if not ended and following is not None and any(line.text.strip() for line in last.lines[1:]):
            raise LayoutMismatch(
                f"line {last.row_no}: nothing says where {header.named} ends before the table at line {following}; "
                "declare under `end` what is printed between them."
            )

    def _check_outside(self, cells: Sequence[Cell]) -> None:
        """Cells under no declared header are text, unless a label or their numbers look like data."""
        for cell in cells:
            name = next((name for name, spec in self.source.tables.items() if spec.is_label(cell.text or "")), None)
            if name is not None:
                raise LayoutMismatch(
                    f"line {cell.row_no}: {_shown(cell)} is a label of table {name}, but the cells around it are not "
                    "its header; declare the labels that are new, or mend the text."
                )
        numbers = [cell for cell in cells if self._is_figure(cell.lines[0].text)]
        text = " ".join(cell.joined or "" for cell in cells)[:_LONGEST_TEXT]
        ignored = any(re.search(rule.pattern, text, re.IGNORECASE) for rule in self.source.ignore_tables)
        if len(numbers) > 1 and not ignored:
            raise LayoutMismatch(
                f"line {cells[0].row_no}: cells with numbers, such as {_shown(numbers[0])} in line "
                f"{numbers[0].row_no}, stand under no header that source.yml declares; declare the table, "
                "or name it under ignore_tables."
            )

    def _is_figure(self, text: str) -> bool:
        return any(map(str.isdigit, text[:40])) and is_number(text, self.source.numbers)


class _Ends:
    """What is printed below a table: the words of its `end`, and facts declared to stand above a table."""

    def __init__(self, source: SourceSpec, names: Iterable[str]) -> None:
        ways = [way for spec in source.tables.values() for column in spec.context.values() for way in column.captures]
        ends = [pattern for name in names for pattern in source.tables[name].end]
        self._here = [*ends, *(way.pattern for way in ways if way.pattern)]
        self._below = [way.line_before for way in ways if way.line_before]

    def cut(self, lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """The lines of a cell, and the lines below it from the one on that ends the table."""
        above: int | None = None
        for index, line in enumerate(lines[1:], 1):
            text = latin(line.text.strip())[:_LONGEST_LINE]
            if not text:
                continue
            if any(re.search(pattern, text, re.IGNORECASE) for pattern in self._here):
                return tuple(lines[:index]), tuple(lines[index:])
            if any(re.search(pattern, text, re.IGNORECASE) for pattern in self._below):
                first = index if above is None else above
                return tuple(lines[:first]), tuple(lines[first:])
            above = index
        return tuple(lines), ()


def _times_declared(printed: str, spec: TableSpec) -> int:
    labels = (label for column in spec.columns.values() for label in column.headers)
    return max((max(label.places) for label in labels if label.matches(printed)), default=1)


def _is_number_column(printed: str, spec: TableSpec) -> bool:
    numbers = [column for column in spec.columns.values() if column.kind == "number"]
    return any(label.matches(printed) for column in numbers for label in column.headers) or (
        spec.series is not None and fully_matches(spec.series.header, printed)
    )


def _ends_blank(cell: Cell) -> bool:
    return len(cell.lines) > 1 and not cell.lines[-1].text.strip()


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _shown(cell: Cell) -> str:
    return repr((cell.joined or "")[:40])
