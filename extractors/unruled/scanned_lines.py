"""What of the words that OCR read on a page belongs to a table without rules: signatures run over its rows and stand
below them, and a sign of per cent is read as a word of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.table import Word
from extractors.unruled.numbers import NumberWords

_NEXT_LINE = 1.8
"""Text below the last numbers of a page goes on with them at most this many times its height below the line before."""

PrintedLine = tuple[Word, ...]


def with_percent_signs(line: PrintedLine) -> PrintedLine:
    """The line with every per cent sign in the word of the number before it."""
    words: list[Word] = []
    for word in line:
        before = words[-1] if words else None
        if word.text == "%" and before and before.text[-1].isdigit() and word.x0 - before.x1 < word.bottom - word.top:
            words[-1] = replace(
                before,
                x1=word.x1,
                text=f"{before.text} %",
                starts=(*before.starts, before.x1, word.x0),
                confidence=min(before.confidence or 0.0, word.confidence or 0.0),
            )
        else:
            words.append(word)
    return tuple(words)


def left_of_numbers(lines: Sequence[PrintedLine], numbers: NumberWords) -> float:
    """Where the leftmost number begins in any line that prints several: beside them stands text."""
    found = [[word.x0 for word in line if numbers.is_number(word)] for line in lines]
    return min((min(row) for row in found if len(row) > 1), default=float("inf"))


def parted_from_scribble(
    body: Sequence[PrintedLine], numbers: NumberWords, left: float
) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines of a piece of a table, and those that are none of it.

    A line without a number is none where it begins right of the text, where it stands under white below the last
    number, and where nothing of the table is printed with numbers.
    """
    has_number = [any(numbers.is_number(word) for word in line) for line in body]
    last = max((index for index, has in enumerate(has_number) if has), default=-1)
    kept = list(range(last + 1))
    for above, index in pairwise(range(last, len(body))):
        height = max(word.bottom - word.top for word in body[index])
        if last < 0 or body[index][0].baseline - body[above][0].baseline > _NEXT_LINE * height:
            break
        kept.append(index)
    own = {index for index in kept if has_number[index] or body[index][0].x0 < left}
    return [body[index] for index in sorted(own)], [line for index, line in enumerate(body) if index not in own]
