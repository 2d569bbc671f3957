"""Text with tabs: lines with tabs are rows, every cell knows its line and its characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers.text import read_text
from extractors.table import Page, Table, TextLine


def read(path: Path, content: str | bytes) -> Page:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (page,) = read_text(path, Budget(Limits()))
    return page


def shape(page: Page) -> list[str | list[list[str | None]]]:
    return [
        item.text if isinstance(item, TextLine) else [[cell.text for cell in row] for row in item.rows]
        for item in page.items
    ]


def test_rows_and_lines_in_order(tmp_path: Path) -> None:
    page = read(tmp_path / "x.txt", "Título\n\na\tb\n1\t 2 \n\nNota\nc\td\n")
    assert shape(page) == ["Título", [["a", "b"], ["1", "2"]], "Nota", [["c", "d"]]]
    first, second = page.tables
    assert (first.table_no, second.table_no, first.is_flat) == (1, 2, True)


def test_cells_know_their_line_and_their_characters(tmp_path: Path) -> None:
    lines = ["Título", "", "Año\tMonto\t", "2020\t 1,250.00 \t\tñ"]
    page = read(tmp_path / "x.txt", "\n".join(lines))
    (table,) = page.tables
    assert [[cell.row_no for cell in row] for row in table.rows] == [[3, 3, 3], [4, 4, 4, 4]]
    for row in table.rows:
        for cell in row:
            printed = lines[cell.row_no - 1][cell.char_start : cell.char_end]
            assert printed.strip() == cell.text
    assert [(cell.text, cell.char_start, cell.char_end) for cell in table.rows[1]] == [
        ("2020", 0, 4),
        ("1,250.00", 5, 15),
        ("", 16, 16),
        ("ñ", 17, 18),
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_cell(tmp_path: Path) -> None:
    page = read(tmp_path / "x.txt", b"\xef\xbb\xbfa\tb\r\n1\t2\r\n")
    assert shape(page) == [[["a", "b"], ["1", "2"]]]
    assert next(page.tables).rows[0][0].char_start == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_on_any_system(tmp_path: Path, end: str) -> None:
    page = read(tmp_path / "x.txt", end.join(["a\tb", "1\t2", "", "c\td"]))
    assert [[row[0].row_no for row in table.rows] for table in page.tables] == [[1, 2], [4]]


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1c", "\x1e", "\x85", "\u2028"])
def test_other_control_characters_end_no_line(tmp_path: Path, mark: str) -> None:
    # a form feed between pages, or any of these inside a label, must not shift line numbers or cut a row
    page = read(tmp_path / "x.txt", f"Título\n{mark}página 2\nA001\tSalas{mark}Cera\t5\n")
    (table,) = page.tables
    assert [cell.text for cell in table.rows[0]] == ["A001", f"Salas{mark}Cera", "5"]
    assert table.rows[0][0].row_no == 3
    assert [item.text for item in page.items if isinstance(item, TextLine)] == ["Título", "página 2"]


def test_text_that_is_not_utf8_is_refused_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"not UTF-8 \(byte 7\); save it again as UTF-8"):
        read(tmp_path / "x.txt", "Clave\tAño\n".encode("latin-1"))


def test_null_bytes_far_into_a_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="null bytes"):
        read(tmp_path / "x.txt", "a\tb\n" * 5_000 + "\0")


def test_tables_of_a_text_are_flat_and_have_no_page_size(tmp_path: Path) -> None:
    (table,) = read(tmp_path / "x.txt", "a\tb\n").tables
    assert isinstance(table, Table)
    assert (table.page_no, table.page_width, table.sheet_name) == (1, None, None)
