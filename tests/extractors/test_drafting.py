"""A draft declares what a document prints: the nearer it comes to what works, the less is left to a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.accounting import account_for
from extractors.adding.draft_facts import institution_pattern, period_pattern, title_pattern
from extractors.adding.drafting import draft_source, lines_around, number_signs
from extractors.layout import interpret
from extractors.limits import Budget, Limits
from extractors.readers.opening import open_document
from extractors.spec import Numbers, SourceSpec
from extractors.table import Cell, Page
from tests.extractors.beside import DOCUMENTS
from tests.extractors.small_source import page, table

COMMA = Numbers(thousands=",", decimal=".")


def draft(*rows: Sequence[str], heading: Sequence[str] = ()) -> dict[str, Any]:
    """The draft of one table under some lines; it must be a declaration as it stands."""
    text = draft_source([page(*heading, table(rows))], "x.pdf")
    assert text is not None
    content = yaml.safe_load(text)
    SourceSpec.model_validate(content)
    return content


def only_table(content: dict[str, Any]) -> dict[str, Any]:
    (found,) = content["tables"].values()
    return found


class TestDocumentsOfTheRepository:
    """With an institution to stand in where none looks like one, drafts read these as they are.

    The rows are counted by hand.
    """

    @pytest.mark.parametrize(
        ("file", "rows"),
        [
            # 11 programmes on the first page, 4 on the second
            ("mx_gto_cuenta_publica/isseg_2020_indicadores_de_resultados.pdf", [15]),
            ("mx_gto_cuenta_publica/isseg_2020_indicadores_de_resultados.xlsx", [15]),
            # 4 products; 2 indicators of 3 rows each
            ("cl_dipres_indicadores/dipres_2011_gobiernos_regionales.pdf", [4, 6]),
            # 24 units and the institution, by month and by quarter; 19 activities
            ("sv_insafocoop_poa/insafocoop_2024_t1_seguimiento_poa.docx", [25, 25, 19]),
        ],
    )
    def test_every_cell_finds_its_place(self, file: str, rows: list[int]) -> None:
        pages = opened(DOCUMENTS / file)
        content = yaml.safe_load(draft_source(pages, file) or "")
        content["publisher"]["institution_name"] = "Whoever"
        reading = interpret(pages, SourceSpec.model_validate(content))
        assert [account_for(found).data_rows for found in reading.tables] == rows

    def test_the_sheets_of_a_programme(self) -> None:
        pages = opened(DOCUMENTS / "mx_ipab_programa_institucional" / "ipab_2020_2024_programa_institucional.docx")
        content = yaml.safe_load(draft_source(pages, "x.docx") or "")
        sheet = content["sheets"]["complete_sheet"]
        assert sheet["begins"] == ["Nombre"]
        (found,) = sheet["tables"].values()
        assert {"nombre", "definicion_o_descripcion", "metodo_de_calculo", "valor_variable_1"} <= set(found["fields"])


class TestTables:
    def test_columns_of_years_are_a_series(self) -> None:
        found = only_table(draft(["Indicador", "2019", "2020", "2021 Meta"], ["Agua", "1", "2", "3"]))
        assert list(found["columns"]) == ["indicador"]
        assert found["series"] == {"header": r"20\d{2}(?: (?:Meta))?", "label": "year_label", "value": "value"}

    def test_columns_of_months_and_of_quarters(self) -> None:
        months = only_table(draft(["Unidad", "ENE", "FEB"], ["A", "1%", "2%"]))
        quarters = only_table(draft(["Unidad", "T.1", "T.2"], ["A", "1%", "2%"]))
        assert (months["series"]["label"], quarters["series"]["label"]) == ("month_label", "quarter_label")

    def test_a_row_of_one_text_above_data_names_a_group_and_below_it_ends_the_table(self) -> None:
        found = only_table(draft(["Clave", "Monto"], ["Eje 1", ""], ["A1", "1.00"], ["Fuente: registros", ""]))
        assert found["group_rows"] == [{"name": "group_name"}]
        assert found["end"] == ["^Fuente: registros"]

    def test_totals_and_shares(self) -> None:
        rows = [["Clave", "Monto"], ["A1", "1.00"], ["Subtotal", "1.00"], ["Total general", "1.00"], ["Parte", "100%"]]
        assert only_table(draft(*rows))["totals"] == [
            {"kind": "subtotal", "labels": ["Subtotal"]},
            {"kind": "total", "labels": ["Total general"]},
            {"kind": "share", "labels": ["Parte"]},
        ]

    def test_labels_above_others_are_groups(self) -> None:
        # `Clave` stands over both rows of the header, `Metas` over two columns
        rows = [["Clave", "Metas", None], ["", "Inicial", "Final"], ["A1", "1.00", "2.00"]]
        found = table(rows)
        over = replace(found.rows[0][0], row_span=2)
        below = Cell(None, 2, 1, owner=(1, 1))
        found = replace(found, rows=((over, *found.rows[0][1:]), (below, *found.rows[1][1:]), found.rows[2]))
        content = only_table(yaml.safe_load(draft_source([page(found)], "x.pdf") or ""))
        assert content["header_groups"] == ["Metas"]
        assert [column["headers"] for column in content["columns"].values()] == [["Clave"], ["Inicial"], ["Final"]]

    def test_a_row_that_numbers_the_columns_is_left_out(self) -> None:
        found = only_table(draft(["A", "B", "C"], ["1", "2", "3 = (1 + 2)"], ["x", "1.00", "2.00"]))
        assert found["ignore_rows"] == [{"pattern": r"^1 2 3\b", "reason": "the numbers of the columns"}]

    def test_the_first_text_that_every_row_prints_is_required(self) -> None:
        columns = only_table(draft(["Eje", "No", "Nombre"], ["I", "1", "Uno"], ["", "2", "Dos"]))["columns"]
        assert [name for name, column in columns.items() if column.get("required")] == ["nombre"]

    def test_pieces_of_one_table_are_one(self) -> None:
        header = ["Clave", "Monto"]
        pages = [page(table([header, ["A1", "1"]])), page(table([header, ["A2", "2"]]))]
        assert len(yaml.safe_load(draft_source(pages, "x.pdf") or "")["tables"]) == 1


class TestFacts:
    @pytest.mark.parametrize(
        ("line", "pattern"),
        [
            (
                "Del 1 de enero al 31 de diciembre 2020",
                r"\bdel? (?P<start_day>\d{1,2}) de (?P<start_month>[a-z]+)(?: del? (?P<start_year>\d{4}))? "
                r"al (?P<end_day>\d{1,2}) de (?P<end_month>[a-z]+) (?:del? )?(?P<end_year>\d{4})\b",
            ),
            ("Plan 2020-2024", r"\bPlan (?P<start_year>\d{4}) ?[-–] ?(?P<end_year>\d{4})\b"),
            ("Enero de 2021", r"\b(?P<month>[a-zç]+) (?:del? |/ ?)?(?P<year>\d{4})\b"),
            ("Ejercicio: 2018", r"\bEjercicio: (?P<year>\d{4})\b"),
        ],
    )
    def test_a_period(self, line: str, pattern: str) -> None:
        assert period_pattern(["Informe", line]) == pattern

    def test_two_years_say_no_period(self) -> None:
        assert "complete" in period_pattern(["Ley de 2011", "Informe de 2020"])

    def test_an_institution_after_a_word_or_by_itself(self) -> None:
        assert institution_pattern(["Informe", "Ente Público: Museo"]) == r"^Ente Público ?: ?(?P<value>\S.*)$"
        assert institution_pattern(["Informe", "INSTITUTO DEL AGUA"]) == r"^(?P<value>instituto\b.*)$"
        assert "complete" in institution_pattern(["Informe"])

    def test_a_title_is_no_institution_and_holds_no_date(self) -> None:
        assert title_pattern(["INSTITUTO DEL AGUA", "Avance (metas) 2020"]) == r"^(?P<value>Avance \(metas\))"

    def test_rows_above_a_header_are_lines(self) -> None:
        rows = [["Avance de metas", None, None], ["Año", "2020", ""], ["Clave", "Nombre", "Meta"], ["A1", "Uno", "1"]]
        assert lines_around([page("Hoja", table(rows))], COMMA) == ["Hoja", "Avance de metas", "Año 2020"]

    def test_days_in_columns_say_the_period_where_no_line_does(self) -> None:
        content = draft(["Clave", "Inicio", "Término"], ["A", "01/10/2018", "2018-12-31"])
        assert content["metadata"]["period"] == {"columns": {"start": "inicio", "end": "termino"}}

    @pytest.mark.parametrize(
        ("printed", "signs", "evidence"),
        [
            (["1,234.56", "7", "1.234"], (",", "."), 1),
            (["1.234.567", "45,2%", "1.234"], (".", ","), 3),
            (["7", "2020"], (",", "."), 0),
        ],
    )
    def test_number_signs(self, printed: list[str], signs: tuple[str, str], evidence: int) -> None:
        numbers, count = number_signs([table([[text] for text in printed])])
        assert ((numbers.thousands, numbers.decimal), count) == (signs, evidence)

    def test_what_is_left_to_decide_stands_at_the_top(self) -> None:
        text = draft_source([page(table([["Clave", "Nombre"], ["A", "Uno"]]))], "x.pdf") or ""
        assert [line for line in text.splitlines() if line.startswith("#")] == [
            "# To complete:",
            "#   1. source_id, title, publisher, language, currency; names for tables and columns",
            "#   2. numbers: no printed number shows which sign is which",
            "#   3. metadata.title: no line looks like one",
            "#   4. metadata.institution: no line looks like one; metadata.institution_column where every row prints "
            "it, or publisher.institution_name where the source has one only",
            "#   5. metadata.period: no line prints one; period.columns where every row prints its first and last day",
        ]


def opened(file: Path) -> list[Page]:
    _, pages = open_document(file, Budget(Limits()))
    return list(pages)
