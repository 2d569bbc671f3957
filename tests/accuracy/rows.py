"""A row as both sides of the comparison see it: its words, and the numbers it prints in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tests.accuracy.printed_number import Number, number


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its printed text.

    `is_flagged` says that the reading itself doubts it, `spans_rows` that its cell is merged over several rows.
    """

    text: str
    number: Number
    is_flagged: bool = False
    spans_rows: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row: `words` without case, accents and spaces, its amounts, and where it stands, for messages."""

    words: str
    amounts: tuple[Amount, ...]
    place: str


def printed_row(texts: Iterable[str | tuple[str, bool]], thousands: str, decimal: str, place: str) -> PrintedRow | None:
    """The row of these cells (a pair says whether the cell is flagged); None where no cell is a number."""
    words: list[str] = []
    amounts: list[Amount] = []
    for cell in texts:
        text, flagged = (cell, False) if isinstance(cell, str) else cell
        found = number(text, thousands, decimal)
        if found is None:
            words.append(text)
        else:
            amounts.append(Amount(text, found, flagged))
    return PrintedRow(folded(" ".join(words)), tuple(amounts), place) if amounts else None


def folded(text: str) -> str:
    """Letters and digits only: narrow cells of a PDF break words, and forms differ in accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^0-9a-z]", "", plain)
