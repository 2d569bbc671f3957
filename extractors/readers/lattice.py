"""Tables from ruled pages: rules make a lattice, characters fall into its cells, spans are kept.

Characters are put into cells once, all together; testing every character against every row is where general
extractors spend most of a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from extractors.readers.primitives import Booleans, Chars, Floats, Integers, Primitives, Rules
from extractors.readers.setting import GAP, LINE, PrintedLines, Vocabulary, lines_by_box, set_lines, without_doubles
from extractors.table import BBox, Cell, Part, Table, TextLine, join_lines

_SNAP = 2.0
"""Rules closer than this (points) are one rule: a shared border is often drawn twice."""
_PAIRS_AT_ONCE = 1_000_000
"""So many pairs of rules are compared at once; a hostile page has a thousand times as many."""


def read_page(page: Primitives, page_no: int) -> tuple[TextLine | Table, ...]:
    """Text lines and ruled tables of a page in reading order (top to bottom).

    A table needs two rows and two columns of cells; ruled boxes of fewer are text.
    """
    chars = without_doubles(page.chars)
    vocabulary = Vocabulary(chars)
    grids = _grids(page.horizontal, page.vertical)
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    home = np.full(len(chars), -1)
    for number, grid in enumerate(grids):
        home[(home < 0) & grid.holds(x, y)] = number

    placed: list[tuple[float, TextLine | Table]] = []
    from_top = sorted(enumerate(grids), key=lambda each: (each[1].ys[0], each[1].xs[0]))
    for table_no, (number, grid) in enumerate(from_top, 1):
        rows = grid.rows(chars, np.flatnonzero(home == number), vocabulary)
        table = Table(page_no, table_no, rows, page_width=page.width, page_height=page.height)
        placed.append((float(grid.ys[0]), table))
    outside = np.flatnonzero(home < 0)
    lines = set_lines(chars, outside, np.zeros(len(outside), dtype=np.intp))
    placed += [(at, TextLine(page_no, text)) for at, text in zip(lines.start.tolist(), lines.texts, strict=True)]
    return tuple(item for _, item in sorted(placed, key=lambda pair: pair[0]))


# ------------------------------------------------------------------- lattice


@dataclass(slots=True)
class _Grid:
    """One connected lattice: sorted column and row positions and which stretches of them are really ruled."""

    xs: Floats
    ys: Floats
    ruled_above: Booleans
    """[row boundary, column]"""
    ruled_left: Booleans
    """[column boundary, row]"""

    def holds(self, x: Floats, y: Floats) -> Booleans:
        return (self.xs[0] <= x) & (x <= self.xs[-1]) & (self.ys[0] <= y) & (y <= self.ys[-1])

    def rows(self, chars: Chars, inside: Integers, vocabulary: Vocabulary) -> tuple[tuple[Cell, ...], ...]:
        """The cells, with the characters `inside` the lattice in them."""
        row_count, column_count = len(self.ys) - 1, len(self.xs) - 1
        columns = _stretch_of((chars.x0[inside] + chars.x1[inside]) / 2, self.xs)
        rows = _stretch_of((chars.top[inside] + chars.bottom[inside]) / 2, self.ys)
        spans = list(self._spans())
        owner = np.empty((row_count, column_count), dtype=np.intp)
        for number, (top, left, bottom, right) in enumerate(spans):
            owner[top : bottom + 1, left : right + 1] = number
        boxes = _cut_off(chars, inside, _overflowing(chars, inside, owner[rows, columns], rows))
        edges = np.array([(left, right) for _, left, _, right in spans], dtype=np.intp)[boxes]
        columns = np.clip(columns, edges[:, 0], edges[:, 1])
        printed = set_lines(chars, inside, boxes)
        lines = lines_by_box(printed, vocabulary)
        parts = self._parts(chars, inside, boxes, columns, printed, spans, vocabulary)
        xs, ys = self.xs.tolist(), self.ys.tolist()
        cells: list[list[Cell]] = [[] for _ in range(row_count)]
        for row, numbers in enumerate(owner.tolist()):
            for column, number in enumerate(numbers):
                top, left, bottom, right = spans[number]
                if (top, left) != (row, column):
                    cells[row].append(Cell(None, row + 1, column + 1, owner=(top + 1, left + 1)))
                    continue
                bbox: BBox = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
                own = lines.get(number, ())
                cells[row].append(
                    Cell(
                        join_lines(own),
                        row + 1,
                        column + 1,
                        row_span=bottom - top + 1,
                        col_span=right - left + 1,
                        bbox=bbox,
                        lines=own,
                        parts=parts.get(number, ()),
                    )
                )
        return tuple(map(tuple, cells))

    def _parts(
        self,
        chars: Chars,
        inside: Integers,
        boxes: Integers,
        columns: Integers,
        printed: PrintedLines,
        spans: list[tuple[int, int, int, int]],
        vocabulary: Vocabulary,
    ) -> dict[int, tuple[Part, ...]]:
        """The text of each wide cell by grid column, but for cells where a word stands across a column line."""
        wide = np.array([right > left for _, left, _, right in spans], dtype=np.bool_)
        column_of = np.empty(len(chars), dtype=np.intp)
        column_of[inside] = columns
        ordered = printed.order
        is_next = printed.line[1:] == printed.line[:-1]
        touches = chars.x0[ordered[1:]] - chars.x1[ordered[:-1]] < GAP * (chars.bottom - chars.top)[ordered[1:]]
        crosses = is_next & touches & (column_of[ordered[1:]] != column_of[ordered[:-1]])
        wide[printed.box[printed.line[1:][crosses]]] = False
        apart = np.flatnonzero(wide[boxes])
        stride = len(self.xs)
        found = lines_by_box(
            set_lines(chars, inside[apart], boxes[apart] * stride + columns[apart]),
            vocabulary,
        )
        xs = self.xs.tolist()
        return {
            number: tuple(
                Part(xs[column], xs[column + 1], found.get(number * stride + column, ()))
                for column in range(spans[number][1], spans[number][3] + 1)
            )
            for number in np.flatnonzero(wide).tolist()
        }

    def _spans(self) -> Iterator[tuple[int, int, int, int]]:
        """The cells in reading order: top, left, bottom, right (inclusive)."""
        row_count, column_count = len(self.ys) - 1, len(self.xs) - 1
        above, beside = self.ruled_above.tolist(), self.ruled_left.T.tolist()
        taken = [[False] * column_count for _ in range(row_count)]
        for top in range(row_count):
            for left in range(column_count):
                if taken[top][left]:
                    continue
                right = left
                while right + 1 < column_count and not beside[top][right + 1] and not taken[top][right + 1]:
                    right += 1
                bottom = top
                while (
                    bottom + 1 < row_count
                    and not any(above[bottom + 1][left : right + 1])
                    and not any(beside[bottom + 1][left + 1 : right + 1])
                    and not any(taken[bottom + 1][left : right + 1])
                ):
                    bottom += 1
                for row in range(top, bottom + 1):
                    taken[row][left : right + 1] = [True] * (right + 1 - left)
                yield top, left, bottom, right


def _overflowing(chars: Chars, inside: Integers, boxes: Integers, rows: Integers) -> Integers:
    """The boxes of characters, with a text that runs over the edge of its box put whole into the one that holds most of
    it: a cell shows what does not fit into it where the next one is empty, and hides it behind that one where not."""
    runs, marks, spaced = chars.runs[inside], chars.marks[inside], chars.is_space[inside]
    crosses = (runs[1:] == runs[:-1]) & (boxes[1:] != boxes[:-1]) & (rows[1:] == rows[:-1])
    crosses &= ~(spaced[1:] | spaced[:-1]) | (marks[1:] >= 0)
    if not crosses.any():
        return boxes
    boxes = boxes.copy()
    for run in set(runs[1:][crosses].tolist()):
        of_run = np.flatnonzero(runs == run)
        values, counts = np.unique(boxes[of_run], return_counts=True)
        boxes[of_run] = values[counts.argmax()]
    return boxes


def _cut_off(chars: Chars, inside: Integers, boxes: Integers) -> Integers:
    """The boxes of characters, with a line that its cell cuts off put back into the box of the other lines of its mark.

    Such a line stands, unseen, over the text of the cell below.
    """
    marks = chars.marks[inside]
    pairs = np.unique(np.column_stack([marks, boxes])[marks >= 0], axis=0)
    torn = pairs[1:, 0][np.diff(pairs[:, 0]) == 0] if len(pairs) else pairs
    if not len(torn):
        return boxes
    boxes = boxes.copy()
    runs = chars.runs[inside]
    for mark in set(torn.tolist()):
        of_mark = np.flatnonzero(marks == mark)
        home = boxes[of_mark[0]]
        for run in set(runs[of_mark][boxes[of_mark] != home].tolist()):
            of_run = np.flatnonzero(runs == run)
            own = inside[of_run]
            left, right, at = chars.x0[own].min(), chars.x1[own].max(), chars.baseline[own[0]]
            others = inside[(boxes == boxes[of_run[0]]) & (marks != mark)]
            near = np.abs(chars.baseline[others] - at) < LINE
            if (near & (chars.x0[others] < right) & (chars.x1[others] > left)).any():
                boxes[of_run] = home
    return boxes


def _stretch_of(values: Floats, positions: Floats) -> Integers:
    """Between which two positions each value lies; the last position belongs to the stretch before it."""
    return np.minimum(np.searchsorted(positions, values, side="right") - 1, len(positions) - 2)


def _grids(horizontal: Rules, vertical: Rules) -> list[_Grid]:
    """Connected lattices of at least two by two cells."""
    if len(horizontal) < 3 or len(vertical) < 3:
        return []
    rows, columns = _merged(horizontal), _merged(vertical)
    # Union of rules that touch: two tables on a page must not lend each other their column lines.
    parent = list(range(len(rows) + len(columns)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in _touching(rows, columns):
        parent[find(i)] = find(len(rows) + j)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(rows)):
        groups.setdefault(find(i), ([], []))[0].append(i)
    for j in range(len(columns)):
        groups.setdefault(find(len(rows) + j), ([], []))[1].append(j)

    grids = []
    for hs, vs in groups.values():
        if len(hs) < 3 or len(vs) < 3:
            continue
        ys, xs = _positions(rows.at[hs]), _positions(columns.at[vs])
        if len(ys) < 3 or len(xs) < 3:
            continue
        grids.append(_Grid(xs, ys, _ruled(ys, xs, rows, hs), _ruled(xs, ys, columns, vs)))
    return _outermost(grids)


def _touching(rows: Rules, columns: Rules) -> Iterator[tuple[int, int]]:
    """Pairs of a row rule and a column rule that meet, by their numbers."""
    at_once = max(1, _PAIRS_AT_ONCE // len(columns))
    for first in range(0, len(rows), at_once):
        near = slice(first, first + at_once)
        at, start, end = rows.at[near, None], rows.start[near, None], rows.end[near, None]
        meet = (start - _SNAP <= columns.at) & (columns.at <= end + _SNAP)
        meet &= (columns.start - _SNAP <= at) & (at <= columns.end + _SNAP)
        for i, j in np.argwhere(meet).tolist():
            yield first + i, j


def _ruled(positions: Floats, across: Floats, rules: Rules, indices: list[int]) -> Booleans:
    """[position, stretch across]: whether one of these rules runs there."""
    middles = (across[:-1] + across[1:]) / 2
    first = np.searchsorted(middles, rules.start[indices] - _SNAP)
    last = np.searchsorted(middles, rules.end[indices] + _SNAP, side="right")
    nearest = np.searchsorted((positions[:-1] + positions[1:]) / 2, rules.at[indices])
    ruled = np.zeros((len(positions), len(middles)), dtype=np.bool_)
    for at, start, end in zip(nearest.tolist(), first.tolist(), last.tolist(), strict=True):
        ruled[at, start:end] = True
    return ruled


def _outermost(grids: list[_Grid]) -> list[_Grid]:
    """Without lattices that lie wholly inside another one (a box drawn inside a cell is decoration)."""

    def inside(inner: _Grid, outer: _Grid) -> bool:
        return (
            outer.xs[0] <= inner.xs[0]
            and inner.xs[-1] <= outer.xs[-1]
            and outer.ys[0] <= inner.ys[0]
            and inner.ys[-1] <= outer.ys[-1]
        )

    return [grid for grid in grids if not any(other is not grid and inside(grid, other) for other in grids)]


def _merged(rules: Rules) -> Rules:
    """Rules on one line that touch or overlap become one; equal borders drawn twice become one."""
    order = np.lexsort((rules.start, rules.at))
    at, start, end = rules.at[order], rules.start[order], rules.end[order]
    line, position = _clusters(at)
    order = np.lexsort((start, line))
    start, end, line = start[order], end[order], line[order]
    # how far the rules of a line reach up to each: lines are moved so far apart that none reaches into the next
    apart = line * (2 * float(np.ptp(np.concatenate([start, end]))) + 4 * _SNAP)
    reach = np.maximum.accumulate(end + apart)
    begins = np.ones(len(start), dtype=np.bool_)
    begins[1:] = (start + apart)[1:] > reach[:-1] + _SNAP
    begins[1:] |= line[1:] != line[:-1]
    firsts = np.flatnonzero(begins)
    return Rules(position[line[firsts]], start[firsts], np.maximum.reduceat(end, firsts))


def _positions(at: Floats) -> Floats:
    return _clusters(np.sort(at))[1]


def _clusters(at: Floats) -> tuple[Integers, Floats]:
    """Of sorted positions the cluster of each, and the mean of each cluster."""
    begins = np.ones(len(at), dtype=np.bool_)
    begins[1:] = np.diff(at) > _SNAP
    firsts = np.flatnonzero(begins)
    return np.cumsum(begins) - 1, np.add.reduceat(at, firsts) / np.diff(firsts, append=len(at))
