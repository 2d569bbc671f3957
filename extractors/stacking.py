"""Rows that a page prints in one ruled cell, one below the other: rules stand between its columns, not between rows.

What stands on one line belongs together: the numbers of a line make a row, and so does a label without numbers. A label
over several lines is told from several labels by how close its lines are, and by a small letter at the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.headers import ColumnMap
from extractors.numerals import is_number
from extractors.spec import Numbers, TableSpec
from extractors.table import BBox, Cell, Line, join_lines

STACKED = "stacked_rows"
_SAME_LINE = 0.42
"""Baselines nearer than this share of the distance of two lines are one line: type sizes and alignments differ."""
_WRAPPED = 0.97
"""Lines nearer than this share of the distance of two rows are one label: a cell sets its lines closer than rows are."""
_TIGHT = 1.04
"""Where no numbers tell the distance of rows, the closest lines, up to this factor, are those of one label."""
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
    """One row to be: where it stands, and its lines by grid column."""

    baseline: float
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
    if not any(len(piece.lines) > 1 for piece in own):
        return None
    counted = [
        piece
        for piece in own
        if spec.columns[mapped[piece.column]].kind != "text"
        and all(
            is_number(line.text, numbers) or spec.columns[mapped[piece.column]].kind == "code" for line in piece.lines
        )
    ]
    text = [piece for piece in own if not any(piece is other for other in counted)]
    distance = min((_distance(piece.lines) for piece in own if len(piece.lines) > 1), default=0.0)
    rows_apart = min((_distance(_in_column(counted, i)) for i in {piece.column for piece in counted}), default=0.0)
    records = [
        _Record(baseline)
        for baseline in _clustered((line.baseline for piece in counted for line in piece.lines), distance * _SAME_LINE)
    ]
    for piece in counted:
        for line in piece.lines:
            _nearest(records, line.baseline).lines.setdefault(piece.column, []).append(line)
    leading = {
        i for name, where in columns.positions.items() for i in where if spec.columns[name].required
    }
    anchors = [record.baseline for record in records]
    for index in sorted({piece.column for piece in text}, key=lambda i: (i not in leading, i)):
        lines = _in_column(text, index)
        for label in _labels(lines, anchors, rows_apart, distance):
            home = _home(label, records, anchors, distance, may_open=index in leading)
            home.lines.setdefault(index, []).extend(label)
    wide = [piece for piece in pieces if not any(piece is other for other in own)]
    return _rows(sorted(records, key=lambda record: record.baseline), own, wide, band, distance)


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


def _distance(lines: Sequence[Line]) -> float:
    """The smallest distance of two lines; without end for fewer."""
    return min((below.baseline - above.baseline for above, below in pairwise(lines)), default=float("inf"))


def _clustered(baselines: Iterable[float], near: float) -> list[float]:
    clusters: list[list[float]] = []
    for baseline in sorted(baselines):
        if clusters and baseline - clusters[-1][0] <= near:
            clusters[-1].append(baseline)
        else:
            clusters.append([baseline])
    return [sum(cluster) / len(cluster) for cluster in clusters]


def _nearest(records: Sequence[_Record], baseline: float) -> _Record:
    return min(records, key=lambda record: abs(record.baseline - baseline))


def _labels(lines: Sequence[Line], anchors: Sequence[float], rows_apart: float, distance: float) -> list[list[Line]]:
    """The lines of a column of text as labels, each of one line or more."""
    near = distance * _SAME_LINE
    gaps = [below.baseline - above.baseline for above, below in pairwise(lines)]
    if rows_apart and rows_apart != float("inf"):
        close = rows_apart * _WRAPPED
    else:
        close = min(gaps) * _TIGHT if gaps and max(gaps) > min(gaps) * _TIGHT else 0.0
    labels: list[list[Line]] = []
    for index, line in enumerate(lines):
        if index == 0:
            labels.append([line])
            continue
        above = lines[index - 1]
        both_counted = all(any(abs(a - each.baseline) <= near for a in anchors) for each in (above, line))
        between = gaps[index - 1] <= distance * _BETWEEN and any(
            above.baseline + near < a < line.baseline - near for a in anchors
        )
        small = line.text[:1].islower() or line.continues_word
        if not both_counted and (gaps[index - 1] < close or small or between):
            labels[-1].append(line)
        else:
            labels.append([line])
    return labels


def _home(
    label: Sequence[Line], records: list[_Record], anchors: Sequence[float], distance: float, *, may_open: bool
) -> _Record:
    """The row a label belongs to: that of the numbers beside it, or one of its own where there are none."""
    middle = (label[0].baseline + label[-1].baseline) / 2
    near = distance * _SAME_LINE
    beside = [r for r in records if label[0].baseline - near <= r.baseline <= label[-1].baseline + near]
    if beside:
        return _nearest(beside, middle)
    if may_open or not records:
        records.append(_Record(label[0].baseline))
        return records[-1]
    return _nearest(records, middle)


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
                    bbox=(x0, max(top, lines[0].baseline - distance), x1, min(bottom, lines[-1].baseline + distance / 3)),
                    owner=None,
                    lines=tuple(lines),
                    parts=(),
                    flags=(*piece.cell.flags, STACKED),
                )
            )
        row_no = min(cell.row_no for cell in cells)
        rows.append((record.baseline, tuple(replace(cell, row_no=row_no) for cell in cells)))
    for piece in wide:
        for line in piece.lines:
            row_no = piece.cell.row_no
            blank = [Cell("", row_no, index + 1) for index in range(width)]
            text = replace(
                piece.cell, text=line.text, row_span=1, col_span=piece.col_span, lines=(line,), parts=(), owner=None
            )
            covered = [
                Cell(None, row_no, i + 1, owner=(row_no, piece.column + 1))
                for i in range(piece.column + 1, piece.column + piece.col_span)
            ]
            blank[piece.column : piece.column + 1 + len(covered)] = [replace(text, col_no=piece.column + 1), *covered]
            rows.append((line.baseline, tuple(blank)))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
