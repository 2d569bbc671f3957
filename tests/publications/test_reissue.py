"""The re-issue corrects what the first filing printed, and is told from it by what it prints."""

from __future__ import annotations

import pytest

from tests.publications import printed_figures, reissue
from tests.publications.build import ADUANAS_2021_01, PUBLICATIONS
from tests.publications.printed_figures import load_siafi


def test_it_changes_seven_cells_the_moment_and_nothing_else() -> None:
    first, again = load_siafi(ADUANAS_2021_01), reissue.load_reissue()
    changed = [
        (key, old.cells[key], text)
        for before, after in zip(first.pages, again.pages, strict=True)
        for old, new in zip(before.rows, after.rows, strict=True)
        for key, text in new.cells.items()
        if text != old.cells[key]
    ]
    assert len(changed) == 7
    assert ("physical_evaluated", "80.00", "82.00") in changed
    for before, after in zip(first.pages, again.pages, strict=True):
        printed = [field for line in before.heading for field in line]
        assert [field for line in after.heading for field in line] == [
            *("12/03/2021 " + field[11:] if field.startswith("05/02/2021") else field for field in _moved(printed)),
            "VERSIÓN CORREGIDA",
        ]


def test_it_is_no_publication() -> None:
    assert not [name for name in PUBLICATIONS if "reissue" in name or "corregida" in name]


def test_a_correction_of_what_was_not_printed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    form = printed_figures.load_form(reissue.ADUANAS_REISSUE)
    form["corrections"][0]["was"] = "81.00"
    load = printed_figures.load_form
    monkeypatch.setattr(reissue, "load_form", lambda name: form if name == reissue.ADUANAS_REISSUE else load(name))
    with pytest.raises(ValueError, match="7 corrections change 6 cells"):
        reissue.load_reissue()


def _moved(fields: list[str]) -> list[str]:
    """The fields with the hour of the re-issue, which ran 06:18 and 06:22 p.m. before."""
    hours = {"06:18:13 p.m.": "09:41:07 a.m.", "06:22:43 p.m.": "09:44:52 a.m."}
    return [field[:11] + hours[field[11:]] if field[11:] in hours else field for field in fields]
