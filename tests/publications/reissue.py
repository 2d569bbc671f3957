"""Another issue of the published SIAFI report, made up: run on another day with a few cells changed.

The heads of the two files of figures say what each is for: `PRELIMINARY` lies in `documents/`, `CORRECTED` never does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.publications.printed_figures import Page, Publication, Row, load_form, load_siafi

PRELIMINARY = "aduanas_2021_01_preliminary"
CORRECTED = "aduanas_2021_01_corrected"

_MOMENT = re.compile(r"\d{2}/\d{2}/\d{4} .*")


def load_reissue(name: str) -> Publication:
    """The report that `figures/<name>.yml` issues anew, with its cells, its moments and its remark.

    Raises ValueError when a cell is not what the published report prints.
    """
    form = load_form(name)
    published = load_siafi(form["of"])
    tables = [report["table"] for report in load_form(form["of"])["reports"] for _ in report["pages"]]
    pages = []
    for table, page in zip(tables, published.pages, strict=True):
        cells = [each for each in form["cells"] if each["table"] == table]
        moment = form["moments"][table]
        heading = (*(_moved(line, moment) for line in page.heading), (form["remark"],))
        received = replace(page.received, heading=(*_moved(page.received.heading, moment), form["remark"]))
        pages.append(replace(page, heading=heading, rows=_changed(page, cells), received=received))
    issued = Publication(f"{published.title} ({form['remark']})", tuple(pages))
    changed = len(changed_cells(published, issued))
    if changed != len(form["cells"]):
        raise ValueError(f"{name}: {len(form['cells'])} cells change {changed}.")
    return issued


def changed_cells(published: Publication, issued: Publication) -> list[tuple[str, str, str]]:
    """Column, text published and text issued, of every cell that differs."""
    return [
        (key, old.cells[key], text)
        for before, after in zip(published.pages, issued.pages, strict=True)
        for old, new in zip(before.rows, after.rows, strict=True)
        for key, text in new.cells.items()
        if text != old.cells[key]
    ]


def _moved(line: Sequence[str], moment: str) -> tuple[str, ...]:
    return tuple(_MOMENT.sub(moment, field) for field in line)


def _changed(page: Page, changes: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    rows = []
    for row in page.rows:
        product = row.cells["product_name"].partition("-")[0] if row.kind == "data" else ""
        cells = {
            each["column"]: each["printed"]
            for each in changes
            if str(each.get("product", "")) == product and row.cells[each["column"]] == each["published"]
        }
        rows.append(replace(row, cells={**row.cells, **cells}))
    return tuple(rows)
