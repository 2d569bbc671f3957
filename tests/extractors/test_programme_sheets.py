"""The institutional programme: both forms hold every figure of its sheets, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from extractors import extraction
from extractors.extraction import extract
from extractors.spec import load_sources
from tests.extractors.beside import DOCUMENTS, SEEDS, seed
from tests.extractors.conftest import Place
from tests.publications.build import IPAB_2020_2024
from tests.publications.programme_figures import load_programme
from tests.publications.received_text import programme_text

SOURCE = "mx_ipab_programa_institucional"
DOCX = f"{SOURCE}/{IPAB_2020_2024}_programa_institucional.docx"
TEXT = f"{SOURCE}/programa_institucional.txt"
RECEIVED = f"{SOURCE}/received.txt"
FORMS = [DOCX, TEXT, pytest.param(RECEIVED, marks=pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared"))]
every_form = pytest.mark.parametrize("name", FORMS)

PROGRAMME = load_programme(IPAB_2020_2024)
SHEETS: list[Any] = [sheet.figures for sheet in PROGRAMME.sheets]

ATTRIBUTES = {
    # raw column: key of the figures
    "indicator_name": "indicator_name",
    "objective_name": "objective_name",
    "definition": "definition",
    "disaggregation_level": "disaggregation_name",
    "frequency_name": "frequency_name",
    "type_name": "type_name",
    "accumulation_name": "accumulation_name",
    "unit_name": "unit_name",
    "collection_period": "collection_period",
    "dimension_name": "dimension_name",
    "information_availability": "availability_name",
    "trend_name": "direction_name",
    "responsible_unit_name": "responsible_unit_name",
    "calculation_method": "formula",
    "observations": "remarks",
    "substitution": "substitution",
}


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("programme"))
    place.put(DOCX, DOCUMENTS / DOCX)
    # A line more than the text as received, so that the two are two documents.
    place.put(TEXT, programme_text(PROGRAMME) + "\n\nProgramas institucionales\n")
    if SEEDS.is_dir():
        place.put(RECEIVED, seed("001"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "_run", lambda jobs, *rest: (extraction._read(job, *rest[:3]) for job in jobs))
        outcomes = extract(place.inbox, place.raw, place.archive).documents
    assert [(outcome.file_path, outcome.reason) for outcome in outcomes if outcome.action != "loaded"] == []
    yield place


def rows(landed: Place, name: str, table: str) -> list[dict[str, Any]]:
    sha256 = landed.manifest()[name]["document_sha256"]
    return [row for row in landed.rows(f"{SOURCE}/{table}") if row["document_sha256"] == sha256]


class TestFigures:
    @every_form
    def test_sheets(self, landed: Place, name: str) -> None:
        found = rows(landed, name, "indicator_sheets")
        assert [row["record_no"] for row in found] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
        for row, figures in zip(found, SHEETS, strict=True):
            assert {column: row[column] for column in ATTRIBUTES} == {
                column: figures[key] for column, key in ATTRIBUTES.items()
            }
            assert (row["baseline_value"], row["baseline_year"], row["baseline_note"]) == tuple(
                figures["baseline"][key] for key in ("value", "year", "note")
            )
            assert (row["final_target_value"], row["final_target_note"]) == tuple(
                figures["target"][key] for key in ("value", "note")
            )
            assert row["final_target_year"] == "2024"
            assert row["observations"] == ""  # printed blank on every sheet

    @every_form
    def test_variables(self, landed: Place, name: str) -> None:
        found = rows(landed, name, "indicator_variables")
        columns = ("record_no", "variable_no", "variable_name", "variable_value", "variable_source")
        assert [tuple(row[column] for column in columns) for row in found] == [
            (record_no, str(number), variable["name"], variable["value"], variable["source"])
            for record_no, figures in enumerate(SHEETS, 1)
            for number, variable in enumerate(figures["variables"], 1)
        ]
        # two variables on each of nine sheets, but one on the eighth
        assert len(found) == 9 * 2 - 1

    @every_form
    @pytest.mark.parametrize(("key", "years"), [("history", range(2012, 2019)), ("targets", range(2020, 2025))])
    def test_series(self, landed: Place, name: str, key: str, years: range) -> None:
        found = rows(landed, name, f"indicator_{key}")
        assert [(row["record_no"], row["year"], row["value"]) for row in found] == [
            (record_no, str(year), value)
            for record_no, figures in enumerate(SHEETS, 1)
            for year, value in zip(years, figures[key], strict=True)
        ]
        assert len(found) == 9 * len(years)

    @every_form
    def test_history_keeps_blank_not_available_and_figures_apart(self, landed: Place, name: str) -> None:
        # 7 sheets of seven years: one of them ND, two with three blanks; the eighth counts 24 events each year
        assert Counter(row["value"] for row in rows(landed, name, "indicator_history")) == {
            "100%": 6 * 7 + 2 * 4 - 7,
            "ND": 7,
            "24": 7,
            "": 2 * 3,
        }

    @every_form
    def test_objectives_and_actions(self, landed: Place, name: str) -> None:
        alignment = rows(landed, name, "objective_alignment")
        assert [row["objective"] for row in alignment] == list(PROGRAMME.institutional_objectives)
        assert [row["national_objective__filled"] or row["national_objective"] for row in alignment] == [
            PROGRAMME.national_objective
        ] * 3
        actions = [action for table in PROGRAMME.actions for action in table]
        assert [row["action"] for row in rows(landed, name, "actions")] == actions
        assert len(actions) == 2 + 2 + 1 + 1 + 2 + 1 + 3

    def test_the_merged_cell_is_inherited_in_the_one_form_and_filled_in_the_other(self, landed: Place) -> None:
        national = {
            name: [
                (row["national_objective"], row["national_objective__filled"] is not None)
                for row in rows(landed, name, "objective_alignment")
            ]
            for name in (DOCX, TEXT)
        }
        printed = PROGRAMME.national_objective
        assert national[DOCX] == [(printed, False)] * 3
        # the second is printed blank, the third has no cell at all
        assert national[TEXT] == [(printed, False), ("", True), (None, True)]

    @every_form
    def test_the_facts_around(self, landed: Place, name: str) -> None:
        row = landed.manifest()[name]
        assert row["title"] == "Programa Institucional del Instituto para la Protección al Ahorro Bancario"
        assert (row["institution_name_raw"], row["institution_is_inferred"]) == (
            "Instituto para la Protección al Ahorro Bancario",
            False,
        )
        assert (row["period_raw"], row["period_start_date"], row["period_end_date"]) == (
            "PRONAFIDE 2020-2024",
            "2020-01-01",
            "2024-12-31",
        )


class TestPlace:
    """What a value of the raw tables says of where it is printed."""

    @every_form
    def test_every_value_has_the_cell_that_prints_it(self, landed: Place, name: str) -> None:
        for kind in load_sources()[SOURCE].sheets.values():
            for table, spec in kind.tables.items():
                cells = {
                    (cell["row_seq"], cell["column_name"]): cell
                    for cell in rows(landed, name, f"{table}_cells")
                    if cell["row_kind"] == "data"
                }
                captured = {group for field in spec.fields.values() for group in field.groups}
                for row in rows(landed, name, table):
                    for column in spec.columns:
                        cell = cells[row["row_seq"], column]
                        printed = " ".join(cell["text_raw"].split())
                        assert row[column] in printed if column in captured else row[column] == printed
                        assert cell["segment_no"] == row["record_no"] == row["segment_no"]

    @every_form
    def test_every_printed_cell_of_the_sheets_is_kept(self, landed: Place, name: str) -> None:
        tables = [table for kind in load_sources()[SOURCE].sheets.values() for table in kind.tables]
        kept: set[tuple[int, int, int, str]] = set()
        for table in tables:
            cells = [
                (cell["table_no"], cell["row_no"], cell["col_no"], cell["text_raw"])
                for cell in rows(landed, name, f"{table}_cells")
            ]
            assert max(Counter(cells).values()) == 1
            kept.update(cells)  # a heading over the labels of two tables is kept with both
        printed = [
            " ".join(text.split())
            for sheet in PROGRAMME.sheets
            for form in sheet.tables
            for row in form.rows
            for text in row.texts
        ]
        assert Counter(" ".join(text.split()) for *_, text in kept) == Counter(printed)

    def test_rows_stand_where_their_value_is_printed(self, landed: Place) -> None:
        place = ("segment_no", "page_no", "table_no", "row_no", "row_seq")
        # ten tables stand before the sheets; of the first sheet's tables the first has fifteen rows
        first, second = rows(landed, DOCX, "indicator_sheets")[:2]
        assert tuple(first[column] for column in place) == (1, 1, 11, 2, 1)
        assert tuple(second[column] for column in place) == (2, 1, 13, 2, 2)
        year = rows(landed, DOCX, "indicator_history")[8]
        assert (year["year"], *(year[column] for column in place)) == ("2013", 2, 1, 14, 9, 9)
        # in the text the sheets begin in line 40; the values of 2012 to 2018 stand in its 24th line
        assert rows(landed, TEXT, "indicator_sheets")[0]["row_no"] == 41
        assert rows(landed, TEXT, "indicator_history")[0]["row_no"] == 63

    @every_form
    def test_the_account(self, landed: Place, name: str) -> None:
        sha256 = landed.manifest()[name]["document_sha256"]
        keys = ("segment_count", "data_rows", "total_rows", "header_rows", "blank_rows", "ignored_rows")
        accounts = {
            row["table_name"]: tuple(row[key] for key in keys)
            for row in landed.rows("accounting")
            if row["document_sha256"] == sha256
        }
        assert accounts == {
            "objective_alignment": (1, 3, 0, 1, 0, 0),
            "actions": (7, 12, 0, 7, 0, 0),
            # of each sheet: its beginning, the application of the method (for values and variables alike), the
            # baseline and the caption of it
            "indicator_sheets": (9, 9, 0, 9 * 4, 0, 0),
            "indicator_variables": (9, 17, 0, 9, 0, 0),
            "indicator_history": (9, 63, 0, 9, 0, 0),
            "indicator_targets": (9, 45, 0, 9, 0, 0),
        }
