"""The figures are those of the texts as received; the files under `documents/` print exactly these."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from tests.publications import build, ruled_table
from tests.publications.build import ADUANAS_2021_01, DOCUMENTS, ISSEG_2020
from tests.publications.printed_figures import Page, Publication, Row, load_indicator_results, load_siafi
from tests.publications.received_text import indicator_results_text, siafi_text
from tests.publications.reissue import PRELIMINARY, load_reissue
from tests.publications.texts_as_received import received

FORM = load_indicator_results(ISSEG_2020)
REPORTS = load_siafi(ADUANAS_2021_01)
PRODUCTS, ACTIVITIES = REPORTS.pages[:3], REPORTS.pages[3:]


def data_rows(pages: tuple[Page, ...]) -> list[Row]:
    return [row for page in pages for row in page.rows if row.kind == "data"]


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def total(rows: list[Row], key: str) -> Decimal:
    return sum((amount(row.cells[key]) for row in rows), Decimal(0))


class TestFiguresAgainstTheTextsAsReceived:
    def test_the_form_is_the_text_to_the_letter(self) -> None:
        assert indicator_results_text(FORM) == received("000")

    def test_the_reports_are_the_text_behind_the_memorandum_to_the_letter(self) -> None:
        memorandum, tables = received("004").split("CC. Archivo LAA/")
        assert "\t" not in memorandum
        assert siafi_text(REPORTS) == tables.strip()

    def test_only_these_categories_were_read_from_the_arithmetic(self) -> None:
        lines = [line.split("\t") for line in siafi_text(REPORTS).splitlines() if "\t" in line]
        blank = {cells[1].partition("-")[0] for cells in lines if not cells[0] and cells[1]}
        assert blank == {"51", "63", "32", "36", "48", "52", "53", "56"}
        category = {row.cells["product_name"].partition("-")[0]: row for row in data_rows(REPORTS.pages)}
        assert {number: category[number].cells["category_code"] for number in blank} == {
            "51": "11-02-000-000",
            "63": "11-02-000-000",
            "32": "11-02-000-001",
            "36": "11-02-000-002",
            "48": "11-02-000-002",
            "52": "11-02-000-002",
            "53": "11-02-000-002",
            "56": "11-02-000-002",
        }


class TestFiguresByHand:
    def test_row_counts(self) -> None:
        assert [len(data_rows((page,))) for page in FORM.pages] == [11, 4]
        assert [len(data_rows((page,))) for page in PRODUCTS] == [8, 9, 5]
        assert [len(data_rows((page,))) for page in ACTIVITIES] == [12, 9, 9, 11, 10]
        assert [row.kind for page in FORM.pages for row in page.rows if row.kind != "data"] == [
            "subtotal",
            "subtotal",
            "total",
        ]

    def test_sums_of_the_form(self) -> None:
        rows = data_rows(FORM.pages)
        assert total(rows, "approved_amount") == Decimal("7322661467.96")
        assert total(rows, "adjusted_amount") == Decimal("7370272328.52")
        assert total(rows, "accrued_amount") == Decimal("6758751766.74")

    def test_the_first_subtotal_prints_30_pesos_too_many_accrued_and_the_others_are_blank(self) -> None:
        rows, first = data_rows(FORM.pages[:1]), FORM.pages[0].rows[-1].cells
        assert amount(first["approved_amount"]) == total(rows, "approved_amount")
        assert amount(first["adjusted_amount"]) == total(rows, "adjusted_amount")
        assert amount(first["accrued_amount"]) - total(rows, "accrued_amount") == Decimal("30.00")
        for row in FORM.pages[1].rows[-2:]:
            assert [text for text in row.cells.values() if text] == [row.cells["axis_name"]]

    @pytest.mark.parametrize(("pages", "count", "printed"), [(PRODUCTS, 22, 50773837), (ACTIVITIES, 51, 49991864)])
    def test_sums_of_the_reports(self, pages: tuple[Page, ...], count: int, printed: int) -> None:
        rows = data_rows(pages)
        assert len(rows) == count
        assert total(rows, "assigned_amount") == total(rows, "in_force_amount") == printed
        assert amount(pages[-1].rows[-1].cells["assigned_amount"]) == printed

    @pytest.mark.parametrize("pages", [PRODUCTS, ACTIVITIES])
    def test_each_category_carries_money_on_its_first_row_and_nowhere_else(self, pages: tuple[Page, ...]) -> None:
        rows = data_rows(pages)
        codes = [row.cells["category_code"] for row in rows]
        assert codes == sorted(codes)
        first = [True, *(code != previous for previous, code in pairwise(codes))]
        assert [row.cells["assigned_amount"] != "0.00" for row in rows] == first

    def test_activities_miss_781973_of_programme_11_03_and_nothing_else(self) -> None:
        missing = {
            code: total(
                [r for r in data_rows(PRODUCTS) if r.cells["category_code"].startswith(code)],
                "assigned_amount",
            )
            - total(
                [r for r in data_rows(ACTIVITIES) if r.cells["category_code"].startswith(code)],
                "assigned_amount",
            )
            for code in ("11-01", "11-02", "11-03")
        }
        assert missing == {"11-01": 0, "11-02": 0, "11-03": 781973}


class TestCommittedFiles:
    def test_they_are_what_the_builder_makes(self) -> None:
        assert build.differences(DOCUMENTS) == []

    def test_a_changed_and_a_missing_file_are_named_in_one_sentence(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(build, "DOCUMENTS", tmp_path / "documents")
        assert build.main([]) == 0
        assert build.main(["--check"]) == 0
        capsys.readouterr()
        changed, missing, *_ = (tmp_path / "documents" / name for name in build.PUBLICATIONS)
        changed.write_bytes(changed.read_bytes() + b"\n")
        missing.unlink()
        assert build.main(["--check"]) == 1
        assert capsys.readouterr().err == (
            f"Not what the builder makes: documents/mx_gto_cuenta_publica/{ISSEG_2020}.pdf, "
            f"documents/mx_gto_cuenta_publica/{ISSEG_2020}.xlsx; run python -m tests.publications.build.\n"
        )


class TestPrintedPdf:
    @pytest.mark.parametrize(
        ("name", "publication", "header_rows"),
        [
            (f"mx_gto_cuenta_publica/{ISSEG_2020}.pdf", FORM, 3),
            (f"hn_siafi_productos/{ADUANAS_2021_01}_r00824984.pdf", REPORTS, 1),
            (f"hn_siafi_productos/{ADUANAS_2021_01}_r00824984_ejemplo_preliminar.pdf", load_reissue(PRELIMINARY), 1),
        ],
    )
    def test_every_cell_of_every_page(self, name: str, publication: Publication, header_rows: int) -> None:
        with pdfplumber.open(DOCUMENTS / name) as pdf:
            assert len(pdf.pages) == len(publication.pages)
            for printed, page in zip(pdf.pages, publication.pages, strict=True):
                (table,) = printed.extract_tables()
                assert len(table[0]) == sum(column.grid for column in page.columns)
                for cells, row in zip(table[header_rows:], page.rows, strict=True):
                    shown = [cell.replace("\n", " ") for cell in cells if cell is not None]
                    texts = row.texts(page.columns)
                    if row.kind == "data":
                        assert shown == texts
                    else:
                        assert [text for text in shown if text] == [text for text in texts if text]
                header = " ".join(cell or "" for cells in table[:header_rows] for cell in cells).replace("\n", " ")
                assert all(column.label in header for column in page.columns)
                text = printed.extract_text()
                assert page.closing in text
                assert all(" ".join(line) in text for line in page.heading)

    def test_the_second_page_has_other_vertical_rules(self) -> None:
        with pdfplumber.open(DOCUMENTS / f"mx_gto_cuenta_publica/{ISSEG_2020}.pdf") as pdf:
            rules = [{round(edge["x0"]) for edge in page.edges if edge["orientation"] == "v"} for page in pdf.pages]
        assert [len(page) for page in rules] == [25, 28]


class TestFiledXlsx:
    @staticmethod
    def shown(value: object, number_format: str) -> str:
        """What a spreadsheet shows, for the formats the form uses."""
        if value is None or isinstance(value, str):
            return value or ""
        percent = number_format.endswith("%")
        number = Decimal(str(value)) * (100 if percent else 1)
        places = len(number_format.rstrip("%").partition(".")[2])
        rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return f"{rounded:{',' if ',' in number_format else ''}f}{'%' if percent else ''}"

    def test_every_cell_shows_what_was_printed(self) -> None:
        sheet = openpyxl.load_workbook(DOCUMENTS / f"mx_gto_cuenta_publica/{ISSEG_2020}.xlsx").worksheets[0]
        shown = [[self.shown(cell.value, cell.number_format) for cell in cells] for cells in sheet.iter_rows()]
        columns = FORM.pages[0].columns
        expected = [row.texts(columns) for page in FORM.pages for row in page.rows]
        assert [cells[0] for cells in shown[:4]] == [" ".join(line) for line in FORM.pages[0].heading]
        assert shown[6][:7] == ["Eje", "Estrategia Transversal", "F", "FN", "SF", "PP", "UR"]
        assert shown[7][-2:] == ["Dev./ Aprob.", "Dev./ Modif."]
        assert shown[8:-1] == expected
        assert shown[-1][0] == FORM.pages[0].closing

    def test_numbers_are_numbers_and_codes_are_text(self) -> None:
        sheet = openpyxl.load_workbook(DOCUMENTS / f"mx_gto_cuenta_publica/{ISSEG_2020}.xlsx").worksheets[0]
        first = [(cell.value, cell.number_format) for cell in sheet[9]]
        assert first[2:5] == [("02", "@"), ("06", "@"), ("09", "@")]
        assert first[14] == (4324, "0")
        assert first[19] == (22859650.85, "#,##0.00")
        assert (sheet["R22"].value, sheet["R22"].number_format) == (1.575, "0%")  # shown as 158%
        assert (sheet["Q22"].value, sheet["Q22"].number_format) == (0.0315, "0.00%")
        assert {"A1:X1", "C6:G6", "A7:A8", "R7:S7", "W7:X7"} <= {str(area) for area in sheet.merged_cells.ranges}
        assert sheet.print_area == "'Indicadores de Resultados'!$A$1:$X$27"


class TestRuledTable:
    @pytest.mark.parametrize(
        ("rows", "top", "complaint"),
        [
            ([[ruled_table.Cell("1,752,572.00")]], 100, "'1,752,572.00' is wider than its column"),
            ([[ruled_table.Cell("a b c d e f")]], 20, "leaves the page"),
            ([[ruled_table.Cell(), ruled_table.Cell()]], 100, "do not fill a grid of 1 rows and 1 columns"),
        ],
    )
    def test_what_does_not_fit_is_refused(self, rows: list[list[ruled_table.Cell]], top: float, complaint: str) -> None:
        canvas = ruled_table.new_canvas(BytesIO(), (200, 200), "")
        with pytest.raises(ValueError, match=complaint):
            ruled_table.draw_table(canvas, rows, [20.0], 0, top, ruled_table.Type(8, 10))
