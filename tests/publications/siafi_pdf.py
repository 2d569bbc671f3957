"""The SIAFI report as PDF: landscape pages with the system's header lines, a ruled table and a footer."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.pagesizes import LETTER, landscape

from tests.publications.printed_figures import Column, Page, Publication, Row
from tests.publications.ruled_table import Cell, Type, draw_table, new_canvas

MARGIN = 30.0
TYPE = Type(size=7.6, leading=9.2, padding=2.5)
WIDTHS = {
    "category_code": 72,
    "product_name": 224,
    "ga_code": 22,
    "ue_code": 22,
    "physical_programmed": 66,
    "physical_evaluated": 60,
    "physical_difference": 60,
    "assigned_amount": 74,
    "in_force_amount": 74,
    "budget_difference": 58,
}
FIELD_GAP = 18.0


def render(publication: Publication) -> bytes:
    """The PDF file."""
    buffer = BytesIO()
    width, height = landscape(LETTER)
    canvas = new_canvas(buffer, (width, height), publication.title)
    for page in publication.pages:
        canvas.setFont("Helvetica-BoldOblique", 20)
        canvas.drawString(MARGIN, height - MARGIN - 14, "SIAFI")
        top = height - MARGIN - 28
        for line in page.heading:
            x = MARGIN
            for text in line:
                canvas.setFont("Helvetica-Bold", 8)
                canvas.drawString(x, top, text)
                x += canvas.stringWidth(text, "Helvetica-Bold", 8) + FIELD_GAP
            top -= 11
        draw_table(canvas, _table(page), [WIDTHS[c.key] for c in page.columns], MARGIN, top, TYPE)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(MARGIN, MARGIN - 10, page.closing)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _table(page: Page) -> list[list[Cell]]:
    header = [Cell(column.label, bold=True, shaded=True) for column in page.columns]
    return [header, *(_row(row, page.columns) for row in page.rows)]


def _row(row: Row, columns: tuple[Column, ...]) -> list[Cell]:
    texts = row.texts(columns)
    if row.kind == "data":
        return [Cell(text, align=_align(column)) for column, text in zip(columns, texts, strict=True)]
    # the label of the total stands before the amounts, over the two columns left of them
    label = next(place for place, text in enumerate(texts) if text)
    amounts = zip(columns[label + 2 :], texts[label + 2 :], strict=True)
    return [
        Cell(columns=label),
        Cell(texts[label], columns=2, align="right", bold=True),
        *(Cell(text, align=_align(column), bold=True) for column, text in amounts),
    ]


def _align(column: Column) -> str:
    if column.key == "product_name":
        return "left"
    return "center" if column.key.endswith("_code") else "right"
