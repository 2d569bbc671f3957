"""The small report as a scanner would give it: an image-only page that can lie in any way."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from tests.extractors.small_source import HEADER, HEADING, ROWS, TOTAL
from tests.publications.ruled_table import Cell, Type, draw_table
from tests.publications.scan import Scanner, scan

WIDTHS = [60.0, 120.0, 80.0, 80.0]
CLEAN = Scanner(skew=0.0, noise=3.0, blur=0.4, quality=60)


def drawn(rows: Sequence[Sequence[str]] = ROWS, total: Sequence[str] = TOTAL) -> bytes:
    """The report as a born-digital PDF of one small page."""
    buffer = BytesIO()
    canvas = Canvas(buffer, (400, 230), invariant=1)
    canvas.setFont("Helvetica", 11)
    for number, line in enumerate(HEADING):
        canvas.drawString(30, 205 - 16 * number, line)
    right = ("left", "left", "right", "right")
    cells = [
        [Cell(text, align=align) for text, align in zip(row, right, strict=True)] for row in (HEADER, *rows, total)
    ]
    draw_table(canvas, cells, WIDTHS, 30, 155, Type(size=10, leading=12, padding=4))
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned(scanner: Scanner = CLEAN, rows: Sequence[Sequence[str]] = ROWS, total: Sequence[str] = TOTAL) -> bytes:
    """The report as an image-only PDF."""
    return scan(drawn(rows, total), scanner)
