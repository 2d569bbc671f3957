"""The follow-up of a plan gives the same rows as DOCX, as the repository's text and as the text received."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors import extraction
from extractors.extraction import extract
from extractors.filling import DOWN
from extractors.landing import CARRIED
from extractors.spec import LINEAGE
from tests.extractors.beside import DOCUMENTS, SEEDS, seed
from tests.extractors.conftest import Place
from tests.publications import followup_docx
from tests.publications.build import INSAFOCOOP_2024_T1
from tests.publications.followup_figures import MERGED, FollowUpTable, Sentence, load_followup
from tests.publications.received_text import followup_text

SV = "sv_insafocoop_poa"
DOCX, TEXT, RECEIVED = f"{SV}/{INSAFOCOOP_2024_T1}_seguimiento_poa.docx", f"{SV}/own.txt", f"{SV}/received.txt"
TEXTS = [TEXT, RECEIVED] if SEEDS.is_dir() else [TEXT]
FORMS = [DOCX, *TEXTS]

FOLLOWUP = load_followup(INSAFOCOOP_2024_T1)
MONTHLY, QUARTERLY, *AXES = FOLLOWUP.tables
COLUMNS = {
    "line": "line_of_action",
    "objective": "specific_objective",
    "activity": "activity",
    "goal": "goal",
    "progress": "progress",
    "responsible": "responsible",
    "synthesis": "synthesis",
}
AXIS_NAMES = [
    "Eje 1. Fomento y Fortalecimiento del Cooperativismo Nacional:",
    "2. Fortalecimiento de la capacidad de gestión y supervisión operativa.",
    "Eje 3. Desarrollo de proyectos institucionales de fomento y apoyo a la asociatividad",
    "Eje 4. Gestión Administrativa-Financiera Institucional",
]
STATED = [
    ("acceptance_rule", "threshold", "90"),
    ("plan_changes", "changed_count", "cinco"),
    (
        *("plan_changes", "changed_units"),
        "El departamento Jurídico, Oficina Regional Occidente, Servicios Generales, UCP e Informática",
    ),
    ("follow_up", "activity_count", "6,873"),
    ("follow_up", "compliance", "77"),
    ("follow_up", "points_below", "13"),
    ("follow_up", "points_missing", "23"),
    ("expected_progress", "acceptable", "90"),
    ("expected_progress", "progress", "22.5"),
    ("additional", "additional", "38"),
    ("additional", "more_of_planned", "33"),
    ("additional", "unplanned", "5"),
    ("conclusion", "compliance", "77"),
    ("conclusion", "progress", "19"),
    ("additional_conclusion", "additional", "38"),
]


def one_line(text: str) -> str:
    return " ".join(text.split())


def printed(table: FollowUpTable) -> list[dict[str, str]]:
    """The data rows of a table as its figures say them, on one line each; a merged cell repeats the one above."""
    rows: list[dict[str, str]] = []
    above: dict[str, str] = {}
    for row in table.rows:
        above = {key: above[key] if text == MERGED else one_line(text) for key, text in row.cells.items()}
        if row.kind == "data":
            rows.append(above)
    return rows


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    place = Place(tmp_path_factory.mktemp("followup"))
    place.put(DOCX, DOCUMENTS / DOCX)
    place.put(TEXT, followup_text(FOLLOWUP))
    if RECEIVED in FORMS:
        place.put(RECEIVED, seed("002"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "_run", lambda jobs, *rest: (extraction._read(job, *rest[:3]) for job in jobs))
        outcomes = extract(place.inbox, place.raw, place.archive).documents
    # 24 + 24 + 19 rows and 15 figures
    assert {outcome.file_path: (outcome.reason, outcome.rows) for outcome in outcomes} == dict.fromkeys(
        FORMS, (None, 82)
    )
    yield place


def rows_of(place: Place, form: str, folder: str) -> list[dict[str, Any]]:
    sha256 = place.manifest()[form]["document_sha256"]
    return [row for row in place.rows(f"{SV}/{folder}") if row["document_sha256"] == sha256]


def values(row: dict[str, Any]) -> dict[str, Any]:
    """The declared columns of a raw row, filled values in place of the blanks they fill."""
    return {name: row.get(f"{name}__filled") or row[name] for name in row if name not in LINEAGE and "__" not in name}


@pytest.mark.parametrize("form", FORMS)
class TestRows:
    def test_months_are_long(self, place: Place, form: str) -> None:
        rows = rows_of(place, form, "monthly_compliance")
        labels = {"month_1": "ENE", "month_2": "FEB", "month_3": "MAR"}
        assert [values(row) for row in rows] == [
            {"org_unit_name": unit["unit_name"], "month_label": label, "compliance": unit[key]}
            for unit in printed(MONTHLY)
            for key, label in labels.items()
        ]
        assert [row["row_seq"] for row in rows] == list(range(1, 24 * 3 + 1))

    def test_quarters_with_their_notes(self, place: Place, form: str) -> None:
        rows = [values(row) for row in rows_of(place, form, "quarterly_compliance")]
        assert rows == [
            {
                "org_unit_name": unit["unit_name"],
                "quarter_label": "T.1",
                "compliance": unit["quarter_1"],
                "notes": unit["note"],
            }
            for unit in printed(QUARTERLY)
        ]
        assert len(rows) == 24
        assert len([row for row in rows if row["notes"]]) == 13

    def test_activities_with_merged_cells_repeated(self, place: Place, form: str) -> None:
        rows = [values(row) for row in rows_of(place, form, "activities")]
        assert rows == [
            {COLUMNS[key]: text for key, text in row.items()} | {"axis_name": axis}
            for axis, table in zip(AXIS_NAMES, AXES, strict=True)
            for row in printed(table)
        ]
        assert [sum(row["axis_name"] == axis for row in rows) for axis in AXIS_NAMES] == [6, 5, 1, 7]

    def test_the_totals_of_the_institution(self, place: Place, form: str) -> None:
        months = rows_of(place, form, "monthly_compliance_totals")
        (quarter,) = rows_of(place, form, "quarterly_compliance_totals")
        kept = ("total_kind", "label_raw", "first_row_seq", "last_row_seq", "compliance")
        label = "CUMPLIMIENTO INSTITUCIONAL"
        assert [(row["month_label"], *(row[key] for key in kept)) for row in months] == [
            ("ENE", "total", label, 1, 72, "78%"),
            ("FEB", "total", label, 1, 72, "73%"),
            ("MAR", "total", label, 1, 72, "79%"),
        ]
        assert tuple(quarter[key] for key in kept) == ("total", label, 1, 24, "77%")
        assert rows_of(place, form, "activities_totals") == []
        # the texts end before the blank note of the institution: there no cell stands
        assert quarter["notes"] == ("" if form == DOCX else None)

    def test_what_the_sentences_state(self, place: Place, form: str) -> None:
        rows = rows_of(place, form, "statements")
        assert [(row["statement"], row["figure"], row["value"]) for row in rows] == STATED
        paragraphs = {block.text.strip() for block in FOLLOWUP.blocks if isinstance(block, Sentence)}
        assert {row["sentence"] for row in rows} <= paragraphs
        # one for each declared statement
        assert len({row["sentence"] for row in rows}) == 7

    def test_facts_around_the_tables(self, place: Place, form: str) -> None:
        row = place.manifest()[form]
        assert (row["institution_name_raw"], row["institution_is_inferred"]) == (
            "Instituto Salvadoreño de Fomento Cooperativo INSAFOCOOP",
            False,
        )
        assert row["title"] == "Informe de Seguimiento al Plan Operativo Anual Institucional 2024"
        assert (row["period_raw"], row["period_start_date"], row["period_end_date"]) == (
            *("comprende de enero, febrero y marzo 2024", "2024-01-01"),
            "2024-03-31",
        )
        assert (row["country_code"], row["currency_code"]) == ("SV", "USD")

    def test_tables_and_pieces_bear_the_same_numbers(self, place: Place, form: str) -> None:
        places = {
            name: sorted({(row["table_no"], row["segment_no"]) for row in rows_of(place, form, name)})
            for name in ("monthly_compliance", "quarterly_compliance", "activities")
        }
        # the header that stands again in the middle of the last table begins a piece of it
        assert places == {
            "monthly_compliance": [(1, 1)],
            "quarterly_compliance": [(2, 1)],
            "activities": [(3, 1), (4, 2), (5, 3), (6, 4), (6, 5)],
        }

    def test_every_row_is_accounted_for(self, place: Place, form: str) -> None:
        sha256 = place.manifest()[form]["document_sha256"]
        rows = {row["table_name"]: row for row in place.rows("accounting") if row["document_sha256"] == sha256}
        kept = ("data_rows", "total_rows", "header_rows", "blank_rows", "ignored_rows", "mapped_columns", "notes")
        assert {name: tuple(row[key] for key in kept) for name, row in rows.items()} == {
            "monthly_compliance": (24, 1, 1, 1, 0, 4, ""),
            "quarterly_compliance": (24, 1, 1, 0, 0, 3, ""),
            "activities": (19, 0, 5, 1, 0, 7, ""),
            "statements": (15, 0, 0, 0, 0, 15, ""),
        }


MERGED_CELLS = {
    "line_of_action": ["Promover la ", "Acreditar a ", "Informes de ", "Asesorías fi"],
    "specific_objective": ["Asesorías fi"],
    "responsible": ["Promover la ", "Asistencia t", "Acreditar a ", "Asesorías fi"],
}


class TestFilled:
    @pytest.mark.parametrize("form", TEXTS)
    def test_cells_that_are_merged_in_print_are_filled_in_the_text(self, place: Place, form: str) -> None:
        rows = rows_of(place, form, "activities")
        for column, activities in MERGED_CELLS.items():
            filled = [row for row in rows if row[f"{column}__filled"]]
            assert [row["activity"][:12] for row in filled] == activities
            assert {(row[column], row[f"{column}__fill_reason"]) for row in filled} == {("", DOWN)}

    def test_the_docx_knows_which_cells_are_merged(self, place: Place) -> None:
        rows = rows_of(place, DOCX, "activities")
        assert all(row[f"{column}__filled"] is None for row in rows for column in MERGED_CELLS)

    @pytest.mark.parametrize("form", FORMS)
    def test_a_blank_below_a_blank_row_stays_one(self, place: Place, form: str) -> None:
        (row,) = [row for row in rows_of(place, form, "activities") if row["goal"] == "109 Boletas de datos"]
        assert (row["line_of_action"], row["line_of_action__filled"]) == ("", None)
        assert (row["responsible"], row["responsible__filled"]) == ("", None)
        assert row["specific_objective"] == "Determinar la información global del sector cooperativo a nivel nacional"

    @pytest.mark.parametrize("form", FORMS)
    def test_below_the_repeated_header_the_axis_is_carried_on(self, place: Place, form: str) -> None:
        carried = [row for row in rows_of(place, form, "activities") if row["axis_name__filled"]]
        assert [row["line_of_action"][:3] for row in carried] == ["4.4", "4.5", "4.6"]
        assert {(row["axis_name"], row["axis_name__filled"], row["axis_name__fill_reason"]) for row in carried} == {
            (None, AXIS_NAMES[3], CARRIED)
        }


THIRD_AXIS = next(
    n for n, block in enumerate(FOLLOWUP.blocks) if isinstance(block, Sentence) and "Eje 3." in block.text
)
# the heading stays, the line below it that tells it from other text is gone
WITHOUT_OBJECTIVE = replace(FOLLOWUP, blocks=FOLLOWUP.blocks[: THIRD_AXIS + 1] + FOLLOWUP.blocks[THIRD_AXIS + 2 :])


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.docx", followup_docx.render(WITHOUT_OBJECTIVE)), ("x.txt", followup_text(WITHOUT_OBJECTIVE))],
    ids=["docx", "text"],
)
def test_an_axis_that_is_not_recognized_is_not_taken_for_the_one_before(
    tmp_path: Path, in_this_process: None, name: str, content: str | bytes
) -> None:
    place = Place(tmp_path)
    place.put(f"{SV}/{name}", content)
    outcome = place.outcomes()[f"{SV}/{name}"]
    assert outcome.action == "quarantined"
    assert "no line above the table says axis_name" in (outcome.reason or "")


@pytest.mark.parametrize("form", TEXTS)
class TestLineage:
    def test_every_cell_is_where_it_says(self, place: Place, form: str) -> None:
        lines = (place.inbox / form).read_bytes().decode().split("\n")
        count = 0
        for name in ("monthly_compliance", "quarterly_compliance", "activities"):
            for cell in rows_of(place, form, f"{name}_cells"):
                first = cell["row_no"] - 1
                own = lines[first : first + cell["row_span"]]
                own[-1] = own[-1][: cell["char_end"]]
                own[0] = own[0][cell["char_start"] :]
                assert "\n".join(own).strip() == cell["text_raw"]
                count += 1
        # a unit's name goes with each of its months. Monthly: 4 labels, 25 rows x 3 months x 2 cells; quarterly: 3
        # labels, 24 rows x 3 cells and 2 of the total; activities: 5 headers and 19 rows of 7
        assert count == 4 + 25 * 3 * 2 + 3 + 24 * 3 + 2 + (5 + 19) * 7

    def test_every_figure_is_where_it_says(self, place: Place, form: str) -> None:
        lines = (place.inbox / form).read_bytes().decode().split("\n")
        cells = rows_of(place, form, "statements_cells")
        found = [lines[cell["row_no"] - 1][cell["char_start"] : cell["char_end"]] for cell in cells]
        assert found == [value for _, _, value in STATED]
        assert [lines[cell["row_no"] - 1].strip() for cell in cells] == [cell["text_raw"] for cell in cells]
