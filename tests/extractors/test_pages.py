"""Tables that run over pages, rows that a page cuts, pages left out by name, facts in column labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from extractors.accounting import account_for
from extractors.errors import ExtractionError
from extractors.layout import Interpretation, interpret
from extractors.logical_table import LogicalTable
from extractors.spec import SourceSpec
from extractors.table import OPEN_BELOW, Page, Table
from tests.extractors.small_source import HEADER, HEADING, ROWS, TOTAL, Change, declaration, page, spending, table

MORE = ["A003", "Taller", "10.00", "0.00"]


def runs_over(content: dict[str, Any]) -> None:
    spending(content)["runs_over_pages"] = True


def read(*pages: Page, change: Change = runs_over) -> LogicalTable:
    (found,) = interpretation(*pages, change=change).tables
    account_for(found)
    return found


def interpretation(*pages: Page, change: Change = runs_over) -> Interpretation:
    return interpret(pages, SourceSpec.model_validate(declaration(change)))


def refusal(*pages: Page, change: Change = runs_over) -> str:
    with pytest.raises(ExtractionError) as refused:
        read(*pages, change=change)
    return str(refused.value)


def first(*rows: Sequence[str]) -> Page:
    return page(*HEADING, table([HEADER, *rows]))


def second(*rows: Sequence[str], number: int = 2) -> Page:
    return page("INFORME DE GASTO", table(rows, page_no=number), number=number)


def names(found: LogicalTable) -> list[str | None]:
    return [row.values["program_name"].joined for segment in found.segments for row in segment.data]


class TestPagesWithoutAHeader:
    def test_they_go_on_with_the_table_of_the_page_before(self) -> None:
        found = read(first(*ROWS), second(MORE), second(["A004", "Tienda", "5.00", "5.00"], TOTAL, number=3))
        assert names(found) == ["Salas", "Cera", "Taller", "Tienda"]
        assert [row.kind for row in found.segments[2].rows] == ["data", "total"]

    def test_only_where_the_table_is_declared_to(self) -> None:
        said = refusal(first(*ROWS), second(MORE, MORE), change=lambda content: None)
        assert "page 2, table 1: a table with numbers has no header that source.yml declares" in said

    @pytest.mark.parametrize(
        "pages",
        [
            pytest.param([first(*ROWS, TOTAL), second(MORE, MORE)], id="its total is printed"),
            pytest.param([first(*ROWS), second(MORE, MORE, number=3)], id="a page stands between"),
            pytest.param([first(*ROWS), second([*MORE, "9"], [*MORE, "9"])], id="another number of columns"),
        ],
    )
    def test_not_where_something_else_says_that_it_ended(self, pages: list[Page]) -> None:
        assert "a table with numbers has no header that source.yml declares" in refusal(*pages)

    def test_not_on_other_column_lines(self) -> None:
        def at(step: float, found: Page) -> Page:
            items = [place(item, step) if isinstance(item, Table) else item for item in found.items]
            return replace(found, items=tuple(items))

        def place(printed: Table, step: float) -> Table:
            rows = [
                tuple(replace(cell, bbox=(step * cell.col_no, 0.0, step * (cell.col_no + 1), 9.0)) for cell in row)
                for row in printed.rows
            ]
            return replace(printed, rows=tuple(rows))

        assert names(read(at(50, first(*ROWS)), at(50, second(MORE)))) == ["Salas", "Cera", "Taller"]
        assert "has no header" in refusal(at(50, first(*ROWS)), at(60, second(MORE, MORE)))


class TestRowsThatAPageCuts:
    def test_the_rest_of_a_name_on_the_next_page(self) -> None:
        found = read(first(["A001", "Salas y", "1.00", "2.00"]), second(["", "jardines", "", ""], MORE))
        assert names(found) == ["Salas y jardines", "Taller"]
        assert [row.kind for row in found.segments[1].rows] == ["rest", "data"]
        assert "row 1 of page 2, table 1: goes on with the last row of page 1" in account_for(found).notes

    def test_a_row_that_no_rule_closes_takes_each_cell_from_where_it_is_printed(self) -> None:
        printed = first(*ROWS, ["", "Taller", "3.00", ""])
        *lines, ruled = printed.items
        assert isinstance(ruled, Table)
        last = tuple(replace(cell, flags=(OPEN_BELOW,)) for cell in ruled.rows[-1])
        cut = Page(1, (*lines, replace(ruled, rows=(*ruled.rows[:-1], last))))
        found = read(cut, second(["A003", "de cera", "", "4.00"], TOTAL))
        row = found.segments[0].data[-1]
        assert {name: cell.joined for name, cell in row.values.items()} == {
            **{"program_code": "A003", "program_name": "Taller de cera"},
            **{"planned_amount": "3.00", "spent_amount": "4.00"},
        }

    def test_a_row_that_is_none_even_so_stops_the_document(self) -> None:
        said = refusal(first(*ROWS), second(["x", "jardines", "", ""], MORE))
        assert "neither data" in said


class TestIgnoredPages:
    def signed(self, *items: str | Table) -> list[Page]:
        return [first(*ROWS, TOTAL), page("Firma electrónica", "Entrega: 2021", *items, number=2)]

    def ignored(self, content: dict[str, Any]) -> None:
        content["ignore_pages"] = [{"pattern": "^firma electrónica$", "reason": "signature"}]

    def test_nothing_is_read_of_it_and_the_accounting_says_so(self) -> None:
        found = interpretation(*self.signed(table([["1", "2", "3", "4"], ["5", "6", "7", "8"]])), change=self.ignored)
        assert found.left_out == ["page 2: signature"]
        assert [len(segment.rows) for segment in found.tables[0].segments] == [4]

    def test_its_lines_may_say_facts_of_the_document(self) -> None:
        def period_of_it(content: dict[str, Any]) -> None:
            self.ignored(content)
            content["metadata"]["period"] = {"patterns": [r"^entrega: (?P<year>\d{4})$"]}

        assert interpretation(*self.signed(), change=period_of_it).metadata.period_raw == "Entrega: 2021"

    def test_a_page_that_prints_a_declared_table_is_not_left_out(self) -> None:
        said = refusal(*self.signed(table([HEADER, *ROWS])), change=self.ignored)
        assert said.startswith("page 2 is ignored by name (signature), but it prints the header of spending")


YEARS: dict[str, Any] = {
    "title": "Spending by year",
    "columns": {
        "code": {"headers": [{"label": "Concepto", "nth": [1, 2]}], "required": True},
        "name": {"headers": [{"label": "Concepto", "nth": 3}], "required": True},
        "note": {"headers": [{"blank": True}]},
    },
    "series": {"header": r"20\d\d", "label": "year", "value": "amount"},
}


class TestColumnLabels:
    def declared(self, content: dict[str, Any]) -> None:
        content["tables"] = {"years": YEARS}
        content["metadata"] |= {
            "column_labels": True,
            "period": {"patterns": [r"^concepto (?P<start_year>20\d\d) (?:20\d\d )*(?P<end_year>20\d\d)$"]},
        }

    def test_years_that_only_the_labels_say_and_columns_known_by_their_place(self) -> None:
        header = ["Concepto", None, None, "2024", "2025", ""]
        rows = [["1.-", None, "Gasto", "5", "6", ""], ["", "A", "Sueldos", "5", "6", "estimado"]]
        found = interpretation(page(*HEADING[:2], table([header, *rows])), change=self.declared)
        assert (found.metadata.period_start_date, found.metadata.period_end_date) == ("2024-01-01", "2025-12-31")
        account_for(found.tables[0])
        data = found.tables[0].segments[0].data
        assert [[row.values[name].joined for name in ("code", "name", "note")] for row in data] == [
            ["1.-", "Gasto", ""],
            ["A", "Sueldos", "estimado"],
        ]

    def test_two_values_in_the_columns_that_one_name_takes(self) -> None:
        header = ["Concepto", None, None, "2024", "2025", ""]
        with pytest.raises(ExtractionError) as refused:
            found = interpretation(
                page(*HEADING[:2], table([header, ["1.-", "A", "Sueldos", "5", "6", ""]])), change=self.declared
            )
            account_for(found.tables[0])
        assert "code prints 2 values where one was expected" in str(refused.value)
