"""Word document to one page: paragraphs are lines, tables keep their merges.

Read from the document's XML itself: the common libraries repeat the text of merged cells, so that blank and merged look
alike. Tables inside a cell are read as the text of that cell.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from extractors.errors import UnreadableDocument
from extractors.limits import Budget
from extractors.table import Cell, Page, Table, TextLine

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"


def read_docx(path: Path, budget: Budget) -> Iterator[Page]:
    """Yield the document as one page.

    Raises UnreadableDocument for files that are no Word document, that declare XML entities, and over limits.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            budget.check_unpacked(sum(item.file_size for item in archive.infolist()))
            content = archive.read(_BODY)
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise UnreadableDocument("the Word document is damaged and cannot be opened; download it again.") from error
    if b"<!DOCTYPE" in content[:4096]:
        raise UnreadableDocument("the Word document declares XML entities, which no office program writes.")
    try:
        body = ElementTree.fromstring(content).find(f"{_W}body")
    except ElementTree.ParseError as error:
        raise UnreadableDocument("the Word document is damaged and cannot be opened; download it again.") from error
    items: list[TextLine | Table] = []
    table_no = 0
    for element in _blocks(body):
        if element.tag == f"{_W}tbl":
            table_no += 1
            table = _table(element, table_no)
            budget.spend_cells(len(table.rows) * table.column_count)
            items.append(table)
        else:
            items += [TextLine(1, line.strip()) for line in _paragraph(element).splitlines() if line.strip()]
    yield Page(1, tuple(items))


def _blocks(parent: ElementTree.Element | None) -> Iterator[ElementTree.Element]:
    """Paragraphs and tables in order, going into content controls."""
    for element in parent if parent is not None else ():
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag == f"{_W}sdt":
            yield from _blocks(element.find(f"{_W}sdtContent"))


def _table(element: ElementTree.Element, table_no: int) -> Table:
    rows: list[list[Cell]] = []
    open_merges: dict[int, tuple[int, int]] = {}  # grid column -> (row, column) of the cell that spans down
    spans: dict[tuple[int, int], int] = {}
    for row_no, row in enumerate(element.iter(f"{_W}tr"), 1):
        cells: list[Cell] = []
        column = 1 + _grid_gap(row)
        cells += [Cell("", row_no, gap) for gap in range(1, column)]
        for cell in row.iter(f"{_W}tc"):
            width, merge = _properties(cell)
            if merge == "continue" and column in open_merges:
                owner = open_merges[column]
                spans[owner] += 1
                cells.append(Cell(None, row_no, column, owner=owner))
            else:
                owner = (row_no, column)
                spans[owner] = 1
                if merge == "restart":
                    open_merges[column] = owner
                else:
                    open_merges.pop(column, None)
                cells.append(Cell(_cell_text(cell), row_no, column, col_span=width))
            cells += [Cell(None, row_no, column + i, owner=owner) for i in range(1, width)]
            column += width
        rows.append(cells)
    return Table(
        1,
        table_no,
        tuple(
            tuple(
                replace(cell, row_span=spans.get((cell.row_no, cell.col_no), 1)) if cell.text is not None else cell
                for cell in row
            )
            for row in rows
        ),
    )


def _grid_gap(row: ElementTree.Element) -> int:
    gap = row.find(f"{_W}trPr/{_W}gridBefore")
    return int(gap.get(f"{_W}val", "0")) if gap is not None else 0


def _properties(cell: ElementTree.Element) -> tuple[int, str | None]:
    """Grid columns that the cell takes, and its part in a vertical merge: restart, continue or None."""
    properties = cell.find(f"{_W}tcPr")
    if properties is None:
        return 1, None
    span = properties.find(f"{_W}gridSpan")
    merge = properties.find(f"{_W}vMerge")
    width = int(span.get(f"{_W}val", "1")) if span is not None else 1
    return max(1, width), None if merge is None else merge.get(f"{_W}val", "continue")


def _cell_text(cell: ElementTree.Element) -> str:
    return "\n".join(_paragraph(paragraph) for paragraph in cell.iter(f"{_W}p")).strip()


def _paragraph(paragraph: ElementTree.Element) -> str:
    text = ""
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            text += element.text or ""
        elif element.tag == f"{_W}tab":
            text += "\t"
        elif element.tag in (f"{_W}br", f"{_W}cr"):
            text += "\n"
    return text
