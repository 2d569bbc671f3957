"""A table that a text prints cell by cell: its rows are found, and a cell too many or too few never shifts them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extractors.accounting import account_for
from extractors.cell_stream import unroll
from extractors.errors import LayoutMismatch, UnaccountedCells
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits
from extractors.logical_table import SeriesEntry
from extractors.readers.text import read_text
from extractors.spec import SourceSpec
from extractors.table import Page, TextLine
from tests.extractors.conftest import Place
from tests.extractors.small_source import DECLARATION
from tests.publications.build import INSAFOCOOP_2024_T1
from tests.publications.followup_figures import load_followup
from tests.publications.received_text import followup_text

HEADING = ["INFORME DE GASTO", "Oficina: Museo de Cera", "Año: 2021"]
UNITS = ["Unidad", "T.1", "Nota"]
TASKS = ["Línea", "Tarea", "Meta\nI -T", "Síntesis"]


def values(entry: SeriesEntry) -> list[str | None]:
    return [cell and cell.text for cell in entry.cells.values()]


def declaration() -> dict[str, Any]:
    return DECLARATION | {
        "statements": [{"name": "closing", "pattern": r"se cumplió el (?P<compliance>\d+)%"}],
        "tables": {
            "units": {
                "title": "Compliance by unit",
                "columns": {
                    "unit_name": {"headers": ["Unidad"], "required": True},
                    "note": {"headers": ["Nota"]},
                },
                "series": {"header": r"T\.[1-4]", "label": "quarter", "value": "compliance"},
                "totals": [{"kind": "total", "labels": ["Institución"], "ends_table": True}],
                "end": [r"^[IVX]+\.\s"],
            },
            "tasks": {
                "title": "Tasks by axis",
                "columns": {
                    "line": {"headers": ["Línea"], "fill": {"direction": "down", "stops_at": "blank_row"}},
                    "task": {"headers": ["Tarea"], "required": True},
                    "goal": {"headers": [{"pattern": r"Meta [IV]+ -T"}], "required": True},
                    "synthesis": {"headers": ["Síntesis"]},
                },
                "context": {"axis": {"captures": [{"line_before": "^objetivo:"}], "carry": True}},
                "end": [r"^[IVX]+\.\s"],
            },
        },
    }


SOURCE = SourceSpec.model_validate(declaration())


def changed(change: Callable[[dict[str, Any]], object]) -> SourceSpec:
    content = declaration()
    change(content["tables"])
    return SourceSpec.model_validate(content)


def cells(*rows: Sequence[str], blank_behind: bool = True) -> str:
    """Rows cell by cell, as such texts print them: a tab before each cell, a blank line behind each row."""
    return ("\n" if blank_behind else "").join("".join(f"\t{cell}\n" for cell in row) for row in rows)


def read(folder: Path, *parts: str) -> Page:
    file = folder / "x.txt"
    file.write_bytes("\n".join([*HEADING, *parts]).encode())
    (page,) = read_text(file, Budget(Limits()))
    return page


def shape(page: Page) -> list[str | list[list[str | None]]]:
    """What follows the heading: lines, and the texts of tables."""
    return [
        item.text if isinstance(item, TextLine) else [[cell.joined for cell in row] for row in item.rows]
        for item in page.items[len(HEADING) :]
    ]


def unrolled(folder: Path, *parts: str, source: SourceSpec = SOURCE) -> list[str | list[list[str | None]]]:
    return shape(unroll(read(folder, *parts), source))


def reading(folder: Path, *parts: str, source: SourceSpec = SOURCE) -> Interpretation:
    return interpret([read(folder, *parts)], source)


class TestReader:
    def test_lines_of_one_tab_are_the_cells_of_a_stream_and_other_lines_continue_them(self, tmp_path: Path) -> None:
        page = read(tmp_path, "Antes", "\tUno", "\tDos", "sigue", "", "\t", "", "\tCuatro")
        (stream,) = page.tables
        assert (stream.is_stream, stream.is_flat, stream.table_no) == (True, True, 1)
        assert [[cell.text for cell in row] for row in stream.rows] == [["Uno"], ["Dos\nsigue"], [""], ["Cuatro"]]
        assert [[(line.baseline, line.text) for line in cell.lines] for (cell,) in stream.rows] == [
            [(5, "Uno")],
            [(6, "Dos"), (7, "sigue"), (8, "")],
            [(9, ""), (10, "")],
            [(11, "Cuatro")],
        ]

    def test_a_cell_knows_its_lines_and_its_characters(self, tmp_path: Path) -> None:
        lines = ["\t Uno ", "\tDos", "  y más", "", "\t"]
        (stream,) = read(tmp_path, *lines).tables
        found = [(cell.row_no, cell.row_span, cell.col_no, cell.char_start, cell.char_end) for (cell,) in stream.rows]
        # Uno: characters 1 to 6 of its line; Dos: from character 1 to character 7 of the line below
        assert found == [(4, 1, 1, 1, 6), (5, 2, 1, 1, 7), (8, 1, 1, 1, 1)]
        assert [cell.text for (cell,) in stream.rows] == ["Uno", "Dos\n  y más", ""]

    @pytest.mark.parametrize(
        "rows",
        [
            ["a\tb", "\t", "c\td"],
            ["\t\tTotal\tResultado", "a\tb\t1\t2"],
            ["\t\t\t"],
            ["\t"],
            ["\t1\t2"],
            ["a\tb", "\t5"],
            ["\tMonto", "Salas\t5"],
        ],
        ids=[
            "a blank row",
            "a header under a group",
            "blank fields",
            "a tab alone",
            "a blank first field",
            "two columns, one blank",
            "two columns, the first without a label",
        ],
    )
    def test_rows_of_a_table_that_begin_with_a_tab_are_no_stream(self, tmp_path: Path, rows: list[str]) -> None:
        (table,) = read(tmp_path, *rows).tables
        assert not table.is_stream
        assert [[cell.text for cell in row] for row in table.rows] == [row.split("\t") for row in rows]

    def test_a_stream_reaches_to_the_next_table_of_another_kind(self, tmp_path: Path) -> None:
        page = read(tmp_path, "\tUno", "texto", "\tDos", "", "a\tb", "1\t2", "Nota", "\tTres", "| x | y |")
        kinds = [(table.is_stream, [[cell.text for cell in row] for row in table.rows]) for table in page.tables]
        assert kinds == [
            (True, [["Uno\ntexto"], ["Dos"]]),
            (False, [["a", "b"], ["1", "2"]]),
            (True, [["Tres"]]),
            (False, [["x", "y"]]),
        ]
        assert [table.table_no for table in page.tables] == [1, 2, 3, 4]
        assert [item.text for item in page.items if isinstance(item, TextLine)] == [*HEADING, "Nota"]

    def test_cells_that_touch_the_rows_of_another_table_stay_in_the_stream(self, tmp_path: Path) -> None:
        stream, table = read(tmp_path, "\tUno", "", "\tDos", "\tTres", "a\tb", "1\t2").tables
        assert [cell.text for (cell,) in stream.rows] == ["Uno", "Dos", "Tres"]
        assert [[cell.text for cell in row] for row in table.rows] == [["a", "b"], ["1", "2"]]

    def test_lines_around_know_where_they_begin(self, tmp_path: Path) -> None:
        page = read(tmp_path, "  Nota  ")
        assert [
            (item.line_no, item.char_start, item.text) for item in page.items[-1:] if isinstance(item, TextLine)
        ] == [(4, 2, "Nota")]


class TestRows:
    def test_the_header_says_how_many_cells_a_row_has(self, tmp_path: Path) -> None:
        rows = [UNITS, ["Salas", "69%", "Falta:\n1- una\n\n2- otra"], ["Cera", "100%", ""]]
        assert unrolled(tmp_path, cells(*rows)) == [[UNITS, ["Salas", "69%", "Falta: 1- una 2- otra"], rows[2]]]

    def test_cells_keep_their_lines_and_get_their_columns(self, tmp_path: Path) -> None:
        (table,) = unroll(read(tmp_path, cells(UNITS, ["Salas\ny Cera", "69%", ""])), SOURCE).tables
        assert not table.is_stream
        places = [[(cell.row_no, cell.row_span, cell.col_no) for cell in row] for row in table.rows]
        # lines 1 to 3 are the heading, 4 to 6 the header, 7 is blank
        assert places == [[(4, 1, 1), (5, 1, 2), (6, 1, 3)], [(8, 2, 1), (10, 1, 2), (11, 1, 3)]]

    def test_labels_of_two_lines_and_labels_that_match_a_pattern(self, tmp_path: Path) -> None:
        rows = [TASKS, ["1.1", "Abrir", "5\npuertas", "Se abrieron."]]
        found = unrolled(tmp_path, "Eje 1. Puertas", "Objetivo: abrir", cells(*rows))
        assert found[2] == [["Línea", "Tarea", "Meta I -T", "Síntesis"], ["1.1", "Abrir", "5 puertas", "Se abrieron."]]

    def test_a_label_that_is_left_out_by_name_is_part_of_the_header(self, tmp_path: Path) -> None:
        source = changed(lambda tables: tables["units"].update(ignore_columns=[{"header": "No", "reason": "counts"}]))
        (table,) = reading(tmp_path, cells(["No", *UNITS], ["1", "Salas", "69%", ""]), source=source).tables
        assert [row.values["unit_name"].text for row in table.segments[0].data] == ["Salas"]
        assert account_for(table).ignored_columns == 1

    def test_without_blank_lines_behind_rows(self, tmp_path: Path) -> None:
        rows = [UNITS, ["Salas", "69%", "Falta\nmucho"], ["Cera", "100%", ""]]
        found = unrolled(tmp_path, cells(*rows, blank_behind=False))
        assert found == [[UNITS, ["Salas", "69%", "Falta mucho"], rows[2]]]

    def test_a_data_cell_may_print_a_label(self, tmp_path: Path) -> None:
        rows = [UNITS, ["Salas", "69%", "Nota"], ["Unidad", "T.1", "Cera"]]
        assert unrolled(tmp_path, cells(*rows[:2])) == [rows[:2]]

    def test_a_header_that_stands_again_in_the_middle_begins_a_segment_of_the_same_table(self, tmp_path: Path) -> None:
        rows = [TASKS, ["1.1", "Abrir", "5", "Sí\n\n"], TASKS, ["1.2", "Cerrar", "6", "No"]]
        (table,) = reading(tmp_path, "Eje 1", "Objetivo: abrir", cells(*rows)).tables
        assert [segment.table.table_no for segment in table.segments] == [1, 1]
        assert [segment.context["axis"] for segment in table.segments] == ["Eje 1", "Eje 1"]
        assert [segment.carried for segment in table.segments] == [frozenset(), {"axis"}]

    def test_a_blank_row_is_a_row(self, tmp_path: Path) -> None:
        rows = [TASKS, ["1.1", "Abrir", "5", ""], ["", "", "", ""], ["", "Cerrar", "6", ""]]
        (table,) = reading(tmp_path, "Eje 1", "Objetivo: abrir", cells(*rows)).tables
        assert [row.kind for row in table.segments[0].rows] == ["header", "data", "blank", "data"]
        assert account_for(table).blank_rows == 1

    def test_a_page_without_streams_stays_as_it_is(self, tmp_path: Path) -> None:
        page = read(tmp_path, "a\tb", "1\t2")
        assert unroll(page, SOURCE) is page


class TestWhatFollows:
    def test_declared_words_end_the_last_cell(self, tmp_path: Path) -> None:
        rows = cells(UNITS, ["Salas", "69%", "Falta"])
        page = unroll(read(tmp_path, rows.rstrip(), "  II. Conclusión", "", "Bien."), SOURCE)
        assert shape(page) == [[UNITS, ["Salas", "69%", "Falta"]], "II. Conclusión", "Bien."]
        # the heading stands in lines 1 to 3, the table in 4 to 10
        lines = [item for item in page.items if isinstance(item, TextLine)]
        assert [(line.line_no, line.char_start) for line in lines[3:]] == [(11, 2), (13, 0)]

    def test_a_line_that_names_what_stands_above_a_table_ends_the_one_before(self, tmp_path: Path) -> None:
        first, second = [TASKS, ["1.1", "Abrir", "5", "Sí"]], [TASKS, ["2.1", "Cerrar", "6", "No"]]
        parts = ["Eje 1", "Objetivo: abrir", cells(*first), "Eje 2", "", "Objetivo: cerrar", cells(*second)]
        page = unroll(read(tmp_path, *parts), SOURCE)
        assert [line for line in shape(page) if isinstance(line, str)] == [
            *("Eje 1", "Objetivo: abrir"),
            *("Eje 2", "Objetivo: cerrar"),
        ]
        assert [table.table_no for table in page.tables] == [1, 2]
        (tasks,) = interpret([page], SOURCE).tables
        assert [segment.context["axis"] for segment in tasks.segments] == ["Eje 1", "Eje 2"]
        assert [row.values["synthesis"].text for segment in tasks.segments for row in segment.data] == ["Sí", "No"]

    def test_a_line_declared_to_stand_below_another_that_is_missing_ends_the_cell_itself(self, tmp_path: Path) -> None:
        found = unrolled(tmp_path, cells(UNITS, ["Salas", "69%", "Falta"]).rstrip(), "Objetivo: cerrar")
        assert found == [[UNITS, ["Salas", "69%", "Falta"]], "Objetivo: cerrar"]

    def test_a_pattern_of_what_stands_above_a_table_ends_the_one_before(self, tmp_path: Path) -> None:
        def by_pattern(tables: dict[str, Any]) -> None:
            tables["tasks"]["context"]["axis"]["captures"] = [{"pattern": "^(?P<value>eje .+)$"}]

        rows = cells(UNITS, ["Salas", "69%", "Falta"]).rstrip()
        assert unrolled(tmp_path, rows, "Eje 1", source=changed(by_pattern))[1:] == ["Eje 1"]

    def test_a_total_may_lack_the_blanks_it_would_end_with(self, tmp_path: Path) -> None:
        text = cells(UNITS, ["Salas", "69%", ""], ["Institución", "77%"])
        (table,) = reading(tmp_path, text.rstrip(), "II. Conclusión").tables
        total = table.segments[0].rows[-1]
        assert (total.kind, total.label, [(each.label, values(each)) for each in total.series]) == (
            *("total", "Institución"),
            [("T.1", ["77%"])],
        )
        assert account_for(table).total_rows == 1

    def test_blank_cells_at_the_end_are_a_blank_row(self, tmp_path: Path) -> None:
        (table,) = reading(tmp_path, cells(UNITS, ["Salas", "69%", ""], [""]), "II. Conclusión").tables
        assert [row.kind for row in table.segments[0].rows] == ["header", "data", "blank"]

    def test_cells_under_no_header_are_text(self, tmp_path: Path) -> None:
        found = unrolled(tmp_path, "\tAviso", "\tsegunda", "sigue", "\ttercera", "", cells(UNITS, ["Salas", "69%", ""]))
        assert found == [
            [["Aviso"], ["segunda"]],
            "sigue",
            [["tercera"]],
            [UNITS, ["Salas", "69%", ""]],
        ]

    def test_cells_with_numbers_may_be_ignored_by_name(self, tmp_path: Path) -> None:
        content = declaration() | {"ignore_tables": [{"pattern": "^aviso", "reason": "no data"}]}
        found = unrolled(tmp_path, "\tAviso", "\t1", "\t2", source=SourceSpec.model_validate(content))
        assert found == [[["Aviso"], ["1"], ["2"]]]


ROWS = [UNITS, ["Salas", "69%", "Falta"], ["Cera", "100%", ""], ["Taller", "80%", "Sí"]]
# where the cells of ROWS stand: the heading takes three lines, each row three and a blank one
LINE = {"header": 4, "Salas": 8, "Cera": 12, "Taller": 16}


def damaged(remove: tuple[int, int] | None = None, add: tuple[int, int] | None = None) -> list[list[str]]:
    rows = [list(row) for row in ROWS]
    if remove:
        del rows[remove[0]][remove[1]]
    if add:
        rows[add[0]].insert(add[1], "sobra")
    return rows


class TestGuards:
    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            (
                damaged(remove=(1, 1)),
                f"line {LINE['Cera'] - 1}: the cells of table units do not come out even in rows of 3: the row from "
                f"line {LINE['Salas']} has no blank line after its last cell 'Cera', and the header has one",
            ),
            (
                damaged(add=(2, 1)),
                f"line {LINE['Cera'] + 2}: the cells of table units do not come out even in rows of 3: the row from "
                f"line {LINE['Cera']} has no blank line after its last cell '100%', and the header has one",
            ),
            (damaged(remove=(3, 0)), f"line {LINE['Taller']}: the cells of table units .* '80%' begins a row of 2; a"),
            (
                damaged(add=(3, 3)),
                f"line {LINE['Taller'] + 2}: the cells of table units .* no blank line after .* 'Sí'",
            ),
            (
                [*ROWS, ["sobra"]],
                f"line {LINE['Taller'] + 4}: the cells of table units .* 'sobra' begins a row of 1; a",
            ),
        ],
        ids=["missing", "too many", "missing in the last row", "too many in the last row", "behind the last row"],
    )
    def test_cells_that_do_not_come_out_even(self, tmp_path: Path, rows: list[list[str]], said: str) -> None:
        with pytest.raises(LayoutMismatch, match=f"^{said}"):
            reading(tmp_path, cells(*rows))

    def test_rows_with_a_blank_line_behind_them_where_the_header_has_none(self, tmp_path: Path) -> None:
        text = "".join(f"\t{label}\n" for label in UNITS) + cells(*ROWS[1:])
        with pytest.raises(
            LayoutMismatch, match=r"has a blank line after its last cell 'Falta', and the header has none"
        ):
            reading(tmp_path, text)

    def test_a_total_without_its_number_is_no_total_that_lacks_blanks(self, tmp_path: Path) -> None:
        with pytest.raises(LayoutMismatch, match="'Institución' begins a row of 1"):
            reading(tmp_path, cells(*ROWS, ["Institución"]), "II. Conclusión")

    @pytest.mark.parametrize("row", [["", "Institución", "77%"], ["Institución", "", "77%"]])
    def test_a_total_whose_number_stands_under_another_label(self, tmp_path: Path, row: list[str]) -> None:
        (table,) = reading(tmp_path, cells(*ROWS, row)).tables
        with pytest.raises(UnaccountedCells, match=r"\('Nota'\): '77%' stands in no declared column"):
            account_for(table)

    def test_a_header_in_the_middle_of_a_row(self, tmp_path: Path) -> None:
        with pytest.raises(LayoutMismatch, match=r"line 8: the cells of table units .* 'Salas' begins a row of 2"):
            reading(tmp_path, cells(UNITS, ["Salas", "69%"], UNITS, ["Cera", "100%", ""]))

    def test_a_header_that_lacks_a_label(self, tmp_path: Path) -> None:
        with pytest.raises(LayoutMismatch, match="line 6: the header lacks 'Síntesis'; it prints 'Línea', 'Tarea'"):
            reading(tmp_path, "Eje 1", "Objetivo: abrir", cells(TASKS[:3], ["1.1", "Abrir", "5"]))

    def test_a_header_with_a_label_that_nobody_declared(self, tmp_path: Path) -> None:
        rows = [[*TASKS, "Monto"], ["1.1", "Abrir", "5", "Sí", "9.00"]]
        with pytest.raises(LayoutMismatch, match=r"rows of 4 \(the first one below the labels is 'Monto'\): "):
            reading(tmp_path, "Eje 1", "Objetivo: abrir", cells(*rows, *rows[1:]))

    def test_labels_that_are_no_whole_header(self, tmp_path: Path) -> None:
        rows = [["Línea", "Quehacer", "Objeto", "Síntesis"], ["1.1", "Abrir", "puertas", "Sí"]]
        with pytest.raises(LayoutMismatch, match="line 4: 'Línea' is a label of table tasks, but the cells around it"):
            reading(tmp_path, cells(*rows), cells(*ROWS))

    def test_numbers_under_no_declared_header(self, tmp_path: Path) -> None:
        rows = [["Sala", "Visitas"], ["Cera", "1,250"], ["Taller", "900"]]
        with pytest.raises(
            LayoutMismatch, match="line 4: cells with numbers, such as '1,250' in line 8, stand under no"
        ):
            reading(tmp_path, cells(*rows), cells(*ROWS))

    def test_text_before_another_table_that_nothing_tells_from_the_last_cell(self, tmp_path: Path) -> None:
        parts = [cells(*ROWS).rstrip(), "Otra tabla", "a\tb"]
        with pytest.raises(
            LayoutMismatch, match="line 18: nothing says where table units ends before the table at line 20"
        ):
            reading(tmp_path, *parts)

    def test_text_before_another_table_of_the_same_stream(self, tmp_path: Path) -> None:
        with pytest.raises(
            LayoutMismatch, match="line 18: nothing says where table units ends before the table at line 21"
        ):
            reading(tmp_path, cells(*ROWS), "Otra tabla", cells(TASKS, ["1.1", "Abrir", "5", "Sí"]))

    def test_another_table_right_behind_the_last_cell_needs_no_words_between(self, tmp_path: Path) -> None:
        found = unrolled(tmp_path, cells(*ROWS[:2]), "a\tb")
        assert found == [ROWS[:2], [["a", "b"]]]

    def test_a_declared_sentence_inside_a_cell(self, tmp_path: Path) -> None:
        parts = [cells(*ROWS).rstrip(), "CONCLUSIÓN", "En el año se cumplió el 77% de lo planificado."]
        with pytest.raises(
            LayoutMismatch, match="line 20: a sentence declared under statements stands in a cell of table"
        ):
            reading(tmp_path, *parts)

    def test_a_stream_of_no_declared_table(self, tmp_path: Path) -> None:
        with pytest.raises(LayoutMismatch, match="no table of xx_office_report was found on 1 page"):
            reading(tmp_path, "\tAviso", "\tsegunda")


SV = "sv_insafocoop_poa"
WHOLE = followup_text(load_followup(INSAFOCOOP_2024_T1)).split("\n")
FIRST = next(index for index, line in enumerate(WHOLE) if line.startswith("\tDEPARTAMENTOS"))
CELLS = [index for index in range(FIRST, len(WHOLE)) if WHOLE[index].startswith("\t")]


class TestPublishedReport:
    """The five tables of the follow-up of a plan, with one of their 252 cells gone, doubled or blank beside it."""

    def outcome(self, place: Place, lines: Sequence[str]) -> tuple[str, str | None]:
        place.put(f"{SV}/report.txt", "\n".join(lines))
        outcome = place.outcomes()[f"{SV}/report.txt"]
        return outcome.action, outcome.reason

    def test_whole(self, place: Place) -> None:
        # 26 rows of 3 cells, one of them short, and 5 headers, 19 rows and a blank one of 7
        assert len(CELLS) == 26 * 3 - 1 + (5 + 19 + 1) * 7 == 252
        assert self.outcome(place, WHOLE) == ("loaded", None)

    @pytest.mark.parametrize("index", CELLS[::15], ids=lambda index: f"line {index + 1}")
    def test_a_cell_is_missing(self, place: Place, index: int) -> None:
        assert self.outcome(place, WHOLE[:index] + WHOLE[index + 1 :])[0] == "quarantined"

    @pytest.mark.parametrize("index", CELLS[7::15], ids=lambda index: f"line {index + 1}")
    def test_a_cell_stands_twice(self, place: Place, index: int) -> None:
        assert self.outcome(place, WHOLE[: index + 1] + WHOLE[index:])[0] == "quarantined"

    def test_the_sentence_names_line_and_table(self, place: Place) -> None:
        index = WHOLE.index("\tUFI") + 1
        action, reason = self.outcome(place, WHOLE[:index] + WHOLE[index + 1 :])
        assert action == "quarantined"
        # the row takes the line of UFI, that of its note and, a blank line below, that of the next unit
        assert reason == (
            f"line {index + 3}: the cells of table quarterly_compliance do not come out even in rows of 3: the row "
            f"from line {index} has no blank line after its last cell 'RECURSOS HUMANOS', and the header has one; a "
            "cell is missing or one too many."
        )
