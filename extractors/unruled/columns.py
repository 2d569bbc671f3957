"""Columns of a table without rules, from the white that no line of the whole document prints on.

Number columns are stretches that only numbers print on; where a number touches or overlaps the next one, the right
edges, to which numbers are aligned, part them. Text columns are stretches of text. The column labels say how many there
are and which of them are blank from top to bottom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.labels import fold
from extractors.table import Word
from extractors.unruled.numbers import NumberWords

_TOUCH = 0.75
"""Numbers are taken this much (points) narrower on each side, so that two that touch still have white between them."""
_RIVER = 1.0
"""White between text columns is at least this wide (points)."""
_LABEL_GAP = 0.6
"""White wider than this share of the height of the letters parts two column labels; inside one it is a space."""
_SAME_EDGE = 6.0
"""Right edges of one number column differ less than this (points): bold totals are printed a little further."""

_ALIGNED, _AS_OFTEN = 0.6, 0.8
"""Texts that begin one below the other do so on at least this share of the lines; the leftmost place that is nearly as
frequent as the most frequent one is where they begin."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: where its words stand from `x0` to `x1`, what its label says, and whether it holds numbers.

    A column that prints no word has the place of its label.
    """

    x0: float
    x1: float
    label: tuple[Word, ...]
    is_number: bool


@dataclass(slots=True)
class _Stretch:
    x0: float
    x1: float
    is_number: bool


def find_columns(
    body: Sequence[Sequence[Word]], header: Sequence[Sequence[Word]], numbers: NumberWords
) -> list[GridColumn]:
    """The columns, left to right, of a table with these column labels and these lines in all its pieces."""
    stretches = _stretches(body, numbers)
    labels = _labels(header, stretches)
    return _aligned(_matched(stretches, labels), body, numbers)


def header_words(
    header: Iterable[Sequence[Word]], group_labels: frozenset[str]
) -> tuple[list[list[Word]], list[tuple[str, list[Word]]]]:
    """The words of the column labels without those of group labels, line by line; and the group labels."""
    lines: list[list[Word]] = []
    groups: list[tuple[str, list[Word]]] = []
    for line in header:
        kept: list[Word] = []
        for run in _runs(line):
            text = " ".join(word.text for word in run)
            if fold(text) in group_labels:
                groups.append((text, run))
            else:
                kept += run
        lines.append(kept)
    return lines, groups


def _runs(line: Sequence[Word]) -> list[list[Word]]:
    runs: list[list[Word]] = []
    for word in line:
        if runs and word.x0 - runs[-1][-1].x1 < _LABEL_GAP * (word.bottom - word.top):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _aligned(columns: Sequence[GridColumn], body: Sequence[Sequence[Word]], numbers: NumberWords) -> list[GridColumn]:
    """The columns, each text column right of another beginning where the words of most lines begin.

    Text may fill its column so that no more white than a space is left before the next one, whose texts still begin one
    below the other.
    """
    aligned = list(columns)
    lines = [line for line in body if any(numbers.is_number(word) for word in line)]
    for index, (left, right) in enumerate(pairwise(columns)):
        if left.is_number or right.is_number or not (left.label and right.label):
            continue
        height = left.label[0].bottom - left.label[0].top
        if left.x1 > left.label[0].x0 and right.x0 - left.x1 >= _LABEL_GAP * height:
            continue  # too wide for a space
        middle = (left.label[0].x0 + max(word.x1 for word in left.label)) / 2
        end = max(word.x1 for word in right.label)
        starts = Counter(round(word.x0) for line in lines for word in line if middle < word.x0 < end)
        often = {x: count + starts[x + 1] for x, count in starts.items()}
        most = max(often.values(), default=0)
        if most < _ALIGNED * len(lines):
            continue
        edge = min(x for x, count in often.items() if count >= _AS_OFTEN * most)
        x0 = min(word.x0 for line in lines for word in line if round(word.x0) in (edge, edge + 1))
        aligned[index] = replace(aligned[index], x1=min(aligned[index].x1, x0))
        aligned[index + 1] = replace(right, x0=x0, x1=max(right.x1, x0))
    return aligned


# ---------------------------------------------------------------- stretches


def _stretches(body: Sequence[Sequence[Word]], numbers: NumberWords) -> list[_Stretch]:
    """Stretches of the page's width that words stand on, white between them, left to right."""
    lines = [(line, [numbers.is_number(word) for word in line]) for line in body]
    lines = [(line, kinds) for line, kinds in lines if any(kinds)] or lines
    digits = [[word for word, is_number in zip(line, kinds, strict=True) if is_number] for line, kinds in lines]
    number_stretches = [
        _Stretch(x0, x1, True)
        for x0, x1 in _covered([(w.x0 + _TOUCH, w.x1 - _TOUCH) for line in digits for w in line], white=0.0)
    ]
    number_stretches = [part for stretch in number_stretches for part in _by_right_edges(stretch, digits)]
    texts = [
        (word.x0, word.x1)
        for line, kinds in lines
        for word, is_number in zip(line, kinds, strict=True)
        if not is_number and not any(_inside(word, stretch) for stretch in number_stretches)
    ]
    # Text may run over the column to its right.
    rights = sorted(stretch.x0 for stretch in number_stretches)
    text_stretches = [
        _Stretch(x0, min([x1, *(right for right in rights if right > x0)]), False)
        for x0, x1 in _covered(texts, white=_RIVER)
    ]
    return sorted([*number_stretches, *text_stretches], key=lambda stretch: (stretch.x0 + stretch.x1) / 2)


def _covered(intervals: Iterable[tuple[float, float]], white: float) -> list[tuple[float, float]]:
    """The union of intervals; those less than `white` apart are one."""
    union: list[tuple[float, float]] = []
    for x0, x1 in sorted(intervals):
        if union and x0 - union[-1][1] <= white:
            union[-1] = (union[-1][0], max(union[-1][1], x1))
        else:
            union.append((x0, x1))
    return union


def _inside(word: Word, stretch: _Stretch) -> bool:
    return stretch.x0 <= (word.x0 + word.x1) / 2 <= stretch.x1


def _by_right_edges(stretch: _Stretch, lines: Sequence[Sequence[Word]]) -> list[_Stretch]:
    """A stretch in which a line prints several numbers is several columns whose numbers overlap: cut at right edges."""
    inside = [[word for word in line if _inside(word, stretch)] for line in lines]
    most = max((len(line) for line in inside), default=0)
    if most < 2:
        return [stretch]
    edges: list[list[float]] = []
    for edge in sorted(word.x1 for line in inside for word in line):
        if edges and edge - edges[-1][-1] < _SAME_EDGE:
            edges[-1].append(edge)
        else:
            edges.append([edge])
    rights = sorted(max(cluster) for cluster in sorted(edges, key=len, reverse=True)[:most])
    return [_Stretch(left, right, True) for left, right in pairwise([stretch.x0, *rights])]


# ------------------------------------------------------------------- labels


def _labels(header: Sequence[Sequence[Word]], stretches: Sequence[_Stretch]) -> list[list[Word]]:
    """The words of each column label: blocks of words parted by white over all lines of the header.

    A block over several number columns is dealt out to them: their labels stand too close to be parted by white.
    """
    words = [word for line in header for word in line]
    if not words:
        return []
    height = Counter(round(word.bottom - word.top, 1) for word in words).most_common(1)[0][0]
    blocks = _covered([(word.x0, word.x1) for word in words], white=_LABEL_GAP * height)
    labels: list[list[Word]] = []
    for x0, x1 in blocks:
        own = [word for word in words if x0 <= word.x0 and word.x1 <= x1]
        under = [s for s in stretches if s.is_number and x0 <= (s.x0 + s.x1) / 2 <= x1]
        if len(under) < 2:
            labels.append(own)
            continue
        cuts = [(left.x1 + right.x0) / 2 for left, right in pairwise(under)]
        shares: list[list[Word]] = [[] for _ in under]
        for word in own:
            shares[sum((word.x0 + word.x1) / 2 > cut for cut in cuts)].append(word)
        labels += [share for share in shares if share]
    return labels


def _matched(stretches: Sequence[_Stretch], labels: Sequence[list[Word]]) -> list[GridColumn]:
    """Each stretch with its label. Pieces of text under no label of their own are one column with their neighbour; a
    number column without a label stands alone, and a label without a stretch is a blank column."""
    spans = [(min(word.x0 for word in label), max(word.x1 for word in label)) for label in labels]
    of_numbers = {
        index: _label_of_numbers(index, stretches, spans)
        for index, stretch in enumerate(stretches)
        if stretch.is_number
    }
    free = [number for number in range(len(spans)) if number not in of_numbers.values()] or list(range(len(spans)))
    owner = [
        of_numbers[index] if stretch.is_number else _label_of_text(stretch, spans, free)
        for index, stretch in enumerate(stretches)
    ]
    columns: list[GridColumn] = []
    for number, (label, (x0, x1)) in enumerate(zip(labels, spans, strict=True)):
        own = [stretch for stretch, claimed in zip(stretches, owner, strict=True) if claimed == number]
        figures = [stretch for stretch in own if stretch.is_number]
        if len(figures) > 1 or (figures and len(own) > len(figures)):
            # Several columns share the label: the one it stands nearest to keeps it.
            nearest = min(figures, key=lambda stretch: abs(stretch.x1 - x1))
            columns += [GridColumn(s.x0, s.x1, tuple(label) if s is nearest else (), s.is_number) for s in own]
        elif own:
            columns.append(GridColumn(own[0].x0, own[-1].x1, tuple(label), own[0].is_number))
        else:
            columns.append(GridColumn(x0, x1, tuple(label), False))
    columns += [
        GridColumn(stretch.x0, stretch.x1, (), stretch.is_number)
        for stretch, claimed in zip(stretches, owner, strict=True)
        if claimed is None
    ]
    return sorted(columns, key=lambda column: (column.x0 + column.x1) / 2)


def _label_of_numbers(index: int, stretches: Sequence[_Stretch], spans: Sequence[tuple[float, float]]) -> int | None:
    """The label of a number column, which reaches from the right edge of the numbers before, or from some place in the
    text before, to the right edge of its own."""
    before = stretches[index - 1] if index else None
    left = float("-inf") if before is None else before.x1 if before.is_number else before.x0
    middles = [(number, (x0 + x1) / 2) for number, (x0, x1) in enumerate(spans)]
    inside = [number for number, middle in middles if left - _TOUCH < middle <= stretches[index].x1 + _TOUCH]
    # Where the columns before are blank their labels stand here, too: the last one is its own.
    return inside[-1] if inside else None


def _label_of_text(stretch: _Stretch, spans: Sequence[tuple[float, float]], free: Sequence[int]) -> int | None:
    """The label of a text column: of those that no numbers have, the one that it stands under or is nearest to."""
    overlaps = {number: min(stretch.x1, spans[number][1]) - max(stretch.x0, spans[number][0]) for number in free}
    return max(overlaps, key=lambda number: overlaps[number]) if overlaps else None
