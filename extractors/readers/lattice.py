"""Tables from ruled pages: rules make a lattice, characters fall into its cells, spans are kept.

Characters are put into cells once, by bisection; testing every character against every row is where general
extractors spend most of a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from extractors.readers.primitives import Char, Primitives, Rule
from extractors.table import OPEN_BELOW, BBox, Cell, Line, Part, Table, TextLine, join_lines

_SNAP = 2.0
"""Rules closer than this (points) are one rule: a shared border is often drawn twice."""
_OPEN = 8.0
"""Column lines that go on this far (points) below the last rule hold a row; less is a line drawn too long."""
_LINE = 2.5
"""Characters whose baselines differ less than this stand on one line."""
_GAP = 0.22
"""A white gap wider than this share of the character height is a space, even where none is printed."""
_SPACE = 0.08
"""A printed space counts from this gap on: accounting formats print padding spaces over the digits themselves."""
_DOUBLE = 1.0
"""Two equal characters closer than this (points) are one character printed twice."""


def read_page(page: Primitives, page_no: int) -> tuple[TextLine | Table, ...]:
    """Text lines and ruled tables of a page in reading order (top to bottom).

    A table needs two rows and two columns of cells; ruled boxes of fewer are text.
    """
    chars = _without_doubles(page.chars)
    grids = _grids(page.horizontal, page.vertical)
    inside: list[list[Char]] = [[] for _ in grids]
    outside: list[Char] = []
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        home = next((i for i, grid in enumerate(grids) if grid.holds(x, y)), None)
        (outside if home is None else inside[home]).append(char)

    vocabulary = _vocabulary(chars)
    placed: list[tuple[float, TextLine | Table]] = []
    from_top = sorted(zip(grids, inside, strict=True), key=lambda pair: (pair[0].ys[0], pair[0].xs[0]))
    for table_no, (grid, grid_chars) in enumerate(from_top, 1):
        rows = grid.rows(grid_chars, vocabulary)
        placed.append((grid.ys[0], Table(page_no, table_no, rows, page_width=page.width, page_height=page.height)))
    placed += [(line[0].baseline, TextLine(page_no, _line_text(line))) for line in _lines(outside)]
    return tuple(item for _, item in sorted(placed, key=lambda pair: pair[0]))


# ------------------------------------------------------------------- lattice


@dataclass(slots=True)
class _Grid:
    """One connected lattice: sorted column and row positions and which stretches of them are really ruled."""

    xs: list[float]
    ys: list[float]
    ruled_above: list[list[bool]]
    """[row boundary][column]"""
    ruled_left: list[list[bool]]
    """[column boundary][row]"""
    is_open: bool = False
    """No rule closes the last row."""

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def rows(self, chars: Iterable[Char], vocabulary: frozenset[str]) -> tuple[tuple[Cell, ...], ...]:
        row_count, column_count = len(self.ys) - 1, len(self.xs) - 1
        buckets: dict[tuple[int, int], list[Char]] = {}
        for char in chars:
            column = min(bisect_right(self.xs, (char.x0 + char.x1) / 2) - 1, column_count - 1)
            row = min(bisect_right(self.ys, (char.top + char.bottom) / 2) - 1, row_count - 1)
            buckets.setdefault((row, column), []).append(char)
        spans = self._spans()
        rows = []
        for row in range(row_count):
            cells = []
            for column in range(column_count):
                top, left, bottom, right = spans[row, column]
                if (top, left) != (row, column):
                    cells.append(Cell(None, row + 1, column + 1, owner=(top + 1, left + 1)))
                    continue
                content = [
                    char
                    for r in range(top, bottom + 1)
                    for c in range(left, right + 1)
                    for char in buckets.get((r, c), ())
                ]
                bbox: BBox = (self.xs[left], self.ys[top], self.xs[right + 1], self.ys[bottom + 1])
                lines = cell_lines(content, vocabulary)
                cells.append(
                    Cell(
                        join_lines(lines),
                        row + 1,
                        column + 1,
                        row_span=bottom - top + 1,
                        col_span=right - left + 1,
                        bbox=bbox,
                        lines=lines,
                        parts=self._parts(content, left, right, vocabulary) if right > left else (),
                        flags=(OPEN_BELOW,) if self.is_open and bottom == row_count - 1 else (),
                    )
                )
            rows.append(tuple(cells))
        return tuple(rows)

    def _parts(self, chars: Sequence[Char], left: int, right: int, vocabulary: frozenset[str]) -> tuple[Part, ...]:
        """The text of a wide cell by grid column, or nothing when a word stands across a column line."""
        columns: list[list[Char]] = [[] for _ in range(left, right + 1)]
        for line in _lines(chars):
            end: tuple[float, int] | None = None  # right edge and column of the character before
            for char in (char for char in line if not char.is_space):
                column = max(left, min(bisect_right(self.xs, (char.x0 + char.x1) / 2) - 1, right))
                if end and column != end[1] and char.x0 - end[0] < _GAP * (char.bottom - char.top):
                    return ()
                end = (char.x1, column)
            for char in line:
                column = max(left, min(bisect_right(self.xs, (char.x0 + char.x1) / 2) - 1, right))
                columns[column - left].append(char)
        return tuple(
            Part(self.xs[left + i], self.xs[left + i + 1], cell_lines(part, vocabulary))
            for i, part in enumerate(columns)
        )

    def _spans(self) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        """For each position the cell that owns it: top, left, bottom, right (inclusive)."""
        row_count, column_count = len(self.ys) - 1, len(self.xs) - 1
        owner: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        for top in range(row_count):
            for left in range(column_count):
                if (top, left) in owner:
                    continue
                right = left
                while (
                    right + 1 < column_count and not self.ruled_left[right + 1][top] and (top, right + 1) not in owner
                ):
                    right += 1
                columns = range(left, right + 1)
                bottom = top
                while (
                    bottom + 1 < row_count
                    and not any(self.ruled_above[bottom + 1][c] for c in columns)
                    and not any(self.ruled_left[c][bottom + 1] for c in range(left + 1, right + 1))
                    and not any((bottom + 1, c) in owner for c in columns)
                ):
                    bottom += 1
                for r in range(top, bottom + 1):
                    for c in columns:
                        owner[r, c] = (top, left, bottom, right)
        return owner


def _grids(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[_Grid]:
    """Connected lattices of at least two by two cells."""
    rows, columns = _merged(horizontal), _merged(vertical)
    # Union of rules that touch: two tables on a page must not lend each other their column lines.
    parent = list(range(len(rows) + len(columns)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(rows):
        for j, v in enumerate(columns):
            if h.start - _SNAP <= v.at <= h.end + _SNAP and v.start - _SNAP <= h.at <= v.end + _SNAP:
                parent[find(i)] = find(len(rows) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(rows):
        groups.setdefault(find(i), ([], []))[0].append(h)
    for j, v in enumerate(columns):
        groups.setdefault(find(len(rows) + j), ([], []))[1].append(v)

    grids = []
    for hs, vs in groups.values():
        ys, xs = _positions(hs), _positions(vs)
        end = _open_end(ys, xs, vs)
        ys = [*ys, end] if end is not None else ys
        if len(ys) < 3 or len(xs) < 3:
            continue
        ruled_above = [[False] * (len(xs) - 1) for _ in ys]
        for rule in hs:
            row = _nearest(ys, rule.at)
            for column in range(len(xs) - 1):
                if rule.start - _SNAP <= (xs[column] + xs[column + 1]) / 2 <= rule.end + _SNAP:
                    ruled_above[row][column] = True
        ruled_left = [[False] * (len(ys) - 1) for _ in xs]
        for rule in vs:
            column = _nearest(xs, rule.at)
            for row in range(len(ys) - 1):
                if rule.start - _SNAP <= (ys[row] + ys[row + 1]) / 2 <= rule.end + _SNAP:
                    ruled_left[column][row] = True
        if end is not None:
            ruled_above[-1] = [True] * (len(xs) - 1)
        grids.append(_Grid(xs, ys, ruled_above, ruled_left, end is not None))
    return _outermost(grids)


def _open_end(ys: Sequence[float], xs: Sequence[float], columns: Sequence[Rule]) -> float | None:
    """Where a last row ends that no rule closes, because the page ends in it: there all column lines that go on below
    the lowest rule end together, those at both sides among them."""
    below = [rule for rule in columns if ys and rule.end > ys[-1] + _OPEN]
    ends = [rule.end for rule in below]
    sides = xs and all(any(abs(rule.at - side) <= _SNAP for rule in below) for side in (xs[0], xs[-1]))
    return max(ends) if len(below) > 2 and sides and max(ends) - min(ends) <= _SNAP else None


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


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap become one; equal borders drawn twice become one."""
    merged: list[Rule] = []
    for group in _clusters(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in group) / len(group)
        start = end = None
        for rule in sorted(group, key=lambda rule: rule.start):
            if end is None or start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _SNAP:
                end = max(end, rule.end)
            else:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None and end is not None:
            merged.append(Rule(at, start, end))
    return merged


def _clusters(rules: Sequence[Rule]) -> list[list[Rule]]:
    clusters: list[list[Rule]] = []
    for rule in rules:
        if clusters and rule.at - clusters[-1][-1].at <= _SNAP:
            clusters[-1].append(rule)
        else:
            clusters.append([rule])
    return clusters


def _positions(rules: Sequence[Rule]) -> list[float]:
    clusters = _clusters(sorted(rules, key=lambda rule: rule.at))
    return [sum(rule.at for rule in cluster) / len(cluster) for cluster in clusters]


def _nearest(positions: Sequence[float], value: float) -> int:
    return min(range(len(positions)), key=lambda i: abs(positions[i] - value))


# ---------------------------------------------------------------------- text


def _without_doubles(chars: Sequence[Char]) -> list[Char]:
    """Without characters printed twice on almost the same spot, which is how some programs make bold."""
    seen: dict[tuple[str, int, int], list[Char]] = {}
    kept = []
    for char in chars:
        # In squares of twice the distance, what stands near lies in one of the four around the nearest corner.
        columns = {int((char.x0 + step) // (2 * _DOUBLE)) for step in (-_DOUBLE, _DOUBLE)}
        rows = {int((char.baseline + step) // (2 * _DOUBLE)) for step in (-_DOUBLE, _DOUBLE)}
        near = (other for x in columns for y in rows for other in seen.get((char.text, x, y), ()))
        if not any(_is_double(char, other) for other in near):
            square = (char.text, int(char.x0 // (2 * _DOUBLE)), int(char.baseline // (2 * _DOUBLE)))
            seen.setdefault(square, []).append(char)
            kept.append(char)
    return kept


def _is_double(char: Char, other: Char) -> bool:
    # Two equal letters side by side are a whole width apart.
    apart = min(_DOUBLE, (char.x1 - char.x0) / 2)
    return abs(char.x0 - other.x0) < apart and abs(char.baseline - other.baseline) < apart


def _lines(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters grouped by baseline, top to bottom, each line left to right, without lines of white space."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.baseline):
        if lines and char.baseline - lines[-1][-1].baseline <= _LINE:
            lines[-1].append(char)
        else:
            lines.append([char])
    for line in lines:
        line.sort(key=lambda char: char.x0)
    return [line for line in lines if not all(char.is_space for char in line)]


def _line_text(line: Sequence[Char]) -> str:
    height = max(char.bottom - char.top for char in line)
    text, end, spaced = "", None, False
    for char in line:
        if char.is_space:
            spaced = True
            continue
        if end is not None and char.x0 - end > (_SPACE if spaced else _GAP) * height:
            text += " "
        text += char.text
        end, spaced = char.x1, False
    return text


_WORD = re.compile(r"[^\W\d_]+")


def _vocabulary(chars: Sequence[Char]) -> frozenset[str]:
    """The words of the page as they stand on its lines, to tell a broken word from two words."""
    return frozenset(word for line in _lines(chars) for word in _WORD.findall(_line_text(line)))


def cell_lines(chars: Sequence[Char], vocabulary: frozenset[str]) -> tuple[Line, ...]:
    """The printed lines of a cell, top to bottom.

    A cell too narrow for a word breaks it inside (`(INAEBA)/Núm` `ero total`). A line continues the word above when
    the upper line is one unspaced piece and the joined word stands whole elsewhere on the page.
    """
    lines: list[Line] = []
    for printed in _lines(chars):
        text = _line_text(printed)
        broken = bool(lines) and _is_broken_word(lines[-1].text, text, vocabulary)
        lines.append(Line(fmean(char.baseline for char in printed), text, broken))
    return tuple(lines)


def _is_broken_word(upper: str, lower: str, vocabulary: frozenset[str]) -> bool:
    if " " in upper:
        return False
    tail, head = _WORD.search(upper[::-1]), _WORD.match(lower)
    if tail is None or head is None or tail.start() != 0:
        return False
    # The pieces themselves stand on the page's lines; only a piece that is no word by itself is a break.
    return tail.group()[::-1] + head.group() in vocabulary and head.group()[:1].islower() and len(upper) > 3
