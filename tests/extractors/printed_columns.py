"""PDFs of columns without rules, drawn line by line, and what a declaration of them reads."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from extractors.accounting import account_for
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits
from extractors.logical_table import Row
from extractors.readers.pdf import read_pdf
from extractors.spec import SourceSpec
from tests.extractors.drawn_pdf import Drawing, draw

Entry = tuple[float, str]
"""A text and where it begins; below zero, where it ends, counted from the left."""
PrintedLine = tuple[float, Sequence[Entry]]
"""How far below the top of the page a line stands, and its texts."""

AMOUNT = r"-?\d{1,3}(?:\.\d{3})*,\d\d"
RIGHTS = (230, 300, 370)
"""Where the amounts of the three number columns end."""

DECLARATION: dict[str, Any] = {
    "source_id": "xx_town_statement",
    "title": "Spending of a town",
    "publisher": {"name": "The town", "country": "AR"},
    "language": "es",
    "currency": "ARS",
    "numbers": {"thousands": ".", "decimal": ","},
    "metadata": {
        "title": [{"pattern": r"^(?P<value>estado de gastos)$"}],
        "institution": [{"pattern": r"^pueblo: (?P<value>.+)$"}],
        "period": {"patterns": [r"^a[ñn]o (?P<year>\d{4})$"]},
    },
    "tables": {
        "spending": {
            "title": "Spending by concept",
            "unruled": {"first": "^cr[eé]dito cr[eé]dito$", "last": "^concepto aprobado", "anchor": "approved_amount"},
            "columns": {
                "concept": {"headers": ["Concepto"], "required": True},
                "approved_amount": {"headers": ["Crédito Aprobado"], "kind": "number", "pattern": AMOUNT},
                "adjusted_amount": {"headers": ["Crédito Vigente"], "kind": "number", "pattern": AMOUNT},
                "paid_amount": {"headers": ["Pagado"], "kind": "number", "pattern": AMOUNT},
            },
            "totals": [{"kind": "total", "labels": ["Total"]}],
            "end": ["^hoja "],
        }
    },
}

HEADING: list[PrintedLine] = [
    (20, [(40, "ESTADO DE GASTOS")]),
    (32, [(40, "Pueblo: Villa Cera")]),
    (44, [(40, "Año 2023")]),
]
LABELS: list[PrintedLine] = [
    (70, [(195, "Crédito"), (265, "Crédito")]),
    (80, [(60, "Concepto"), (190, "Aprobado"), (265, "Vigente"), (335, "Pagado")]),
]

Change = Callable[[dict[str, Any]], object]


def amounts(y: float, concept: str, *numbers: str, x: float = 40) -> PrintedLine:
    """A line of a concept and its amounts, each aligned to the right end of its column; '' prints none."""
    return (y, [(x, concept), *((-right, number) for right, number in zip(RIGHTS, numbers, strict=False) if number)])


def source(change: Change | None = None) -> SourceSpec:
    """The declaration, with something changed in place."""
    content = copy.deepcopy(DECLARATION)
    if change:
        change(content)
    return SourceSpec.model_validate(content)


def table(content: dict[str, Any]) -> dict[str, Any]:
    """The declaration of the one table."""
    return content["tables"]["spending"]


def lines(*printed: PrintedLine, size: float = 7) -> Drawing:
    """A page of these lines."""

    def drawing(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for y, entries in printed:
            for x, text in entries:
                if x < 0:
                    canvas.drawRightString(-x, 300 - y, text)
                else:
                    canvas.drawString(x, 300 - y, text)

    return drawing


def interpreted(file: Path, change: Change | None = None) -> Interpretation:
    """What a PDF says under the declaration, every cell accounted for."""
    found = interpret(read_pdf(file, Budget(Limits()), words=True), source(change))
    for each in found.tables:
        account_for(each)
    return found


def read(folder: Path, *pages: Drawing, change: Change | None = None, rotation: int = 0) -> Interpretation:
    """What pages say under the declaration."""
    return interpreted(draw(folder / "drawn.pdf", *pages, rotation=rotation), change)


def rows(found: Interpretation, *kinds: str) -> list[list[str]]:
    """The printed texts of the rows of these kinds (data rows by default), over all tables and pieces."""
    return [[cell.joined or "" for cell in row.cells] for row in classified(found, *kinds)]


def classified(found: Interpretation, *kinds: str) -> list[Row]:
    """The rows of these kinds (data rows by default), over all tables and pieces."""
    wanted = kinds or ("data",)
    return [row for each in found.tables for piece in each.segments for row in piece.rows if row.kind in wanted]
