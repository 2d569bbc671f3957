"""A corrected re-issue of the SIAFI report, made up for tests of vintages; see the head of its figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.publications.printed_figures import Page, Publication, Row, load_form, load_siafi

ADUANAS_REISSUE = "aduanas_2021_01_reissue"

_MOMENT = re.compile(r"\d{2}/\d{2}/\d{4} .*")


def load_reissue(name: str = ADUANAS_REISSUE) -> Publication:
    """The report that `figures/<name>.yml` corrects, with its corrections, its moments and its remark.

    Raises ValueError when a correction is not of what the first filing printed.
    """
    form = load_form(name)
    first = load_siafi(form["of"])
    tables = [report["table"] for report in load_form(form["of"])["reports"] for _ in report["pages"]]
    pages = []
    for table, page in zip(tables, first.pages, strict=True):
        corrections = [each for each in form["corrections"] if each["table"] == table]
        heading = (*(_moved(line, form["moments"][table]) for line in page.heading), (form["remark"],))
        pages.append(replace(page, heading=heading, rows=_corrected(page, corrections)))
    changed = sum(
        text != before.cells[key]
        for page, old in zip(pages, first.pages, strict=True)
        for row, before in zip(page.rows, old.rows, strict=True)
        for key, text in row.cells.items()
    )
    if changed != len(form["corrections"]):
        raise ValueError(f"{name}: {len(form['corrections'])} corrections change {changed} cells.")
    return Publication(first.title, tuple(pages))


def _moved(line: Sequence[str], moment: str) -> tuple[str, ...]:
    return tuple(_MOMENT.sub(moment, field) for field in line)


def _corrected(page: Page, corrections: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    rows = []
    for row in page.rows:
        product = row.cells["product_name"].partition("-")[0] if row.kind == "data" else ""
        cells = {
            each["column"]: each["printed"]
            for each in corrections
            if str(each.get("product", "")) == product and row.cells[each["column"]] == each["was"]
        }
        rows.append(replace(row, cells={**row.cells, **cells}))
    return tuple(rows)
