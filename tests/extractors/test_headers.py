"""Which grid column is which declared column is read from every printed header."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractors.errors import LayoutMismatch
from extractors.headers import ColumnMap, is_header, read_header
from extractors.limits import Budget, Limits
from extractors.readers.text import read_text
from extractors.spec import TableSpec
from extractors.table import Table
from tests.extractors.small_source import Change, spec, spending, table


def small(change: Change | None = None) -> TableSpec:
    return spec(change).tables["spending"]


def columns(*labels: str, change: Change | None = None) -> ColumnMap:
    return read_header(table([list(labels)]), 0, small(change))


def flat(tmp_path: Path, *rows: str) -> Table:
    file = tmp_path / "x.txt"
    file.write_text("\n".join(rows))
    (found,) = next(iter(read_text(file, Budget(Limits())))).tables
    return found


def with_differences(content: dict[str, Any]) -> None:
    """Two columns under equal labels, as in a report that prints DIFERENCIA twice."""
    spending(content)["columns"]["planned_difference"] = {"headers": [{"label": "Diferencia", "nth": 1}]}
    spending(content)["columns"]["spent_difference"] = {"headers": [{"label": "Diferencia", "nth": 2}]}


def test_columns_in_another_order_and_spelling() -> None:
    found = columns("GASTADO", "planeado ", "Progra-\nma", "clave:")
    assert found.positions == {
        "program_code": (3,),
        "program_name": (2,),
        "planned_amount": (1,),
        "spent_amount": (0,),
    }


def test_a_row_of_data_is_no_header() -> None:
    rows = table([["Clave", "Programa", "Planeado", "Gastado"], ["A001", "Programa", "1", "2"], ["Clave", "x", "", ""]])
    assert [is_header(row, small()) for row in rows.rows] == [True, False, False]


def test_every_missing_label_is_named_with_what_is_printed_instead() -> None:
    with pytest.raises(LayoutMismatch) as refused:
        columns("Clave", "Programa", "Presupuesto")
    assert str(refused.value) == (
        "page 1, table 1: the header lacks 'Planeado', 'Gastado'; "
        "it prints 'Clave', 'Programa', 'Presupuesto'. "
        "Add the new label to `headers` in source.yml, or declare the column optional."
    )


def test_an_optional_column_may_be_absent() -> None:
    def optional(content: dict[str, Any]) -> None:
        spending(content)["columns"]["planned_amount"]["optional"] = True

    assert "planned_amount" not in columns("Clave", "Programa", "Gastado", change=optional).positions


def test_the_first_of_several_labels_that_is_printed_counts() -> None:
    def renamed(content: dict[str, Any]) -> None:
        spending(content)["columns"]["spent_amount"]["headers"] = ["Ejercido", "Gastado"]

    found = columns("Clave", "Programa", "Planeado", "Gastado", change=renamed)
    assert found.positions["spent_amount"] == (3,)


class TestEqualLabels:
    def test_are_told_apart_by_their_order(self) -> None:
        header = ["Clave", "Programa", "Planeado", "Diferencia", "Gastado", "Diferencia"]
        found = columns(*header, change=with_differences).positions
        assert (found["planned_difference"], found["spent_difference"]) == ((3,), (5,))

    def test_side_by_side(self) -> None:
        header = ["Clave", "Programa", "Planeado", "Gastado", "Diferencia", "Diferencia"]
        found = columns(*header, change=with_differences).positions
        assert (found["planned_difference"], found["spent_difference"]) == ((4,), (5,))

    def test_one_of_which_stands_over_two_grid_columns(self) -> None:
        header = [["Clave", "Programa", "Planeado", "Diferencia", None, "Gastado", "Diferencia"]]
        found = read_header(table(header), 0, small(with_differences)).positions
        assert (found["planned_difference"], found["spent_difference"]) == ((3, 4), (6,))

    def test_one_label_over_a_pair_of_columns_gives_each_name_one(self) -> None:
        header = [["Clave", "Programa", "Planeado", "Gastado", "Diferencia", None]]
        found = read_header(table(header), 0, small(with_differences)).positions
        assert (found["planned_difference"], found["spent_difference"]) == ((4,), (5,))

    def test_one_too_few_is_missing(self) -> None:
        with pytest.raises(LayoutMismatch, match="the header lacks 'Diferencia'"):
            columns("Clave", "Programa", "Planeado", "Gastado", "Diferencia", change=with_differences)


class TestSpans:
    def test_a_label_over_several_grid_columns(self) -> None:
        header = table([["Clave", "Programa", None, None, "Planeado", "Gastado"]])
        assert read_header(header, 0, small()).positions["program_name"] == (1, 2, 3)

    def test_a_label_printed_twice_apart_is_one_column_and_one_unknown(self) -> None:
        found = columns("Clave", "Programa", "Planeado", "Gastado", "Clave")
        assert found.positions["program_code"] == (0,)
        assert 4 not in found.mapped

    def test_two_rows_of_header_under_group_labels(self) -> None:
        def grouped(content: dict[str, Any]) -> None:
            spending(content)["header_groups"] = ["Dinero"]

        rows = [
            ["Informe", None, None, None],
            ["", "", "Dinero", None],
            ["Clave", "Programa", "Planeado", "Gastado"],
            ["A001", "x", "1", "2"],
        ]
        found = read_header(table(rows), 2, small(grouped))
        assert (found.first_row, found.last_row) == (1, 2)
        assert found.labels[2] == ("Planeado", "Dinero")

    def test_one_printed_column_cannot_be_two_declared_ones(self) -> None:
        def both(content: dict[str, Any]) -> None:
            spending(content)["columns"]["money"] = {"headers": ["Dinero"]}

        rows = table([["Clave", "Programa", "Dinero", None], ["Clave", "Programa", "Planeado", "Gastado"]])
        with pytest.raises(LayoutMismatch, match="'Dinero' stands over a column that another declared header claims"):
            read_header(rows, 1, small(both))


class TestFlatText:
    def test_a_blank_header_cell_continues_the_label_on_its_left(self, tmp_path: Path) -> None:
        found = read_header(flat(tmp_path, "Clave\tPrograma\t\tPlaneado\tGastado", "A\tx\t\t1\t2"), 0, small())
        assert found.positions["program_name"] == (1, 2)

    def test_fields_beyond_the_header_belong_to_its_last_label(self, tmp_path: Path) -> None:
        found = read_header(flat(tmp_path, "Clave\tPrograma\tPlaneado\tGastado", "A\tx\t1\t2\t"), 0, small())
        assert found.positions["spent_amount"] == (3, 4)


class TestIgnoredColumns:
    @staticmethod
    def ignoring(content: dict[str, Any]) -> None:
        spending(content)["ignore_columns"] = [{"header": "Nota", "reason": "remarks of the printer"}]

    def test_by_label_with_their_reason(self) -> None:
        found = columns("Clave", "Programa", "Planeado", "Gastado", "NOTA", change=self.ignoring)
        assert found.ignored == {4: "remarks of the printer"}

    def test_on_the_second_row_of_a_header(self) -> None:
        rows = [
            ["Clave", "Programa", "Dinero", None, "Notas"],
            ["", "", "Planeado", "Gastado", "Nota"],
            ["A001", "x", "1", "2", ""],
        ]

        def grouped(content: dict[str, Any]) -> None:
            self.ignoring(content)
            spending(content)["columns"]["planned_amount"]["headers"] = ["Planeado"]
            spending(content)["header_groups"] = ["Dinero", "Notas"]

        found = read_header(table(rows), 0, small(grouped))
        assert (found.last_row, found.ignored) == (1, {4: "remarks of the printer"})

    def test_a_label_that_is_not_named_is_not_ignored(self) -> None:
        assert columns("Clave", "Programa", "Planeado", "Gastado", "Notas", change=self.ignoring).ignored == {}


def test_the_place_of_a_table_is_said_as_a_person_finds_it() -> None:
    with pytest.raises(LayoutMismatch, match=r"^page 3, table 2: the header lacks"):
        read_header(table([["Clave", "Programa"]], page_no=3, table_no=2), 0, small())


def test_the_place_in_a_text_is_its_line(tmp_path: Path) -> None:
    with pytest.raises(LayoutMismatch, match=r"^line 3: the header lacks 'Planeado', 'Gastado'"):
        read_header(flat(tmp_path, "Informe", "", "Clave\tPrograma"), 0, small())
