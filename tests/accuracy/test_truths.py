"""Each kind of truth says what its document prints."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from reportlab.pdfgen.canvas import Canvas

from tests.accuracy import hand_read
from tests.accuracy.hand_read import hand_read_rows
from tests.accuracy.printed_number import number
from tests.accuracy.twins import printed_numbers, workbook_rows


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.50", "1234.50"),
        ("$ 1,234.50", "1234.50"),
        ("-7", "-7"),
        ("(7.5)", "-7.5"),
        ("71 %", "0.71"),
        ("% 17.85", "0.1785"),
        ("$ -47,498.00", "-47498"),
        (".5", "0.5"),
        ("0", "0"),
    ],
)
def test_printed_numbers(text: str, value: str) -> None:
    found = number(text, ",", ".")
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize("text", ["", "E024", "0101 Dirección", "1,23.4", "11-01-000-000", "-", "1.234,567.89", "%"])
def test_what_is_no_number(text: str) -> None:
    assert number(text, ",", ".") is None


def test_numbers_of_other_countries() -> None:
    found = number("1.234.567,89", ".", ",")
    assert found is not None
    assert (found.value, found.unit) == (Decimal("1234567.89"), Decimal("0.01"))
    assert (other := number("1,884,571.72", ".", ",")) is not None
    assert other.value == Decimal("1884571.72")


def test_a_workbook_says_its_visible_numbers_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["1", "2", "3 = (1 + 2)", 4])
    sheet.append(["Salud", 10.004, 0.546, 5])
    sheet.append(["oculta", 99])
    sheet.append(["blanco", 51, "0101"])
    sheet["B4"].font = Font(color="FFFFFFFF")
    sheet["B2"].number_format, sheet["C2"].number_format = "#,##0.00", "0%"
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True
    hidden = book.create_sheet("otra")
    hidden.append(["Salud", 77])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "form.xlsx")
    row, coded = workbook_rows(tmp_path / "form.xlsx")
    assert [each.text for each in coded.amounts] == ["0101"]
    amount, share = (each.number for each in row.amounts)
    assert row.words == "salud"
    assert (amount.unit, share.unit) == (Decimal("0.01"), Decimal("0.01"))
    for printed, text in ((amount, "10.00"), (share, "55%")):
        assert (other := number(text, ",", ".")) is not None
        assert printed.is_printed_as(other)


def test_rows_read_by_hand_belong_to_the_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand_read, "FOLDER", tmp_path)
    document = tmp_path / "form.pdf"
    document.write_bytes(b"one")
    # sha256 of the three letters
    (tmp_path / "7692c3ad3540_form.tsv").write_text("page\t2\nSalud\t1,000.50\t20\nsin cifras\t-\n", "utf-8")
    (row,) = hand_read_rows(document, ",", ".")[2]
    assert [amount.text for amount in row.amounts] == ["1,000.50", "20"]
    document.write_bytes(b"other")
    assert hand_read_rows(document, ",", ".") == {}


def test_a_workbook_says_which_amounts_span_rows_and_leaves_out_notes_and_years_that_head_columns(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Total", 10, 3])
    sheet.append(["Ingresos excedentes"])
    sheet.merge_cells("C1:C2")
    sheet.append(["Bajo protesta de decir verdad declaramos que", 7])
    sheet.append(["Concepto", 2024, 2025, 2026])
    sheet.append(["Casas", 2024, 2029])
    book.save(tmp_path / "twin.xlsx")
    total, houses = workbook_rows(tmp_path / "twin.xlsx")
    assert [amount.text for amount in houses.amounts] == ["2024", "2029"]
    assert [(amount.text, amount.spans_rows) for amount in total.amounts] == [("10", False), ("3", True)]


def test_a_pdf_says_every_number_that_it_prints(tmp_path: Path) -> None:
    drawing = Canvas(str(tmp_path / "form.pdf"))
    drawing.drawString(72, 700, "Total 1,234.50 (7.5) E024")
    drawing.drawString(72, 600, "Página 2: 1,234.50")
    drawing.save()
    numbers = printed_numbers(tmp_path / "form.pdf", ",", ".")
    assert numbers is not None
    assert [found.value for found in numbers] == [Decimal("1234.50"), Decimal("-7.5"), Decimal("1234.50")]


def test_a_pdf_with_a_page_without_text_does_not_say_what_it_prints(tmp_path: Path) -> None:
    drawing = Canvas(str(tmp_path / "form.pdf"))
    drawing.drawString(72, 700, "Total 1,234.50")
    drawing.showPage()
    drawing.rect(72, 700, 100, 20)
    drawing.save()
    assert printed_numbers(tmp_path / "form.pdf", ",", ".") is None
