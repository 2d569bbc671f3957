"""A ruled table on a PDF page: wrapped cells, cells merged over rows and columns, rules around them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from tests.publications.table_cells import Cell, Placed, place

SHADE = 0.88


@dataclass(frozen=True)
class Type:
    """Size of type, distance between lines and space inside a cell, in points."""

    size: float
    leading: float
    padding: float = 2.0


@dataclass(frozen=True)
class _Wrapped(Placed):
    lines: list[str]


def new_canvas(buffer: BytesIO, size: tuple[float, float], title: str, password: str | None = None) -> Canvas:
    """A canvas whose bytes depend on nothing but what is drawn: no clock, random id or compressor."""
    canvas = Canvas(buffer, pagesize=size, invariant=1, pageCompression=0, encrypt=password)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("Compuesto de nuevo a partir de las cifras publicadas")
    canvas.setCreator("")
    return canvas


def draw_table(
    canvas: Canvas, rows: Sequence[Sequence[Cell]], widths: Sequence[float], x: float, top: float, type_: Type
) -> float:
    """Draw the rows from (x, top) downwards and return the y of the bottom rule.

    Raises ValueError when a word is wider than its cell or the table leaves the page.
    """
    placed = [_wrap(spot, widths, type_) for spot in place(rows, len(widths))]
    heights = _heights(placed, len(rows), type_)
    if top - sum(heights) < 0:
        raise ValueError(f"The table is {sum(heights):.0f} points high and leaves the page.")
    lefts = [x + sum(widths[:n]) for n in range(len(widths) + 1)]
    tops = [top - sum(heights[:n]) for n in range(len(heights) + 1)]
    canvas.setLineWidth(0.5)
    for spot in placed:
        left, right = lefts[spot.column], lefts[spot.column + spot.cell.columns]
        high, low = tops[spot.row], tops[spot.row + spot.cell.rows]
        canvas.setFillGray(SHADE if spot.cell.shaded else 1)
        canvas.rect(left, low, right - left, high - low, stroke=1, fill=int(spot.cell.shaded))
        canvas.setFillGray(0)
        _write(canvas, spot, (left, right), (high, low), type_)
    return tops[-1]


def _wrap(spot: Placed, widths: Sequence[float], type_: Type) -> _Wrapped:
    room = sum(widths[spot.column : spot.column + spot.cell.columns]) - 2 * type_.padding
    lines = simpleSplit(spot.cell.text, _font(spot.cell), type_.size, room)
    for line in lines:
        if stringWidth(line, _font(spot.cell), type_.size) > room:
            raise ValueError(f"'{line}' is wider than its column ({room:.1f} points).")
    return _Wrapped(spot.cell, spot.row, spot.column, lines)


def _heights(placed: Sequence[_Wrapped], rows: int, type_: Type) -> list[float]:
    """Row heights: what the row's own cells need, then what merged cells need on their last row."""
    heights = [type_.leading + 2 * type_.padding] * rows
    for spot in sorted(placed, key=lambda spot: spot.cell.rows):
        covered = range(spot.row, spot.row + spot.cell.rows)
        missing = len(spot.lines) * type_.leading + 2 * type_.padding - sum(heights[row] for row in covered)
        heights[covered[-1]] += max(missing, 0)
    return heights


def _write(canvas: Canvas, spot: _Wrapped, across: tuple[float, float], down: tuple[float, float], type_: Type) -> None:
    (left, right), (high, low) = across, down
    canvas.setFont(_font(spot.cell), type_.size)
    baseline = (high + low + len(spot.lines) * type_.leading) / 2 - type_.size * 0.9
    for line in spot.lines:
        if spot.cell.align == "left":
            canvas.drawString(left + type_.padding, baseline, line)
        elif spot.cell.align == "right":
            canvas.drawRightString(right - type_.padding, baseline, line)
        else:
            canvas.drawCentredString((left + right) / 2, baseline, line)
        baseline -= type_.leading


def _font(cell: Cell) -> str:
    face = "Bold" * cell.bold + "Oblique" * cell.italic
    return f"Helvetica-{face}" if face else "Helvetica"
