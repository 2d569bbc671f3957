"""A ruled report of any number of pages: the SIAFI report of the repository printed on and on, with its own total."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

from tests.publications import siafi_pdf
from tests.publications.build import ADUANAS_2021_01
from tests.publications.printed_figures import Page, Publication, Row, load_siafi

NAME = "hn_siafi_productos/aduanas_2021_01_r00824984_{pages}_pages.pdf"
ROWS_PER_PAGE = 18
"""As many as fit where the longest names stand together; a thousand pages stay below the 20,000 rows of the source."""
_MONEY = ("assigned_amount", "in_force_amount", "budget_difference")


def report(pages: int) -> Publication:
    """The report on so many pages. Only the last one prints a total, that of all rows."""
    model = load_siafi(ADUANAS_2021_01)
    products = [page for page in model.pages if page.rows[0].cells["category_code"].endswith("-000")]
    rows = [row for page in products for row in page.rows if row.kind == "data"]
    first = products[0]
    last_total = next(row for page in products for row in page.rows if row.kind == "total")
    printed = cycle(rows)
    made: list[Page] = []
    for number in range(1, pages + 1):
        on_page = tuple(islice(printed, ROWS_PER_PAGE))
        closing = f"USUARIO:MAORTEGA Pagina {number} de {pages}"
        made.append(replace(first, rows=on_page, closing=closing))
    total = _total([row for page in made for row in page.rows], last_total)
    made[-1] = replace(made[-1], rows=(*made[-1].rows[:-1], total))
    return Publication(model.title, tuple(made))


def _total(rows: list[Row], printed: Row) -> Row:
    sums = {name: sum(Decimal(row.cells[name].replace(",", "")) for row in rows[:-1]) for name in _MONEY}
    return replace(printed, cells={**printed.cells, **{name: f"{value:,.2f}" for name, value in sums.items()}})


def put_into(folder: Path, pages: int) -> Path:
    """Write the report below a folder, unless it is there."""
    file = folder / NAME.format(pages=pages)
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(siafi_pdf.render(report(pages)))
        part.replace(file)
    return file
