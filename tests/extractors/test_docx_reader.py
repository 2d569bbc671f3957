"""Word documents: blank, covered and merged cells are three different things, and paragraphs are lines."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers.opening import open_document
from extractors.table import Page, Table, TextLine
from tests.publications.table_cells import Cell
from tests.publications.word_document import Document, Paragraph, write
from tests.publications.word_document import Table as WordTable


def read(file: Path) -> Page:
    found, pages = open_document(file, Budget(Limits()))
    assert found == "docx"
    (page,) = pages
    return page


def document(target: Path, rows: list[list[Cell]], width: int) -> Path:
    table = WordTable(widths=[1000] * width, rows=rows)
    target.write_bytes(write(Document("Informe", None, [Paragraph("Antes"), table, Paragraph("Después")])))
    return target


def tables(page: Page) -> list[list[list[str | None]]]:
    return [[[cell.text for cell in row] for row in table.rows] for table in page.tables]


def test_merges_down_and_across_keep_blank_and_covered_apart(tmp_path: Path) -> None:
    file = document(
        tmp_path / "x.docx",
        [
            [Cell("Línea", rows=2), Cell("Metas", columns=2)],
            [Cell("Programada"), Cell("")],
            [Cell("1.1"), Cell("101\nCredenciales"), Cell("0")],
        ],
        3,
    )
    page = read(file)
    assert tables(page) == [[["Línea", "Metas", None], [None, "Programada", ""], ["1.1", "101\nCredenciales", "0"]]]
    (table,) = page.tables
    assert (table.rows[0][0].row_span, table.rows[0][1].col_span) == (2, 2)
    assert table.rows[0][2].owner == (1, 2)
    assert table.rows[1][0].owner == (1, 1)


def test_paragraphs_and_tables_come_in_reading_order(tmp_path: Path) -> None:
    page = read(document(tmp_path / "x.docx", [[Cell("a"), Cell("b")]], 2))
    kinds = [item.text if isinstance(item, TextLine) else "table" for item in page.items]
    assert kinds == ["Antes", "table", "Después"]
    assert all(isinstance(item, TextLine | Table) for item in page.items)


def with_body(file: Path, body: bytes) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", body)
    return file


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<w:document", "damaged and cannot be opened"),
        (b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>', "declares XML entities"),
    ],
)
def test_what_is_no_word_document_is_refused(tmp_path: Path, body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said):
        read(with_body(tmp_path / "x.docx", body))


def test_a_truncated_document_is_refused(tmp_path: Path) -> None:
    file = document(tmp_path / "x.docx", [[Cell("a"), Cell("b")]], 2)
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(UnreadableDocument, match="the Word document is damaged"):
        read(file)
