"""Figures printed in sentences land as rows, once each, and never with two values."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors.errors import LayoutMismatch, SourceError
from extractors.landing import CELLS, SCHEMA_FILE, STATED
from extractors.spec import Statement, load_source
from extractors.statements.reading import read_statements
from extractors.table import TextLine
from tests.extractors.conftest import Place
from tests.extractors.small_source import SOURCE_ID, declare, report, report_text

FOLDER = f"{SOURCE_ID}/statements"
COMPLIANCE = Statement(name="compliance", pattern=r"se cumplió el (?P<reached>\d+)% y faltó el (?P<missing>\d+)%")
CHANGES = Statement(name="changes", pattern=r"cambiaron (?P<units>[^.]+)")


def stated(*lines: str, statements: list[Statement] | None = None) -> list[tuple[str, str, str]]:
    texts = [TextLine(1, line, line_no) for line_no, line in enumerate(lines, 1)]
    figures = read_statements(texts, statements or [COMPLIANCE, CHANGES])
    return [(figure.statement, figure.name, figure.value) for figure in figures]


class TestFigures:
    def test_every_named_group_is_a_figure_in_the_order_of_the_text(self) -> None:
        found = stated("En enero cambiaron  Salas y\tCera. Adiós.", "Se CUMPLIÓ el 77% y faltó el 23%.")
        assert found == [
            ("changes", "units", "Salas y Cera"),
            ("compliance", "reached", "77"),
            ("compliance", "missing", "23"),
        ]

    def test_a_figure_that_is_stated_again_counts_once(self) -> None:
        sentence = "se cumplió el 77% y faltó el 23%"
        (reached, missing) = read_statements([TextLine(1, sentence, 4), TextLine(1, sentence, 9)], [COMPLIANCE])
        assert (reached.sentence.line_no, missing.sentence.line_no) == (4, 4)

    def test_two_values_of_one_figure_stop_the_document(self) -> None:
        said = "the figure missing of the statement compliance is printed as '23' in line 1 and '24' in line 2; check"
        with pytest.raises(LayoutMismatch, match=f"^{said}"):
            stated("se cumplió el 77% y faltó el 23%", "se cumplió el 77% y faltó el 24%")

    def test_two_values_in_one_line_stop_it_too(self) -> None:
        with pytest.raises(LayoutMismatch, match="the figure reached of the statement compliance is printed as '77'"):
            stated("se cumplió el 77% y faltó el 23%; antes se cumplió el 70% y faltó el 30%")

    def test_forms_without_line_numbers_name_none(self) -> None:
        lines = [TextLine(1, f"cambiaron {units}") for units in ("Salas", "Cera")]
        with pytest.raises(LayoutMismatch, match="is printed as 'Salas' and 'Cera'; check the document"):
            read_statements(lines, [CHANGES])

    def test_wordings_of_one_statement(self) -> None:
        other = Statement(name="compliance", pattern=r"alcanzó (?P<reached>\d+) por ciento")
        assert stated("alcanzó 77 por ciento", statements=[COMPLIANCE, other]) == [("compliance", "reached", "77")]

    def test_one_name_in_two_statements_is_two_figures(self) -> None:
        other = Statement(name="conclusion", pattern=r"alcanzó (?P<reached>\d+)")
        found = stated("alcanzó 70", "se cumplió el 77% y faltó el 23%", statements=[COMPLIANCE, other])
        assert [(name, value) for name, _, value in found] == [
            ("conclusion", "70"),
            ("compliance", "77"),
            ("compliance", "23"),
        ]

    def test_a_group_that_takes_part_in_no_match_is_no_figure(self) -> None:
        either = Statement(name="s", pattern=r"(?:más (?P<more>\d+)|menos (?P<less>\d+))")
        assert stated("menos 5", statements=[either]) == [("s", "less", "5")]

    def test_letters_that_look_alike_are_read_and_land_as_printed(self) -> None:
        # the first letter of both words is Cyrillic
        (figure,) = read_statements([TextLine(1, "сambiaron Сera.")], [CHANGES])
        assert (figure.value, figure.offset, figure.length) == ("Сera", 10, 4)

    def test_a_pattern_sees_the_first_two_thousand_characters_of_a_line_and_cuts_no_figure(self) -> None:
        # " cambiaron Cera" has 15 characters
        assert stated("x" * 1_985 + " cambiaron Cera") == [("changes", "units", "Cera")]
        assert stated("x" * 2_000 + " cambiaron Cera") == []
        with pytest.raises(LayoutMismatch, match=r"the figure units .* in a line of 2,001 characters, after the first"):
            stated("x" * 1_986 + " cambiaron Cera")


class TestLanguage:
    @pytest.mark.parametrize(
        ("statements", "said"),
        [
            ([{"name": "s", "pattern": r"\d+ puntos"}], "pattern needs a named group for each figure"),
            ([{"name": "s", "pattern": r"(?P<Points>\d+)"}], "the figure 'Points' is no name in small letters"),
            ([{"name": "s", "pattern": r"(?P<points>\d+"}], "not a regular expression"),
            ([{"name": "S", "pattern": r"(?P<points>\d+)"}], "statements.0.name"),
        ],
    )
    def test_a_statement_that_states_nothing(self, tmp_path: Path, statements: list[Any], said: str) -> None:
        folder = declare(tmp_path, lambda content: content.update(statements=statements))
        with pytest.raises(SourceError, match=said):
            load_source(folder)

    def test_no_table_may_take_their_name(self, tmp_path: Path) -> None:
        def both(content: dict[str, Any]) -> None:
            content["tables"]["statements"] = content["tables"].pop("spending")
            content["statements"] = [{"name": "s", "pattern": r"(?P<points>\d+)"}]

        with pytest.raises(SourceError, match="statements: two raw tables of one name"):
            load_source(declare(tmp_path, both))


def with_statements(content: dict[str, Any]) -> None:
    content["statements"] = [
        {"name": "compliance", "pattern": COMPLIANCE.pattern},
        {"name": "changes", "pattern": CHANGES.pattern},
    ]


class TestLanding:
    def test_rows_and_places(self, place: Place, sources: Callable[..., Path]) -> None:
        sources(with_statements)
        text = report() + "\n  En el año se cumplió el 77% y faltó el 23%.  \n"
        place.put(f"{SOURCE_ID}/a.txt", text)
        outcome = place.outcomes()[f"{SOURCE_ID}/a.txt"]
        # two rows of spending and two figures
        assert (outcome.action, outcome.rows) == ("loaded", 4)
        rows = place.rows(FOLDER)
        line_no = next(number for number, line in enumerate(text.split("\n"), 1) if "cumplió" in line)
        sentence = "En el año se cumplió el 77% y faltó el 23%."
        shared = {
            "document_sha256": outcome.document_sha256,
            "source_id": SOURCE_ID,
            "table_name": "statements",
            "segment_no": None,
            "page_no": 1,
            "sheet_name": None,
            "table_no": None,
            "row_no": line_no,
            "record_no": None,
            "statement": "compliance",
            "sentence": sentence,
            "method": "digital",
            "confidence": None,
        }
        assert [
            {key: value for key, value in row.items() if key not in ("extractor_version", "spec_sha256")}
            for row in rows
        ] == [
            shared | {"row_seq": 1, "figure": "reached", "value": "77"},
            shared | {"row_seq": 2, "figure": "missing", "value": "23"},
        ]
        assert all(row["extractor_version"] and row["spec_sha256"] for row in rows)

        cells = place.rows(f"{FOLDER}_cells")
        assert [(cell["row_kind"], cell["row_seq"], cell["column_name"], cell["text_raw"]) for cell in cells] == [
            ("statement", 1, "reached", sentence),
            ("statement", 2, "missing", sentence),
        ]
        line = text.split("\n")[line_no - 1]
        assert [line[cell["char_start"] : cell["char_end"]] for cell in cells] == ["77", "23"]

    def test_a_sentence_in_a_row_of_a_text_table_names_its_line(
        self, place: Place, sources: Callable[..., Path]
    ) -> None:
        sources(with_statements)
        place.put(f"{SOURCE_ID}/a.txt", report() + "\nNota\tEn el año cambiaron Salas.\n")
        place.extract()
        (row,) = place.rows(FOLDER)
        # heading 1 to 3, header 5, two rows and the total 6 to 8, a blank line, the blank end of the report
        assert (row["row_no"], row["value"], row["sentence"]) == (10, "Salas", "Nota En el año cambiaron Salas.")
        (cell,) = place.rows(f"{FOLDER}_cells")
        assert (cell["char_start"], cell["char_end"]) == (None, None)

    def test_the_accounting_counts_them_and_names_what_is_not_printed(
        self, place: Place, sources: Callable[..., Path]
    ) -> None:
        sources(with_statements)
        place.put(f"{SOURCE_ID}/a.txt", report() + "se cumplió el 77% y faltó el 23%\n")
        place.extract()
        (row,) = [row for row in place.rows("accounting") if row["table_name"] == "statements"]
        assert (row["segment_count"], row["data_rows"], row["total_rows"]) == (1, 2, 0)
        assert (row["mapped_columns"], row["notes"]) == (2, "statement changes: not printed")

    def test_none_printed_lands_an_empty_file(self, place: Place, sources: Callable[..., Path]) -> None:
        sources(with_statements)
        place.put(f"{SOURCE_ID}/a.txt", report())
        outcome = place.outcomes()[f"{SOURCE_ID}/a.txt"]
        assert (place.raw / FOLDER / f"{outcome.document_sha256}.parquet").exists()
        assert place.rows(FOLDER) == []
        (row,) = [row for row in place.rows("accounting") if row["table_name"] == "statements"]
        assert (row["data_rows"], row["notes"]) == (
            0,
            "statement compliance: not printed; statement changes: not printed",
        )

    def test_two_values_send_the_document_to_quarantine(self, place: Place, sources: Callable[..., Path]) -> None:
        sources(with_statements)
        place.put(f"{SOURCE_ID}/a.txt", report() + "cambiaron Salas\n\ncambiaron Cera\n")
        outcome = place.outcomes()[f"{SOURCE_ID}/a.txt"]
        assert outcome.action == "quarantined"
        assert "the figure units of the statement changes is printed as 'Salas' in line 9 and 'Cera'" in (
            outcome.reason or ""
        )
        assert place.rows(FOLDER) == []

    def test_a_sentence_inside_a_table_is_no_statement(self, place: Place, sources: Callable[..., Path]) -> None:
        sources(with_statements)
        place.put(f"{SOURCE_ID}/a.txt", report(["A001", "cambiaron Salas", "1.00", "1.00"]))
        assert place.actions() == {f"{SOURCE_ID}/a.txt": "loaded"}
        assert place.rows(FOLDER) == []

    def test_folders_have_their_schema_and_only_where_statements_are_declared(
        self, place: Place, sources: Callable[..., Path]
    ) -> None:
        place.extract()
        assert not (place.raw / FOLDER).exists()
        sources(with_statements)
        place.extract()
        assert pq.read_schema(place.raw / FOLDER / SCHEMA_FILE).equals(STATED)
        assert pq.read_schema(place.raw / f"{FOLDER}_cells" / SCHEMA_FILE).equals(CELLS)

    def test_a_changed_pattern_reads_the_document_again(self, place: Place, sources: Callable[..., Path]) -> None:
        sources()
        place.put(f"{SOURCE_ID}/a.txt", report_text(["x"]) + report() + "cambiaron Salas\n")
        place.extract()
        sources(with_statements)
        assert place.actions() == {f"{SOURCE_ID}/a.txt": "loaded"}
        assert [row["value"] for row in place.rows(FOLDER)] == ["Salas"]
