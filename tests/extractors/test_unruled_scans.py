"""Tables without rules on scans: words keep their columns and their confidence, and land as far as they are sure."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import LayoutMismatch
from extractors.extraction import pages_of
from extractors.layout import Interpretation, interpret
from extractors.limits import Limits
from extractors.readers.scan.reader import ScanReader
from extractors.scanned.judging import Judgement, judge
from extractors.scanned.landing import SCANS_VARIABLE
from extractors.scanned.mending import Mending
from tests.extractors.drawn_pdf import draw
from tests.extractors.printed_columns import (
    AMOUNT,
    HEADING,
    LABELS,
    Change,
    PrintedLine,
    amounts,
    classified,
    lines,
    rows,
    source,
    table,
)
from tests.extractors.scanned_report import CLEAN
from tests.extractors.test_scans import as_read, misread
from tests.publications.scan import Scanner, scan

BODY = [
    amounts(100, "Sueldos", "1.500,00", "2.000,00", "1.750,50"),
    amounts(112, "Bienes de consumo", "300,00", "1.234.567,89", "0,00"),
    amounts(124, "Servicios", "950,00", "950,00", "125,75"),
    amounts(136, "Total", "2.750,00", "1.237.517,89", "1.876,25"),
]
PRINTED = [
    ["Sueldos", "1.500,00", "2.000,00", "1.750,50"],
    ["Bienes de consumo", "300,00", "1.234.567,89", "0,00"],
    ["Servicios", "950,00", "950,00", "125,75"],
]
COLUMNS = ("approved_amount", "adjusted_amount", "paid_amount")


def with_sums(content: dict[str, Any]) -> None:
    table(content)["sums"] = list(COLUMNS)
    for name in COLUMNS:
        table(content)["columns"][name]["required"] = True


def paper(folder: Path, *printed: PrintedLine, scanner: Scanner = CLEAN) -> Path:
    """A page of these lines under the heading and the column labels, as an image."""
    drawn = draw(folder / "drawn.pdf", lines(*HEADING, *LABELS, *printed, size=8))
    file = folder / "scan.pdf"
    file.write_bytes(scan(drawn.read_bytes(), scanner))
    return file


def read(file: Path, change: Change | None = None) -> tuple[Interpretation, list[Judgement]]:
    spec = source(change)
    scans = ScanReader(file, Limits(), Path(os.environ[SCANS_VARIABLE]))
    pages = pages_of(file, spec, Limits(), scans=scans)
    found = interpret(pages, spec, None, Mending(scans, spec, {}).page)
    return found, judge(found, spec, scans)


def statuses(judged: list[Judgement]) -> dict[str, str]:
    return {one.text_read: one.status for one in judged}


class TestReading:
    @pytest.mark.parametrize(
        "scanner",
        [
            pytest.param(CLEAN, id="clean"),
            pytest.param(Scanner(skew=0.9), id="askew"),
            pytest.param(Scanner(turn=90), id="sideways"),
        ],
    )
    def test_words_go_to_the_columns_of_their_labels(self, tmp_path: Path, scanner: Scanner) -> None:
        found, judged = read(paper(tmp_path, *BODY, scanner=scanner), with_sums)
        assert rows(found) == PRINTED
        assert {one.cell.method for one in judged} <= {"ocr", "ocr_reread"}
        assert all(0 < (one.cell.confidence or 0) <= 1 for one in judged)
        figures = [one for one in judged if one.column_name in COLUMNS]
        assert {one.status for one in figures} == {"confirmed"}

    def test_boxes_lie_on_the_page_as_shown(self, tmp_path: Path) -> None:
        _, judged = read(paper(tmp_path, *BODY, scanner=Scanner(skew=0.0, turn=90)))
        (box,) = [one.cell.bbox for one in judged if one.text_read == "1.750,50"]
        assert box is not None
        # it ends 370 from the left, 100 below the top of a page of 300; the sheet lies on its right side
        assert (box[0], box[3]) == (pytest.approx(300 - 103, abs=6), pytest.approx(370, abs=6))

    def test_a_sheet_whose_pixels_count_as_points_is_read_as_a_sheet(self, tmp_path: Path) -> None:
        drawn = pdfium.PdfDocument(draw(tmp_path / "drawn.pdf", lines(*HEADING, *LABELS, *BODY, size=8)))
        picture = drawn[0].render(scale=5, grayscale=True).to_pil().convert("L")  # pyright: ignore[reportArgumentType]
        jpeg = BytesIO()
        picture.save(jpeg, "JPEG", quality=80)
        canvas = Canvas(str(tmp_path / "large.pdf"), picture.size, invariant=1)
        canvas.drawImage(ImageReader(jpeg), 0, 0, *picture.size)
        canvas.showPage()
        canvas.save()
        found, judged = read(tmp_path / "large.pdf")
        assert rows(found) == PRINTED
        (box,) = [one.cell.bbox for one in judged if one.text_read == "1.750,50"]
        assert box is not None and box[2] == pytest.approx(370 * 5, abs=25)


class TestScribble:
    SIGNED = (
        (118, [(300, "Jm")]),  # over the figures of two rows
        (145, [(310, "Rx")]),  # below the last figures, right of the text
        (180, [(40, "Juana Molina"), (240, "Pedro Vera")]),
        (190, [(40, "TESORERA"), (240, "INTENDENTE")]),
    )

    def test_signatures_are_no_rows_and_no_part_of_one(self, tmp_path: Path) -> None:
        def endless(content: dict[str, Any]) -> None:
            with_sums(content)
            del table(content)["end"]

        found, judged = read(paper(tmp_path, *BODY[:3], *self.SIGNED, BODY[3]), endless)
        assert rows(found) == PRINTED
        assert [one.status for one in judged if one.column_name in COLUMNS] == ["confirmed"] * 12

    def test_ink_over_a_figure_is_no_blank(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The row keeps its place although the figure that begins it could not be read, and the figure is withheld."""
        misread(monkeypatch, lambda run: None if run.text == "300,00" else run)
        found, judged = read(paper(tmp_path, *BODY), with_sums)
        assert rows(found)[1] == ["Bienes de consumo", "¿?", "1.234.567,89", "0,00"]
        (hidden,) = [one for one in judged if not one.text_read]
        assert (hidden.column_name, hidden.status, hidden.is_withheld) == ("approved_amount", "doubtful", True)


class TestDoubt:
    def test_a_misread_figure_keeps_its_column_and_its_separators_are_restored(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("1.234.567,89", "1,234.567.89", 0.7))
        found, judged = read(paper(tmp_path, *BODY), with_sums)
        assert rows(found) == PRINTED
        (cell,) = [one for one in judged if one.text_read == "1,234.567.89"]
        assert (cell.status, cell.cell.joined) == ("confirmed", "1.234.567,89")

    def test_a_figure_that_contradicts_its_total_is_withheld(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("125,75", "725,75", 1.0))
        found, judged = read(paper(tmp_path, *BODY), with_sums)
        assert rows(found)[2][3] == "¿725,75?"
        assert statuses(judged)["725,75"] == "contradicted"

    def test_a_figure_that_no_arithmetic_confirms_is_withheld(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("125,75", "125,75", 0.6))
        found, judged = read(paper(tmp_path, *BODY))
        assert rows(found)[2][3] == "¿125,75?"
        assert statuses(judged)["125,75"] == "doubtful"

    def test_a_figure_in_another_form_than_its_column_is_withheld(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def with_dollars(content: dict[str, Any]) -> None:
            for name in COLUMNS:
                table(content)["columns"][name]["pattern"] = r"\$" + AMOUNT

        printed = [amounts(100, "Sueldos", "$1.500,00", "$0,00", "$12,00"), amounts(112, "Bienes", "$1,00", "$0,00")]
        misread(monkeypatch, as_read("$12,00", "512,00", 1.0))
        found, judged = read(paper(tmp_path, *printed), with_dollars)
        assert rows(found)[0][3] == "¿$12,00?"
        assert statuses(judged)["512,00"] == "doubtful"

    def test_a_total_with_a_figure_that_is_none_is_still_a_total(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("2.750,00", "2.7S0.§0", 0.9))
        found, _ = read(paper(tmp_path, *BODY))
        assert rows(found) == PRINTED
        (total,) = classified(found, "total")
        assert total.values["adjusted_amount"].joined == "1.237.517,89"


class TestNames:
    def known(self, content: dict[str, Any]) -> None:
        with_sums(content)
        table(content)["columns"]["concept"]["terms"] = ["Sueldos", "Bienes de consumo"]

    def test_a_name_that_misses_a_letter_of_a_known_one_is_put_right(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("Bienes de consumo", "Bienos de consumo", 0.95))
        found, judged = read(paper(tmp_path, *BODY), self.known)
        assert rows(found)[1][0] == "Bienes de consumo"
        assert statuses(judged)["Bienos de consumo"] == "confirmed"

    def test_a_name_that_is_none_of_the_known_ones_is_listed_with_its_amounts_landed(self, tmp_path: Path) -> None:
        found, judged = read(paper(tmp_path, *BODY), self.known)
        assert statuses(judged)["Servicios"] == "doubtful"
        assert rows(found)[2] == PRINTED[2]


class TestTables:
    def test_the_line_above_tells_tables_with_the_same_labels(self, tmp_path: Path) -> None:
        def two(content: dict[str, Any]) -> None:
            first = table(content)
            first["titled"] = ["^por objeto"]
            content["tables"]["by_unit"] = {**first, "titled": ["^por unidad"]}

        found, _ = read(paper(tmp_path, (58, [(40, "Por unidad")]), *BODY), two)
        assert [each.name for each in found.tables] == ["by_unit"]

    def test_labels_that_miss_a_letter_are_found(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        misread(monkeypatch, as_read("Aprobado", "Aprcbado", 0.9))
        found, _ = read(paper(tmp_path, *BODY), with_sums)
        assert rows(found) == PRINTED

    def test_headings_told_by_their_place_are_the_sum_of_what_stands_under_them(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What no identity speaks of is confirmed by them: the amounts paid."""

        def indented(content: dict[str, Any]) -> None:
            with_sums(content)
            table(content)["outline"] = {"column": "concept", "path": "path", "by": "indentation"}

        printed = [
            amounts(100, "PERSONAL", "1.500,00", "2.000,00", "1.750,50"),
            amounts(112, "Sueldos", "1.000,00", "1.500,00", "1.250,50", x=52),
            amounts(124, "Aportes", "500,00", "500,00", "500,00", x=52),
            amounts(136, "BIENES", "300,00", "10,00", "0,00"),
            amounts(148, "Total", "1.800,00", "2.010,00", "1.750,50"),
        ]
        misread(monkeypatch, as_read("1.250,50", "1.250,60", 1.0))
        found, judged = read(paper(tmp_path, *printed), indented)
        assert [row.beside["path"] for row in classified(found)] == ["", "PERSONAL", "PERSONAL", ""]
        said = statuses(judged)
        assert (said["1.250,60"], said["1.750,50"], said["1.000,00"]) == ("contradicted", "confirmed", "confirmed")

    def test_headings_told_by_their_sums(self, tmp_path: Path) -> None:
        printed = [
            amounts(100, "VENTAS", "500,00", "600,00", "60,00"),
            amounts(112, "PROPIOS", "500,00", "600,00", "60,00"),
            amounts(124, "Fichas", "200,00", "300,00", "20,00"),
            amounts(136, "Cursos", "300,00", "300,00", "40,00"),
            amounts(148, "Copias", "0,00", "0,00", "0,00"),
            amounts(160, "SUBSIDIOS", "900,00", "900,00", "90,00"),
            amounts(172, "Estatal", "900,00", "900,00", "90,00"),
            amounts(184, "Total", "1.400,00", "1.500,00", "150,00"),
        ]

        def summed(content: dict[str, Any]) -> None:
            with_sums(content)
            heading = "(?P<name>(?-i:[^a-z]+))"
            table(content)["outline"] = {"column": "concept", "path": "path", "by": "sums", "heading": heading}

        found, _ = read(paper(tmp_path, *printed), summed)
        assert [row.beside["path"] for row in classified(found)] == [
            "",
            "VENTAS",
            *["VENTAS > PROPIOS"] * 3,
            "",
            "SUBSIDIOS",
        ]
        missing = [line for line in printed if line[1][0][1] != "SUBSIDIOS"]
        with pytest.raises(LayoutMismatch, match=r"do not add up to the printed total"):
            read(paper(tmp_path, *missing[:-2], missing[-1]), summed)
