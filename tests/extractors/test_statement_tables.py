"""Statements that print one header several times, told apart by the line above it: totals of each piece and without a
label, rows of column numbers, labels over two rows, words stamped over the table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractors import landing
from extractors.accounting import account_for
from extractors.errors import ExtractionError, SourceError
from extractors.layout import Interpretation, interpret
from extractors.spec import SourceSpec, load_source
from extractors.table import Page
from tests.extractors.small_source import HEADING, declaration, declare, page, table

HEADER = ["Concepto", "Aprobado", "Pagado"]
CODES = ["", "1", "2 = ( 1 - 3 )"]


def spending(titled: str | None, **more: Any) -> dict[str, Any]:
    return {
        "title": "Spending",
        **({"titled": [titled]} if titled else {}),
        "columns": {
            "concept": {"headers": ["Concepto"], "required": True, "continues": "^(?-i:[a-z])"},
            "approved_amount": {"headers": ["Aprobado"], "kind": "number"},
            "paid_amount": {"headers": ["Pagado"], "kind": "number"},
        },
        "header_codes": [r"\d", r"\d = \( \d - \d \)"],
        "totals": [{"kind": "total", "labels": ["Total"], "ends_table": True}],
        "end": ["^bajo protesta"],
        **more,
    }


def source(**tables: dict[str, Any]) -> dict[str, Any]:
    return declaration() | {"tables": tables}


def both(**more: Any) -> dict[str, Any]:
    return source(by_unit=spending("administrativa", **more), by_type=spending("económica", **more))


def read(content: dict[str, Any], *pages: Page) -> Interpretation:
    found = interpret(pages, SourceSpec.model_validate(content))
    for each in found.tables:
        account_for(each)
    return found


def refusal(content: dict[str, Any], *pages: Page) -> str:
    with pytest.raises(ExtractionError) as refused:
        read(content, *pages)
    return str(refused.value)


def data(found: Interpretation) -> dict[str, list[list[str]]]:
    """The texts of the data rows of each table."""
    return {
        each.name: [[cell.joined or "" for cell in row.values.values()] for s in each.segments for row in s.data]
        for each in found.tables
    }


def notes(found: Interpretation) -> str:
    return "; ".join(account_for(each).notes for each in found.tables)


class TestTitled:
    def test_the_nearest_line_above_says_which_table_it_is(self) -> None:
        found = read(
            both(),
            page(*HEADING, "Clasificación Administrativa", table([HEADER, ["Sala", "1", "2"], ["Total", "1", "2"]])),
            page("Clasificación Económica", table([HEADER, ["Corriente", "3", "4"], ["Total", "3", "4"]])),
        )
        assert data(found) == {"by_unit": [["Sala", "1", "2"]], "by_type": [["Corriente", "3", "4"]]}

    def test_it_may_stand_in_the_grid_above_the_header(self) -> None:
        grid = table([["Clasificación Económica", None, None], HEADER, ["Corriente", "3", "4"]])
        assert list(data(read(both(), page(*HEADING, grid)))) == ["by_type"]

    def test_a_page_without_the_line_continues_a_table_that_has_not_ended(self) -> None:
        first = page(*HEADING, "Clasificación Económica", table([HEADER, ["Corriente", "3", "4"]]))
        second = page("hoja 2", table([HEADER, ["Capital", "5", "6"], ["Total", "8", "10"]], page_no=2))
        assert data(read(both(), first, second)) == {"by_type": [["Corriente", "3", "4"], ["Capital", "5", "6"]]}

    def test_a_line_that_nobody_declared_is_not_taken_for_more_of_the_table_above(self) -> None:
        first = page(*HEADING, "Clasificación Económica", table([HEADER, ["A", "3", "4"], ["Total", "3", "4"]]))
        said = refusal(both(), first, page("Clasificación Funcional", table([HEADER, ["B", "5", "6"]])))
        assert "no line above it says which" in said and "'Clasificación Funcional'" in said
        assert "by_unit by 'administrativa'" in said and "`titled`" in said

    def test_tables_of_one_header_need_it(self, tmp_path: Path) -> None:
        folder = declare(
            tmp_path, lambda content: content.update(source(by_unit=spending(None), by_type=spending("económica")))
        )
        with pytest.raises(SourceError, match="each needs `titled` or `identify`"):
            load_source(folder)


class TestHeaderCodes:
    def test_a_row_of_column_numbers_is_header(self) -> None:
        found = read(source(by_unit=spending(None)), page(*HEADING, table([HEADER, CODES, ["Sala", "1", "2"]])))
        assert data(found) == {"by_unit": [["Sala", "1", "2"]]}
        assert account_for(found.tables[0]).header_rows == 2

    def test_amounts_of_one_digit_are_no_numbers_of_columns(self) -> None:
        said = refusal(source(by_unit=spending(None)), page(*HEADING, table([HEADER, ["", "3", "3"]])))
        assert "concept is blank" in said

    def test_a_row_that_prints_anything_else_is_none(self) -> None:
        said = refusal(source(by_unit=spending(None)), page(*HEADING, table([HEADER, ["", "1", "1,000.00"]])))
        assert "concept is blank" in said


def landed(tmp_path: Path, content: dict[str, Any], *pages: Page) -> list[dict[str, Any]]:
    """The totals of the first table as they land."""
    spec = SourceSpec.model_validate(content)
    found = interpret(pages, spec)
    account_for(found.tables[0])
    _, totals = landing._rows("0" * 64, spec, found.tables[0], {})
    return [
        {key: total.get(key) for key in ("total_kind", "label_raw", "first_row_seq", "last_row_seq", "approved_amount")}
        for total in totals
    ]


def covers(totals: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [tuple(total.values()) for total in totals]


class TestTotals:
    def test_each_piece_has_its_own_total(self, tmp_path: Path) -> None:
        content = source(
            by_unit=spending(
                None, totals=[{"kind": "total", "labels": ["Total"], "covers": "piece", "ends_table": True}]
            )
        )
        one = table([HEADER, ["A", "1", "1"], ["B", "2", "2"], ["Total", "3", "3"]])
        other = table([HEADER, ["C", "3", "3"], ["Total", "3", "3"]], table_no=2)
        assert covers(landed(tmp_path, content, page(*HEADING, one, other))) == [
            ("total", "Total", 1, 2, "3"),
            ("total", "Total", 3, 3, "3"),
        ]

    def test_a_total_without_a_label_stands_above_its_rows(self, tmp_path: Path) -> None:
        totals = [{"kind": "total", "stands_above": True}, {"kind": "total", "labels": ["Total"], "ends_table": True}]
        rows = table([HEADER, CODES, ["", "3", "3"], ["A", "1", "1"], ["B", "2", "2"], ["Total", "3", "3"]])
        assert covers(landed(tmp_path, source(by_unit=spending(None, totals=totals)), page(*HEADING, rows))) == [
            ("total", "", 1, 2, "3"),
            ("total", "Total", 1, 2, "3"),
        ]

    def test_numbers_without_a_label_elsewhere_are_no_total(self) -> None:
        totals = [{"kind": "total", "stands_above": True}]
        rows = table([HEADER, ["A", "1", "1"], ["", "3", "3"]])
        said = refusal(source(by_unit=spending(None, totals=totals)), page(*HEADING, rows))
        assert "concept is blank" in said

    def test_a_memo_below_the_total_covers_nothing(self, tmp_path: Path) -> None:
        totals = [
            {"kind": "total", "labels": ["Total"], "ends_table": True},
            {"kind": "memo", "labels": ["Excedentes"]},
        ]
        rows = [HEADER, ["A", "1", "1"], ["Total", "1", "1"], ["", "", ""], ["Bajo protesta", "Excedentes", "7"]]
        found = read(source(by_unit=spending(None, totals=totals)), page(*HEADING, table(rows)))
        assert [row.kind for row in found.tables[0].segments[0].rows][-2:] == ["blank", "memo"]
        assert covers(landed(tmp_path, source(by_unit=spending(None, totals=totals)), page(*HEADING, table(rows)))) == [
            ("total", "Total", 1, 1, "1"),
            ("memo", "Excedentes", None, None, None),
        ]

    def test_a_total_needs_labels_or_its_place(self) -> None:
        with pytest.raises(ValueError, match="give the labels of the total, or stands_above"):
            SourceSpec.model_validate(source(by_unit=spending(None, totals=[{"kind": "total"}])))


class TestContinues:
    def test_a_label_typed_into_two_rows_is_one(self) -> None:
        rows = [HEADER, ["No comprendidos en la ley", "1", "2"], ["pendientes de pago", "", ""], ["Otros", "", ""]]
        found = read(source(by_unit=spending(None)), page(*HEADING, table(rows)))
        assert data(found)["by_unit"] == [["No comprendidos en la ley pendientes de pago", "1", "2"], ["Otros", "", ""]]

    def test_a_row_with_numbers_of_its_own_is_one_by_itself(self) -> None:
        rows = [HEADER, ["Sala", "1", "2"], ["pendientes de pago", "3", ""]]
        found = read(source(by_unit=spending(None)), page(*HEADING, table(rows)))
        assert len(data(found)["by_unit"]) == 2


class TestOverprints:
    RULE = [{"pattern": "NO ?APLICA", "reason": "it does not concern the office"}]  # noqa: RUF012

    def test_words_stamped_over_the_table_are_left_out_with_the_reason(self) -> None:
        rows = [HEADER, ["Sala", "NO APLI", "CA"], ["Patio", "", "2"]]
        found = read(source(by_unit=spending(None, overprints=self.RULE)), page(*HEADING, table(rows)))
        assert data(found)["by_unit"] == [["Sala", "", ""], ["Patio", "", "2"]]
        assert "'NO APLICA': it does not concern the office" in notes(found)

    def test_other_words_among_the_numbers_stay(self) -> None:
        rows = [HEADER, ["Sala", "NO HAY", ""]]
        found = read(source(by_unit=spending(None, overprints=self.RULE)), page(*HEADING, table(rows)))
        assert data(found)["by_unit"] == [["Sala", "NO HAY", ""]]


class TestMetadata:
    def test_several_titles(self) -> None:
        content = source(by_unit=spending(None))
        content["metadata"]["title"] = [{"pattern": r"^(?P<value>informe de gasto|informe de ingreso)$"}]
        rows = table([HEADER, ["Sala", "1", "2"]])
        assert "split it" in refusal(content, page(*HEADING, "Informe de ingreso", rows))
        content["metadata"]["several_titles"] = True
        found = read(content, page(*HEADING, "Informe de ingreso", rows))
        assert found.metadata.title == "INFORME DE GASTO; Informe de ingreso"

    def test_a_table_whose_header_says_the_form(self) -> None:
        content = source(by_unit=spending(None))
        rows = page(*HEADING[1:], table([HEADER, ["Sala", "1", "2"]]))
        assert "the title of the form is not printed" in refusal(content, rows)
        content["metadata"]["untitled_tables"] = ["by_unit"]
        assert read(content, rows).metadata.title == "[Spending]"
        content["metadata"]["untitled_tables"] = ["by_nothing"]
        with pytest.raises(ValueError, match="untitled_tables names 'by_nothing'"):
            SourceSpec.model_validate(content)

    def test_a_line_that_is_not_the_institution(self) -> None:
        content = source(by_unit=spending(None))
        content["metadata"]["institution"] = [{"line_before": "^informe", "unlike": "^cuenta"}]
        rows = table([HEADER, ["Sala", "1", "2"]])
        found = read(content, page("Museo de Cera", *HEADING, rows))
        assert found.metadata.institution_name_raw == "Museo de Cera"
        assert "the institution is not printed" in refusal(content, page("Cuenta Pública 2021", *HEADING, rows))

    def test_only_a_declared_misspelling_is_a_month(self) -> None:
        content = source(by_unit=spending(None))
        content["metadata"]["period"] = {"patterns": [r"^mes: (?P<month>\w+) de (?P<year>\d{4})$"]}
        rows = page(*HEADING[:2], "Mes: Jinio de 2021", table([HEADER, ["Sala", "1", "2"]]))
        assert "'Jinio' is no month" in refusal(content, rows)
        content["metadata"]["period"]["months"] = {"jinio": 6}
        found = read(content, rows)
        assert (found.metadata.period_start_date, found.metadata.period_end_date) == ("2021-06-01", "2021-06-30")


class TestNearestVariant:
    def test_a_form_that_fits_no_table_is_told_what_is_new_in_it(self) -> None:
        rows = [
            ["Concepto (c)", "Aprobado (d)", "Pagado", "Devengado"],
            ["Sala", "1", "2", "3"],
            ["Patio", "2", "3", "4"],
        ]
        said = refusal(both(), page(*HEADING, table(rows)))
        assert "it prints 'Concepto (c)', 'Aprobado (d)', 'Pagado', 'Devengado'" in said
        assert "The nearest declared table is by_unit: 1 of its 3 columns are there" in said
        assert "'Aprobado (d)' may be approved_amount" in said

    def test_a_header_that_lacks_a_column_names_the_table(self) -> None:
        rows = [["Renglón", "Aprobado", "Pagado"], ["Sala", "1", "2"]]
        said = refusal(source(by_unit=spending(None)), page(*HEADING, table(rows)))
        assert "the header lacks 'Concepto'" in said and "The nearest declared table is by_unit." in said

    def test_something_far_off_names_none(self) -> None:
        rows = [["Fecha", "Lugar"], ["1", "2"], ["3", "4"]]
        assert "nearest" not in refusal(both(), page(*HEADING, table(rows)))

    def test_a_form_that_the_source_refuses_is_told_why_first(self) -> None:
        content = both() | {"refuse": [{"pattern": "en miles", "reason": "amounts are declared in units"}]}
        rows = [["Concepto (c)", "Aprobado (d)"], ["Sala", "1"], ["Patio", "2"]]
        assert refusal(content, page(*HEADING, "En miles", table(rows))).endswith("amounts are declared in units.")
