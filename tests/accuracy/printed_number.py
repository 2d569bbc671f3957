"""Numbers as a document prints them, read without any part of the extractors: a judge must not ask the judged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_SIGNS = {"−": "-", "–": "-", "\u00a0": " ", "\u202f": " "}


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: `value` in units (71 % is 0.71) and `unit`, the worth of its last printed digit."""

    value: Decimal
    unit: Decimal

    def is_printed_as(self, other: Number) -> bool:
        """True when both are one value, rounded to the coarser of the two prints."""
        return abs(self.value - other.value) <= max(self.unit, other.unit) / 2


def number(text: str, thousands: str, decimal: str) -> Number | None:
    """The number that a whole cell is, or None for words, codes with letters and blanks.

    A currency sign, a minus or brackets before it and a percent sign before or behind it belong to it. Some
    forms print one column with the separators the other way round; what can be read in one way only is read so.
    """
    return _number(text, thousands, decimal) or _number(text, decimal, thousands)


def _number(text: str, thousands: str, decimal: str) -> Number | None:
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, plain)
    text = "".join(text.split())
    negative = re.fullmatch(r"-?\((.*)\)-?", text)
    bare = negative[1] if negative else text
    found = re.fullmatch(r"(-?)(?:R\$|S/\.?|\$|L\.?)?(%?)(-?)(.+?)(%?)(-?)", bare)
    if found is None or not _is_grouped(found[4], thousands, decimal):
        return None
    whole, _, cents = found[4].replace(thousands, "").partition(decimal)
    value = Decimal(f"{whole or '0'}.{cents or '0'}")
    unit = Decimal(1).scaleb(-len(cents))
    if found[2] or found[5]:
        value, unit = value / 100, unit / 100
    minus = bool(negative) or "-" in (found[1], found[3], found[6])
    return Number(-value if minus else value, unit)


def _is_grouped(digits: str, thousands: str, decimal: str) -> bool:
    t, d = re.escape(thousands), re.escape(decimal)
    return re.fullmatch(rf"(?:\d+|\d{{1,3}}(?:{t}\d{{3}})+)?(?:{d}\d*)?", digits) is not None and any(
        sign.isdigit() for sign in digits
    )
