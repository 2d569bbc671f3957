"""The addresses of pages: short, readable, the same in both languages, and never two the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable
from datetime import date

_LONGEST = 64


def slug(*parts: object) -> str:
    """Letters without accents, digits and hyphens; nothing else of a source reaches a file name."""
    text = unicodedata.normalize("NFKD", "-".join(str(part) for part in parts if part is not None))
    text = text.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:_LONGEST].strip("-") or "x"


def when(start: date, end: date) -> str:
    """A period in an address: a year, else from month to month."""
    if (start.month, start.day, end.month, end.day, start.year) == (1, 1, 12, 31, end.year):
        return str(start.year)
    first, last = f"{start:%Y-%m}", f"{end:%Y-%m}"
    return first if first == last else f"{first}-{last}"


class Addresses:
    """Gives every thing of a kind a page of its own and remembers which."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, Hashable], str] = {}
        self._taken: set[str] = set()

    def give(self, kind: str, key: Hashable, *name: object) -> str:
        """The address for a new thing, in the folder of its kind."""
        wanted = f"{kind}/{slug(*name)}"
        path, again = f"{wanted}.html", 1
        while path in self._taken:
            again += 1
            path = f"{wanted}-{again}.html"
        self._taken.add(path)
        self._given[kind, key] = path
        return path

    def of(self, kind: str, key: Hashable) -> str | None:
        """The address of a thing, None when it has no page."""
        return self._given.get((kind, key))

    def given(self, kind: str) -> list[Hashable]:
        """Every thing of a kind that has a page."""
        return [key for known, key in self._given if known == kind]
