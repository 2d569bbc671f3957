"""Slides of performance indicators as PDF: a title slide, then one ruled table on each landscape slide."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

from reportlab.pdfgen.canvas import Canvas

from tests.publications.printed_figures import Column, Page, Publication, Row
from tests.publications.ruled_table import Type, draw_table, new_canvas
from tests.publications.table_cells import Cell

SIZE = (720.0, 540.0)
MARGIN = 40.0
TYPE = Type(size=12, leading=14.4, padding=4)
BLUE, RED = (0.06, 0.27, 0.55), (0.80, 0.10, 0.16)
WIDTHS = {"number": 26, "product_name": 300, "indicator_name": 310}
DEFAULT_WIDTH = 66
LEFT = ("product_name", "indicator_name")


def render(publication: Publication) -> bytes:
    """The PDF file."""
    buffer = BytesIO()
    canvas = new_canvas(buffer, SIZE, publication.title)
    for page in publication.pages:
        _draw_ground(canvas, page)
        if page.columns:
            _draw_table_slide(canvas, page)
        else:
            _draw_title_slide(canvas, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_ground(canvas: Canvas, page: Page) -> None:
    """The two-coloured block in the corner and the footer."""
    width, height = SIZE
    for left, share, colour in ((MARGIN, 0.4, BLUE), (MARGIN + 36, 0.6, RED)):
        canvas.setFillColorRGB(*colour)
        canvas.rect(left, height - 14, 90 * share, 14, stroke=0, fill=1)
    canvas.setFillColorRGB(*BLUE)
    canvas.setFont("Helvetica", 9)
    canvas.drawRightString(width - MARGIN, 18, page.closing)


def _draw_title_slide(canvas: Canvas, page: Page) -> None:
    canvas.setFillColorRGB(*BLUE)
    baseline = SIZE[1] - 190
    for place, (line,) in enumerate(page.heading):
        size = 26 if place < 2 else 15
        canvas.setFont("Helvetica-Bold" if place < 2 else "Helvetica", size)
        canvas.drawString(MARGIN, baseline, line)
        baseline -= 40 if place < 2 else 24


def _draw_table_slide(canvas: Canvas, page: Page) -> None:
    """Heading in the colour of the slides, then the table over the whole width."""
    top = SIZE[1] - 52
    for place, (line,) in enumerate(page.heading):
        canvas.setFillColorRGB(*(BLUE if place == 0 else RED))
        canvas.setFont("Helvetica-Bold", 22 if place == 0 else 15)
        canvas.drawString(MARGIN, top, line)
        top -= 26
    weights = [WIDTHS.get(column.key, DEFAULT_WIDTH) for column in page.columns]
    widths = [weight * (SIZE[0] - 2 * MARGIN) / sum(weights) for weight in weights]
    draw_table(canvas, _table(page), widths, MARGIN, top - 6, TYPE)


def _table(page: Page) -> list[list[Cell]]:
    return [*_header(page.columns), *(_row(row, page.columns) for row in page.rows)]


def _header(columns: tuple[Column, ...]) -> list[list[Cell]]:
    """One row of names; two where columns stand under a common heading."""
    if not any(column.group for column in columns):
        return [[_heading(column.label) for column in columns]]
    names, subnames = [], []
    for group, run in groupby(columns, lambda column: column.group):
        members = list(run)
        if group:
            names.append(_heading(group, columns=len(members)))
            subnames += [_heading(column.label) for column in members]
        else:
            names += [_heading(column.label, rows=2) for column in members]
    return [names, subnames]


def _heading(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns=columns, rows=rows, bold=True, shaded=True)


def _row(row: Row, columns: tuple[Column, ...]) -> list[Cell]:
    texts = row.texts(columns)
    if row.kind == "section":
        return [_cell(columns[0], texts[0], span=len(columns))]
    span = 1 if row.kind == "data" else 2
    cells = [_cell(columns[0], texts[0], span, bold=span > 1, left=span > 1)]
    for column, text in zip(columns[span:], texts[span:], strict=True):
        cells.append(_cell(column, text, bold=span > 1))
    return cells


def _cell(column: Column, text: str, span: int = 1, *, bold: bool = False, left: bool = False) -> Cell:
    plain = text.removeprefix("<i>").removesuffix("</i>")
    align = "left" if left or column.key in LEFT else "center"
    return Cell(plain, columns=span, align=align, bold=bold, italic=plain != text)
