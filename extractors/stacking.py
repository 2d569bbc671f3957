"""Rows that a page prints in one ruled cell, one below the other: rules stand between its columns, not between rows.

What stands on one line belongs together: the numbers of a line make a row, and so does a label without numbers. A label
over several lines is told from several labels by how close its lines are, and by a small letter at the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from extractors.headers import ColumnMap
from extractors.numerals import is_number
from extractors.spec import Numbers, TableSpec
from extractors.table import BBox, Cell, Line, join_lines

STACKED = "stacked_rows"
_SAME_LINE = 0.42
"""Baselines nearer than this share of the distance of two lines are one line: sizes and alignments differ."""
_WRAPPED = 0.97
"""Lines nearer than this share of the distance of two rows are one label: a cell sets its lines closer than rows."""
_TIGHT = 1.04
_FEW = 0.6
"""Where no numbers tell the distance of rows, the closest lines, up to this factor, are those of one label, unless more
than this share of all lines are as close."""
_OVER = 0.55
"""Lines nearer than this share of the usual distance are printed over each other."""
_FAR = 0.8
"""A number further than this many lines from any label stands in a row without one."""
_BETWEEN = 1.7
"""Two lines around a number are one label when they are no further apart than this many lines."""


@dataclass(slots=True)
class _Piece:
    """What a cell prints inside one column: its lines, their column, and the box they stand in."""

    cell: Cell
    column: int
    lines: list[Line]
    bbox: BBox
    col_span: int = 1


@dataclass(slots=True)
class _Record:
    """One row to be: from where to where its label stands, and its lines by grid column."""

    first: float
    last: float
    lines: dict[int, list[Line]] = field(default_factory=dict)


def unstack(
    rows: Sequence[Sequence[Cell]], columns: ColumnMap, spec: TableSpec, numbers: Numbers
) -> list[Sequence[Cell]]:
    """The rows below a header with every stacked stretch of them told apart; the others come back as they are.

    A row keeps the number of the printed row it stands in. Cells that were told apart bear the flag `stacked_rows`.
    """
    result: list[Sequence[Cell]] = []
    for band in _bands(rows):
        result += _unstacked(band, columns, spec, numbers) or band
    return result


def _bands(rows: Sequence[Sequence[Cell]]) -> Iterable[list[Sequence[Cell]]]:
    """Rows that cells over several rows hold together."""
    band: list[Sequence[Cell]] = []
    reach = 0
    for index, row in enumerate(rows):
        if band and index >= reach:
            yield band
            band = []
        band.append(row)
        reach = max([reach, *(index + cell.row_span for cell in row if cell.text is not None)])
    if band:
        yield band


def _unstacked(
    band: Sequence[Sequence[Cell]], columns: ColumnMap, spec: TableSpec, numbers: Numbers
) -> list[Sequence[Cell]] | None:
    pieces = [piece for row in band for piece in _pieces(row, columns)]
    mapped = columns.mapped
    own = [piece for piece in pieces if piece.column in mapped and piece.col_span == 1]
    if len(band) == 1 and not any(len(piece.lines) > 1 for piece in own):
        return None
    if not own:
        return None
    kinds = {index: spec.columns[name].kind for index, name in mapped.items()}
    leading = {i for name, where in columns.positions.items() for i in where if spec.columns[name].required}
    counted = [
        piece
        for piece in own
        if kinds[piece.column] == "number" and all(is_number(line.text, numbers) for line in piece.lines)
    ]
    distance = _line_distance(own)
    records = [
        _Record(label[0].baseline, label[-1].baseline) for label in _leading(own, counted, leading, kinds, distance)
    ]
    alone: list[tuple[int, Line]] = []
    for piece in counted:
        for line in piece.lines:
            home = _beside(records, line.baseline, line.baseline, distance, _FAR * distance)
            if home is None:
                alone.append((piece.column, line))
            else:
                home.lines.setdefault(piece.column, []).append(line)
    for at in _clustered((line.baseline for _, line in alone), distance * _SAME_LINE):
        records.append(_Record(at, at))
    for column, line in alone:
        _nearest(records, line.baseline).lines.setdefault(column, []).append(line)
    anchors = [(record.first + record.last) / 2 for record in records]
    for index in sorted({piece.column for piece in own}):
        texts = _in_column((p for p in own if not any(p is other for other in counted)), index)
        labels = [[line] for line in texts] if kinds[index] == "code" else _labels(texts, anchors, distance)
        if index in leading and kinds[index] != "code":
            labels = _leading(own, counted, {index}, kinds, distance)
        # A text among numbers, such as a heading beside a total, keeps its distance as numbers do.
        most = _FAR * distance if kinds[index] == "number" else None
        in_order = most is None and len(labels) == len(records)
        homes = sorted(records, key=lambda record: record.first) if in_order else None
        for number, label in enumerate(labels):
            home = homes[number] if homes else _beside(records, label[0].baseline, label[-1].baseline, distance, most)
            if home is None:
                records.append(home := _Record(label[0].baseline, label[-1].baseline))
            home.lines.setdefault(index, []).extend(label)
    wide = [piece for piece in pieces if not any(piece is other for other in own)]
    return _rows(sorted(records, key=lambda record: record.first), own, wide, band, distance)


def _leading(
    own: Sequence[_Piece], counted: Sequence[_Piece], leading: set[int], kinds: Mapping[int, str], distance: float
) -> list[list[Line]]:
    """The labels that rows are known by: each code, or each label of one line or more."""
    columns = {piece.column for piece in own} & leading
    if not columns:
        return []
    if any(kinds[index] == "code" for index in columns):
        index = next(i for i in sorted(columns) if kinds[i] == "code")
        return [[line] for line in _in_column(own, index)]
    anchors = _clustered((line.baseline for piece in counted for line in piece.lines), distance * _SAME_LINE)
    lines = sorted(
        (line for piece in own if piece.column in columns for line in piece.lines), key=lambda line: line.baseline
    )
    return _labels(lines, anchors, distance)


def _line_distance(own: Sequence[_Piece]) -> float:
    """How far apart lines are: the closest two of a cell, or as high as the lowest cell of one line is.

    Lines much closer than usual are printed over each other and tell nothing.
    """
    gaps = [below.baseline - above.baseline for piece in own for above, below in pairwise(piece.lines)]
    usual = [gap for gap in gaps if gap > _OVER * median(gaps)]
    return min(usual or [piece.bbox[3] - piece.bbox[1] for piece in own])


def _closest(gaps: Sequence[float], of_rows: Sequence[int]) -> float:
    """Lines nearer than this are one label: nearer than rows that follow each other, where `of_rows` says which gaps
    part two of them, and otherwise as near as the few that are much nearer than the others."""
    if of_rows:
        return _WRAPPED * min(gaps[index] for index in of_rows)
    tight = _TIGHT * min(gaps, default=0.0)
    return tight if sum(gap <= tight for gap in gaps) <= _FEW * len(gaps) else 0.0


def _beside(
    records: Sequence[_Record], first: float, last: float, distance: float, most: float | None
) -> _Record | None:
    """The row whose label stands nearest to lines from `first` to `last`, not further away than `most`."""

    def away(record: _Record) -> tuple[float, float]:
        between = max(record.first - last, first - record.last)
        return between if between > distance * _SAME_LINE else 0.0, abs(
            (record.first + record.last) / 2 - (first + last) / 2
        )

    nearest = min(records, key=away, default=None)
    return None if nearest is None or (most is not None and away(nearest)[0] > most) else nearest


def _pieces(row: Sequence[Cell], columns: ColumnMap) -> Iterable[_Piece]:
    mapped = columns.mapped
    for index, cell in enumerate(row):
        if cell.is_blank or not cell.lines or cell.bbox is None:
            continue
        x0, top, x1, bottom = cell.bbox
        over = range(index, index + cell.col_span)
        names = {mapped[i] for i in over if i in mapped}
        if cell.col_span == 1 or (len(names) == 1 and all(i in mapped for i in over)):
            yield _Piece(cell, index, list(cell.lines), cell.bbox)
        elif cell.parts and names:
            for i, part in zip(over, cell.parts, strict=True):
                if part.lines:
                    yield _Piece(cell, i, list(part.lines), (max(x0, part.x0), top, min(x1, part.x1), bottom))
        else:
            yield _Piece(cell, index, list(cell.lines), cell.bbox, cell.col_span)


def _in_column(pieces: Iterable[_Piece], column: int) -> list[Line]:
    lines = [line for piece in pieces if piece.column == column for line in piece.lines]
    return sorted(lines, key=lambda line: line.baseline)


def _clustered(baselines: Iterable[float], near: float) -> list[float]:
    clusters: list[list[float]] = []
    for baseline in sorted(baselines):
        if clusters and baseline - clusters[-1][0] <= near:
            clusters[-1].append(baseline)
        else:
            clusters.append([baseline])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _nearest(records: Sequence[_Record], baseline: float) -> _Record:
    return min(records, key=lambda record: abs(record.first - baseline))


def _labels(lines: Sequence[Line], anchors: Sequence[float], distance: float) -> list[list[Line]]:
    """The lines of a column of text as labels, each of one line or more."""
    near = distance * _SAME_LINE
    gaps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    # Each number stands beside the line nearest to it: another line at its height only runs into it from above.
    counted = {
        min(range(len(lines)), key=lambda i: abs(lines[i].baseline - anchor))
        for anchor in anchors
        if any(abs(line.baseline - anchor) <= near for line in lines)
    }
    close = _closest(gaps, [i for i in range(len(gaps)) if {i, i + 1} <= counted])
    marks = {line.mark for line in lines}
    is_marked = None not in marks and len(marks) > 1
    labels: list[list[Line]] = []
    for index, line in enumerate(lines):
        above = lines[index - 1] if index else None
        if above is None or (not is_marked and gaps[index - 1] < distance * _OVER and index in counted):
            goes_on = False
        elif is_marked:
            goes_on = line.mark == above.mark
        elif index in counted and index - 1 in counted:
            goes_on = False
        else:
            small = line.text[:1].islower() or line.continues_word
            between = gaps[index - 1] <= distance * _BETWEEN and any(
                above.baseline + near < anchor < line.baseline - near for anchor in anchors
            )
            goes_on = gaps[index - 1] < close or small or between
        if goes_on:
            labels[-1].append(line)
        else:
            labels.append([line])
    return labels


def _rows(
    records: Sequence[_Record],
    own: Sequence[_Piece],
    wide: Sequence[_Piece],
    band: Sequence[Sequence[Cell]],
    distance: float,
) -> list[Sequence[Cell]]:
    width = max(len(row) for row in band)
    rows: list[tuple[float, Sequence[Cell]]] = []
    for record in records:
        row_no = band[0][0].row_no
        cells: list[Cell] = []
        for index in range(width):
            lines = sorted(record.lines.get(index, ()), key=lambda line: line.baseline)
            if not lines:
                cells.append(Cell("", row_no, index + 1))
                continue
            piece = next(p for p in own if p.column == index and any(line is lines[0] for line in p.lines))
            x0, top, x1, bottom = piece.bbox
            cells.append(
                replace(
                    piece.cell,
                    text=join_lines(lines),
                    col_no=index + 1,
                    row_span=1,
                    col_span=1,
                    bbox=(
                        x0,
                        max(top, lines[0].baseline - distance),
                        x1,
                        min(bottom, lines[-1].baseline + distance / 3),
                    ),
                    owner=None,
                    lines=tuple(lines),
                    parts=(),
                    flags=(*piece.cell.flags, STACKED),
                )
            )
        row_no = min(cell.row_no for cell in cells)
        rows.append((record.first, tuple(replace(cell, row_no=row_no) for cell in cells)))
    rows += _wide_rows(wide, width, distance)
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _wide_rows(wide: Sequence[_Piece], width: int, distance: float) -> list[tuple[float, Sequence[Cell]]]:
    """Rows of what reaches over several columns, a heading or a note: those on one line are one row."""
    rows: list[tuple[float, list[Cell]]] = []
    for line, piece in sorted(((line, p) for p in wide for line in p.lines), key=lambda pair: pair[0].baseline):
        over = range(piece.column, piece.column + piece.col_span)
        at, cells = rows[-1] if rows else (0.0, [])
        if not cells or line.baseline - at > distance * _SAME_LINE or any(not cells[i].is_blank for i in over):
            cells = [Cell("", piece.cell.row_no, index + 1) for index in range(width)]
            rows.append((line.baseline, cells))
        row_no = cells[0].row_no
        for index in over:
            cells[index] = Cell(None, row_no, index + 1, owner=(row_no, piece.column + 1))
        cells[piece.column] = replace(
            piece.cell, text=line.text, row_no=row_no, row_span=1, lines=(line,), parts=(), owner=None
        )
    return [(at, tuple(cells)) for at, cells in rows]
