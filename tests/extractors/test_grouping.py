"""What rows share and do not print themselves: context, group rows, records; and series, whose labels are data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extractors.accounting import account_for
from extractors.errors import ExtractionError, LayoutMismatch
from extractors.layout import interpret
from extractors.logical_table import LogicalTable
from extractors.spec import SourceSpec
from extractors.table import Page
from tests.extractors.conftest import Place
from tests.extractors.small_source import DECLARATION, HEADING, declaration, page, table

Sources = Callable[..., Path]

YEARS = ["Indicador", "2019", "2020 Meta"]
CONTEXT = {"office_name": {"captures": [{"pattern": r"^museo: (?P<value>.+)$"}]}}
RECORDS = {
    "role": "row_role",
    "roles": ["indicator", "numerator", "denominator"],
    "column": "value",
    "opens": r"\d+ ?%",
}
VISITS = [["Visitas guiadas", "50 %", "75 %"], ["Guiadas", "1", "3"], ["Visitas", "2", "4"]]
CARE = [["Cera cuidada", "10 %", "20 %"], ["Cuidada", "1", "2"]]


def indicators(**more: Any) -> dict[str, Any]:
    """The declaration of a table of indicators by year; `more` are further keys of it."""
    content = declaration()
    content["tables"] = {
        "indicators": {
            "title": "Indicators by year",
            "columns": {"row_label": {"headers": ["Indicador"], "required": True}},
            "series": {"header": r"20\d\d(?: meta)?", "label": "period_label", "value": "value"},
            **more,
        }
    }
    return content


def read(*pages: Page, **more: Any) -> LogicalTable:
    (found,) = interpret(pages, SourceSpec.model_validate(indicators(**more))).tables
    account_for(found)
    return found


def refusal(*pages: Page, **more: Any) -> str:
    with pytest.raises(ExtractionError) as refused:
        read(*pages, **more)
    return str(refused.value)


def piece(*rows: Sequence[str | None]) -> Page:
    return page(*HEADING, table([YEARS, *rows]))


class TestSeries:
    def test_the_label_of_each_column_goes_with_its_value(self) -> None:
        (segment,) = read(piece(["Visitas", "5", ""], ["Salas", "7", "8"])).segments
        printed = [
            [(entry.label, cell and cell.text) for entry in row.series for cell in entry.cells.values()]
            for row in segment.data
        ]
        assert printed == [[("2019", "5"), ("2020 Meta", "")], [("2019", "7"), ("2020 Meta", "8")]]

    def test_a_value_that_is_not_what_the_series_holds_is_no_data(self) -> None:
        pattern = {"header": r"20\d\d(?: meta)?", "label": "period_label", "value": "value", "pattern": r"\d+ %"}
        read(piece(["Visitas", "5 %", ""]), series=pattern)
        said = refusal(piece(["Visitas", "5 %", ""], ["Salas", "7 %", "Visitas"]), series=pattern)
        assert "'Salas 7 % Visitas' is neither data (2020 Meta is 'Visitas') nor total" in said

    def test_one_raw_row_for_each_column_with_its_cells(self, place: Place, sources: Sources) -> None:
        text = "\n".join([*HEADING, "", "\t".join(YEARS), "Visitas\t5\t", "Salas\t7", "Total\t12\t8", ""])
        totals = [{"kind": "total", "labels": ["Total"]}]
        sources(lambda content: content.update(indicators(totals=totals)))
        place.put("xx_office_report/a.txt", text)
        place.extract()
        rows = place.rows("xx_office_report/indicators")
        assert [(row["row_seq"], row["row_label"], row["period_label"], row["value"]) for row in rows] == [
            (1, "Visitas", "2019", "5"),
            (2, "Visitas", "2020 Meta", ""),
            (3, "Salas", "2019", "7"),
            (4, "Salas", "2020 Meta", None),
        ]
        printed = place.rows("xx_office_report/indicators_totals")
        assert [
            (t["total_no"], t["period_label"], t["value"], t["first_row_seq"], t["last_row_seq"]) for t in printed
        ] == [
            (1, "2019", "12", 1, 4),
            (1, "2020 Meta", "8", 1, 4),
        ]
        cells = place.rows("xx_office_report/indicators_cells")
        found = {(c["row_kind"], c["row_seq"], c["column_name"]): c["text_raw"] for c in cells if c["column_name"]}
        assert found == {
            ("data", 1, "row_label"): "Visitas",
            ("data", 1, "value"): "5",
            ("data", 2, "row_label"): "Visitas",
            ("data", 2, "value"): "",
            ("data", 3, "row_label"): "Salas",
            ("data", 3, "value"): "7",
            ("data", 4, "row_label"): "Salas",
            ("total", 1, "value"): "12",
            ("total", 2, "value"): "8",
        }

    def test_a_year_among_the_values_is_no_header(self) -> None:
        found = read(piece(["Apertura", "2019", "2020"]))
        assert [len(segment.data) for segment in found.segments] == [1]

    def test_a_header_without_any_column_of_the_series(self) -> None:
        columns = {"row_label": {"headers": ["Indicador"], "required": True}, "unit_name": {"headers": ["Unidad"]}}
        other = page(*HEADING, table([["Indicador", "Unidad", "Año 1"], ["Visitas", "Visita", "5"]]))
        assert "no column label matches the series '20" in refusal(other, columns=columns)

    def test_a_column_beside_the_series_that_nobody_declared(self) -> None:
        wide = page(*HEADING, table([[*YEARS, "Nota"], ["Visitas", "5", "6", "sí"]]))
        assert "column 4 ('Nota'): 'sí' stands in no declared column" in refusal(wide)


BY_QUARTER = {
    "name": {"headers": ["Actividad"], "required": True},
    "goal": {"headers": [{"pattern": r"meta (?:i|ii|iii|iv) -t"}], "kind": "number"},
}
ONE_COLUMN = {"action": {"headers": ["Acción puntual"], "required": True}}
GROUPS = [{"name": "group_name"}]


GOALS = {
    "header": r"meta (?P<year>20\d\d)",
    "label": "goal_label",
    "value": "goal",
    "beside": {
        "achieved": {"header": r"logro (?P<year>20\d\d)", "pattern": r"\d+"},
        "share": {"header": r"% (?P<year>20\d\d)", "kind": "number"},
    },
}
BY_YEAR = ["Indicador", "Meta 2019", "Logro 2019", "% 2019", "Meta 2020", "Logro 2020", "% 2020"]


class TestColumnsBesideASeries:
    def goals(self, *rows: Sequence[str], header: Sequence[str] = BY_YEAR, **more: Any) -> LogicalTable:
        return read(page(*HEADING, table([header, *rows])), series=GOALS, **more)

    def refused(self, header: Sequence[str], row: Sequence[str]) -> str:
        with pytest.raises(ExtractionError) as refused:
            self.goals(row, header=header)
        return str(refused.value)

    def test_each_belongs_to_the_column_of_the_series_before_it(self, place: Place, sources: Sources) -> None:
        rows = ["\t".join(BY_YEAR), "Visitas\t10\t9\t90%\t12\t\t", "Promedio 2019\t\t\t90%\t\t\t", ""]
        totals = [{"kind": "total", "labels": [{"pattern": r"promedio 20\d\d"}]}]
        sources(lambda content: content.update(indicators(series=GOALS, totals=totals)))
        place.put("xx_office_report/a.txt", "\n".join([*HEADING, "", *rows]))
        assert place.actions() == {"xx_office_report/a.txt": "loaded"}
        landed = place.rows("xx_office_report/indicators")
        assert [(row["row_seq"], row["goal_label"], row["goal"], row["achieved"], row["share"]) for row in landed] == [
            (1, "Meta 2019", "10", "9", "90%"),
            (2, "Meta 2020", "12", "", ""),
        ]
        printed = place.rows("xx_office_report/indicators_totals")
        assert [(t["label_raw"], t["goal_label"], t["goal"], t["share"]) for t in printed] == [
            ("Promedio 2019", "Meta 2019", "", "90%"),
            ("Promedio 2019", "Meta 2020", "", ""),
        ]
        cells = place.rows("xx_office_report/indicators_cells")
        first = {c["column_name"]: c["text_raw"] for c in cells if (c["row_kind"], c["row_seq"]) == ("data", 1)}
        assert first == {"row_label": "Visitas", "goal": "10", "achieved": "9", "share": "90%"}

    def test_a_label_that_says_another_year_is_told_and_its_place_decides(self) -> None:
        wrong = [*BY_YEAR[:-1], "% 2019"]
        found = self.goals(["Visitas", "10", "9", "90%", "12", "6", "50%"], header=wrong)
        (row,) = found.segments[0].data
        assert [cell and cell.text for cell in row.series[1].cells.values()] == ["12", "6", "50%"]
        assert "column '% 2019' belongs to 'Meta 2020' by its place" in account_for(found).notes

    def test_a_value_of_another_kind_is_no_data(self) -> None:
        said = self.refused(BY_YEAR, ["Visitas", "10", "nueve", "90%", "12", "6", "50%"])
        assert "(Meta 2019, achieved is 'nueve')" in said

    def test_one_that_lacks_stands_twice_or_stands_before_all(self) -> None:
        row = ["Visitas", "10", "9", "90%", "12", "6", "50%"]
        assert "no column beside 'Meta 2020' holds share" in self.refused(BY_YEAR[:-1], row[:-1])
        assert "the column 'Logro 2020' (achieved) stands twice beside 'Meta 2020'" in self.refused(
            [*BY_YEAR[:-1], "Logro 2020"], row
        )
        assert "the column '% 2018' (share) stands before any column of the series" in self.refused(
            ["Indicador", "% 2018", *BY_YEAR[1:]], ["Visitas", "1%", *row[1:]]
        )


class TestHeaderPatterns:
    @pytest.mark.parametrize("label", ["META I -T", "Meta\nIV -T"])
    def test_a_label_that_names_the_quarter(self, label: str) -> None:
        printed = page(*HEADING, table([["Actividad", label], ["Visitas", "5"]]))
        (segment,) = read(printed, columns=BY_QUARTER, series=None).segments
        assert segment.data[0].values["goal"].text == "5"

    def test_another_label_is_not_it(self) -> None:
        printed = page(*HEADING, table([["Actividad", "META ANUAL"], ["Visitas", "5"]]))
        assert "no table of xx_office_report was found" in refusal(printed, columns=BY_QUARTER, series=None)

    def test_label_and_pattern_exclude_each_other(self) -> None:
        columns = {"name": {"headers": [{"label": "Actividad", "pattern": "act.+"}], "required": True}}
        with pytest.raises(ValueError, match="exactly one of label, pattern and blank"):
            SourceSpec.model_validate(indicators(columns=columns))


class TestOneColumn:
    def test_its_label_alone_is_the_header_and_every_table_under_it_belongs_to_it(self) -> None:
        pages = page(
            *HEADING,
            table([["Acción puntual"], ["1.1 Abrir"], ["1.2 Cerrar"]], table_no=1),
            table([["Acción puntual"], ["2.1 Limpiar"]], table_no=2),
        )
        found = read(pages, columns=ONE_COLUMN, series=None)
        assert [[row.values["action"].text for row in segment.data] for segment in found.segments] == [
            ["1.1 Abrir", "1.2 Cerrar"],
            ["2.1 Limpiar"],
        ]

    def test_the_label_beside_other_words_is_no_header(self) -> None:
        pages = page(*HEADING, table([["Acción puntual", "Responsable"], ["1.1 Abrir", "Ana"]]))
        assert "no table of xx_office_report was found" in refusal(pages, columns=ONE_COLUMN, series=None)


class TestContext:
    def test_the_nearest_line_above_each_piece(self) -> None:
        pages = page(
            *HEADING,
            "Museo: del Norte",
            "Museo: de Cera",
            table([YEARS, ["Visitas", "1", "2"]], table_no=1),
            "Museo: de Sal",
            table([YEARS, ["Visitas", "3", "4"]], table_no=2),
        )
        found = read(pages, context=CONTEXT)
        assert [segment.context for segment in found.segments] == [
            {"office_name": "de Cera"},
            {"office_name": "de Sal"},
        ]

    def test_a_piece_of_which_nothing_is_said_stops_the_document(self) -> None:
        pages = page(
            *HEADING,
            "Museo: de Cera",
            table([YEARS, ["Visitas", "1", "2"]], table_no=1),
            table([YEARS, ["Visitas", "3", "4"]], table_no=2),
        )
        assert refusal(pages, context=CONTEXT).startswith("page 1, table 2: no line above the table says office_name")

    def test_carried_on_it_is_a_filled_value_with_its_reason(self, place: Place, sources: Sources) -> None:
        carrying = {"office_name": {**CONTEXT["office_name"], "carry": True}}
        sources(lambda content: content.update(indicators(context=carrying)))
        lines = [*HEADING, "Museo: de Cera", "\t".join(YEARS), "Visitas\t1\t2", "\t".join(YEARS), "Salas\t3\t4", ""]
        place.put("xx_office_report/a.txt", "\n".join(lines))
        place.extract()
        rows = place.rows("xx_office_report/indicators")
        found = [
            (r["row_label"], r["office_name"], r["office_name__filled"], r["office_name__fill_reason"]) for r in rows
        ]
        reason = "continues the piece of table before it, which prints it above"
        assert found[::2] == [("Visitas", "de Cera", None, None), ("Salas", None, "de Cera", reason)]

    def test_carried_on_only_where_nothing_is_printed_between(self) -> None:
        unbroken = {"office_name": {**CONTEXT["office_name"], "carry": "unbroken"}}
        rows = table([YEARS, ["Visitas", "1", "2"], YEARS, ["Salas", "3", "4"]])
        found = read(page(*HEADING, "Museo: Cera", rows), context=unbroken)
        assert [(segment.context, segment.carried) for segment in found.segments] == [
            ({"office_name": "Cera"}, frozenset()),
            ({"office_name": "Cera"}, {"office_name"}),
        ]
        broken = [page(*HEADING, "Museo: Cera", rows, "Casa de Agua", rows)]
        assert "no line above the table says office_name" in refusal(*broken, context=unbroken)

    def test_the_first_piece_has_nothing_to_carry_on(self) -> None:
        carrying = {"office_name": {**CONTEXT["office_name"], "carry": True}}
        assert "no line above the table says office_name" in refusal(piece(["Visitas", "1", "2"]), context=carrying)


class TestGroupRows:
    def test_the_rows_below_belong_to_it_until_the_next(self) -> None:
        rows = [
            ["Visitas", "1", "2"],
            ["Atención", "", ""],
            ["Salas", "3", "4"],
            ["Cuidado", "", ""],
            ["Cera", "5", "6"],
        ]
        (segment,) = read(piece(*rows), group_rows=GROUPS).segments
        assert [row.kind for row in segment.rows] == ["header", "data", "group", "data", "group", "data"]
        assert [row.beside.get("group_name") for row in segment.data] == [None, "Atención", "Cuidado"]

    def test_only_a_text_of_the_declared_pattern_is_one(self) -> None:
        rows = [["Grupo A", "", ""], ["Salas", "3", "4"], ["Cera", "", ""]]
        (segment,) = read(piece(*rows), group_rows=[{"name": "group_name", "pattern": "grupo .+"}]).segments
        assert [row.kind for row in segment.rows] == ["header", "group", "data", "data"]


class TestRecords:
    def test_each_row_has_its_role_and_number(self) -> None:
        (segment,) = read(piece(*VISITS, *CARE), records=RECORDS).segments
        assert [(row.record_no, row.beside["row_role"]) for row in segment.data] == [
            (1, "indicator"),
            (1, "numerator"),
            (1, "denominator"),
            (2, "indicator"),
            (2, "numerator"),
        ]

    def test_numbers_go_on_through_the_document(self) -> None:
        second = page(table([YEARS, *CARE]), number=2)
        found = read(piece(*VISITS), second, records=RECORDS)
        assert [row.record_no for segment in found.segments for row in segment.data] == [1, 1, 1, 2, 2]

    def test_a_row_inside_a_record_may_be_blank_but_for_its_label(self) -> None:
        rows = [["Visitas guiadas", "50 %", "75 %"], ["Guiadas", "", ""], ["Visitas", "2", "4"]]
        (segment,) = read(piece(*rows), records=RECORDS, group_rows=[{"name": "group_name"}]).segments
        assert [row.beside["row_role"] for row in segment.data] == ["indicator", "numerator", "denominator"]

    @pytest.mark.parametrize("rows", [[["Guiadas", "1", "3"], *VISITS], [*VISITS, ["Salas", "1", "2"]]])
    def test_a_row_of_no_record_stops_the_document(self, rows: list[list[str]]) -> None:
        assert "no record of indicator, numerator, denominator is open" in refusal(piece(*rows), records=RECORDS)

    def test_the_column_that_opens_must_exist(self) -> None:
        with pytest.raises(ValueError, match="records names the column 'amount', which is not declared"):
            SourceSpec.model_validate(indicators(records={**RECORDS, "column": "amount"}))


def test_a_share_row_is_a_total_of_its_own_kind() -> None:
    totals = [{"kind": "total", "labels": ["Total"]}, {"kind": "share", "labels": ["Participación"]}]
    rows = [["Salas", "3", "5"], ["Total", "3", "5"], ["Participación", "100%", "100%"]]
    (segment,) = read(piece(*rows), totals=totals).segments
    assert [row.kind for row in segment.rows] == ["header", "data", "total", "share"]


def test_names_beside_the_columns_are_names_of_their_own() -> None:
    with pytest.raises(ValueError, match="columns row_label are declared twice"):
        SourceSpec.model_validate(indicators(group_rows=[{"name": "row_label"}]))


def test_the_declaration_of_the_other_tests_is_untouched() -> None:
    assert list(DECLARATION["tables"]) == ["spending"]
    with pytest.raises(LayoutMismatch):
        interpret([piece(["Visitas", "1", "2"])], SourceSpec.model_validate(declaration()))
