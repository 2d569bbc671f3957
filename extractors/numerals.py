"""Recognises printed numbers. What lands stays text; the extractors only need to know a number when they see one."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from extractors.spec import Numbers


@cache
def _number(thousands: str, decimal: str) -> re.Pattern[str]:
    t, d = re.escape(thousands), re.escape(decimal)
    return re.compile(rf"[-(]?\s?\$?\s?(?:\d{{1,3}}(?:{t}\d{{3}})+|\d+)(?:{d}\d+)?\)?\s?%?|-")


def is_number(text: str, numbers: Numbers) -> bool:
    """True for a printed amount, count, percentage or the dash that stands for zero."""
    return _number(numbers.thousands, numbers.decimal).fullmatch(text.strip()) is not None


def value_of(text: str, numbers: Numbers) -> Decimal | None:
    """The number a text prints, sign and percent sign aside; None when it prints none."""
    if not is_number(text, numbers):
        return None
    digits = re.sub(r"[^\d" + re.escape(numbers.decimal) + "]", "", text).replace(numbers.decimal, ".")
    return Decimal(digits) if digits else Decimal(0)
