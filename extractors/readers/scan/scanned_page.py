"""What OCR read on one page, and the page of text lines and tables that it makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from extractors.readers.lattice import read_page
from extractors.readers.primitives import Char, Chars, Primitives, Rule, Rules
from extractors.readers.scan.picture import Upright
from extractors.readers.setting import printed_words
from extractors.table import BBox, Cell, Page, Table, TextLine, Word

METHOD, REREAD = "ocr", "ocr_reread"
UNREAD_INK = "unread ink"
"""The flag of a cell with ink in it that no character was read from."""
TOUCHES_RULE = "touches a rule"
"""The flag of a cell whose text begins at its border: a digit before it may have been taken for the rule."""
_SPACE = 0.3
"""Width of the space put between two words, as a share of the height of the line."""
_NARROW, _CLEAR_OF_RULE = 0.2, 0.5
"""Half the width of a digit as a share of the height of its line, and points that lie between text and rule."""
_ASPECT = 0.6
"""A character is at most this wide, as a share of the height of its line."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line of text: its box in points of the upright page, its characters (spaces among them), the
    confidence and the horizontal centre of each."""

    box: BBox
    text: str
    confidences: tuple[float, ...]
    centres: tuple[float, ...]

    @property
    def least(self) -> float:
        """The least confidence of its characters; whether two words are parted is another question."""
        printed = zip(self.text, self.confidences, strict=True)
        return min((confidence for character, confidence in printed if not character.isspace()), default=0.0)


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page as read: how it was made upright, its runs of text, its rules, and ink that nothing was read from."""

    number: int
    upright: Upright
    runs: tuple[Run, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    unread: tuple[BBox, ...]

    def primitives(self) -> Primitives:
        """Characters and rules in points of the upright page, for any reader of tables."""
        usual = median([run.box[3] - run.box[1] for run in self.runs] or [10.0])
        chars = [char for run in self.runs for char in _chars(run, usual)]
        return Primitives(
            self.upright.width,
            self.upright.height,
            Chars.of(chars),
            Rules.of(self.horizontal),
            Rules.of(self.vertical),
            image_share=1.0,
        )

    def page(self, *, words: bool = False) -> Page:
        """Lines and ruled tables in reading order and, with `words`, every word; each with its confidence, the least
        of its characters."""
        primitives = self.primitives()
        items = tuple(self._confident(item) for item in read_page(primitives, self.number))
        printed = printed_words(primitives.chars) if words else ()
        lines = tuple(tuple(map(self._confident_word, line)) for line in printed)
        return Page(self.number, items, lines, self.upright.width, self.upright.height, is_scan=True)

    def _confident(self, item: TextLine | Table) -> TextLine | Table:
        if isinstance(item, TextLine):
            words = set(item.text.split())
            shared = [run.least for run in self.runs if words.issuperset(run.text.split())]
            return replace(item, confidence=min(shared, default=0.0))
        return replace(item, rows=tuple(tuple(map(self.with_confidence, row)) for row in item.rows))

    def _confident_word(self, word: Word) -> Word:
        return replace(word, confidence=min(self._inside((word.x0, word.top, word.x1, word.bottom)), default=0.0))

    def _inside(self, box: BBox) -> list[float]:
        """The confidences of the characters in a box."""
        x0, top, x1, bottom = box
        return [
            confidence
            for run in self.runs
            if top <= (run.box[1] + run.box[3]) / 2 <= bottom
            for character, confidence, centre in zip(run.text, run.confidences, run.centres, strict=True)
            if x0 <= centre <= x1 and not character.isspace()
        ]

    def with_confidence(self, cell: Cell) -> Cell:
        """The cell of a table of this page with its method and the least confidence of its characters."""
        if cell.text is None or cell.bbox is None:
            return cell
        x0, top, x1, bottom = cell.bbox
        confidences = self._inside(cell.bbox)
        unread = any(x0 <= (a + c) / 2 <= x1 and top <= (b + d) / 2 <= bottom for a, b, c, d in self.unread)
        least = 0.0 if unread else min(confidences, default=1.0)
        flags = [UNREAD_INK] if unread else []
        if self._touches_rule(cell.bbox):
            flags.append(TOUCHES_RULE)
        return replace(cell, method=METHOD, confidence=least, flags=(*cell.flags, *flags))

    def _touches_rule(self, box: BBox) -> bool:
        x0, top, x1, bottom = box
        for run in self.runs:
            inside = [centre for centre in run.centres if x0 <= centre <= x1]
            if not inside or not top <= (run.box[1] + run.box[3]) / 2 <= bottom:
                continue
            if inside[0] - _NARROW * (run.box[3] - run.box[1]) < x0 + _CLEAR_OF_RULE:
                return True
        return False

    def as_json(self) -> dict[str, Any]:
        """Plain lists and dictionaries, for the file that keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> ScannedPage:
        """What `as_json` gave."""
        upright = Upright(**{**stored["upright"], "displayed": tuple(stored["upright"]["displayed"])})
        return cls(
            stored["number"],
            upright,
            tuple(
                Run(tuple(run["box"]), run["text"], tuple(run["confidences"]), tuple(run["centres"]))
                for run in stored["runs"]
            ),
            tuple(Rule(*rule) for rule in stored["horizontal"]),
            tuple(Rule(*rule) for rule in stored["vertical"]),
            tuple(tuple(box) for box in stored["unread"]),
        )


def _chars(run: Run, usual: float) -> list[Char]:
    """The characters of a run with boxes that do not overlap, a space printed between words."""
    x0, top, x1, bottom = run.box
    middle = (top + bottom) / 2
    height = min(bottom - top, 1.5 * usual)
    # Boxes of one line end at different depths; their middles agree.
    baseline, upper, lower = middle + 0.3 * usual, middle - height / 2, middle + height / 2
    half = _ASPECT * height / 2
    printed = [(text, centre) for text, centre in zip(run.text, run.centres, strict=True) if not text.isspace()]
    chars: list[Char] = []
    after_space = _starts_of_words(run.text)
    for index, (text, centre) in enumerate(printed):
        left = max(x0, centre - half) if index == 0 else max(centre - half, (printed[index - 1][1] + centre) / 2)
        right = min(x1, centre + half)
        if index + 1 < len(printed):
            right = min(centre + half, (centre + printed[index + 1][1]) / 2)
        if index in after_space and chars:
            before = chars[-1]
            gap = _SPACE * height
            edge = min(left, before.x1)
            chars[-1] = before._replace(x1=max(before.x0 + 0.1, edge - gap / 2))
            left = max(left, edge + gap / 2)
            right = max(right, left + 0.1)
            chars.append(Char(chars[-1].x1, upper, left, lower, baseline, " "))
        elif chars:
            # Characters of one word touch: where the engine saw no space there is none.
            chars[-1] = chars[-1]._replace(x1=max(chars[-1].x0 + 0.1, left))
        chars.append(Char(left, upper, max(right, left + 0.1), lower, baseline, text))
    return chars


def _starts_of_words(text: str) -> set[int]:
    """Which of the printed characters of a text stand after a space."""
    starts: set[int] = set()
    printed, spaced = 0, False
    for character in text:
        if character.isspace():
            spaced = True
            continue
        if spaced:
            starts.add(printed)
        printed, spaced = printed + 1, False
    return starts


def split_at(
    run_box: tuple[float, float, float, float], rules: Sequence[Rule]
) -> list[tuple[float, float, float, float]]:
    """The box in pieces left and right of every vertical rule that crosses its middle (all in one unit)."""
    x0, top, x1, bottom = run_box
    middle = (top + bottom) / 2
    height = bottom - top
    cuts = sorted(
        rule.at for rule in rules if x0 + 0.3 * height < rule.at < x1 - 0.3 * height and rule.start < middle < rule.end
    )
    edges = [x0, *cuts, x1]
    return [(left, top, right, bottom) for left, right in pairwise(edges)]
