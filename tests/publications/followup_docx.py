"""The follow-up of an operating plan as DOCX: landscape pages, tables with cells merged over rows."""

from __future__ import annotations

from datetime import datetime, time
from itertools import takewhile

from tests.publications import word_document
from tests.publications.followup_figures import MERGED, FollowUp, FollowUpTable
from tests.publications.printed_figures import Row
from tests.publications.table_cells import Cell
from tests.publications.word_document import Document, Paragraph, Table

# relative widths of the columns of each table
WIDTHS = {
    "monthly": (44, 12, 12, 12),
    "quarterly": (40, 10, 90),
    "activities": (34, 36, 38, 34, 34, 42, 72),
}
FIGURES = ("month_1", "month_2", "month_3", "quarter_1", "goal", "progress")


def render(followup: FollowUp) -> bytes:
    """The DOCX file, dated as it was signed."""
    body = [
        _table(block) if isinstance(block, FollowUpTable) else Paragraph(block.text, block.style)
        for block in followup.blocks
    ]
    dated = datetime.combine(followup.dated, time(12))
    return word_document.write(Document(followup.title, dated, body, landscape=True))


def _table(table: FollowUpTable) -> Table:
    weights = WIDTHS[table.name]
    unit = word_document.text_width(landscape=True) // max(sum(weights), 120)
    return Table(
        widths=[weight * unit for weight in weights],
        rows=[_row(table.rows, place) for place in range(len(table.rows))],
        header_rows=len(list(takewhile(lambda row: row.kind == "header", table.rows))),
    )


def _row(rows: tuple[Row, ...], place: int) -> list[Cell]:
    """The cells that begin on a row, each as long as the cells below are merged with it."""
    row = rows[place]
    cells = []
    for key, text in row.cells.items():
        if text != MERGED:
            below = takewhile(lambda under, key=key: under.cells[key] == MERGED, rows[place + 1 :])
            cells.append(
                Cell(
                    text,
                    rows=1 + len(list(below)),
                    align="center" if key in FIGURES or row.kind == "header" else "left",
                    bold=row.kind in ("header", "total"),
                    shaded=row.kind == "header",
                )
            )
    return cells
