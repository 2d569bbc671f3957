"""Headings inside each other: paths, what a total of a heading's name covers, and what stops a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors.errors import LayoutMismatch, UnaccountedCells
from extractors.landing import land_table
from tests.extractors.printed_columns import (
    HEADING,
    LABELS,
    Change,
    amounts,
    classified,
    lines,
    read,
    rows,
    source,
    table,
)


def outlined(**keys: Any) -> Change:
    def change(content: dict[str, Any]) -> None:
        table(content)["outline"] = {"column": "concept", "path": "parent_path", **keys}
        table(content)["totals"] = [{"kind": "total", "labels": ["Total general"]}]

    return change


def printed(*texts: str | tuple[str, str], indents: Sequence[float] = ()) -> list[Any]:
    """Lines of a heading, or of a concept and one amount in every column."""
    body = []
    for number, text in enumerate(texts):
        indent = indents[number] if indents else 0
        y = 100 + 12 * number
        x = 40 + indent
        body.append((y, [(x, text)]) if isinstance(text, str) else amounts(y, text[0], *[text[1]] * 3, x=x))
    return [*HEADING, *LABELS, *body]


def paths(found: Any, *kinds: str) -> list[str]:
    return [row.beside["parent_path"] for row in classified(found, *kinds)]


NESTED = [
    "Gastos",
    "Personal",
    ("Sueldos", "5,00"),
    ("Aportes", "1,00"),
    ("Total Personal", "6,00"),
    ("Luz", "2,00"),
    ("Total Gastos", "8,00"),
    ("Total general", "8,00"),
]


def test_rows_know_the_headings_above_them_and_totals_the_rows_below_their_heading(tmp_path: Path) -> None:
    found = read(tmp_path, lines(*printed(*NESTED)), change=outlined())
    assert rows(found, "group") == [["Gastos", "", "", ""], ["Personal", "", "", ""]]
    assert paths(found) == ["Gastos > Personal", "Gastos > Personal", "Gastos"]
    assert paths(found, "subtotal") == ["Gastos", ""]
    declared = source(outlined())
    land_table(tmp_path, "0" * 64, declared, found.tables[0])
    totals = pq.read_table(tmp_path / declared.source_id / "spending_totals").to_pylist()
    assert [(row["total_kind"], row["label_raw"], row["first_row_seq"], row["last_row_seq"]) for row in totals] == [
        ("subtotal", "Total Personal", 1, 2),
        ("subtotal", "Total Gastos", 1, 3),
        ("total", "Total general", 1, 3),
    ]
    leaves = pq.read_table(tmp_path / declared.source_id / "spending").to_pylist()
    assert [(row["concept"], row["parent_path"]) for row in leaves] == [
        ("Sueldos", "Gastos > Personal"),
        ("Aportes", "Gastos > Personal"),
        ("Luz", "Gastos"),
    ]


def test_headings_stay_open_over_pages(tmp_path: Path) -> None:
    first = printed("Gastos", ("Luz", "2,00"))
    second = printed(("Agua", "1,00"), ("Total Gastos", "3,00"))
    found = read(tmp_path, lines(*first), lines(*second), change=outlined())
    assert paths(found) == ["Gastos", "Gastos"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            ["Gastos", "Personal", ("Sueldos", "5,00"), ("Total Gastos", "5,00")],
            r"it totals 'Gastos', but the innermost heading above is 'Personal'",
        ),
        ([("Luz", "5,00"), ("Total Gastos", "5,00")], r"it totals 'Gastos', but no heading is open"),
    ],
)
def test_a_total_of_another_name_is_left_over(tmp_path: Path, body: list[Any], said: str) -> None:
    with pytest.raises((UnaccountedCells, LayoutMismatch), match=said):
        read(tmp_path, lines(*printed(*body)), change=outlined())


def test_a_heading_without_its_total_stops_the_document(tmp_path: Path) -> None:
    with pytest.raises(LayoutMismatch) as refused:
        read(tmp_path, lines(*printed("Gastos", ("Luz", "2,00"))), change=outlined())
    assert str(refused.value) == (
        "table spending: the heading 'Gastos' is not closed by a total of its name; a page or a row is missing, or the "
        "wording differs (outline in source.yml)."
    )


def test_a_row_may_be_closed_by_a_total_of_its_own(tmp_path: Path) -> None:
    found = read(
        tmp_path, lines(*printed(("Luz", "1,00"), ("Agua", "2,00"), ("Total Agua", "2,00"))), change=outlined()
    )
    assert [row.covers_from for row in classified(found, "subtotal")] == [2]


def test_names_are_what_the_patterns_say(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        lines(*printed("10 - Obras", ("11 Puente", "1,00"), ("Total de Obras", "1,00"))),
        change=outlined(heading=r"\d\d - (?P<name>.+)", total=r"total de (?P<name>.+)"),
    )
    assert paths(found) == ["10 - Obras"]


def test_a_heading_that_no_total_closes_holds_for_the_rows_further_right(tmp_path: Path) -> None:
    body = ["10 Gastos", "11 Cultura", ("111 Museo", "1,00"), ("12 Luz", "2,00"), ("Total Gastos", "3,00")]
    found = read(
        tmp_path,
        lines(*printed(*body, indents=[0, 4, 12, 4, 0])),
        change=outlined(heading=r"\d+ (?P<name>.+)", unclosed=r"1[1-9] .+"),
    )
    assert paths(found) == ["10 Gastos > 11 Cultura", "10 Gastos"]


def test_by_indentation_every_row_heads_the_rows_further_right(tmp_path: Path) -> None:
    body = [("Gastos", "6,00"), ("Personal", "4,00"), ("Sueldos", "4,00"), ("Luz", "2,00"), ("Deuda", "1,00")]
    found = read(
        tmp_path,
        lines(*printed(*body, indents=[0, 6, 12, 6, 0])),
        change=outlined(by="indentation"),
    )
    assert paths(found) == ["", "Gastos", "Gastos > Personal", "Gastos", ""]


def test_a_wrong_letter_of_a_font_is_read_as_declared_and_stays_as_printed(tmp_path: Path) -> None:
    def change(content: dict[str, Any]) -> None:
        outlined()(content)
        content["repairs"] = [{"printed": "ñ", "means": "ú", "reason": "the bold font says so"}]

    body = printed("Sector público", ("Luz", "1,00"), ("Total Sector pñblico", "1,00"))
    with pytest.raises((UnaccountedCells, LayoutMismatch), match="it totals 'Sector pñblico'"):
        read(tmp_path, lines(*body), change=outlined())
    found = read(tmp_path, lines(*body), change=change)
    assert paths(found) == ["Sector público"]
    (total,) = classified(found, "subtotal")
    assert total.label == "Total Sector público"
    assert (total.cells[0].printed, total.cells[0].flags) == ("Total Sector pñblico", ("repaired",))


def test_a_heading_that_a_total_bears_is_a_row_even_where_the_line_above_is_full(tmp_path: Path) -> None:
    body = [
        "Gastos",
        ("Servicios profesionales, técnicos y de mantenimiento de la red", "5,00"),
        "Transferencias",
        ("Becas", "1,00"),
        ("Total Transferencias", "1,00"),
        ("Total Gastos", "6,00"),
    ]
    found = read(tmp_path, lines(*printed(*body), size=6), change=outlined())
    assert rows(found, "group") == [["Gastos", "", "", ""], ["Transferencias", "", "", ""]]
