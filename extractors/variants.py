"""Which declared table comes nearest to a header that fits none, to say what is new in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from extractors.labels import fold
from extractors.spec import Column, SourceSpec, TableSpec
from extractors.table import Cell

_ALIKE = 0.75
"""Labels at least this alike, of 1, may be one label in two wordings."""
_NEAR = 0.3
"""A table of which a smaller share of the columns is there is not near."""
_MOST_ROWS, _MOST_LABELS, _LONGEST = 60, 40, 200
"""What is compared of a page, which may be hostile."""
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Variant:
    """How a printed header stands to a declared table.

    `same` are declared columns with the label they are printed under, `alike` those that another wording may be of,
    `missing` the others that every form has; `new` are printed labels that no column has.
    """

    table: str
    same: dict[str, str]
    alike: dict[str, str]
    missing: list[str]
    new: list[str]
    column_count: int

    @property
    def nearness(self) -> float:
        """1 where every column is there."""
        return (len(self.same) + len(self.alike) / 2) / self.column_count

    @property
    def sentence(self) -> str:
        """What a person needs to declare the variant."""
        parts = [f"{len(self.same)} of its {self.column_count} columns are there"]
        if self.alike:
            pairs = [f"{printed!r} may be {column}" for column, printed in self.alike.items()]
            parts.append(_shortened(pairs))
        if self.missing:
            parts.append(f"it lacks {_shortened([repr(label) for label in self.missing])}")
        return f"The nearest declared table is {self.table}: {'; '.join(parts)}."


def nearest_variant(rows: Sequence[Sequence[Cell]], source: SourceSpec) -> Variant | None:
    """The declared table that a row of the page, with the row above it, comes nearest to; None where none is near."""
    best: Variant | None = None
    for index, row in enumerate(rows[:_MOST_ROWS]):
        labels = [text for cell in (*rows[max(0, index - 1)], *row) if (text := cell.joined)]
        labels = list(dict.fromkeys(label[:_LONGEST] for label in labels))[:_MOST_LABELS]
        if len(labels) < 2:
            continue
        for name, spec in source.tables.items():
            variant = compare(labels, name, spec)
            if variant.nearness >= _NEAR and (best is None or variant.nearness > best.nearness):
                best = variant
    return best


def compare(labels: Iterable[str], name: str, spec: TableSpec) -> Variant:
    """How printed labels stand to a declared table."""
    left = list(labels)
    same: dict[str, str] = {}
    alike: dict[str, str] = {}
    for column, declared in spec.columns.items():
        printed = next((text for text in left if any(header.matches(text) for header in declared.headers)), None)
        if printed is not None:
            same[column] = printed
            left.remove(printed)
    for column, declared in spec.columns.items():
        if column in same:
            continue
        likeness = [(_likeness(text, declared), text) for text in left]
        most, printed = max(likeness, default=(0.0, ""))
        if most >= _ALIKE:
            alike[column] = printed
            left.remove(printed)
    groups = {fold(group) for group in spec.header_groups}
    absent = [column for name, column in spec.columns.items() if name not in same and name not in alike]
    return Variant(
        name,
        same,
        alike,
        [column.headers[0].printed for column in absent if not column.optional],
        [text for text in left if fold(text) not in groups],
        sum(not column.optional or name in same for name, column in spec.columns.items()) or 1,
    )


def _likeness(printed: str, column: Column) -> float:
    """How alike a printed label is to one of a column, of 1: one that goes on, as with a note in brackets, is alike."""
    one = fold(printed)
    found = 0.0
    for header in column.headers:
        other = fold(header.printed)
        if len(other) > 3 and (one.startswith(other) or other.startswith(one)) and len(one) > 3:
            found = max(found, _ALIKE)
        found = max(found, SequenceMatcher(None, one, other, autojunk=False).ratio())
    return found


def _shortened(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return ", ".join(texts[:_SHOWN]) + more
