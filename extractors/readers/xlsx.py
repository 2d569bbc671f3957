"""Workbook to pages: one page per visible sheet, one table holding what the sheet would print.

The print area is what the office prints; cells outside it are not part of the publication, unless a source says that
its areas are not kept up. Hidden rows and columns are not printed either, and what is written in the white of the paper
cannot be read on it. A cell's text is what the workbook displays; the stored value and its format stay beside it.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.cell_range import CellRange

from extractors.errors import UnreadableDocument
from extractors.limits import Budget
from extractors.readers.number_format import displayed
from extractors.table import Cell, Page, Table

_DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError),
    *(InvalidFileException, SyntaxError, LookupError, ValueError, TypeError, AttributeError),
)
"""What a broken or hostile container or sheet makes the library raise."""
_PRINT_AREA = re.compile(r"!([$A-Z0-9:]+)(?:,|$)")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]+[0-9]+:[A-Z]+[0-9]+)[\"']")


def read_xlsx(path: Path, budget: Budget, *, whole_sheets: bool = False) -> Iterator[Page]:
    """Yield one page per visible sheet that prints anything; `whole_sheets` takes no notice of print areas.

    Raises UnreadableDocument for files that are no workbook, for formulas saved without their value, for number
    formats outside `number_format`, and over limits.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            budget.check_unpacked(sum(item.file_size for item in archive.infolist()))
            _spend_merged(archive, budget)
        workbook = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path, data_only=False)
    except _DAMAGED as error:
        raise UnreadableDocument("the workbook is damaged and cannot be opened; download it again.") from error
    try:
        budget.check_pages(len(workbook.sheetnames))
        for number, sheet in enumerate(workbook.worksheets, 1):
            if sheet.sheet_state != "visible":
                continue
            table = _table(sheet, formulas[sheet.title], number, budget, whole_sheets)
            if any(not cell.is_blank for row in table.rows for cell in row):
                yield Page(number, (table,))
    finally:
        workbook.close()
        formulas.close()


def _spend_merged(archive: zipfile.ZipFile, budget: Budget) -> None:
    """Count the cells that merges cover before opening: one merge over a whole sheet fills the memory."""
    for name in archive.namelist():
        for ref in _MERGED.findall(archive.read(name)):
            covered = CellRange(ref.decode())
            budget.spend_cells(covered.size["rows"] * covered.size["columns"])


def _table(sheet: Any, formulas: Any, number: int, budget: Budget, whole_sheet: bool) -> Table:
    area = _printed_range(sheet)
    first_column, first_row, last_column, last_row = _used_range(sheet) if whole_sheet else area
    budget.spend_cells(max(0, last_row - first_row + 1) * max(0, last_column - first_column + 1))
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for merged in sheet.merged_cells.ranges:
        owner = (merged.min_row, merged.min_col)
        spans[owner] = (merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1)
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                if (row, column) != owner:
                    covered[row, column] = owner
    columns = [c for c in range(first_column, last_column + 1) if not _column_hidden(sheet, c)]
    rows = []
    printed: set[tuple[int, int]] = set()
    for row in range(first_row, last_row + 1):
        if sheet.row_dimensions[row].hidden:
            continue
        cells = []
        for column in columns:
            if (row, column) in covered:
                cells.append(Cell(None, row, column, owner=covered[row, column]))
            elif _white_on_white(stored := sheet.cell(row, column)):
                cells.append(Cell("", row, column, *spans.get((row, column), (1, 1))))
                continue
            else:
                cell = _cell(stored, formulas.cell(row, column), spans.get((row, column)))
                inside = area[0] <= column <= area[2] and area[1] <= row <= area[3]
                cells.append(cell if inside else replace(cell, is_outside_print_area=True))
            printed.add((row, column))
        rows.append(tuple(cells))
    return Table(number, 1, tuple(rows), sheet_name=sheet.title, left_out=_left_out(sheet, printed))


def _left_out(sheet: Any, printed: set[tuple[int, int]]) -> tuple[str, ...]:
    """The cells with content that the sheet does not print, by row."""
    by_row: dict[int, list[str]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):  # only the cells that exist, however far they stand
        if cell.value is not None and str(cell.value).strip() and (row, column) not in printed:
            by_row.setdefault(row, []).append(get_column_letter(column))
    return tuple(
        f"row {row} of sheet {sheet.title!r}, {columns[0]} to {columns[-1]}: {len(columns)} cells with content are "
        "hidden, written in white or outside the print area"
        for row, columns in by_row.items()
    )


def _used_range(sheet: Any) -> tuple[int, int, int, int]:
    return sheet.min_column, sheet.min_row, sheet.max_column, sheet.max_row


def _printed_range(sheet: Any) -> tuple[int, int, int, int]:
    """First column, first row, last column, last row of the print area, or of the used range where none is set."""
    used = _used_range(sheet)
    area = sheet.print_area
    if not area:
        return used
    boxes = [range_boundaries(part.replace("$", "")) for part in _PRINT_AREA.findall(area)]
    bounds = [(a or 1, b or 1, c or used[2], d or used[3]) for a, b, c, d in boxes]
    return (
        min(box[0] for box in bounds),
        min(box[1] for box in bounds),
        min(max(box[2] for box in bounds), used[2]),
        min(max(box[3] for box in bounds), used[3]),
    )


_PAPER_THEME = 0
"""The theme colour that is the paper's, white but in dark themes."""
_WHITE = "FFFFFFFF"


def _white_on_white(stored: Any) -> bool:
    """True for content in the colour of the paper on no other colour: helpers that the office does not mean to show."""
    if stored.value is None or not _is_white(stored.font.color):
        return False
    fill = stored.fill
    return fill.fill_type is None or (fill.fill_type == "solid" and _is_white(fill.fgColor))


def _is_white(colour: Any) -> bool:
    if colour is None or colour.tint:
        return False
    if colour.type == "theme":
        return colour.theme == _PAPER_THEME
    return colour.type == "rgb" and colour.rgb == _WHITE


def _column_hidden(sheet: Any, column: int) -> bool:
    # openpyxl keeps one entry for a run of columns with equal settings.
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden and dimension.min and dimension.min <= column <= dimension.max:
            return True
    return False


def _cell(stored: Any, formula: Any, span: tuple[int, int] | None) -> Cell:
    place = f"sheet {stored.parent.title!r}, cell {get_column_letter(stored.column)}{stored.row}"
    value = stored.value
    # A formula whose computed value is the empty text is stored with the type str and prints a blank.
    if value is None and formula.data_type == "f" and stored.data_type != "str":
        raise UnreadableDocument(
            f"{place} holds a formula without its computed value; open the workbook, recalculate and save it."
        )
    try:
        text = displayed(value, stored.number_format)
    except ValueError as error:
        raise UnreadableDocument(
            f"{place} is shown with {error}, which the reader does not know; save it with a plain number format."
        ) from error
    row_span, col_span = span or (1, 1)
    return Cell(
        text,
        stored.row,
        stored.column,
        row_span,
        col_span,
        native_value=None if value is None or isinstance(value, str) else repr(value),
        number_format=None if isinstance(value, str | None) else stored.number_format,
    )
