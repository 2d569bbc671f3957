"""One page in so many is read by both back ends: what they see otherwise is said, another figure stops the document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers import second_reading
from extractors.readers.pdf import _pdfium, read_pdf
from extractors.readers.primitives import Chars, Primitives
from extractors.table import Page
from tests.extractors.drawn_pdf import draw, line, ruled, together

ROWS = [["Clave", "Monto"], ["A001", "1,234.56"]]
EVERY = replace(Limits(), check_one_page_in=1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    page = together(line("Informe de 2021"), ruled(ROWS))
    return draw(tmp_path / "x.pdf", page, together(line("Anexo"), ruled(ROWS)))


def pages(file: Path, limits: Limits = EVERY) -> list[Page]:
    return list(read_pdf(file, Budget(limits)))


def seen_otherwise(monkeypatch: pytest.MonkeyPatch, character: str, other: str) -> None:
    """Lets pdfplumber see another character wherever one is printed."""
    true = second_reading.pdfplumber_page

    def reference(page: object) -> Primitives:
        found = true(page)
        c = found.chars
        texts = [other if text == character else text for text in c.texts]
        return replace(found, chars=Chars(c.x0, c.top, c.x1, c.bottom, c.baseline, texts))

    monkeypatch.setattr(second_reading, "pdfplumber_page", reference)


def test_two_readings_that_agree_leave_no_trace(file: Path) -> None:
    assert [page.notes for page in pages(file)] == [(), ()]


def test_another_figure_in_a_cell_stops_the_document(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_otherwise(monkeypatch, "5", "6")
    with pytest.raises(
        UnreadableDocument,
        match=r"page 1 is read in two ways: where pdfium sees '1,234.56', pdfplumber sees '1,234.66'",
    ):
        pages(file)


def test_another_figure_above_the_table_stops_it_too(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_otherwise(monkeypatch, "0", "8")
    with pytest.raises(UnreadableDocument, match=r"where pdfium sees 'Informede2021'"):
        pages(file)


def test_another_letter_is_a_note_with_its_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen_otherwise(monkeypatch, "v", "u")
    assert [page.notes for page in pages(file)] == [
        (
            f"page {number}: pdfium sees 'Clave (table 1, row 1, column 1, over 1 by 1)', "
            "pdfplumber 'Claue (table 1, row 1, column 1, over 1 by 1)', with the same figures",
        )
        for number in (1, 2)
    ]


def test_a_page_that_the_reference_cannot_read_is_a_note(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(page: object) -> Primitives:
        raise KeyError("Font")

    monkeypatch.setattr(second_reading, "pdfplumber_page", fails)
    assert pages(file)[0].notes == ("page 1: the reference back end cannot read it (KeyError)",)


def test_which_pages_are_read_again_follows_from_what_they_print(tmp_path: Path) -> None:
    texts = [f"Página {number}" for number in range(60)]
    one = draw(tmp_path / "one.pdf", *map(line, texts))
    other = draw(tmp_path / "other.pdf", *map(line, reversed(texts)))

    def again(file: Path) -> set[str]:
        due = second_reading.SecondReader(file, 20)
        return {"".join(p.chars.texts) for p in _pdfium(file, Budget(Limits()), 1, None) if due.is_due(p)}

    assert again(one) == again(other)
    assert 0 < len(again(one)) < 15
