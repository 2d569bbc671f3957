"""Reads a DOCX back from its XML, knowing nothing of what wrote it: paragraphs, and tables on their grid."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class WordCell:
    """A cell as the XML has it: its paragraphs, grid columns and part in a merged cell."""

    text: str
    columns: int
    merge: str  # restart, continue or nothing


@dataclass(frozen=True)
class WordTable:
    """The columns of the grid and, row by row, its cells."""

    columns: int
    rows: list[list[WordCell]]

    @property
    def texts(self) -> list[list[str]]:
        """The text of every cell but those that go on a merged one."""
        return [[cell.text for cell in row if cell.merge != "continue"] for row in self.rows]


def read_word(data: bytes) -> list[str | WordTable]:
    """The body in order: paragraphs as text, tables as WordTable; empty paragraphs are left out."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))[0]
    blocks = [_table(child) if child.tag == f"{W}tbl" else _text(child) for child in body]
    return [block for block in blocks if block]


def tables_of(data: bytes) -> list[WordTable]:
    """The tables of a document in order."""
    return [block for block in read_word(data) if isinstance(block, WordTable)]


def _table(table: ElementTree.Element) -> WordTable:
    rows = [[_cell(cell) for cell in row.findall(f"{W}tc")] for row in table.findall(f"{W}tr")]
    return WordTable(len(table.findall(f"{W}tblGrid/{W}gridCol")), rows)


def _cell(cell: ElementTree.Element) -> WordCell:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return WordCell(
        "\n".join(_text(paragraph) for paragraph in cell.findall(f"{W}p")),
        1 if span is None else int(span.attrib[f"{W}val"]),
        "" if merge is None else merge.get(f"{W}val", "continue"),
    )


def _text(paragraph: ElementTree.Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
