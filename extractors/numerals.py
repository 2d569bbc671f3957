"""Recognises printed numbers. What lands stays text; the extractors only need to know a number when they see one."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractors.spec import Numbers

_SPREADSHEET_ERROR = re.compile(r"#[¡!]?[A-Z0-9/¿?]+[!?]?")
"""What a workbook prints where it could not compute a number: #DIV/0!, #¡DIV/0!, #N/A."""


@cache
def _number(thousands: str, decimal: str) -> re.Pattern[str]:
    t, d = re.escape(thousands), re.escape(decimal)
    digits = rf"(?:\d{{1,3}}(?:{t}\d{{3}})+|\d+)(?:{d}\d+)?"
    # Some workbooks print the sign of a negative number behind it.
    return re.compile(rf"[-(]?\s?\$?\s?{digits}\)?\s?%?|\$?\s?{digits}-|-")


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
