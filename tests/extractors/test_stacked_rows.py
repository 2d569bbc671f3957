"""Rows that a page prints in one ruled cell, one below the other, are told apart by the lines of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.accounting import account_for
from extractors.errors import UnaccountedCells
from extractors.layout import interpret
from extractors.spec import SourceSpec
from extractors.table import Page
from tests.extractors.drawn_pdf import Drawing, draw, line, marked, read, read_alike, together
from tests.extractors.small_source import declaration

EDGES = (40.0, 180.0, 260.0, 340.0)
"""Column lines: the label, and two columns of numbers."""
TOP = 230.0
"""Upper edge of the ruled box below the header."""

Text = tuple[float, str, str, str]
"""How far below the upper edge a line stands, its label, and its two numbers."""


def at(y: float, *texts: str) -> Text:
    label, one, other = (*texts, "", "")[:3]
    return y, label, one, other


def box(*lines: Text, deep: float = 100, marks: Sequence[int | None] = (), size: float = 7) -> Drawing:
    """A header and one box below it, ruled between its columns only; `marks` number the labels of a tagged page."""

    def drawing(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 7)
        for left, right, label in zip(EDGES, EDGES[1:], ("Concepto", "Aprobado", "Pagado"), strict=False):
            canvas.rect(left, TOP, right - left, 14)
            canvas.rect(left, TOP - deep, right - left, deep)
            canvas.drawString(left + 3, TOP + 4, label)
        canvas.setFont("Helvetica", size)
        for number, (y, label, one, other) in enumerate(lines):
            mark = marks[number] if number < len(marks) else None
            marked(canvas, mark, EDGES[0] + 3, TOP - y, label)
            canvas.drawRightString(EDGES[2] - 2, TOP - y, one)
            canvas.drawRightString(EDGES[3] - 2, TOP - y, other)

    return together(line("Informe de gasto", y=290), line("Oficina: Museo", y=278), line("Año: 2021", y=266), drawing)


def content(**more: Any) -> dict[str, Any]:
    return declaration() | {
        "tables": {
            "spending": {
                "title": "Spending",
                "stacked_rows": True,
                "columns": {
                    "concept": {"headers": ["Concepto"], "required": True},
                    "approved_amount": {"headers": ["Aprobado"], "kind": "number"},
                    "paid_amount": {"headers": ["Pagado"], "kind": "number"},
                },
                "totals": [{"kind": "total", "labels": ["Total"]}],
                **more,
            }
        }
    }


def rows(pages: Sequence[Page], **more: Any) -> list[list[str]]:
    (found,) = interpret(pages, SourceSpec.model_validate(content(**more))).tables
    account_for(found)
    return [[cell.joined or "" for cell in row.values.values()] for s in found.segments for row in s.data]


def drawn(tmp_path: Path, *lines: Text, **how: Any) -> list[list[str]]:
    return rows(read_alike(draw(tmp_path / "x.pdf", box(*lines, **how))))


def test_a_line_of_numbers_is_a_row(tmp_path: Path) -> None:
    found = drawn(tmp_path, at(10, "Salas", "1.00", "2.00"), at(20, "Cera", "3.00", ""), at(30, "Patio", "", "4.00"))
    assert found == [["Salas", "1.00", "2.00"], ["Cera", "3.00", ""], ["Patio", "", "4.00"]]


def test_without_the_key_they_are_one(tmp_path: Path) -> None:
    pages = read(draw(tmp_path / "x.pdf", box(at(10, "Salas", "1.00", "2.00"), at(20, "Cera", "3.00", "4.00"))))
    assert rows(pages, stacked_rows=False) == [["Salas Cera", "1.00 3.00", "2.00 4.00"]]


def test_numbers_need_not_stand_exactly_on_the_line_of_their_label(tmp_path: Path) -> None:
    found = drawn(tmp_path, at(10, "Salas"), at(11.5, "", "1.00", "2.00"), at(20, "Cera", "3.00", "4.00"))
    assert found == [["Salas", "1.00", "2.00"], ["Cera", "3.00", "4.00"]]


def test_a_label_without_numbers_is_a_row(tmp_path: Path) -> None:
    found = drawn(tmp_path, at(10, "Salas", "1.00", "2.00"), at(20, "Cera"), at(30, "Patio", "3.00", "4.00"))
    assert found == [["Salas", "1.00", "2.00"], ["Cera", "", ""], ["Patio", "3.00", "4.00"]]


@pytest.mark.parametrize("beside", [10, 14, 18])
def test_lines_closer_than_rows_are_one_label_wherever_its_numbers_stand(tmp_path: Path, beside: float) -> None:
    found = drawn(
        tmp_path,
        *(at(10, "Salas de los"), at(18, "Reyes de cera")),
        at(beside, "", "1.00", "2.00"),
        *(at(30, "Patio", "3.00", "4.00"), at(40, "Cera", "5.00", "6.00")),
    )
    assert found == [
        ["Salas de los Reyes de cera", "1.00", "2.00"],
        ["Patio", "3.00", "4.00"],
        ["Cera", "5.00", "6.00"],
    ]


def test_a_line_in_small_letters_goes_on(tmp_path: Path) -> None:
    found = drawn(tmp_path, at(10, "Salas de los", "1.00", "2.00"), at(20, "reyes"), at(30, "Cera", "3.00", "4.00"))
    assert found == [["Salas de los reyes", "1.00", "2.00"], ["Cera", "3.00", "4.00"]]


class TestTaggedPages:
    LINES = (at(10, "Salas", "1.00", "2.00"), at(20, "Ordenes"), at(30, "Cera", "3.00", "4.00"))

    def test_what_bears_one_mark_is_one_label(self, tmp_path: Path) -> None:
        found = drawn(tmp_path, *self.LINES, marks=(1, 1, 2))
        assert found == [["Salas Ordenes", "1.00", "2.00"], ["Cera", "3.00", "4.00"]]

    def test_what_bears_two_is_two(self, tmp_path: Path) -> None:
        assert len(drawn(tmp_path, *self.LINES, marks=(1, 2, 3))) == 3

    def test_one_mark_on_everything_says_nothing(self, tmp_path: Path) -> None:
        assert len(drawn(tmp_path, *self.LINES, marks=(1, 1, 1))) == 3


def test_numbers_far_from_any_label_stop_the_document(tmp_path: Path) -> None:
    with pytest.raises(UnaccountedCells, match=r"'9\.00' is neither data \(concept is blank\)"):
        drawn(tmp_path, at(10, "Salas", "1.00", "2.00"), at(20, "Cera", "3.00", "4.00"), at(60, "", "9.00", ""))


def test_records_led_by_a_code(tmp_path: Path) -> None:
    columns = content()["tables"]["spending"]["columns"]
    columns["concept"] |= {"kind": "code", "pattern": "[A-Z]\\d"}
    # the second amount is set lower than its row, by more than half a line
    lines = (
        at(10, "A1", "1.00", "2.00"),
        at(22, "A2", "", "4.00"),
        at(27, "", "3.00", ""),
        at(34, "A3", "5.00", "6.00"),
    )
    found = rows(read_alike(draw(tmp_path / "x.pdf", box(*lines))), columns=columns)
    assert found == [["A1", "1.00", "2.00"], ["A2", "3.00", "4.00"], ["A3", "5.00", "6.00"]]
