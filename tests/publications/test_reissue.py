"""A made-up issue changes the cells it names and no other, and says of itself what the published report never says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.publications import printed_figures, reissue
from tests.publications.build import ADUANAS_2021_01, PUBLICATIONS
from tests.publications.printed_figures import Publication, load_siafi
from tests.publications.reissue import CORRECTED, PRELIMINARY, changed_cells, load_reissue

PUBLISHED = load_siafi(ADUANAS_2021_01)
NO_PUBLICATION = "EJEMPLO PRELIMINAR ELABORADO POR CONTRASTE. NO ES UNA PUBLICACIÓN OFICIAL."


@pytest.mark.parametrize(
    ("name", "day", "hours", "remark", "count", "one"),
    [
        (
            *(PRELIMINARY, "03/02/2021 ", ("10:12:31 a.m.", "10:15:08 a.m."), NO_PUBLICATION, 15),
            ("physical_evaluated", "80.00", "76.00"),
        ),
        (
            *(CORRECTED, "12/03/2021 ", ("09:41:07 a.m.", "09:44:52 a.m."), "VERSIÓN CORREGIDA", 7),
            ("physical_evaluated", "80.00", "82.00"),
        ),
    ],
)
def test_it_changes_its_cells_the_moment_and_nothing_else(
    name: str, day: str, hours: tuple[str, str], remark: str, count: int, one: tuple[str, str, str]
) -> None:
    issued = load_reissue(name)
    changed = changed_cells(PUBLISHED, issued)
    assert len(changed) == count
    assert one in changed
    moments: dict[str, str] = dict(zip(("06:18:13 p.m.", "06:22:43 p.m."), hours, strict=True))
    for before, after in zip(PUBLISHED.pages, issued.pages, strict=True):
        printed = [field for line in before.heading for field in line]
        assert [field for line in after.heading for field in line] == [
            *(day + moments[field[11:]] if field.startswith("05/02/2021") else field for field in printed),
            remark,
        ]


def test_what_ties_in_the_published_report_ties_in_the_preliminary_one() -> None:
    def total(issued: Publication, pages: slice, key: str) -> tuple[Decimal, Decimal]:
        """The sum of the rows and what the total prints."""
        cells = [
            (row.kind, Decimal(row.cells[key].replace(",", ""))) for page in issued.pages[pages] for row in page.rows
        ]
        return sum((value for kind, value in cells if kind == "data"), Decimal(0)), cells[-1][1]

    preliminary = load_reissue(PRELIMINARY)
    products, activities = slice(0, 3), slice(3, 8)
    for pages, assigned, in_force in ((products, 50773837, 50673837), (activities, 49991864, 49891864)):
        assert total(preliminary, pages, "assigned_amount") == (assigned, assigned)
        assert total(preliminary, pages, "in_force_amount") == (in_force, in_force)
        assert total(preliminary, pages, "budget_difference") == (100000, 100000)


def test_only_the_preliminary_one_is_built_into_documents_and_every_page_of_it_says_what_it_is() -> None:
    assert [name for name in PUBLICATIONS if "preliminar" in name] == [
        f"hn_siafi_productos/{ADUANAS_2021_01}_r00824984_ejemplo_preliminar.pdf"
    ]
    assert not [name for name in PUBLICATIONS if "correct" in name or "corregida" in name]
    assert all(page.heading[-1] == (NO_PUBLICATION,) for page in load_reissue(PRELIMINARY).pages)


@pytest.mark.parametrize(("name", "message"), [(PRELIMINARY, "15 cells change 14"), (CORRECTED, "7 cells change 6")])
def test_a_cell_that_was_not_published_is_refused(name: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form = printed_figures.load_form(name)
    form["cells"][0]["published"] = "81.00"
    load = printed_figures.load_form
    monkeypatch.setattr(reissue, "load_form", lambda asked: form if asked == name else load(asked))
    with pytest.raises(ValueError, match=message):
        load_reissue(name)
