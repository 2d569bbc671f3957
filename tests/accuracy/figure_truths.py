"""The figures that the repository's own publications are set from are their truth: they stood there before any page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tests.accuracy.rows import PrintedRow, printed_row
from tests.publications.build import ADUANAS_2021_01, ISSEG_2020
from tests.publications.followup_figures import load_followup
from tests.publications.printed_figures import Publication, load_indicator_results, load_siafi, load_slides
from tests.publications.programme_figures import load_programme
from tests.publications.reissue import PRELIMINARY, load_reissue

Truth = Iterator[list[str]]
"""The texts of each printed row."""

NO_AMOUNTS = frozenset({"header", "section", "blank"})
"""Kinds of rows whose numbers name columns and groups."""


def figure_rows(document: Path, thousands: str, decimal: str) -> list[PrintedRow] | None:
    """The rows with numbers that a publication of the repository was set from, or None for any other document."""
    load = next((load for name, load in _PUBLICATIONS.items() if document.stem.startswith(name)), None)
    if load is None:
        return None
    rows = (printed_row(texts, thousands, decimal, f"figures, row {n}") for n, texts in enumerate(load(), 1))
    return [row for row in rows if row is not None]


def is_sheets(document: Path) -> bool:
    """True where the figures are those of record sheets, whose rows are not the rows of a table."""
    return document.stem.startswith(IPAB)


def _printed(publication: Publication) -> Truth:
    for page in publication.pages:
        for row in page.rows:
            if row.kind not in NO_AMOUNTS:
                yield row.texts(page.columns)


def _followup() -> Truth:
    for table in load_followup(INSAFOCOOP).tables:
        for row in table.rows:
            if row.kind not in NO_AMOUNTS:
                yield list(row.cells.values())


def _programme() -> Truth:
    programme = load_programme(IPAB)
    yield from ([*row] for row in programme.actions)
    for sheet in programme.sheets:
        yield from ([*row.texts] for table in sheet.tables for row in table.rows)


DIPRES, INSAFOCOOP, IPAB = "dipres_2011_gobiernos_regionales", "insafocoop_2024_t1", "ipab_2020_2024"

_PUBLICATIONS: dict[str, Callable[[], Truth]] = {
    ISSEG_2020: lambda: _printed(load_indicator_results(ISSEG_2020)),
    f"{ADUANAS_2021_01}_r00824984_ejemplo_preliminar": lambda: _printed(load_reissue(PRELIMINARY)),
    ADUANAS_2021_01: lambda: _printed(load_siafi(ADUANAS_2021_01)),
    DIPRES: lambda: _printed(load_slides(DIPRES)),
    INSAFOCOOP: _followup,
    IPAB: _programme,
}
"""By the beginning of a document's name; the longer name stands first."""
