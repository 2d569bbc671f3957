"""Numbers inside printed words: which words are numbers of the declared columns, and which are several that touch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.spec import TableSpec
from extractors.table import Word


class NumberWords:
    """Tells the numbers of a table from its text, by the patterns that its number columns declare."""

    def __init__(self, spec: TableSpec) -> None:
        patterns = dict.fromkeys(
            column.pattern for column in spec.columns.values() if column.kind == "number" and column.pattern
        )
        one = "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"
        self._one = re.compile(one, re.IGNORECASE)
        self._glued = re.compile(rf"(?P<text>(?:.*[^\W\d_]|.*[)%])?)(?P<numbers>(?:{one})+)", re.IGNORECASE)

    def is_number(self, word: Word) -> bool:
        """True when the whole word is one number of the table."""
        return self._one.fullmatch(word.text) is not None

    def parted(self, line: Sequence[Word]) -> tuple[Word, ...]:
        """The line with every word of several numbers, or of text and numbers, cut where one ends and the next begins.

        A word that could be cut in two ways is left whole: what it says is not for us to guess.
        """
        words: list[Word] = []
        for word in line:
            words += self._pieces(word)
        return tuple(words)

    def _pieces(self, word: Word) -> list[Word]:
        if not word.text[-1].isdigit() or self.is_number(word):
            return [word]
        found = self._glued.fullmatch(word.text)
        if found is None:
            return [word]
        begin = found.start("numbers")
        cuts = self._cuts(word.text[begin:])
        if cuts is None:
            return [word]
        starts = sorted({0, *(begin + cut for cut in cuts)})
        ends = [*starts[1:], len(word.text)]
        return [
            replace(
                word,
                x0=word.starts[start],
                x1=word.starts[end] if end < len(word.starts) else word.x1,
                text=word.text[start:end],
                starts=word.starts[start:end],
            )
            for start, end in zip(starts, ends, strict=True)
        ]

    def _cuts(self, text: str) -> list[int] | None:
        """Where the numbers of a text begin, or None when there is more than one way to part it into numbers."""
        ways: list[list[list[int]]] = [[[]]]
        for end in range(1, len(text) + 1):
            here: list[list[int]] = []
            for start in range(end):
                if ways[start] and self._one.fullmatch(text, start, end):
                    here += [[*way, start] for way in ways[start]]
            ways.append(here[:2])
        return ways[-1][0] if len(ways[-1]) == 1 else None
