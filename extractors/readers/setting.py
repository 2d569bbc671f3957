"""Characters set in lines: which stand on one line, where its words part, and what a line of a page reads.

All boxes of a page are read in one go, because a page has hundreds of them and each has few characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extractors.readers.primitives import Char, Chars, Floats, Integers
from extractors.table import Line, Word

GAP = 0.22
"""A white gap wider than this share of the character height is a space, even where none is printed."""
LINE = 2.5
"""Characters whose baselines differ less than this stand on one line."""
_SPACE = 0.08
"""A printed space counts from this gap on: accounting formats print padding spaces over the digits themselves."""
_OVER, _LEVEL = 0.15, 0.3
"""A character that stands by more than this share of its width on another one, and by more than so many points above or
below it, belongs to another line."""
_TEXT = 4
"""So many characters in a row that coincide with others are no accident: they are the same text, printed twice."""
_DOUBLE = 1.0
"""Two equal characters closer than this (points) are one character printed twice."""


@dataclass(frozen=True, slots=True)
class PrintedLines:
    """The printed lines of boxes: box by box, top to bottom, without lines of white space.

    `box` says of each line which box it stands in, `baseline` how far below the top of the page on the mean, `start`
    where its first character stands, `mark` its number in a tagged PDF or -1. `order` are the characters that are no
    space as they are read, `line` says of each the line.
    """

    texts: list[str]
    box: Integers
    baseline: Floats
    start: Floats
    mark: Integers
    order: Integers
    line: Integers


def set_lines(chars: Chars, indices: Integers, boxes: Integers) -> PrintedLines:
    """Set the characters at `indices` in lines, each in the box that `boxes` names for it."""
    order = np.lexsort((chars.baseline[indices], boxes))
    indices, boxes = indices[order], boxes[order]
    baseline = chars.baseline[indices]
    begins = np.ones(len(indices), dtype=np.bool_)
    begins[1:] = (boxes[1:] != boxes[:-1]) | (np.diff(baseline) > LINE)
    line = np.cumsum(begins) - 1
    order = np.lexsort((chars.x0[indices], line))
    if (printed_over := _printed_over(chars, indices[order], line)) is not None:
        begins[1:] |= (np.diff(baseline) > _LEVEL) & printed_over[line[1:]]
        line = np.cumsum(begins) - 1
        order = np.lexsort((chars.x0[indices], line))
    indices, baseline = indices[order], baseline[order]
    printed = np.flatnonzero(~chars.is_space[indices])
    if not len(printed):
        nothing = np.empty(0, dtype=np.intp)
        return PrintedLines([], nothing, np.empty(0), np.empty(0), nothing, nothing, nothing)
    firsts = np.flatnonzero(begins)
    height = np.maximum.reduceat((chars.bottom - chars.top)[indices], firsts)
    mean = np.add.reduceat(baseline, firsts) / np.diff(firsts, append=len(indices))
    shown, of_line = indices[printed], line[printed]
    # between two characters: the gap, and whether a space is printed in it
    gap = chars.x0[shown[1:]] - chars.x1[shown[:-1]]
    most = np.where(np.diff(printed) > 1, _SPACE, GAP) * height[of_line[1:]]
    same_line = of_line[1:] == of_line[:-1]
    pieces = [chars.texts[index] for index in shown.tolist()]
    for index in (np.flatnonzero(same_line & (gap > most)) + 1).tolist():
        pieces[index] = " " + pieces[index]
    edges = [0, *(np.flatnonzero(~same_line) + 1).tolist(), len(pieces)]
    texts = ["".join(pieces[start:end]) for start, end in pairwise(edges)]
    lines = of_line[edges[:-1]]
    at = firsts[lines]
    marks = chars.marks[shown[edges[:-1]]]
    of_printed = np.cumsum(np.append(True, ~same_line)) - 1
    return PrintedLines(texts, boxes[at], mean[lines], baseline[at], marks, shown, of_printed)


def printed_words(chars: Chars) -> tuple[tuple[Word, ...], ...]:
    """Every word of a page with its box, line by line from the top, whatever rules stand around it."""
    chars = without_doubles(chars)
    everything = np.arange(len(chars))
    lines = set_lines(chars, everything, np.zeros(len(everything), dtype=np.intp))
    if not lines.texts:
        return ()
    words = [text.split(" ") for text in lines.texts]
    # A character may read as several letters, so words are found by their letters and boxes by their characters.
    letters = np.cumsum([0, *(len(word) for line in words for word in line)])[:-1]
    at_letter = np.cumsum([0, *(len(chars.texts[index]) for index in lines.order.tolist())])[:-1]
    firsts = np.searchsorted(at_letter, letters)
    top = np.minimum.reduceat(chars.top[lines.order], firsts).tolist()
    bottom = np.maximum.reduceat(chars.bottom[lines.order], firsts).tolist()
    right = np.maximum.reduceat(chars.x1[lines.order], firsts).tolist()
    starts, baseline = chars.x0[lines.order].tolist(), chars.baseline[lines.order].tolist()
    edges = [*firsts.tolist(), len(starts)]
    found: list[tuple[Word, ...]] = []
    number = 0
    for line in words:
        own = []
        for word in line:
            first, end = edges[number], edges[number + 1]
            place = starts[first], top[number], right[number], bottom[number], baseline[first]
            own.append(Word(*place, word, tuple(starts[first:end])))
            number += 1
        found.append(tuple(own))
    return tuple(found)


def _printed_over(chars: Chars, indices: Integers, line: Integers) -> npt.NDArray[np.bool_] | None:
    """Which lines, of characters in reading order, are two that are printed over each other; None where none is.

    A text that its cell cuts off at the bottom is still there, half a line above the text of the cell below.
    """
    shown = np.flatnonzero(~chars.is_space[indices])
    of_line, indices = line[shown], indices[shown]
    left, right = indices[:-1], indices[1:]
    over = chars.x1[left] - chars.x0[right] > _OVER * (chars.x1 - chars.x0)[right]
    # Two cells of a tagged page that touch each other would read as one word.
    touching = chars.x0[right] - chars.x1[left] < GAP * (chars.bottom - chars.top)[right]
    over |= touching & (chars.marks[left] != chars.marks[right]) & (chars.marks[left] >= 0) & (chars.marks[right] >= 0)
    over &= np.abs(np.diff(chars.baseline[indices])) > _LEVEL
    over &= of_line[1:] == of_line[:-1]
    if not over.any():
        return None
    found = np.zeros(int(line.max()) + 1, dtype=np.bool_)
    found[of_line[1:][over]] = True
    return found


def without_doubles(chars: Chars) -> Chars:
    """Without characters printed twice on almost the same spot, which is how some programs make bold.

    A few equal characters of two marks of a tagged PDF are none: there one text runs into another. A whole piece of
    text that is printed again under another mark is.
    """
    seen: dict[tuple[str, int, int, int], list[Char]] = {}
    unmarked: dict[tuple[str, int, int], list[Char]] = {}
    doubles = []
    again: list[int] = []
    for index in _near_an_equal(chars).tolist():
        char, mark = chars[index], int(chars.marks[index])
        # In squares of twice the distance, what stands near lies in one of the four around the nearest corner.
        columns = {int((char.x0 + step) // (2 * _DOUBLE)) for step in (-_DOUBLE, _DOUBLE)}
        rows = {int((char.baseline + step) // (2 * _DOUBLE)) for step in (-_DOUBLE, _DOUBLE)}
        near = (other for x in columns for y in rows for other in seen.get((char.text, x, y, mark), ()))
        if any(_is_double(char, other) for other in near):
            doubles.append(index)
            continue
        others = (other for x in columns for y in rows for other in unmarked.get((char.text, x, y), ()))
        if any(_is_double(char, other) for other in others):
            again.append(index)
        square = (char.text, int(char.x0 // (2 * _DOUBLE)), int(char.baseline // (2 * _DOUBLE)))
        seen.setdefault((*square, mark), []).append(char)
        unmarked.setdefault(square, []).append(char)
    doubles += _in_a_row(again)
    if not doubles:
        return chars
    kept = np.ones(len(chars), dtype=np.bool_)
    kept[doubles] = False
    return chars.only(np.flatnonzero(kept))


def _in_a_row(indices: list[int]) -> list[int]:
    """Those of the ascending numbers that follow each other without a gap, `_TEXT` or more at a time."""
    runs: list[list[int]] = []
    for index in indices:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [index for run in runs if len(run) >= _TEXT for index in run]


def _near_an_equal(chars: Chars) -> Integers:
    """Characters that share a square of the page with an equal one, in the order of the page; few others slip in.

    Of the four ways to lay squares of twice the distance, each half a square apart, one puts two that are near into
    the same square.
    """
    kinds = np.fromiter(map(hash, chars.texts), dtype=np.int64, count=len(chars)) * 1_000_003
    found = np.zeros(len(chars), dtype=np.bool_)
    for right in (0.0, _DOUBLE):
        columns = (kinds + np.floor((chars.x0 + right) / (2 * _DOUBLE)).astype(np.int64)) * 1_000_003
        for down in (0.0, _DOUBLE):
            squares = columns + np.floor((chars.baseline + down) / (2 * _DOUBLE)).astype(np.int64)
            if not (np.diff(np.sort(squares)) == 0).any():
                continue
            order = np.argsort(squares, kind="stable")
            same = np.flatnonzero(np.diff(squares[order]) == 0)
            found[order[same]] = found[order[same + 1]] = True
    return np.flatnonzero(found)


def _is_double(char: Char, other: Char) -> bool:
    # Two equal letters side by side are a whole width apart.
    apart = min(_DOUBLE, (char.x1 - char.x0) / 2)
    return abs(char.x0 - other.x0) < apart and abs(char.baseline - other.baseline) < apart


_WORD = re.compile(r"[^\W\d_]+")


class Vocabulary:
    """The words of a page as they stand on its lines, to tell a broken word from two words.

    Made when it is first asked: on many pages no cell is so narrow that it breaks a word.
    """

    def __init__(self, chars: Chars) -> None:
        self._chars = chars
        self._words: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        if self._words is None:
            everything = np.arange(len(self._chars))
            lines = set_lines(self._chars, everything, np.zeros(len(everything), dtype=np.intp))
            self._words = frozenset(word for text in lines.texts for word in _WORD.findall(text))
        return word in self._words


def lines_by_box(lines: PrintedLines, vocabulary: Vocabulary) -> dict[int, tuple[Line, ...]]:
    """The lines of each box that prints any.

    A box too narrow for a word breaks it inside (`(INAEBA)/Núm` `ero total`). A line continues the word above when
    the upper line is one unspaced piece and the joined word stands whole elsewhere on the page.
    """
    found: dict[int, list[Line]] = {}
    columns = (lines.box.tolist(), lines.baseline.tolist(), lines.texts, lines.mark.tolist())
    for box, baseline, text, mark in zip(*columns, strict=True):
        above = found.setdefault(box, [])
        broken = bool(above) and _is_broken_word(above[-1].text, text, vocabulary)
        above.append(Line(baseline, text, broken, None if mark < 0 else mark))
    return {box: tuple(own) for box, own in found.items()}


def cell_lines(chars: Iterable[Char], vocabulary: Vocabulary) -> tuple[Line, ...]:
    """The printed lines of one box, top to bottom."""
    own = Chars.of(chars)
    everything = np.arange(len(own))
    lines = set_lines(own, everything, np.zeros(len(own), dtype=np.intp))
    return lines_by_box(lines, vocabulary).get(0, ())


def _is_broken_word(upper: str, lower: str, vocabulary: Vocabulary) -> bool:
    if " " in upper:
        return False
    tail, head = _WORD.search(upper[::-1]), _WORD.match(lower)
    if tail is None or head is None or tail.start() != 0:
        return False
    # The pieces themselves stand on the page's lines; only a piece that is no word by itself is a break.
    return head.group()[:1].islower() and len(upper) > 3 and tail.group()[::-1] + head.group() in vocabulary
