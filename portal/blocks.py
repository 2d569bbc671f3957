"""Where the rows of a group begin in a list that goes over many pages, so that a count leads to what it counts."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable

from portal.writing import numbered


class Blocks:
    """The first rows of groups, and of the groups they are part of, in lists that are sorted by them."""

    def __init__(self) -> None:
        self._hrefs: dict[tuple[Hashable, ...], str] = {}

    def add(self, path: str, groups: Iterable[tuple[tuple[Hashable, ...], int]], size: int, most: int) -> None:
        """A list that begins at `path`, `size` rows a page, no more than `most`: its groups in order."""
        position = 0
        for key, rows in groups:
            if position >= most:
                return
            page = numbered(path, position // size + 1)
            for length in range(1, len(key) + 1):
                self._hrefs.setdefault(key[:length], f"{page}#{anchor(*key[:length])}")
            position += rows

    def href(self, *key: Hashable) -> str | None:
        """Where a group begins; None when none of its rows is listed."""
        return self._hrefs.get(key)

    def anchors(self, path: str, key: tuple[Hashable, ...], taken: set[str]) -> list[str]:
        """The anchors that a row of a group carries on this page: those of the groups that begin with it."""
        found = []
        for length in range(1, len(key) + 1):
            name = anchor(*key[:length])
            if self._hrefs.get(key[:length]) == f"{path}#{name}" and name not in taken:
                taken.add(name)
                found.append(name)
        return found


def anchor(*key: Hashable) -> str:
    """The anchor of a group."""
    return "-".join(["g", *(re.sub(r"\W+", "-", str(part)) for part in key)])
