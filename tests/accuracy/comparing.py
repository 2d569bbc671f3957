"""Sets the rows of a reading against those of the truth and counts amounts: right, wrong, missing, extra, flagged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from tests.accuracy.printed_number import Number
from tests.accuracy.rows import Amount, PrintedRow, folded


@dataclass(slots=True)
class Score:
    """Counts of amounts. `flagged` ones are wrong or missing, but the reading says so itself; the others add up to
    what the truth holds, with `extra` ones beside it. `unprinted` ones stand in the truth and not in the document, and
    count for nothing. `examples` quotes some that are not right."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0
    flagged: int = 0
    unprinted: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def expected(self) -> int:
        """Amounts that the truth holds."""
        return self.right + self.wrong + self.missing + self.flagged

    def add(self, other: Score) -> None:
        """Take the counts of another document in."""
        self.right += other.right
        self.wrong += other.wrong
        self.missing += other.missing
        self.extra += other.extra
        self.flagged += other.flagged
        self.unprinted += other.unprinted
        self.examples += other.examples


@dataclass(slots=True)
class _Left:
    """Amounts without a partner in their row, each with its place; of the reading those that it is sure of.

    `partners` are the rows of the reading by the place of the row of the truth that they were set against.
    """

    missing: list[tuple[str, Amount]] = field(default_factory=list)
    extra: list[tuple[str, Amount]] = field(default_factory=list)
    partners: dict[str, PrintedRow] = field(default_factory=dict)

    def settle(self, score: Score) -> Score:
        """Count what is left as missing and extra."""
        score.missing += len(self.missing)
        score.extra += len(self.extra)
        score.examples += [f"{place}: {amount.text} was not read" for place, amount in self.missing]
        score.examples += [f"{place}: {amount.text} is not in the truth" for place, amount in self.extra]
        return score


def compare(
    truth: Sequence[PrintedRow], reading: Sequence[PrintedRow], printed: Sequence[Number] | None = None
) -> Score:
    """Align the rows by their words, then by their order, and match the amounts of each pair in order.

    A zero of the truth that the reading has not counts as blank: forms hide zeros by a number format. An amount of a
    cell that spans rows may stand in the row below. Where `printed` says which numbers the document prints, an amount
    that it prints no more often than it was read is not printed there.
    """
    score, unmet = Score(), _Left()
    one = [_key(row) for row in truth]
    other = [_key(row) for row in reading]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal" or i2 - i1 == j2 - j1:
            for expected, read in zip(truth[i1:i2], reading[j1:j2], strict=True):
                _compare_row(score, unmet, expected, read)
        else:
            _compare_block(score, unmet, truth[i1:i2], reading[j1:j2])
    _meet_in_the_row_below(score, unmet, [row.place for row in reading])
    if printed is not None:
        _leave_out_unprinted(score, unmet, [amount.number for row in reading for amount in row.amounts], printed)
    return unmet.settle(score)


def compare_bags(truth: Sequence[PrintedRow], reading: Sequence[PrintedRow]) -> Score:
    """Compare all amounts of a document without regard to rows: for record sheets, whose rows are no lines."""
    score, unmet = Score(), _Left()
    amounts = ([a for row in rows for a in row.amounts] for rows in (truth, reading))
    _match(score, unmet, "the document", *amounts)
    return unmet.settle(score)


def compare_some(truth: Sequence[PrintedRow], reading: Sequence[PrintedRow]) -> Score:
    """Compare rows of a truth that does not hold them all: rows of the reading without a partner count for nothing.

    A code that only the reading prints in a cell of its own is a word of the row.
    """
    score, unmet = Score(), _Left()
    left = list(reading)
    for expected in truth:
        partner = max(left, key=lambda row: _likeness(expected, row), default=None)
        if partner is None or _likeness(expected, partner) < _ALIKE:
            _match(score, unmet, expected.place, list(expected.amounts), [])
            continue
        left.remove(partner)
        amounts = [each for each in partner.amounts if not _is_word_of(each.text, expected)]
        _match(score, unmet, expected.place, list(expected.amounts), amounts)
    return unmet.settle(score)


def _likeness(expected: PrintedRow, row: PrintedRow) -> float:
    codes = "".join(folded(amount.text) for amount in row.amounts if _is_word_of(amount.text, expected))
    words = max(
        SequenceMatcher(None, expected.words, said, autojunk=False).ratio() for said in (codes + row.words, row.words)
    )
    return words + (1 if row.amounts and _same(*([a.number for a in r.amounts] for r in (expected, row))) else 0)


def _is_word_of(text: str, row: PrintedRow) -> bool:
    return text.isdigit() and text in row.words and text not in [amount.text for amount in row.amounts]


def _key(row: PrintedRow) -> str:
    # of two rows with the same words one may hold nothing but zeros, which the other side may have hidden
    blank = "" if any(amount.number.value for amount in row.amounts) else "|0"
    return row.words + blank or "|".join(str(amount.number.value.normalize()) for amount in row.amounts)


def _compare_row(score: Score, unmet: _Left, expected: PrintedRow, read: PrintedRow) -> None:
    unmet.partners[expected.place] = read
    _match(score, unmet, expected.place, list(expected.amounts), list(read.amounts))


def _compare_block(score: Score, unmet: _Left, truth: Sequence[PrintedRow], reading: Sequence[PrintedRow]) -> None:
    """Rows without a partner by words: the ones whose amounts are the same belong together."""
    left = list(reading)
    for expected in truth:
        numbers = [amount.number for amount in expected.amounts]
        partner = next((row for row in left if _same(numbers, [amount.number for amount in row.amounts])), None)
        if partner is None and left:
            partner = max(left, key=lambda row: SequenceMatcher(None, expected.words, row.words).ratio())
            if SequenceMatcher(None, expected.words, partner.words).ratio() < _ALIKE:
                partner = None
        if partner is None:
            _match(score, unmet, expected.place, list(expected.amounts), [])
        else:
            left.remove(partner)
            _compare_row(score, unmet, expected, partner)
    for row in left:
        _match(score, unmet, row.place, [], list(row.amounts))


def _meet_in_the_row_below(score: Score, unmet: _Left, places: Sequence[str]) -> None:
    below = dict(pairwise(places))
    for place, amount in [each for each in unmet.missing if each[1].spans_rows and each[0] in unmet.partners]:
        there = below.get(unmet.partners[place].place)
        found = [each for each in unmet.extra if each[0] == there and each[1].number.is_printed_as(amount.number)]
        if found:
            unmet.missing.remove((place, amount))
            unmet.extra.remove(found[0])
            score.right += 1


def _leave_out_unprinted(score: Score, unmet: _Left, read: Sequence[Number], printed: Sequence[Number]) -> None:
    for place, amount in list(unmet.missing):
        times_printed, times_read = (
            sum(each.is_printed_as(amount.number) for each in numbers) for numbers in (printed, read)
        )
        if times_printed <= times_read:
            unmet.missing.remove((place, amount))
            score.unprinted += 1


_ALIKE = 0.6
"""From this share of common letters on two labels are wordings of one."""


def _same(one: list, other: list) -> bool:
    return len(one) == len(other) and all(a.is_printed_as(b) for a, b in zip(one, other, strict=True))


def _match(score: Score, rest: _Left, place: str, truth: list[Amount], read: list[Amount]) -> None:
    left = list(read)
    unmet: list[Amount] = []
    for amount in truth:
        partner = next((each for each in left if each.number.is_printed_as(amount.number)), None)
        if partner is not None:
            left.remove(partner)
            score.right += 1
        elif amount.number.value:
            unmet.append(amount)
    doubted = [amount for amount in left if amount.is_flagged]
    sure = [amount for amount in left if not amount.is_flagged]
    for amount in unmet:
        if doubted:
            doubted.pop(0)
            score.flagged += 1
        elif sure:
            score.wrong += 1
            score.examples.append(f"{place}: {amount.text} was read as {sure.pop(0).text}")
        else:
            rest.missing.append((place, amount))
    rest.extra += [(place, amount) for amount in sure]
