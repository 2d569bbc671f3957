"""Letters that a font gives wrongly, read as those they stand for where a source declares it; what is printed stays."""

from __future__ import annotations

from dataclasses import replace

from extractors.spec import SourceSpec
from extractors.table import Cell, Page, Table

REPAIRED = "repaired"


def repaired(page: Page, source: SourceSpec) -> Page:
    """The page with the declared letters put right in the cells of its tables; such cells are flagged."""
    if not source.repairs:
        return page
    letters = str.maketrans({rule.printed: rule.means for rule in source.repairs})
    items = tuple(_table(item, letters) if isinstance(item, Table) else item for item in page.items)
    return replace(page, items=items)


def _table(table: Table, letters: dict[int, str]) -> Table:
    return replace(table, rows=tuple(tuple(_cell(cell, letters) for cell in row) for row in table.rows))


def _cell(cell: Cell, letters: dict[int, str]) -> Cell:
    if cell.text is None or (text := cell.text.translate(letters)) == cell.text:
        return cell
    lines = tuple(replace(line, text=line.text.translate(letters)) for line in cell.lines)
    parts = tuple(
        replace(part, lines=tuple(replace(line, text=line.text.translate(letters)) for line in part.lines))
        for part in cell.parts
    )
    return replace(cell, text=text, lines=lines, parts=parts, flags=(*cell.flags, REPAIRED), printed=cell.text)
