"""Text with tab separated tables to one page: lines with tabs are table rows, the others text.

Row numbers are line numbers of the file; character offsets point into the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from extractors.errors import UnreadableDocument
from extractors.limits import Budget
from extractors.table import Cell, Page, Table, TextLine

_LINE_END = re.compile(r"\r\n|\r|\n")  # str.splitlines also splits at form feeds and other control characters


def read_text(path: Path, budget: Budget) -> Iterator[Page]:
    """Yield the file as one page. Raises UnreadableDocument when it is not UTF-8 text or over limits."""
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"the text is not UTF-8 (byte {error.start:,}); save it again as UTF-8.") from error
    if "\0" in content:
        raise UnreadableDocument("it holds null bytes, so it is no text; put the right file in its place.")
    items: list[TextLine | Table] = []
    block: list[tuple[Cell, ...]] = []
    table_no = 0

    def close_block() -> None:
        nonlocal table_no
        if block:
            table_no += 1
            items.append(Table(1, table_no, tuple(block), is_flat=True))
            block.clear()

    for line_no, line in enumerate(_LINE_END.split(content), 1):
        if "\t" in line:
            cells, start = [], 0
            for column, part in enumerate(line.split("\t"), 1):
                cells.append(Cell(part.strip(), line_no, column, char_start=start, char_end=start + len(part)))
                start += len(part) + 1
            budget.spend_cells(len(cells))
            block.append(tuple(cells))
        else:
            close_block()
            if line.strip():
                items.append(TextLine(1, line.strip()))
    close_block()
    yield Page(1, tuple(items))
