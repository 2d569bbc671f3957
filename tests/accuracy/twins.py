"""The workbook beside a PDF of the same name is its truth: the numbers of its visible cells, read by openpyxl alone.

A workbook is the truth of its own reading, too: that no visible number of it was left out or put in another row.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl

from tests.accuracy.printed_number import Number, number
from tests.accuracy.rows import Amount, PrintedRow, folded

_COLUMN_NUMBERS = re.compile(r"^\(?\s*\d\s*=\s*\(?\s*\d")
"""`3 = (1 + 2)`: the row that numbers the columns is no row of amounts."""
_DECIMALS = re.compile(r"0\.(0+)")
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
        read = [(cell, _amount(cell)) for cell in shown]
        words = [str(cell.value) for cell, amount in read if amount is None]
        amounts = tuple(amount for _, amount in read if amount is not None)
        if amounts:
            place = f"{name}, sheet {sheet.title}, row {cells[0].row}"
            yield PrintedRow(folded(" ".join(words)), amounts, place)


def _amount(cell: Any) -> Amount | None:
    """The number that a cell shows: a value under its format, or text that is a number, such as a code."""
    if isinstance(cell.value, str):
        written = number(cell.value, ",", ".")
        return Amount(cell.value, written) if written else None
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
    return Amount(str(cell.value), Number(value, unit))


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
