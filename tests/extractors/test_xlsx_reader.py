"""A workbook is read as it would be printed: what is shown, of what is visible, inside the print area."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers.xlsx import read_xlsx
from tests.extractors.made_workbook import computed, only_table, read, texts, workbook

ROWS = [["Clave", "Programa", "Monto"], ["A001", "Salas", 1250], ["A002", None, -0.5]]


def test_cells_know_their_sheet_row_and_column(tmp_path: Path) -> None:
    file = workbook(tmp_path / "x.xlsx", ROWS)
    table = only_table(file)
    assert texts(file) == [["Clave", "Programa", "Monto"], ["A001", "Salas", "1250"], ["A002", "", "-0.5"]]
    assert (table.sheet_name, table.page_no) == ("Hoja", 1)
    assert [(cell.row_no, cell.col_no) for cell in table.rows[2]] == [(3, 1), (3, 2), (3, 3)]


def test_text_is_what_is_shown_and_the_stored_value_stays_beside_it(tmp_path: Path) -> None:
    def formats(sheet: Worksheet) -> None:
        for cell, number_format in [
            ("A1", "#,##0.00"),
            ("B1", "0%"),
            ("C1", "General"),
            ("D1", "dd/mm/yyyy"),
        ]:
            sheet[cell].number_format = number_format

    file = workbook(tmp_path / "x.xlsx", [[22859650.854, 1.575, 157.5, dt.date(2021, 2, 5), "0.50"]], formats)
    (cells,) = only_table(file).rows
    assert [cell.text for cell in cells] == ["22,859,650.85", "158%", "157.5", "05/02/2021", "0.50"]
    assert [cell.native_value for cell in cells[:3]] == ["22859650.854", "1.575", "157.5"]
    assert [cell.number_format for cell in cells[:2]] == ["#,##0.00", "0%"]
    assert (cells[4].native_value, cells[4].number_format) == (None, None)


def test_a_merge_has_an_owner_covered_cells_and_is_no_blank(tmp_path: Path) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:B2")

    table = only_table(workbook(tmp_path / "x.xlsx", [["METAS", None, "Nota"], [None, None, None], [1, 2, 3]], merge))
    owner = table.rows[0][0]
    assert (owner.text, owner.row_span, owner.col_span) == ("METAS", 2, 2)
    covered = [table.rows[0][1], *table.rows[1][:2]]
    assert [(cell.text, cell.owner) for cell in covered] == [(None, (1, 1))] * 3
    blank = table.rows[1][2]
    assert (blank.text, blank.owner) == ("", None)


@pytest.mark.parametrize("title", ["Hoja", "Enero, febrero", "Año's", "1!A1"])
def test_only_the_print_area_is_printed(tmp_path: Path, title: str) -> None:
    def area(sheet: Worksheet) -> None:
        sheet.title = title
        sheet.print_area = "B2:C3"

    rows = [["calc", "x", "y", "z"], [1, "Clave", "Monto", 9], [2, "A001", 5, 8], [3, "revisar", 7, 7]]
    assert texts(workbook(tmp_path / "x.xlsx", rows, area)) == [["Clave", "Monto"], ["A001", "5"]]


def test_several_print_areas_are_read_from_the_first_to_the_last(tmp_path: Path) -> None:
    def areas(sheet: Worksheet) -> None:
        sheet.print_area = ["A1:B1", "A3:B3"]

    assert texts(workbook(tmp_path / "x.xlsx", [["a", "b", "c"], [1, 2, 3], [4, 5, 6]], areas)) == [
        ["a", "b"],
        ["1", "2"],
        ["4", "5"],
    ]


def test_a_print_area_larger_than_what_is_used_costs_nothing(tmp_path: Path) -> None:
    def area(sheet: Worksheet) -> None:
        sheet.print_area = "A1:XFD1048576"

    file = workbook(tmp_path / "x.xlsx", [["a", "b"], [1, 2]], area)
    assert [[cell.text for cell in row] for row in next(read(file, Limits(max_cells=100))[0].tables).rows] == [
        ["a", "b"],
        ["1", "2"],
    ]


def test_a_stray_cell_far_outside_the_print_area_costs_nothing(tmp_path: Path) -> None:
    def stray(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "x"
        sheet.print_area = "A1:B2"

    file = workbook(tmp_path / "x.xlsx", [["a", "b"], [1, 2]], stray)
    (page,) = read(file, Limits(max_cells=100))
    assert [len(table.rows) for table in page.tables] == [2]


def test_hidden_rows_and_columns_are_not_printed(tmp_path: Path) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions.group("B", "C", hidden=True)

    file = workbook(tmp_path / "x.xlsx", [["a", "b", "c", "d"], ["no", 1, 2, 3], ["e", "f", "g", "h"]], hide)
    table = only_table(file)
    assert texts(file) == [["a", "d"], ["e", "h"]]
    # the places stay those of the sheet
    assert [(cell.row_no, cell.col_no) for cell in table.rows[1]] == [(3, 1), (3, 4)]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_and_blank_sheets_are_no_pages(tmp_path: Path, state: str) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "b"])
    book.create_sheet("Cálculos").append(["=1/0"])
    book.worksheets[1].sheet_state = state  # type: ignore[assignment]
    book.create_sheet("Vacía")
    book.create_sheet("Anexo").append(["c", "d"])
    book.save(tmp_path / "x.xlsx")
    pages = read(tmp_path / "x.xlsx")
    assert [(page.number, [table.sheet_name for table in page.tables]) for page in pages] == [
        (1, ["Sheet"]),
        (4, ["Anexo"]),
    ]


class TestFormulas:
    def test_one_without_its_computed_value_stops_the_document(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "x.xlsx", [["Monto"], [5], ["=SUM(A2:A2)"]])
        with pytest.raises(
            UnreadableDocument, match=r"sheet 'Hoja', cell A3 holds a formula .*; open the workbook, recal"
        ):
            read(file)

    def test_one_outside_the_print_area_does_not(self, tmp_path: Path) -> None:
        def area(sheet: Worksheet) -> None:
            sheet.print_area = "A1:A2"

        assert texts(workbook(tmp_path / "x.xlsx", [["Monto"], [5], ["=SUM(A2:A2)"]], area)) == [
            ["Monto"],
            ["5"],
        ]

    def test_the_computed_value_is_what_is_printed(self, tmp_path: Path) -> None:
        file = workbook(tmp_path / "x.xlsx", [[2], ["=A1*2"]])
        assert texts(computed(file, "A2", "", "4")) == [["2"], ["4"]]

    def test_an_empty_text_as_computed_value_is_a_printed_blank(self, tmp_path: Path) -> None:
        # =IF(A1="";"";A1*2) saved by a spreadsheet program
        file = workbook(tmp_path / "x.xlsx", [["Monto"], ["=A9"]])
        assert texts(computed(file, "A2", "str", "")) == [["Monto"], [""]]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A", "#SPILL!"])
def test_an_error_value_is_what_is_printed(tmp_path: Path, error: str) -> None:
    file = computed(workbook(tmp_path / "x.xlsx", [["Monto"], ["=A9"]]), "A2", "e", error)
    assert texts(file) == [["Monto"], [error]]


def test_a_text_that_only_looks_like_an_error_is_text(tmp_path: Path) -> None:
    def as_text(sheet: Worksheet) -> None:
        sheet["A2"] = "#N/A"
        sheet["A2"].data_type = "s"

    assert texts(workbook(tmp_path / "x.xlsx", [["Nota"]], as_text)) == [["Nota"], ["#N/A"]]


def test_an_unknown_number_format_stops_the_document(tmp_path: Path) -> None:
    def scientific(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0.00E+00"

    file = workbook(tmp_path / "x.xlsx", [["Clave", "Monto"], ["A001", 5]], scientific)
    with pytest.raises(
        UnreadableDocument,
        match=r"sheet 'Hoja', cell B2 is shown with the number format '0\.00E\+00', .*; save it with",
    ):
        read(file)


def test_a_number_stored_in_a_cell_formatted_as_text_is_not_lost(tmp_path: Path) -> None:
    def as_text(sheet: Worksheet) -> None:
        sheet["A2"].number_format = "@"

    assert texts(workbook(tmp_path / "x.xlsx", [["UR"], [3031]], as_text)) == [["UR"], ["3031"]]


class TestWhatAnOfficeDoesNotMeanToShow:
    def test_white_on_paper_is_left_out_by_name(self, tmp_path: Path) -> None:
        def white(sheet: Worksheet) -> None:
            sheet["B2"].font = Font(color="FFFFFFFF")
            sheet["C2"].font = Font(color=Color(theme=0))
            sheet["C2"].fill = PatternFill("solid", fgColor="FFFFFFFF")

        file = workbook(tmp_path / "x.xlsx", [["Sala", 1, 2], ["Cera", 3, 4]], white)
        assert texts(file) == [["Sala", "1", "2"], ["Cera", "", ""]]
        (left_out,) = only_table(file).left_out
        assert left_out.startswith("row 2 of sheet 'Hoja', B to C: 2 cells") and "written in white" in left_out

    def test_white_on_a_dark_cell_is_a_label(self, tmp_path: Path) -> None:
        def dark(sheet: Worksheet) -> None:
            sheet["A1"].font = Font(color="FFFFFFFF")
            sheet["A1"].fill = PatternFill("solid", fgColor="FF203864")

        assert texts(workbook(tmp_path / "x.xlsx", [["Sala", 1]], dark)) == [["Sala", "1"]]

    def test_a_whole_sheet_beyond_its_print_area(self, tmp_path: Path) -> None:
        def area(sheet: Worksheet) -> None:
            sheet.print_area = "A1:A1"

        file = workbook(tmp_path / "x.xlsx", [["Sala", 1], ["Cera", 2]], area)
        assert texts(file) == [["Sala"]]
        (page,) = read_xlsx(file, Budget(Limits()), whole_sheets=True)
        (table,) = page.tables
        assert [[cell.text for cell in row] for row in table.rows] == [["Sala", "1"], ["Cera", "2"]]
        assert [cell.is_outside_print_area for row in table.rows for cell in row] == [False, True, True, True]
