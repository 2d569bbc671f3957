"""Rows and columns that a form prints without the rule between them.

A rule drawn in the header may stop above the data: then one ruled cell holds the text of several columns, and is cut at
the header's column lines. Or no rule is drawn between records: then the code columns tell, because each of their
printed lines must be a whole code and all of them must agree on how many there are. The cells made here are flagged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

from extractors.headers import ColumnMap
from extractors.spec import TableSpec
from extractors.table import Cell, Line, join_lines

SPLIT_COLUMNS, SPLIT_ROWS = "split_columns", "split_rows"
_CLEAR_GAP = 1.25
"""White between two records is at least this many times the usual distance of lines inside one."""


def split_columns(cells: Sequence[Cell], columns: ColumnMap) -> tuple[Cell, ...]:
    """The row with every cell that reaches over several declared columns cut into one cell per grid column.

    A cell is left whole when it has no text or a word stands across a column line: then it is one printed text.
    """
    mapped = columns.mapped
    row = list(cells)
    for index, cell in enumerate(cells):
        inside = range(index, min(index + cell.col_span, len(cells)))
        if cell.is_blank or not cell.parts or len({mapped[i] for i in inside if i in mapped}) < 2:
            continue
        left, top, right, bottom = cell.bbox or (0.0, 0.0, 0.0, 0.0)
        for i, part in zip(inside, cell.parts, strict=True):
            row[i] = replace(
                cell,
                text=join_lines(part.lines),
                col_no=cells[i].col_no,
                col_span=1,
                bbox=(max(left, part.x0), top, min(right, part.x1), bottom),
                owner=None,
                lines=part.lines,
                parts=(),
                flags=(*cell.flags, SPLIT_COLUMNS),
            )
    return tuple(row)


def split_rows(cells: Sequence[Cell], columns: ColumnMap, spec: TableSpec) -> list[tuple[Cell, ...]] | None:
    """The records of a stacked row, top to bottom, or None when the row is a single record."""
    anchors = _anchors(cells, columns, spec)
    if anchors is None:
        return None
    records: list[list[Cell]] = [[] for _ in anchors]
    for cell in cells:
        if cell.text is None or not cell.lines:
            for record in records:
                record.append(cell)
            continue
        for record, lines in zip(records, _distribute(cell.lines, anchors), strict=True):
            record.append(replace(cell, text=join_lines(lines), lines=tuple(lines), flags=(*cell.flags, SPLIT_ROWS)))
    return [tuple(record) for record in records]


def _anchors(cells: Sequence[Cell], columns: ColumnMap, spec: TableSpec) -> list[float] | None:
    stacks: list[tuple[Line, ...]] = []
    for name, column in spec.columns.items():
        if not (column.required and column.kind == "code" and column.pattern):
            continue
        for index in columns.positions.get(name, ()):
            if index >= len(cells) or cells[index].is_blank:
                continue
            lines = cells[index].lines
            if len(lines) < 2 or not all(re.fullmatch(column.pattern, line.text, re.IGNORECASE) for line in lines):
                return None
            stacks.append(lines)
    if not stacks or len({len(stack) for stack in stacks}) > 1:
        return None
    return [fmean(stack[i].baseline for stack in stacks) for i in range(len(stacks[0]))]


def _distribute(lines: Sequence[Line], anchors: Sequence[float]) -> list[list[Line]]:
    count = len(anchors)
    if len(lines) > count and (groups := _by_gaps(lines, count)):
        return groups
    groups = [[] for _ in anchors]
    for line in lines:
        groups[min(range(count), key=lambda i: abs(anchors[i] - line.baseline))].append(line)
    return groups


def _by_gaps(lines: Sequence[Line], count: int) -> list[list[Line]] | None:
    """Lines cut at the widest gaps, or None when these do not stand out."""
    gaps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    widest = sorted(range(len(gaps)), key=lambda i: gaps[i], reverse=True)
    cuts, others = sorted(widest[: count - 1]), widest[count - 1 :]
    if others and min(gaps[i] for i in cuts) < _CLEAR_GAP * max(gaps[i] for i in others):
        return None
    edges = [0, *(i + 1 for i in cuts), len(lines)]
    return [list(lines[start:end]) for start, end in pairwise(edges)]
