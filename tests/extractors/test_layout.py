"""Every row of a table is data, total, header, blank, ignored by name, or stops the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from extractors.accounting import Account, account_for
from extractors.errors import LayoutMismatch, UnaccountedCells
from extractors.layout import Interpretation, LogicalTable, interpret
from extractors.table import Page, Table
from tests.extractors.small_source import HEADER, HEADING, ROWS, TOTAL, Change, page, spec, spending, table


def read(*pages: Page, change: Change | None = None) -> Interpretation:
    return interpret(pages, spec(change))


def report(*rows: Sequence[str | None]) -> Page:
    """A page of the report: heading and one table of the header and these rows."""
    return page(*HEADING, table([HEADER, *rows]))


def the_table(interpretation: Interpretation) -> LogicalTable:
    (found,) = interpretation.tables
    return found


def kinds(interpretation: Interpretation) -> list[str]:
    return [row.kind for segment in the_table(interpretation).segments for row in segment.rows]


def account(interpretation: Interpretation) -> Account:
    return account_for(the_table(interpretation))


def refusal(*pages: Page, change: Change | None = None) -> str:
    with pytest.raises((LayoutMismatch, UnaccountedCells)) as refused:
        account(read(*pages, change=change))
    return str(refused.value)


def test_a_whole_report() -> None:
    found = read(report(*ROWS, TOTAL))
    assert kinds(found) == ["header", "data", "data", "total"]
    assert found.page_count == 1
    first = the_table(found).segments[0].rows[1]
    assert {name: cell.text for name, cell in first.values.items()} == {
        "program_code": "A001",
        "program_name": "Salas",
        "planned_amount": "1,000.00",
        "spent_amount": "900.50",
    }
    assert account(found) == Account(
        segment_count=1,
        data_rows=2,
        total_rows=1,
        header_rows=1,
        blank_rows=0,
        ignored_rows=0,
        mapped_columns=4,
        ignored_columns=0,
        notes="",
    )


class TestLeftOver:
    def test_a_row_that_is_neither_data_nor_total(self) -> None:
        assert refusal(report(ROWS[0], ["", "Ver nota 7", "", "1.00"], ROWS[1])) == (
            "page 1, table 1, row 3: 'Ver nota 7 1.00' is neither data (program_code is blank) nor total, "
            "header or ignored; say in source.yml what it is: a column, totals, ignore_columns, ignore_rows "
            "or end."
        )

    def test_a_column_nobody_declared(self) -> None:
        rows = table([[*HEADER, "Observaciones"], [*ROWS[0], "Nota 1"], [*ROWS[1], ""]])
        assert refusal(page(*HEADING, rows)).startswith(
            "page 1, table 1, row 2, column 5 ('Observaciones'): 'Nota 1' stands in no declared column; say"
        )

    def test_a_column_nobody_declared_is_one_sentence_however_long(self) -> None:
        rows = table(
            [[*HEADER, "Observaciones"], [*ROWS[0], "Nota 1"], [*ROWS[1], ""], ["A003", "Luz", "1", "2", "Nota 2"]]
        )
        assert refusal(page(*HEADING, rows)).startswith(
            "page 1, table 1, row 2, column 5 ('Observaciones'): 'Nota 1' and 1 more below it stand in no declared "
            "column; say"
        )

    def test_a_column_nobody_declared_that_is_blank_everywhere(self) -> None:
        found = read(page(*HEADING, table([[*HEADER, "Observaciones"], [*ROWS[0], ""], [*ROWS[1], ""]])))
        assert account(found).data_rows == 2

    def test_a_value_under_no_header(self) -> None:
        rows = table([[*HEADER, ""], [*ROWS[0], "17"]])
        assert "column 5 (no header): '17' stands in no declared column" in refusal(page(*HEADING, rows))

    def test_two_values_in_one_column(self) -> None:
        header = ["Clave", "Programa", None, "Planeado", "Gastado"]
        rows = table([header, ["A001", "Salas", "", "1", "2"], ["A002", "Cera", "Luz", "1", "2"]])
        assert "(program_name prints 2 values where one was expected)" in refusal(page(*HEADING, rows))

    def test_a_value_that_does_not_fit_a_required_column(self) -> None:
        assert "(program_code is 'A0O1')" in refusal(report(*ROWS, ["A0O1", "Salas", "1", "2"]))

    def test_a_value_that_does_not_fit_a_column_that_may_be_blank(self) -> None:
        def with_pattern(content: dict[str, Any]) -> None:
            spending(content)["columns"]["planned_amount"]["pattern"] = r"[\d,.]+"

        assert account(read(report(["A001", "Salas", "", "2"]), change=with_pattern)).data_rows == 1
        assert "(planned_amount is 'pendiente')" in refusal(
            report(*ROWS, ["A003", "Luz", "pendiente", "2"]), change=with_pattern
        )

    def test_one_value_over_two_declared_columns(self) -> None:
        assert "('500.00' stands over planned_amount and spent_amount)" in refusal(
            report(ROWS[0], ["A002", "Cera", "500.00", None])
        )

    def test_no_more_than_three_are_named(self) -> None:
        said = refusal(report(*([["", f"raro {n}", "", ""] for n in range(5)])), change=any_number_of_rows)
        assert said.count("is neither data") == 3
        assert "(and 2 more)" in said

    def test_a_word_in_a_total_row(self) -> None:
        assert "'Total n/d 1,150.50' is neither data" in refusal(report(*ROWS, ["Total", "", "n/d", "1,150.50"]))


def any_number_of_rows(content: dict[str, Any]) -> None:
    spending(content)["rows"] = {"min": 0, "max": 10}


class TestIgnoredByName:
    @staticmethod
    def ignoring(content: dict[str, Any]) -> None:
        spending(content)["ignore_columns"] = [{"header": "Nota", "reason": "remarks of the printer"}]
        spending(content)["ignore_rows"] = [{"pattern": "^pasa a la", "reason": "carried forward, printed again"}]

    def test_columns_and_rows_stand_in_the_account_with_their_reason(self) -> None:
        rows = [
            [*HEADER, "Nota"],
            [*ROWS[0], "ojo"],
            ["Pasa a la hoja 2", "", "1,000.00", "900.50", ""],
            [*ROWS[1], ""],
        ]
        found = account(read(page(*HEADING, table(rows)), change=self.ignoring))
        assert (found.data_rows, found.ignored_rows, found.ignored_columns) == (2, 1, 1)
        assert found.notes == (
            "column 'Nota': remarks of the printer; row 3 of page 1, table 1: carried forward, printed again"
        )

    def test_a_blank_row_is_counted_as_blank(self) -> None:
        assert account(read(report(ROWS[0], ["", "", "", ""], ROWS[1]))).blank_rows == 1


class TestTotals:
    @pytest.mark.parametrize(
        "label",
        [
            ["Total", "", "1,250.00", "1,150.50"],
            ["", "TOTAL:", "1,250.00", "1,150.50"],
            ["Total del", "gasto", "1,250.00", "1,150.50"],
            ["тот", "AL:", "1,250.00", "1,150.50"],
            ["Total del Gasto", None, "1,250.00", "1,150.50"],
        ],
        ids=["first column", "second column", "over two cells", "Cyrillic over two cells", "merged"],
    )
    def test_a_total_is_known_by_its_words_wherever_they_stand(self, label: list[str | None]) -> None:
        found = read(report(*ROWS, label))
        assert kinds(found)[-1] == "total"
        total = the_table(found).segments[0].rows[-1]
        assert total.values["planned_amount"].text == "1,250.00"
        assert total.values["spent_amount"].text == "1,150.50"
        assert account(found).total_rows == 1

    def test_a_blank_total_stays_blank(self) -> None:
        found = read(report(*ROWS, ["Total", "", "", "1,150.50"]))
        total = the_table(found).segments[0].rows[-1]
        assert total.values["planned_amount"].text == ""
        assert total.values["spent_amount"].text == "1,150.50"

    def test_a_number_in_a_column_of_text_is_no_part_of_a_total(self) -> None:
        # the programme's name is a text: the amount slipped into its column
        found = read(report(*ROWS, ["Total", "1,250.00", "", "1,150.50"]))
        with pytest.raises(UnaccountedCells, match=r"\('Programa'\): '1,250\.00' stands in no declared column"):
            account(found)

    def test_subtotals_do_not_end_the_table(self) -> None:
        found = read(report(ROWS[0], ["Subtotal", "", "1,000.00", "900.50"], ROWS[1], TOTAL))
        assert kinds(found) == ["header", "data", "subtotal", "data", "total"]

    def test_numbers_after_the_total_are_not_lost_in_silence(self) -> None:
        # a second block without its header would be text, were it not for its numbers
        more = [["B001", "Otra oficina", "7.00", "7.00"], ["B002", "Archivo", "8.00", "8.00"]]
        said = refusal(report(*ROWS, TOTAL, *more))
        assert said.startswith("page 1, table 1: a stretch (rows 5 to 6) with numbers has no header")

    def test_one_row_of_numbers_after_the_total_is_not_lost_either(self) -> None:
        def five_columns(content: dict[str, Any]) -> None:
            for name in ("paid_amount", "owed_amount"):
                spending(content)["columns"][name] = {"headers": [name.partition("_")[0]], "kind": "number"}

        header = [*HEADER, "paid", "owed"]
        rows = [header, [*ROWS[0], "1", "2"], [*TOTAL, "1", "2"], ["B001", "Otra", "7.00", "7.00", "1", "2"]]
        with pytest.raises(LayoutMismatch, match=r"a stretch \(rows 4 to 4\) with numbers"):
            read(page(*HEADING, table(rows)), change=five_columns)

    def test_words_and_a_date_after_the_total_are_text(self) -> None:
        found = read(report(*ROWS, TOTAL, ["Elaboró", "05", "02", "2021"], ["Firma", "", "", ""]))
        assert kinds(found)[-1] == "total"

    def test_words_that_end_the_table(self) -> None:
        found = read(report(*ROWS, ["Fin del informe", "", "", ""], ["Elaboró", "M. Ortega", "", ""]))
        assert kinds(found) == ["header", "data", "data"]


class TestPages:
    def test_a_table_goes_on_under_its_header_with_shifted_columns(self) -> None:
        second = table(
            [
                ["Clave", "Programa", None, "Planeado", None, "Gastado"],
                ["A002", "Cera", None, "250.00", "", "1"],
            ]
        )
        found = read(report(ROWS[0]), page(*HEADING, second, number=2))
        values = the_table(found).segments[1].rows[1].values
        assert [values[name].text for name in ("program_name", "planned_amount", "spent_amount")] == [
            "Cera",
            "250.00",
            "1",
        ]
        assert account(found).segment_count == 2

    def test_a_page_whose_header_is_missing_is_not_read_by_position(self) -> None:
        headless = table([["A003", "Cera", "1.00", "2.00"], ["A004", "Mechas", "3.00", "4.00"]], page_no=2)
        assert refusal(report(*ROWS), page(headless, number=2)).startswith(
            "page 2, table 1: a table with numbers has no header that source.yml declares (it prints 'A003', "
        )

    def test_a_page_that_holds_only_the_total(self) -> None:
        found = read(report(*ROWS), page(*HEADING, table([HEADER, TOTAL]), number=2))
        assert kinds(found) == ["header", "data", "data", "header", "total"]

    def test_a_header_without_rows(self) -> None:
        found = read(report(*ROWS), page(table([HEADER, ["", "", "", ""]]), number=2))
        assert account(found).data_rows == 2

    def test_a_second_header_inside_one_table_opens_a_segment(self) -> None:
        shifted = ["Gastado", "Planeado", "Programa", "Clave"]
        found = read(page(*HEADING, table([HEADER, ROWS[0], shifted, ["1", "2", "Cera", "A002"]])))
        assert kinds(found) == ["header", "data", "header", "data"]
        assert the_table(found).segments[1].rows[1].values["spent_amount"].text == "1"


class TestNoTable:
    def test_text_alone(self) -> None:
        assert refusal(page(*HEADING), page("Otra hoja", number=2)) == (
            "no table of xx_office_report was found on 2 pages; check that the document belongs to this source."
        )

    def test_another_table_is_named(self) -> None:
        boxes = table([["Elaboró", "Revisó"], ["M. Ortega", "L. Alvarado"]])
        assert "found on 1 page; headers found: 'Elaboró', 'Revisó'; check" in refusal(page(*HEADING, boxes))

    def test_a_table_with_numbers_may_be_left_out_by_name(self) -> None:
        other = table([["Día", "Visitas"], ["lunes", "10"], ["martes", "20"]])
        assert "a table with numbers has no header that source.yml declares (it prints 'Día', 'Visitas')" in refusal(
            page(*HEADING, table([HEADER, *ROWS]), other)
        )

        def ignoring(content: dict[str, Any]) -> None:
            content["ignore_tables"] = [{"pattern": "visitas", "reason": "visitors are counted elsewhere"}]

        assert account(read(page(*HEADING, table([HEADER, *ROWS]), other), change=ignoring)).data_rows == 2

    def test_dashes_are_no_figures(self) -> None:
        box = table([["Firma", "Sello"], ["-", "-"], ["-", "-"]])
        assert account(read(page(*HEADING, table([HEADER, *ROWS]), box))).data_rows == 2


@pytest.mark.parametrize(("rows", "said"), [(0, "0 data rows"), (4, "4 data rows")])
def test_an_implausible_number_of_rows(rows: int, said: str) -> None:
    def few(content: dict[str, Any]) -> None:
        spending(content)["rows"] = {"min": 1, "max": 3}

    data = [[f"A00{n}", "x", "1", "1"] for n in range(rows)]
    assert refusal(report(*data, TOTAL), change=few) == (
        f"table spending has {said}; between 1 and 3 were expected (rows in source.yml)."
    )


def test_no_data_row_at_all_says_what_the_first_row_was_taken_for() -> None:
    assert refusal(report(["11-01", "Salas", "1", "2"], ["11-02", "Cera", "1", "2"])).endswith(
        "were expected (rows in source.yml); the first that was left over is row 2 of page 1, table 1 "
        "(program_code is '11-01')."
    )


class TestSeveralTables:
    """Two tables of one source: with one header and told apart by a column, or with headers that overlap."""

    @staticmethod
    def levels(content: dict[str, Any]) -> None:
        spending(content)["identify"] = {"column": "program_code", "pattern": r"A\d{3}"}
        content["tables"]["projects"] = {
            **spending(content),
            "identify": {"column": "program_code", "pattern": r"B\d{3}"},
        }

    @staticmethod
    def wider(content: dict[str, Any]) -> None:
        columns = {name: dict(column) for name, column in spending(content)["columns"].items()}
        columns["region_name"] = {"headers": ["Región"]}
        content["tables"]["by_region"] = {**spending(content), "columns": columns}

    @staticmethod
    def other(content: dict[str, Any]) -> None:
        """A table that shares half of its labels with the other one."""
        columns = {
            "program_code": {"headers": ["Clave"], "required": True},
            "program_name": {"headers": ["Programa"]},
            "staff_count": {"headers": ["Plazas"], "kind": "number"},
        }
        content["tables"]["staff"] = {"title": "Staff", "columns": columns}

    @staticmethod
    def names(found: Interpretation) -> list[tuple[str, int]]:
        return [(table.name, sum(len(segment.data) for segment in table.segments)) for table in found.tables]

    def test_the_values_of_a_column_tell_which_it_is(self) -> None:
        projects = [["B001", "Techo", "1", "1"], ["B002", "Piso", "2", "2"], ["B003", "Muro", "3", "3"]]
        found = read(report(*ROWS, TOTAL), report(*projects), change=self.levels)
        assert self.names(found) == [("spending", 2), ("projects", 3)]

    def test_a_page_with_only_the_total_goes_with_the_table_before_it(self) -> None:
        found = read(report(*ROWS), report(["B001", "Techo", "1", "1"]), report(TOTAL), change=self.levels)
        totals = {table.name: account_for(table).total_rows for table in found.tables}
        assert totals == {"spending": 0, "projects": 1}

    def test_a_first_page_with_only_the_total_is_nobodys(self) -> None:
        assert refusal(report(TOTAL), report(*ROWS), change=self.levels) == (
            "page 1, table 1: the header fits spending, projects, but no row says which."
        )

    def test_values_of_two_tables_on_one_page_stop_it(self) -> None:
        assert "program_code prints 'B001', which fits none of the tables with this header" in refusal(
            report(ROWS[0], ["B001", "Techo", "1", "1"]), change=self.levels
        )

    def test_the_header_with_more_labels_in_common_wins(self) -> None:
        rows = table([[*HEADER, "Región"], [*ROWS[0], "Norte"]])
        assert self.names(read(page(*HEADING, rows), change=self.wider)) == [("by_region", 1)]
        assert self.names(read(report(*ROWS), change=self.wider)) == [("spending", 2)]

    def test_a_header_that_lacks_labels_of_one_table_may_be_another(self) -> None:
        staff = table([["Clave", "Programa", "Plazas"], ["A001", "Salas", "12"]])
        found = read(report(*ROWS), page(staff, number=2), change=self.other)
        assert self.names(found) == [("spending", 2), ("staff", 1)]

    def test_a_table_not_in_the_document_is_no_table(self) -> None:
        assert self.names(read(report(*ROWS), change=self.other)) == [("spending", 2)]


def test_rows_above_a_header_in_the_same_table_are_lines() -> None:
    rows = table(
        [
            ["INFORME DE GASTO\nOficina: Museo de Cera", None, None, None],
            ["Año: 2021", None, None, None],
            HEADER,
            ROWS[0],
        ]
    )
    found = read(page(rows))
    assert (found.metadata.institution_name_raw, found.metadata.period_raw) == ("Museo de Cera", "Año: 2021")


def test_a_value_merged_over_several_rows() -> None:
    rows: Table = table([HEADER, *ROWS])
    # the code of the first row reaches over the second
    merged = replace(rows.rows[1][0], row_span=2)
    covered = replace(rows.rows[2][0], text=None, owner=(2, 1))
    whole = replace(rows, rows=(rows.rows[0], (merged, *rows.rows[1][1:]), (covered, *rows.rows[2][1:])))
    found = read(page(*HEADING, whole))
    codes = [row.values["program_code"].text for row in the_table(found).segments[0].data]
    assert codes == ["A001", "A001"]
