"""Sheets that begin with the label of a field, stand under a heading of their own, and hold declared tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from extractors.accounting import account_for, account_for_sheets
from extractors.errors import LayoutMismatch
from extractors.layout import Interpretation, interpret
from extractors.spec import SourceSpec
from extractors.table import Page
from tests.extractors.conftest import Place
from tests.extractors.small_source import HEADING, declaration, page, table

WORKS: dict[str, Any] = {
    "work": {
        "title": "Work of a programme",
        "begins": ["Obra:"],
        "context": {"program_name": [{"pattern": r"^programa: (?P<value>.+)$"}]},
        "tables": {
            "works": {
                "title": "One row per work",
                "fields": {"work_name": {"labels": ["Obra:"], "required": True}, "place": {"labels": ["Lugar"]}},
            }
        },
    }
}
GOALS: dict[str, Any] = {
    "goals": {
        "title": "Goals by quarter",
        "columns": {
            "quarter_name": {"headers": ["Trimestre"], "required": True},
            "goal": {"headers": ["Meta"], "kind": "number"},
        },
        "totals": [{"kind": "subtotal", "labels": ["Año"], "ends_table": True}],
    }
}


def declared() -> dict[str, Any]:
    return declaration(lambda content: content.update(sheets=WORKS, tables=GOALS))


def read(*pages: Page) -> Interpretation:
    return interpret(pages, SourceSpec.model_validate(declared()))


def work(name: str, place: str = "Centro") -> Sequence[Any]:
    return [table([["Obra:", name], ["Lugar", place]])]


def goals(*values: str) -> Sequence[Any]:
    return [table([["Trimestre", "Meta"], *([str(n), value] for n, value in enumerate(values, 1)), ["Año", "9"]])]


def rows(found: Interpretation) -> list[dict[str, str | None]]:
    (kind,) = found.sheets
    return [row.values for table, _ in account_for_sheets(kind) for row in table.rows]


def test_a_heading_holds_for_the_sheets_below_until_the_next() -> None:
    found = read(
        page(*HEADING, "Programa: Salas", *work("Piso"), *work("Techo")),
        page(*work("Puerta"), "Programa: Cera", *work("Horno", ""), number=2),
    )
    assert rows(found) == [
        {"work_name": "Piso", "place": "Centro", "program_name": "Salas"},
        {"work_name": "Techo", "place": "Centro", "program_name": "Salas"},
        {"work_name": "Puerta", "place": "Centro", "program_name": "Salas"},
        {"work_name": "Horno", "place": "", "program_name": "Cera"},
    ]


def test_a_sheet_under_no_heading_stops_the_document() -> None:
    with pytest.raises(LayoutMismatch, match="work 1, page 1, table 1, row 1: no line above says program_name"):
        read(page(*HEADING, *work("Piso")))


def test_the_label_that_begins_a_sheet_and_lacks_its_value() -> None:
    with pytest.raises(LayoutMismatch, match="'Obra:' has no value, but work_name is required"):
        read(page(*HEADING, "Programa: Salas", *work("")))


def test_rows_of_a_table_know_the_sheet_they_stand_in(place: Place, sources: Any) -> None:
    found = read(page(*HEADING, "Programa: Salas", *work("Piso"), *goals("4", "5"), *work("Techo"), *goals("9")))
    (printed,) = found.tables
    account_for(printed)
    assert [(segment.sheet_no, len(segment.data)) for segment in printed.segments] == [(1, 2), (2, 1)]

    sources(lambda content: content.update(sheets=WORKS, tables=GOALS))
    lines = ["Obra:\tPiso", "Lugar\tCentro", "", "Trimestre\tMeta", "1\t4", "2\t5", "Año\t9", ""]
    place.put("xx_office_report/a.txt", "\n".join([*HEADING, "", "Programa: Salas", "", *lines]))
    assert place.actions() == {"xx_office_report/a.txt": "loaded"}
    landed = place.rows("xx_office_report/goals")
    assert [(row["record_no"], row["quarter_name"], row["goal"]) for row in landed] == [(1, "1", "4"), (1, "2", "5")]
    (landed_work,) = place.rows("xx_office_report/works")
    assert (landed_work["record_no"], landed_work["program_name"]) == (1, "Salas")


def test_context_has_a_name_of_its_own() -> None:
    content = declared()
    content["sheets"]["work"]["context"]["work_name"] = [{"pattern": "^(?P<value>.+)$"}]
    with pytest.raises(ValueError, match="columns work_name are declared as a field and as context"):
        SourceSpec.model_validate(content)
