"""The form Indicadores de Resultados as PDF: landscape pages, one ruled table each, merged header cells."""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

from reportlab.lib.pagesizes import LEGAL, landscape
from reportlab.pdfgen.canvas import Canvas

from tests.publications.printed_figures import Column, Page, Publication, Row
from tests.publications.ruled_table import SHADE, Cell, Type, draw_table, new_canvas

MARGIN = 24.0
TYPE = Type(size=5.6, leading=6.7, padding=1.8)
# relative widths; a column not named here is as wide as the default
WIDTHS = {
    "axis_name": 44,
    "strategy_name": 46,
    "purpose_code": 15,
    "function_code": 15,
    "subfunction_code": 15,
    "program_code": 25,
    "unit_code": 22,
    "indicator_name": 118,
    "level_name": 31,
    "type_name": 30,
    "dimension_name": 40,
    "frequency_name": 43,
    "unit_name": 84,
    "formula": 34,
    "goal_programmed": 60,
    "goal_adjusted": 60,
    "goal_achieved": 60,
    "achievement_programmed_pct": 43,
    "achievement_adjusted_pct": 43,
    "approved_amount": 62,
    "adjusted_amount": 62,
    "accrued_amount": 62,
    "execution_approved_pct": 43,
    "execution_adjusted_pct": 43,
}
DEFAULT_WIDTH = 56
LEFT = ("indicator_name", "unit_name")


def render(publication: Publication, password: str | None = None) -> bytes:
    """The PDF file; with a `password` it is encrypted and asks for it."""
    buffer = BytesIO()
    width, height = landscape(LEGAL)
    canvas = new_canvas(buffer, (width, height), publication.title, password)
    for page in publication.pages:
        top = _draw_heading(canvas, page, width, height - MARGIN)
        if page.columns:
            widths = _grid_widths(page.columns, width - 2 * MARGIN)
            top = draw_table(canvas, _table(page), widths, MARGIN, top, TYPE)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(MARGIN, top - 10, page.closing)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_heading(canvas: Canvas, page: Page, width: float, top: float) -> float:
    """The title lines on a shaded band; returns where the table starts."""
    bottom = top - 11 * len(page.heading) - 6
    canvas.setFillGray(SHADE)
    canvas.rect(MARGIN, bottom, width - 2 * MARGIN, top - bottom, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.setFont("Helvetica-Bold", 8)
    for number, line in enumerate(page.heading, start=1):
        canvas.drawCentredString(width / 2, top - 11 * number, "  ".join(line))
    return bottom - 8


def _grid_widths(columns: tuple[Column, ...], available: float) -> list[float]:
    """Widths in points of the grid columns; a column on several is wider and shares it out unevenly."""
    weights = []
    for column in columns:
        weight = WIDTHS.get(column.key, DEFAULT_WIDTH) * (0.95 + 0.05 * column.grid)
        shares = range(column.grid + 1, 1, -1)
        weights += [weight * share / sum(shares) for share in shares]
    return [weight * available / sum(weights) for weight in weights]


def _table(page: Page) -> list[list[Cell]]:
    return [*_header(page.columns), *(_row(row, page.columns) for row in page.rows)]


def _header(columns: tuple[Column, ...]) -> list[list[Cell]]:
    """Three rows: groups of columns, column names, and the names that stand under a pair's heading."""
    groups = [
        Cell(group, columns=sum(column.grid for column in members), bold=True, shaded=True)
        for group, members in ((group, list(run)) for group, run in groupby(columns, lambda c: c.group))
    ]
    names, subnames = [], []
    for pair, run in groupby(columns, lambda c: c.pair):
        members = list(run)
        if pair:
            names.append(Cell(pair, columns=sum(c.grid for c in members), bold=True, shaded=True))
            subnames += [Cell(c.label, columns=c.grid, bold=True, shaded=True) for c in members]
        else:
            names += [Cell(c.label, columns=c.grid, rows=2, bold=True, shaded=True) for c in members]
    return [groups, names, subnames]


def _row(row: Row, columns: tuple[Column, ...]) -> list[Cell]:
    texts = row.texts(columns)
    if row.kind == "data":
        return [_cell(column, text) for column, text in zip(columns, texts, strict=True)]
    # a total's label stands over the first two columns; the rest of its row shows every rule of the grid
    cells = [Cell(texts[0], columns=columns[0].grid + columns[1].grid, bold=True, align="left")]
    for column, text in zip(columns[2:], texts[2:], strict=True):
        cells += [Cell(text, align=_align(column), bold=True), *[Cell()] * (column.grid - 1)]
    return cells


def _cell(column: Column, text: str) -> Cell:
    return Cell(text, columns=column.grid, align=_align(column))


def _align(column: Column) -> str:
    if column.key in LEFT:
        return "left"
    return "right" if column.key.startswith("goal_") or column.key.endswith("_amount") else "center"
