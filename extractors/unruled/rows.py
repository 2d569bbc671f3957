"""Rows of a table without rules: printed lines dealt out to columns and put together where a row goes on.

A row begins on every line that prints its anchor column. A line without it is a row of its own, such as a heading, or
goes on with the row above; the layout says by what it begins, or the white at the end of the line above tells: text is
broken only where the next word finds no room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.labels import fold
from extractors.spec import Unruled
from extractors.table import BBox, Cell, Line, Word
from extractors.unruled.columns import GridColumn
from extractors.unruled.numbers import NumberWords

_SPACE = 0.22
"""How wide a space is, as a share of the height of the letters."""
_RUN = 0.6
"""White narrower than this share of the height of the letters is inside a text."""
_EDGE = 1.5
"""Words may begin or end this much (points) outside their column."""
_NEXT_LINE = 1.6
"""Text goes on at most this many times its height below the line before."""
_SAME_ROW = 0.6
"""A label printed less than this share of its height above or below its numbers stands on their row."""


@dataclass(slots=True)
class BodyLine:
    """A printed line of the table: its words by column."""

    baseline: float
    text: str
    words: dict[int, list[Word]]

    @property
    def height(self) -> float:
        return max(word.bottom - word.top for words in self.words.values() for word in words)


def body_line(words: Sequence[Word], columns: Sequence[GridColumn], numbers: NumberWords) -> BodyLine:
    """The words of a printed line by column: numbers where their right edge is, text where it begins.

    A text longer than its column keeps the words that stand over the next one.
    """
    placed: dict[int, list[Word]] = {}
    before: tuple[Word, int] | None = None
    for word in words:
        if numbers.is_number(word) and not _is_inside_text(word, columns):
            column, before = _number_column(word, columns), None
        else:
            column = _text_column(word, columns, before)
            before = (word, column)
        placed.setdefault(column, []).append(word)
    return BodyLine(words[0].baseline, " ".join(word.text for word in words), placed)


def _is_inside_text(word: Word, columns: Sequence[GridColumn]) -> bool:
    """True for a number in a text: it stands in a text column and in no number column."""
    middle = (word.x0 + word.x1) / 2
    over = [column.is_number for column in columns if column.x0 <= middle <= column.x1]
    return bool(over) and not any(over)


def _number_column(word: Word, columns: Sequence[GridColumn]) -> int:
    """The number column whose right edge is nearest."""
    fitting = [index for index, column in enumerate(columns) if column.is_number]
    return min(fitting or range(len(columns)), key=lambda index: abs(columns[index].x1 - word.x1))


def _text_column(word: Word, columns: Sequence[GridColumn], before: tuple[Word, int] | None) -> int:
    """The column that a word of text stands in, or that of the text it goes on with."""
    middle = (word.x0 + word.x1) / 2
    begun = [i for i, column in enumerate(columns) if not column.is_number and column.x0 - _EDGE <= word.x0]
    column = next(
        (i for i, each in enumerate(columns) if each.is_number and each.x0 - _EDGE <= middle <= each.x1 + _EDGE),
        begun[-1] if begun else 0,
    )
    if before is None or word.x0 - before[0].x1 >= _RUN * (word.bottom - word.top):
        return column
    # It goes on with the text before, unless it begins just where the texts of a column do.
    begins = column > before[1] and abs(word.x0 - columns[column].x0) <= _EDGE
    return column if begins else before[1]


class RowBuilder:
    """Puts the lines of one piece of a table together into rows.

    `widest` is where the text of its first column ends at most. `headings` are texts, folded, that are rows of their
    own because a total of the table bears them. On a scan ink may cover the anchor, so that several numbers are enough.
    """

    def __init__(
        self,
        unruled: Unruled,
        anchor: int,
        columns: Sequence[GridColumn],
        widest: float,
        headings: frozenset[str] = frozenset(),
        *,
        is_scan: bool = False,
    ) -> None:
        self._unruled = unruled
        self._headings = headings
        self._is_scan = is_scan
        self._anchor = anchor
        self._numbers = {index for index, column in enumerate(columns) if column.is_number}
        self._widest = widest

    def rows(self, lines: Sequence[BodyLine]) -> list[list[BodyLine]]:
        """The lines of each row, top to bottom."""
        rows: list[list[BodyLine]] = []
        lines = list(lines)
        while lines:
            line = lines.pop(0)
            # Where the anchor is text itself, a line of nothing else may go on with the one above.
            is_anchored = self._anchor in line.words and (self._anchor != 0 or len(line.words) > 1)
            is_anchored |= self._is_scan and len(self._numbers.intersection(line.words)) > 1
            if is_anchored or (0 in line.words and not self._numbers.isdisjoint(line.words)):
                rows.append([line])
                # Its label may stand a little higher or lower than its numbers.
                if 0 not in line.words:
                    if lines and self._is_label_of(lines[0], line):
                        rows[-1].append(lines.pop(0))
                    elif len(rows) > 1 and len(rows[-2]) == 1 and self._is_label_of(rows[-2][0], line):
                        rows[-2:] = [[rows[-2][0], line]]
            elif rows and not self._begins(line, rows[-1]):
                rows[-1].append(line)
            else:
                rows.append([line])
        return rows

    def _is_label_of(self, line: BodyLine, numbers: BodyLine) -> bool:
        apart = abs(line.baseline - numbers.baseline)
        return set(line.words) == {0} and self._anchor != 0 and apart < _SAME_ROW * line.height

    def _begins(self, line: BodyLine, row: Sequence[BodyLine]) -> bool:
        """True when a line without the anchor is a row of its own."""
        if self._unruled.begins is not None:
            return re.match(self._unruled.begins, line.text, re.IGNORECASE) is not None
        above = next((each.words[0] for each in reversed(row) if 0 in each.words), None)
        if 0 not in line.words or above is None:
            return False
        if fold(line.text) in self._headings:
            return True
        first, last = line.words[0][0], above[-1]
        if first.baseline - last.baseline > _NEXT_LINE * (last.bottom - last.top):
            return True
        room = self._widest - last.x1
        needed = first.x1 - first.x0 + _SPACE * (first.bottom - first.top)
        # Text that goes on begins where it began, or a little to the left where the first line is indented.
        indent = first.x0 - above[0].x0
        return room >= needed or not -(first.bottom - first.top) <= indent <= _EDGE


def cells_of(lines: Sequence[BodyLine], row_no: int, columns: Sequence[GridColumn]) -> tuple[Cell, ...]:
    """One cell per column. The box of a printed cell is that of its words, the box of a blank its place in the row."""
    top = min(word.top for line in lines for words in line.words.values() for word in words)
    bottom = max(word.bottom for line in lines for words in line.words.values() for word in words)
    cells = []
    for index, column in enumerate(columns):
        own = [line for line in lines if index in line.words]
        printed = tuple(Line(line.baseline, text_of(line.words[index]), x0=line.words[index][0].x0) for line in own)
        box: BBox = (column.x0, top, column.x1, bottom)
        if own:
            box = box_of([word for line in own for word in line.words[index]])
        text = "\n".join(line.text for line in printed)
        cells.append(Cell(text, row_no, index + 1, bbox=box, lines=printed))
    return tuple(cells)


def text_of(words: Sequence[Word]) -> str:
    """The words of one line with spaces between them; the pieces of a word that was cut stay apart, too."""
    return " ".join(word.text for word in words)


def box_of(words: Sequence[Word]) -> BBox:
    """The box around words."""
    return (
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )
