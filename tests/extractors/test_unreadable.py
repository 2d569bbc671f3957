"""Files that cannot be read: each gets one sentence of its own that says what to do, and the others load."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers.opening import detect_format, open_document
from extractors.readers.pdf import read_pdf
from tests.extractors.beside import DOCUMENTS
from tests.extractors.conftest import Place
from tests.extractors.drawn_pdf import draw, line, ruled
from tests.extractors.made_workbook import workbook
from tests.extractors.small_source import report
from tests.publications import damaged

MX = "mx_gto_cuenta_publica"
RIGHT = "give it the right ending or the right file."
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600

Make = Callable[[Path], object]


def legacy_text(target: Path) -> None:
    target.write_bytes(report().encode("latin-1"))


def utf16_text(target: Path) -> None:
    target.write_bytes(report().encode("utf-16"))


def workbook_without_its_parts(target: Path) -> None:
    """A zip that calls itself a workbook."""
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nonsense")


# one damage, the name it lies under, the whole sentence
DAMAGES: list[tuple[str, Make, str, str]] = [
    (
        "encrypted",
        damaged.encrypted_pdf,
        "x.pdf",
        "the PDF is encrypted and asks for a password; put an unprotected copy in its place.",
    ),
    (
        "truncated PDF",
        damaged.truncated_pdf,
        "x.pdf",
        "the PDF ends before its end mark, so it is truncated; download it again.",
    ),
    (
        "truncated workbook",
        damaged.truncated_xlsx,
        "x.xlsx",
        "the workbook is damaged and cannot be opened; download it again.",
    ),
    ("empty PDF", damaged.empty_file, "x.pdf", "the file is empty; download it again."),
    ("empty workbook", damaged.empty_file, "x.xlsx", "the file is empty; download it again."),
    (
        "blank text",
        lambda target: target.write_text(" \n\t\r\n"),
        "x.txt",
        "the file is empty; download it again.",
    ),
    (
        "PDF called workbook",
        damaged.pdf_under_another_name,
        "x.xlsx",
        "its name ends in .xlsx, but by its content it is a PDF; give it the right ending or the right file.",
    ),
    (
        "PDF called text",
        damaged.pdf_under_another_name,
        "x.txt",
        "its name ends in .txt, but by its content it is a PDF; give it the right ending or the right file.",
    ),
    (
        "text called PDF",
        damaged.text_under_another_name,
        "x.pdf",
        "its name ends in .pdf, but by its content it is text; give it the right ending or the right file.",
    ),
    (
        "text called workbook",
        damaged.text_under_another_name,
        "x.xlsx",
        "its name ends in .xlsx, but by its content it is text; give it the right ending or the right file.",
    ),
    (
        "workbook called PDF",
        lambda target: workbook(target.with_name("y.xlsx"), [["a"]]).rename(target),
        "x.pdf",
        f"its name ends in .pdf, but by its content it is an XLSX workbook; {RIGHT}",
    ),
    (
        "zip called workbook",
        damaged.zip_under_another_name,
        "x.xlsx",
        f"its name ends in .xlsx, but by its content it is none of the kinds that have a reader; {RIGHT}",
    ),
    (
        "zip that calls itself a workbook",
        workbook_without_its_parts,
        "x.xlsx",
        "the workbook is damaged and cannot be opened; download it again.",
    ),
    (
        "protected or old workbook",
        lambda target: target.write_bytes(OLE),
        "x.xlsx",
        "it is an office file protected by a password or of the old binary kind; "
        "put an unprotected copy saved as .xlsx or .docx in its place.",
    ),
    (
        "unknown ending",
        damaged.pdf_under_another_name,
        "x.odt",
        "no reader for files ending in .odt; the readers take .docx, .pdf, .tsv, .txt, .xlsx.",
    ),
    (
        "no ending",
        damaged.pdf_under_another_name,
        "x",
        "no reader for files ending in nothing; the readers take .docx, .pdf, .tsv, .txt, .xlsx.",
    ),
    (
        "text in another encoding",
        legacy_text,
        "x.txt",
        "the text is not UTF-8 (byte 41); save it again as UTF-8.",
    ),
    (
        "text in sixteen bits",
        utf16_text,
        "x.txt",
        f"its name ends in .txt, but by its content it is none of the kinds that have a reader; {RIGHT}",
    ),
    (
        "PDF without a table",
        damaged.pdf_without_table,
        "x.pdf",
        f"no table of {MX} was found on 2 pages; check that the document belongs to this source.",
    ),
    (
        "control characters",
        damaged.text_with_control_characters,
        "x.txt",
        f"its name ends in .txt, but by its content it is none of the kinds that have a reader; {RIGHT}",
    ),
]


@pytest.mark.parametrize(
    ("make", "name", "sentence"), [case[1:] for case in DAMAGES], ids=[case[0] for case in DAMAGES]
)
def test_each_says_what_is_wrong_and_what_to_do_and_the_others_load(
    place: Place, make: Make, name: str, sentence: str
) -> None:
    place.put(f"{MX}/{name}", make)
    place.put(f"{MX}/zz_good.xlsx", DOCUMENTS / MX / "isseg_2020_indicadores_de_resultados.xlsx")
    outcomes = place.outcomes()
    assert (outcomes[f"{MX}/{name}"].action, outcomes[f"{MX}/{name}"].reason) == ("quarantined", sentence)
    assert (outcomes[f"{MX}/zz_good.xlsx"].action, outcomes[f"{MX}/zz_good.xlsx"].rows) == ("loaded", 15)
    row = place.manifest()[f"{MX}/{name}"]
    assert (row["status"], row["reason"], row["source_id"]) == ("quarantined", sentence, MX)


def test_a_workbook_without_a_table(place: Place) -> None:
    place.put(f"{MX}/x.xlsx", damaged.xlsx_without_table)
    reason = place.outcomes()[f"{MX}/x.xlsx"].reason or ""
    assert reason.startswith(f"no table of {MX} was found on 1 page")
    assert reason.endswith("; check that the document belongs to this source.")


@pytest.mark.parametrize(
    ("variable", "value", "make", "name", "sentence"),
    [
        (
            "CONTRASTE_MAX_PAGES",
            "5",
            lambda target: damaged.pdf_with_too_many_pages(target, page_count=6),
            "x.pdf",
            "the document has 6 pages, over the limit of 5; raise CONTRASTE_MAX_PAGES if it is worth it.",
        ),
        (
            "CONTRASTE_MAX_MEGABYTES",
            "1",
            lambda target: target.write_bytes(b"a\tb\n" * 400_000),
            "x.txt",
            "the document has 2 MB, over the limit of 1; raise CONTRASTE_MAX_MEGABYTES if it is worth it.",
        ),
        (
            "CONTRASTE_MAX_CELLS",
            "100",
            damaged.text_under_another_name,
            "x.txt",
            "the document has 120 cells, over the limit of 100; raise CONTRASTE_MAX_CELLS if it is worth it.",
        ),
        (
            "CONTRASTE_MAX_UNPACKED_MEGABYTES",
            "1",
            lambda target: zip_bomb(target, 5_000_000),
            "x.xlsx",
            "the document has 5 MB unpacked, over the limit of 1; "
            "raise CONTRASTE_MAX_UNPACKED_MEGABYTES if it is worth it.",
        ),
    ],
)
def test_over_a_limit(
    place: Place,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    make: Make,
    name: str,
    sentence: str,
) -> None:
    place.put(f"{MX}/{name}", make)
    monkeypatch.setenv(variable, value)
    assert place.outcomes()[f"{MX}/{name}"].reason == sentence


def zip_bomb(target: Path, size: int) -> None:
    """A workbook of a few kilobytes whose only sheet is this many bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * size)
    assert target.stat().st_size < size / 100


def test_a_limit_that_is_no_number_stops_the_run_by_name(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONTRASTE_MAX_PAGES", "many")
    with pytest.raises(ValueError, match="CONTRASTE_MAX_PAGES must be a positive whole number, not 'many'"):
        place.extract()


class TestDetection:
    @pytest.mark.parametrize("name", ["x.PDF", "x.Pdf"])
    def test_endings_in_capitals(self, tmp_path: Path, name: str) -> None:
        assert detect_format(draw(tmp_path / name, line("Título"))) == "pdf"

    def test_a_text_that_begins_like_a_zip(self, tmp_path: Path) -> None:
        file = tmp_path / "x.txt"
        file.write_text("PK\tPrograma\nA\tSalas\n")
        assert detect_format(file) == "text"

    def test_a_pdf_behind_a_few_bytes_of_mail(self, tmp_path: Path) -> None:
        file = draw(tmp_path / "x.pdf", ruled([["a", "b"], ["1", "2"]]))
        file.write_bytes(b"\r\n\r\n" + file.read_bytes())
        assert detect_format(file) == "pdf"

    def test_a_table_of_tabs_under_its_own_ending(self, tmp_path: Path) -> None:
        file = tmp_path / "x.tsv"
        file.write_text("a\tb\n")
        found, pages = open_document(file, Budget(Limits()))
        assert (found, len(list(pages))) == ("text", 1)


@pytest.mark.parametrize(
    ("make", "said"), [(damaged.encrypted_pdf, "is encrypted"), (damaged.truncated_pdf, "is truncated")]
)
def test_the_reference_back_end_says_the_same(tmp_path: Path, make: Make, said: str) -> None:
    make(tmp_path / "x.pdf")
    with pytest.raises(UnreadableDocument, match=said):
        list(read_pdf(tmp_path / "x.pdf", Budget(Limits()), "pdfplumber"))


@pytest.mark.parametrize("backend", ["pdfium", "pdfplumber"])
def test_a_pdf_whose_inside_is_gone(tmp_path: Path, backend) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4\nnothing\n%%EOF\n")
    with pytest.raises(UnreadableDocument, match="the PDF is damaged and cannot be opened; download it again"):
        list(read_pdf(tmp_path / "x.pdf", Budget(Limits()), backend))


class TestLayoutsThatDoNotFit:
    """Documents of the form that are whole, but not what the layout says."""

    @pytest.mark.parametrize(
        ("make", "name", "said"),
        [
            (
                damaged.pdf_lacking_a_column,
                "x.pdf",
                "page 1, table 1: the header lacks 'Devengado'; it prints ",
            ),
            (
                damaged.pdf_with_an_unknown_column,
                "x.pdf",
                # the eleven programmes of the first page
                "page 1, table 1, row 4, column 25 ('Observaciones'): 'Nota 1' and 10 more below it stand in no",
            ),
            (
                damaged.xlsx_with_an_unknown_column,
                "x.xlsx",
                # all fifteen programmes
                "sheet 'Indicadores de Resultados', row 9, column 25 ('Observaciones'): 'Nota 1' and 14 more below it",
            ),
            (
                damaged.pdf_with_a_stray_row,
                "x.pdf",
                "page 1, table 1, row 7: 'Ver nota 7 véase anexo 1,234.56' is neither data (purpose_code is",
            ),
            (
                damaged.pdf_with_contradicting_periods,
                "x.pdf",
                "the period is printed with two values, '30' and '31'; one document must hold one",
            ),
        ],
    )
    def test_names_the_place_and_what_is_there(self, place: Place, make: Make, name: str, said: str) -> None:
        place.put(f"{MX}/{name}", make)
        outcome = place.outcomes()[f"{MX}/{name}"]
        assert outcome.action == "quarantined"
        assert said in (outcome.reason or "")
        assert place.rows(f"{MX}/indicator_results") == []

    def test_a_missing_page_shows_in_the_account(self, place: Place) -> None:
        place.put("hn_siafi_productos/x.pdf", damaged.siafi_pdf_lacking_a_page)
        assert place.actions() == {"hn_siafi_productos/x.pdf": "loaded"}
        account = {row["table_name"]: row for row in place.rows("accounting")}
        assert (account["products"]["segment_count"], account["products"]["pages_declared_raw"]) == (2, "3")
        assert (account["activities"]["segment_count"], account["activities"]["pages_declared_raw"]) == (
            5,
            "5",
        )
