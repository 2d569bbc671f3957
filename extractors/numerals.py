"""Recognises printed numbers. What lands stays text; the extractors only need to know a number when they see one."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractors.spec import Numbers
from extractors.table import Cell

_SPREADSHEET_ERROR = re.compile(r"#[¡!]?[A-Z0-9/¿?]+[!?]?")
"""What a workbook prints where it could not compute a number: #DIV/0!, #¡DIV/0!, #N/A."""


@cache
def _number(thousands: str, decimal: str) -> re.Pattern[str]:
    t, d = re.escape(thousands), re.escape(decimal)
    digits = rf"(?:\d{{1,3}}(?:{t}\d{{3}})+|\d+)(?:{d}\d+)?"
    # Some workbooks print the sign of a negative number behind it, some forms that of money or per cent before it.
    return re.compile(rf"[-(]?\s?\$?\s?{digits}\s?\)?\s?%?|\$?\s?{digits}-|\$\s?-{digits}|%\s?-?{digits}|-")


def is_number(text: str, numbers: Numbers) -> bool:
    """True for what is printed in a number's place: an amount, count or percentage, the dash that stands for zero, or a
    workbook's own error."""
    text = text.strip()
    number = _number(numbers.thousands, numbers.decimal)
    return number.fullmatch(text) is not None or _SPREADSHEET_ERROR.fullmatch(text) is not None


def value_of(text: str, numbers: Numbers) -> Decimal | None:
    """The number a text prints, sign and percent sign aside; None when it prints none (an error is none)."""
    if not is_number(text, numbers) or _SPREADSHEET_ERROR.fullmatch(text.strip()):
        return None
    digits = re.sub(r"[^\d" + re.escape(numbers.decimal) + "]", "", text).replace(numbers.decimal, ".")
    return Decimal(digits) if digits else Decimal(0)


def signed_value(cell: Cell | None, numbers: Numbers) -> Decimal | None:
    """The number in a cell, None where there is none; a blank is none, for it may stand for nothing or for zero."""
    text = (cell.joined or "") if cell else ""
    value = value_of(text, numbers) if text else None
    if value is None:
        return None
    return -value if re.match(r"[-(]", text.strip().lstrip("$ ")) or text.strip().startswith(("-", "(")) else value
