"""Text between bars: each line is a row, and bars that touch at its end are no cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers.text import read_text
from extractors.table import Page, TextLine


def read(folder: Path, content: str, limits: Limits | None = None) -> Page:
    file = folder / "x.txt"
    file.write_bytes(content.encode())
    (page,) = read_text(file, Budget(limits or Limits()))
    return page


def shape(page: Page) -> list[str | list[list[str | None]]]:
    return [
        item.text if isinstance(item, TextLine) else [[cell.text for cell in row] for row in item.rows]
        for item in page.items
    ]


def test_lines_between_bars_are_rows_and_other_lines_part_the_tables(tmp_path: Path) -> None:
    page = read(tmp_path, "Título\n| a | b |\n| 1 | 2 |\n\n| c | d |\nNota\n")
    assert shape(page) == ["Título", [["a", "b"], ["1", "2"]], [["c", "d"]], "Nota"]
    first, second = page.tables
    assert (first.is_flat, first.is_stream, first.table_no, second.table_no) == (True, False, 1, 2)


def test_a_blank_between_bars_is_a_printed_blank_and_bars_that_touch_at_the_end_are_none(tmp_path: Path) -> None:
    page = read(tmp_path, "| Título | |||||\n| | | 100% | 100% |||\n| a || c |\n| Nota | |\n")
    assert shape(page) == [[["Título", ""], ["", "", "100%", "100%"], ["a", "", "c"], ["Nota", ""]]]


def test_cells_know_their_line_and_their_characters(tmp_path: Path) -> None:
    lines = ["", "| Año | Monto |", "|2020| 1,250.00 | ñ ||"]
    (table,) = read(tmp_path, "\n".join(lines)).tables
    assert [[(cell.row_no, cell.col_no) for cell in row] for row in table.rows] == [
        [(2, 1), (2, 2)],
        [(3, 1), (3, 2), (3, 3)],
    ]
    for row in table.rows:
        for cell in row:
            assert lines[cell.row_no - 1][cell.char_start : cell.char_end].strip() == cell.text


def test_the_rule_below_a_header_prints_nothing(tmp_path: Path) -> None:
    page = read(tmp_path, "| Año | Monto |\n|:---|---:|\n| 2020 | - |\n| -- | --- |\n")
    assert shape(page) == [[["Año", "Monto"], ["2020", "-"], ["--", "---"]]]


def test_a_last_bar_may_lack_and_the_first_be_indented(tmp_path: Path) -> None:
    assert shape(read(tmp_path, "  | a | b\n")) == [[["a", "b"]]]


def test_a_bar_that_is_part_of_the_text(tmp_path: Path) -> None:
    assert shape(read(tmp_path, "| a \\| b | c |\n")) == [[["a | b", "c"]]]
    # no row: a line needs two bars, the first at its beginning
    assert shape(read(tmp_path, "a | b | c\n| d\n|\n")) == ["a | b | c", "| d", "|"]


def test_a_tab_between_bars_is_white_space_and_a_tab_table_beside_is_another_one(tmp_path: Path) -> None:
    page = read(tmp_path, "| a\tb | c |\nd\te\n| f | g |\n")
    assert shape(page) == [[["a\tb", "c"]], [["d", "e"]], [["f", "g"]]]


def test_cells_count_against_the_limit(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="6 cells, over the limit of 5"):
        read(tmp_path, "| a | b | c |\n| d | e | f |\n", Limits(max_cells=5))
