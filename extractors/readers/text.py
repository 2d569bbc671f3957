"""Text with tables to one page: lines with tabs and lines between bars are table rows, the others text.

Row numbers are line numbers of the file; character offsets point into the line. Nothing but a line that is no row
parts two tables, so tables that touch come as one: what stands in their rows tells them apart.

A line that is one tab and the text of one cell begins a stream: a table printed cell by cell, of which the text does
not say where a row ends. It reaches to the next table of another kind, and its last cells hold what stands between,
because only a layout knows where the last row ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from pathlib import Path

from extractors.errors import UnreadableDocument
from extractors.limits import Budget
from extractors.table import Cell, Line, Page, Table, TextLine, over_lines

_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*:?-{3,}:?\s*")
"""What a cell holds in the row that pipe tables draw between header and body: a rule, no text."""
_LINE_END = re.compile(r"\r\n|\r|\n")  # str.splitlines also splits at form feeds and other control characters


def read_text(path: Path, budget: Budget) -> Iterator[Page]:
    """Yield the file as one page. Raises UnreadableDocument when it is not UTF-8 text or over limits."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"the text is not UTF-8 (byte {error.start:,}); save it again as UTF-8.") from error
    if "\0" in content:
        raise UnreadableDocument("it holds null bytes, so it is no text; put the right file in its place.")
    page = _Page()
    in_bars = False
    for line_no, line in enumerate(_LINE_END.split(content), 1):
        bars = _is_between_bars(line)
        if bars != in_bars:
            page.close_block()
            in_bars = bars
        if bars:
            row = _bar_row(line, line_no)
            budget.spend_cells(len(row))
            if row:
                page.block.append(row)
        elif "\t" in line:
            cells, start = [], 0
            for column, part in enumerate(line.split("\t"), 1):
                cells.append(Cell(part.strip(), line_no, column, char_start=start, char_end=start + len(part)))
                start += len(part) + 1
            budget.spend_cells(len(cells))
            page.block.append(tuple(cells))
            page.block_lines.append(line)
        else:
            page.close_block()
            page.line(line, line_no)
    page.close_block()
    page.close_stream()
    yield Page(1, tuple(page.items))


class _Page:
    """What is read so far: items, and the rows and the stream that are still open."""

    def __init__(self) -> None:
        self.items: list[TextLine | Table] = []
        self.block: list[tuple[Cell, ...]] = []
        self.block_lines: list[str] = []
        self._stream: list[tuple[Cell, list[Line]]] = []
        self._table_no = 0

    def line(self, text: str, line_no: int) -> None:
        """Take a line that is no row: inside a stream it continues the last cell."""
        if self._stream:
            self._stream[-1][1].append(Line(line_no, text))
        elif text.strip():
            self.items.append(TextLine(1, text.strip(), line_no, len(text) - len(text.lstrip())))

    def close_block(self) -> None:
        """End a run of table rows."""
        if not self.block:
            return
        cells = len(list(takewhile(_is_stream_cell, self.block)))
        # Among the rows of a table, such a line is a row that is blank up to its second column. A tab on a line of its
        # own is a slip of the keyboard, unless cells stand around it.
        begins = cells == len(self.block) and any(not row[1].is_blank for row in self.block)
        if self._stream or begins:
            self._stream += [
                (replace(cell, col_no=1), [Line(cell.row_no, line[1:])])
                for (_, cell), line in zip(self.block[:cells], self.block_lines, strict=False)
            ]
            del self.block[:cells]
        if self.block:
            self.close_stream()
            self._append(self.block, is_stream=False)
        self.block, self.block_lines = [], []

    def close_stream(self) -> None:
        if self._stream:
            cells = [replace(over_lines(cell, lines), lines=tuple(lines)) for cell, lines in self._stream]
            self._append([(cell,) for cell in cells], is_stream=True)
        self._stream = []

    def _append(self, rows: Sequence[tuple[Cell, ...]], is_stream: bool) -> None:
        self._table_no += 1
        self.items.append(Table(1, self._table_no, tuple(rows), is_flat=True, is_stream=is_stream))


def _is_stream_cell(row: Sequence[Cell]) -> bool:
    """A line of one tab, which stands first."""
    return len(row) == 2 and (row[0].char_start, row[0].char_end) == (0, 0)


def _is_between_bars(line: str) -> bool:
    """A row of a pipe table begins with a bar and has another one."""
    return line.lstrip().startswith("|") and line.count("|") > 1


def _bar_row(line: str, line_no: int) -> tuple[Cell, ...]:
    """The cells between the bars of a line; none where it only draws the rule below a header.

    A blank between two bars is a printed blank. Bars that touch at the end of a line are no cells: they fill the row
    up to the widest one of its block.
    """
    bars = [match.start() for match in _BAR.finditer(line)]
    edges = bars if not line[bars[-1] + 1 :].strip() else [*bars, len(line)]
    while len(edges) > 2 and edges[-1] - edges[-2] == 1:
        edges.pop()
    parts = [(start + 1, end, line[start + 1 : end]) for start, end in pairwise(edges)]
    if all(_RULE.fullmatch(part) for _, _, part in parts):
        return ()
    return tuple(
        Cell(part.replace("\\|", "|").strip(), line_no, column, char_start=start, char_end=end)
        for column, (start, end, part) in enumerate(parts, 1)
    )
