"""The damaged documents are damaged in the way their names say, and in no other."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pdfplumber
import pytest
from pdfplumber.utils.exceptions import PdfminerException

from tests.publications import damaged


def tables(path: Path) -> list[list[list[str | None]]]:
    with pdfplumber.open(path) as pdf:
        return [table for page in pdf.pages for table in page.extract_tables()]


def sheet_texts(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


@pytest.mark.parametrize(
    "make",
    [damaged.encrypted_pdf, damaged.truncated_pdf, damaged.empty_file, damaged.text_under_another_name],
)
def test_no_pdf_can_be_opened(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(PdfminerException):
        pdfplumber.open(make(tmp_path / "x.pdf"))


def test_the_encrypted_pdf_opens_with_its_password(tmp_path: Path) -> None:
    with pdfplumber.open(damaged.encrypted_pdf(tmp_path / "x.pdf"), password=damaged.PASSWORD) as pdf:
        assert len(pdf.pages) == 2


@pytest.mark.parametrize(
    "make", [damaged.truncated_xlsx, damaged.pdf_under_another_name, damaged.zip_under_another_name]
)
def test_no_workbook_can_be_opened(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises((zipfile.BadZipFile, KeyError)):
        openpyxl.load_workbook(make(tmp_path / "x.xlsx"))


def test_documents_without_a_table(tmp_path: Path) -> None:
    assert tables(damaged.pdf_without_table(tmp_path / "x.pdf")) == []
    assert len(sheet_texts(damaged.xlsx_without_table(tmp_path / "x.xlsx"))) == 5


def test_a_column_less_and_a_column_more(tmp_path: Path) -> None:
    lacking = tables(damaged.pdf_lacking_a_column(tmp_path / "lacking.pdf"))
    assert [len(table[0]) for table in lacking] == [23, 26]
    assert all("Devengado" not in table[1] for table in lacking)
    more = tables(damaged.pdf_with_an_unknown_column(tmp_path / "more.pdf"))
    assert [(len(table[0]), table[1][-1], table[3][-1]) for table in more] == [
        (25, "Observaciones", "Nota 1"),
        (28, "Observaciones", "Nota 1"),
    ]
    assert "Nota 11" in sheet_texts(damaged.xlsx_with_an_unknown_column(tmp_path / "more.xlsx"))


def test_a_row_that_is_neither_data_nor_total(tmp_path: Path) -> None:
    table, _ = tables(damaged.pdf_with_a_stray_row(tmp_path / "x.pdf"))
    assert [cell.replace("\n", " ") for cell in table[6] if cell] == ["Ver nota 7", "véase anexo", "1,234.56"]


def test_pages_that_contradict_or_miss_each_other(tmp_path: Path) -> None:
    with pdfplumber.open(damaged.pdf_with_contradicting_periods(tmp_path / "periods.pdf")) as pdf:
        periods = [page.extract_text().splitlines()[3] for page in pdf.pages]
    assert periods == ["Del 1 de enero al 30 de septiembre 2020", "Del 1 de enero al 31 de diciembre 2020"]
    with pdfplumber.open(damaged.siafi_pdf_lacking_a_page(tmp_path / "siafi.pdf")) as pdf:
        footers = [page.extract_text().splitlines()[-1] for page in pdf.pages[:2]]
    assert footers == ["USUARIO:MAORTEGA Pagina 1 de 3", "USUARIO:MAORTEGA Pagina 3 de 3"]


def test_too_many_pages(tmp_path: Path) -> None:
    with pdfplumber.open(damaged.pdf_with_too_many_pages(tmp_path / "x.pdf", page_count=50)) as pdf:
        assert len(pdf.pages) == 50


def test_hostile_labels_arrive_as_they_are(tmp_path: Path) -> None:
    page_1, _ = tables(damaged.pdf_with_hostile_labels(tmp_path / "x.pdf"))
    assert tuple((row[7] or "").replace("\n", " ") for row in page_1[3:7]) == damaged.HOSTILE_LABELS
    assert set(damaged.HOSTILE_LABELS) <= set(sheet_texts(damaged.xlsx_with_hostile_labels(tmp_path / "x.xlsx")))
    text = damaged.text_with_hostile_labels(tmp_path / "x.txt").read_text(encoding="utf-8")
    assert all(f"\t{label}\t" in text for label in damaged.HOSTILE_LABELS)
    control = damaged.text_with_control_characters(tmp_path / "control.txt").read_bytes()
    assert f"\t{damaged.CONTROL_CHARACTERS}\t".encode() in control
