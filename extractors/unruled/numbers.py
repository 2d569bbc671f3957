"""Numbers inside printed words: which words are numbers of the declared columns, and which are several that touch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.spec import TableSpec
from extractors.table import Word

_LONGEST = 120
"""No more characters than this at the end of a word are looked at: no row of numbers is longer."""
_ACROSS = 0.2
"""A word stands across a rule that leaves more than this share of its width on either side."""
_FIGURE = r"[\dOolI|]"
MISREAD = re.compile(
    rf"[-(]?\$?[S§]?{_FIGURE}[\dOolI|.,'’´`]*[.,]{_FIGURE}{{2}}\)?(?: ?%)?|[-(]?[$]{_FIGURE}[\dOolI|.,'’´`]*\)?"
)
"""What OCR makes of an amount: figures and letters like them, with two decimals behind a sign or a sign of money."""


class NumberWords:
    """Tells the numbers of a table from its text, by the patterns that its number columns declare.

    Where OCR read the words, what a figure is often misread as counts as a number, too, so that it keeps its place;
    what it says is for the repairs.
    """

    def __init__(self, spec: TableSpec, *, misread: bool = False) -> None:
        patterns = dict.fromkeys(
            column.pattern for column in spec.columns.values() if column.kind == "number" and column.pattern
        )
        one = "|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"
        self._one = re.compile(one, re.IGNORECASE)
        self._misread = misread
        self._known: dict[str, bool] = {}

    def is_number(self, word: Word) -> bool:
        """True when the whole word is one number of the table."""
        known = self._known.get(word.text)
        if known is None:
            known = self._one.fullmatch(word.text) is not None
            known = self._known[word.text] = known or (self._misread and MISREAD.fullmatch(word.text) is not None)
        return known

    def parted(self, line: Sequence[Word], edges: Sequence[float] = ()) -> tuple[Word, ...]:
        """The line with every word of several numbers, or of text and numbers, cut where one ends and the next begins.

        A word that could be cut in two ways is left whole: what it says is not for us to guess. `edges` are places
        where a rule stands: what OCR read across one of them is no single misread number.
        """
        words: list[Word] = []
        for word in line:
            words += self._pieces(word, edges)
        return tuple(words)

    def _pieces(self, word: Word, edges: Sequence[float]) -> list[Word]:
        margin = _ACROSS * (word.x1 - word.x0)
        is_across = any(word.x0 + margin < edge < word.x1 - margin for edge in edges)
        if not word.text[-1].isdigit() or self._one.fullmatch(word.text) or (self.is_number(word) and not is_across):
            return [word]
        starts = self._starts(word.text[-_LONGEST:])
        if starts is None:
            return [word]
        before = max(0, len(word.text) - _LONGEST)
        starts = sorted({0, *(before + start for start in starts)})
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

    def _starts(self, text: str) -> list[int] | None:
        """Where the numbers begin that a text consists of, or ends with behind a letter; None when there are none, or
        more than one way to part them."""
        size = len(text)
        # ways[i]: up to two ways to part the text from i on into numbers
        ways: list[list[list[int]]] = [[] for _ in range(size)] + [[[]]]
        for start in reversed(range(size)):
            for end in range(start + 1, size + 1):
                if ways[end] and self._one.fullmatch(text, start, end):
                    ways[start] += [[start, *way] for way in ways[end]]
            del ways[start][2:]
        behind = (start for start in range(size) if start == 0 or text[start - 1].isalpha() or text[start - 1] in ")%")
        found = next((ways[start] for start in behind if ways[start]), [])
        return found[0] if len(found) == 1 else None
