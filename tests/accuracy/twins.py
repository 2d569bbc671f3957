"""The workbook beside a PDF of the same name is its truth: the numbers of its visible cells, read by openpyxl alone.

A workbook is the truth of its own reading, too: that no visible number of it was left out or put in another row.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2

from tests.accuracy.printed_number import Number, number
from tests.accuracy.rows import Amount, PrintedRow, folded

_COLUMN_NUMBERS = re.compile(r"^\(?\s*\d\s*=\s*\(?\s*\d")
"""`3 = (1 + 2)`: the row that numbers the columns is no row of amounts."""
_DECIMALS = re.compile(r"0\.(0+)")
_CLOSING = "bajoprotestadedecirverdad"
"""The declaration under a form: a number beside it is a note of whoever made the workbook."""
_FIRST_YEAR, _LAST_YEAR = 1990, 2050
_WHITE = ("theme", 0)
"""The first color of a theme is the one of the paper."""


def twin_of(document: Path) -> Path | None:
    """The workbook of the same name beside a PDF, a workbook itself, or None."""
    twin = document.with_suffix(".xlsx")
    return twin if document.suffix.lower() in (".pdf", ".xlsx") and twin.exists() else None


def workbook_rows(file: Path) -> list[PrintedRow]:
    """The rows with numbers of all visible sheets, as shown: amounts rounded as their format rounds them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # drawings are left out, which openpyxl says each time
        book = openpyxl.load_workbook(file, data_only=True)
    return [row for sheet in book.worksheets if sheet.sheet_state == "visible" for row in _sheet_rows(sheet, file.name)]


def _sheet_rows(sheet: Any, name: str) -> Iterator[PrintedRow]:
    spanning = {
        (merged.min_row, merged.min_col) for merged in sheet.merged_cells.ranges if merged.max_row > merged.min_row
    }
    hidden = {letter for letter, column in sheet.column_dimensions.items() if column.hidden}
    for cells in sheet.iter_rows():
        if sheet.row_dimensions[cells[0].row].hidden:
            continue
        shown = [
            cell
            for cell in cells
            if cell.value is not None and getattr(cell, "column_letter", "") not in hidden and not _is_white(cell)
        ]
        if any(isinstance(cell.value, str) and _COLUMN_NUMBERS.match(cell.value.strip()) for cell in shown):
            continue
        read = [(cell, _number(cell)) for cell in shown]
        words = folded(" ".join(str(cell.value) for cell, shown_number in read if shown_number is None))
        amounts = tuple(
            Amount(str(cell.value), shown_number, spans_rows=(cell.row, cell.column) in spanning)
            for cell, shown_number in read
            if shown_number is not None
        )
        if amounts and _CLOSING not in words and not _are_years(amounts):
            yield PrintedRow(words, amounts, f"{name}, sheet {sheet.title}, row {cells[0].row}")


def _are_years(amounts: tuple[Amount, ...]) -> bool:
    """True for years one after the other, which head columns."""
    values = [amount.number.value for amount in amounts]
    in_order = all(after - before == 1 for before, after in pairwise(values))
    return len(values) > 1 and in_order and all(_FIRST_YEAR <= value <= _LAST_YEAR for value in values)


def printed_numbers(file: Path, thousands: str, decimal: str) -> list[Number] | None:
    """Every number that a PDF prints, wherever it stands: the words of its text that are one.

    None where a page has no text: what a picture shows cannot be told.
    """
    with pypdfium2.PdfDocument(file) as document:
        pages = [page.get_textpage().get_text_bounded().split() for page in document]
    if not all(pages):
        return None
    return [found for words in pages for word in words if (found := number(word, thousands, decimal))]


def _number(cell: Any) -> Number | None:
    """The number that a cell shows: a value under its format, or text that is a number, such as a code."""
    if isinstance(cell.value, str):
        return number(cell.value, ",", ".")
    if not isinstance(cell.value, int | float) or isinstance(cell.value, bool):
        return None
    shape = str(cell.number_format).split(";")[0]
    found = _DECIMALS.search(shape)
    places = len(found[1]) if found else (None if shape == "General" else 0)
    if "%" in shape:
        places = (places or 0) + 2
    value = Decimal(repr(cell.value))
    # without a format a sheet shows what fits, and eleven characters fit
    unit = Decimal(1).scaleb(-places) if places is not None else max(Decimal(1).scaleb(-9), _last_digit(value))
    return Number(value, unit)


def _is_white(cell: Any) -> bool:
    """True for what is written in white on white paper: nobody reads it."""
    color, fill = cell.font.color, cell.fill
    white = color is not None and (
        (color.type == "rgb" and color.rgb == "FFFFFFFF") or (color.type, color.theme) == _WHITE
    )
    return white and fill.fill_type is None


def _last_digit(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)
