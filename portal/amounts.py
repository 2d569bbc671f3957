"""Figures as text. One rule for every page: 1,234,567.89, whatever the country of the document writes.

Amounts are text made from DECIMAL; no float takes part. What was printed is quoted as it was printed elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from portal.words import Text

_DECIMALS = re.compile(r"[.,](?P<digits>\d{1,2})\D*$")

Kind = Literal["printed", "computed", "plain", "missing"]


@dataclass(frozen=True)
class Figure:
    """One figure of a page.

    `text` is what is shown, `exact` the same without separators and unrounded, `href` (from the root of the
    language) says where it comes from, `why` the word for a figure that is not there.
    """

    text: str
    exact: str
    href: str | None = None
    kind: Kind = "plain"
    why: Text | None = None

    @property
    def in_words(self) -> bool:
        """Whether it quotes words of a document."""
        return self.kind == "printed" and any(letter.isalpha() for letter in self.text)


def missing(why: Text | None = None, href: str | None = None) -> Figure:
    """A figure that is not there: never 0."""
    return Figure("", "", href, "missing", why)


def plain(value: Any) -> str:
    """A number in full, without separators and without zeros that say nothing."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def grouped(text: str) -> str:
    """Thousands separated by commas."""
    sign, digits = ("−", text[1:]) if text.startswith("-") else ("", text)
    whole, point, decimals = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}"


def money(value: Decimal | None, href: str | None = None, kind: Kind = "printed") -> Figure:
    """An amount with its two decimals."""
    if value is None:
        return missing()
    exact = format(value, ".2f")
    return Figure(grouped(exact), exact, href, kind)


def number(value: Decimal | int | None, href: str | None = None, kind: Kind = "printed") -> Figure:
    """A quantity with the decimals it has."""
    if value is None:
        return missing()
    exact = plain(value)
    return Figure(grouped(exact), exact, href, kind)


def percent(value: Decimal | None, href: str | None = None, kind: Kind = "computed") -> Figure:
    """A percentage. One that is computed is rounded half up to two decimals for reading; `exact` keeps all of them."""
    if value is None:
        return missing()
    shown = plain(value) if kind == "printed" else format(value.quantize(Decimal("0.01"), ROUND_HALF_UP), "f")
    return Figure(f"{grouped(shown)} %", plain(value), href, kind)


def with_decimals_of(figure: Figure, printed: str) -> Figure:
    """The figure with as many decimals as are printed beside it: 4,583,525.00 beside 5,365,498.00."""
    decimals = _DECIMALS.search(printed)
    if figure.kind == "missing" or not decimals:
        return figure
    whole, _, rest = figure.text.partition(".")
    filled = rest.ljust(len(decimals["digits"]), "0")
    return Figure(f"{whole}.{filled}", figure.exact, figure.href, figure.kind)


def count(value: int, href: str | None = None) -> Figure:
    """A number of things."""
    return Figure(f"{value:,}", str(value), href, "computed" if href else "plain")
