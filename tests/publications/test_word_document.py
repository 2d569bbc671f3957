"""A Word document holds what was asked for, merged cells included, and its bytes are always the same."""

from __future__ import annotations

import zipfile
from datetime import datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest

from tests.publications.table_cells import Cell
from tests.publications.word_document import UNDATED, Document, Paragraph, Table, write
from tests.publications.word_reading import WordTable, read_word, tables_of

DATED = datetime(2024, 4, 25, 12)


def document(*body: Paragraph | Table, dated: datetime | None = DATED, landscape: bool = False) -> bytes:
    return write(Document("Título & <más>", dated, body, landscape))


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


class TestTables:
    def test_merged_cells_begin_once_and_go_on_without_text(self) -> None:
        rows = [
            [Cell("dos", columns=2), Cell("tres", rows=3)],
            [Cell("uno", rows=2), Cell("1\n2\n\n3")],
            [Cell("")],
        ]
        (table,) = tables_of(document(Table([1000, 1000, 2000], rows)))
        assert table.columns == 3
        assert [[(c.text, c.columns, c.merge) for c in row] for row in table.rows] == [
            [("dos", 2, ""), ("tres", 1, "restart")],
            [("uno", 1, "restart"), ("1\n2\n\n3", 1, ""), ("", 1, "continue")],
            [("", 1, "continue"), ("", 1, ""), ("", 1, "continue")],
        ]

    def test_a_cell_merged_both_ways_spans_the_same_columns_on_each_row(self) -> None:
        rows = [[Cell("a", columns=2, rows=2), Cell("b")], [Cell("c")]]
        (table,) = tables_of(document(Table([700, 700, 700], rows)))
        assert [[(c.columns, c.merge) for c in row] for row in table.rows] == [
            [(2, "restart"), (1, "")],
            [(2, "continue"), (1, "")],
        ]

    def test_a_paragraph_parts_tables_that_would_touch(self) -> None:
        table = Table([1000], [[Cell("x")]])
        xml = part(document(table, table), "word/document.xml")
        assert "</w:tbl><w:tbl>" not in xml
        assert "</w:tbl><w:sectPr>" not in xml

    @pytest.mark.parametrize(
        "rows",
        [
            [[Cell("a"), Cell("b")]],
            [[Cell("a", rows=2)]],
            [[Cell("a", columns=2)]],
            [[]],
        ],
    )
    def test_cells_that_do_not_fill_their_grid_are_refused(self, rows: list[list[Cell]]) -> None:
        with pytest.raises(ValueError, match=r"do not fill a grid of 1 rows and 1 columns"):
            document(Table([1000], rows))

    def test_cells_that_overlap_are_refused(self) -> None:
        rows = [[Cell("a"), Cell("b", rows=2)], [Cell("c", columns=2)]]
        with pytest.raises(ValueError, match=r"do not fill a grid of 2 rows and 2 columns"):
            document(Table([1000, 1000], rows))


class TestParagraphs:
    def test_every_character_and_space_arrives(self) -> None:
        text = " <script> & \"comillas\"  'y'  espacios  Ñ º % =1+1 "
        assert read_word(document(Paragraph(text), Paragraph("", on_new_page=True))) == [text]

    def test_an_unknown_style_is_refused(self) -> None:
        with pytest.raises(
            ValueError, match="style 'Heading9'; these are known: Title, Heading1, Heading2, Normal, Cell"
        ):
            document(Paragraph("x", "Heading9"))

    def test_characters_xml_cannot_hold_are_refused(self) -> None:
        with pytest.raises(ElementTree.ParseError):
            document(Paragraph("\x07"))


class TestFile:
    def test_twice_the_same_bytes_and_no_clock(self) -> None:
        body = (Paragraph("a", "Title"), Table([1000], [[Cell("x")]]))
        data = document(*body)
        assert data == document(*body)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            assert archive.namelist()[0] == "[Content_Types].xml"
            assert {member.date_time for member in archive.infolist()} == {(2024, 4, 25, 12, 0, 0)}
            assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}

    def test_date_and_title_are_properties_of_the_file(self) -> None:
        properties = ElementTree.fromstring(part(document(), "docProps/core.xml"))
        assert [element.text for element in properties] == [
            "Título & <más>",
            "Compuesto de nuevo a partir de las cifras publicadas",
            "2024-04-25T12:00:00Z",
            "2024-04-25T12:00:00Z",
        ]
        undated = document(dated=None)
        assert len(ElementTree.fromstring(part(undated, "docProps/core.xml"))) == 2
        with zipfile.ZipFile(BytesIO(undated)) as archive:
            assert {datetime(*member.date_time) for member in archive.infolist()} == {UNDATED}

    def test_every_part_has_a_type_and_every_relation_a_part(self) -> None:
        data = document()
        types = part(data, "[Content_Types].xml")
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
        parts = [name for name in names if not name.endswith(".rels") and name != "[Content_Types].xml"]
        assert all(f'PartName="/{name}"' in types for name in parts)
        assert 'Target="word/document.xml"' in part(data, "_rels/.rels")
        assert 'Target="docProps/core.xml"' in part(data, "_rels/.rels")
        assert 'Target="styles.xml"' in part(data, "word/_rels/document.xml.rels")

    def test_pages_lie_on_their_side_when_asked(self) -> None:
        assert 'w:h="12240" w:orient="landscape" w:w="15840"' in part(document(landscape=True), "word/document.xml")
        assert 'w:h="15840" w:w="12240"' in part(document(), "word/document.xml")

    def test_empty_paragraphs_are_not_tables(self) -> None:
        assert not any(isinstance(block, WordTable) for block in read_word(document(Paragraph("a"))))
