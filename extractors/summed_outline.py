"""Headings that neither a total nor their place tells: a heading is the sum of the rows below it.

Rows are taken from the last to the first. A heading takes in the rows below it that stand under none yet, as many as
add up to its own amounts; that the rows left over add up to the printed total proves the whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.errors import LayoutMismatch
from extractors.logical_table import Row
from extractors.numerals import signed_value
from extractors.spec import Numbers, Outline

BETWEEN = " > "
"""Stands between the headings of a path."""
_ENOUGH = Decimal(2) / 3
"""A sum holds when it does in this share of the columns: OCR may have misread a figure of one."""

_Amounts = Mapping[str, Decimal]


@dataclass(slots=True)
class _Tree:
    row: Row
    text: str
    is_heading: bool
    amounts: _Amounts
    below: list[_Tree]


def give_paths(rows: Sequence[Row], outline: Outline, columns: Sequence[str], numbers: Numbers, table: str) -> None:
    """Give the data rows of a table their path of headings.

    Raises LayoutMismatch when the rows that stand under no heading do not add up to the printed total.
    """
    trees: list[_Tree] = []
    for row in reversed([row for row in rows if row.kind == "data"]):
        cell = row.values.get(outline.column)
        text = (cell.joined or "") if cell else ""
        tree = _Tree(row, text, re.fullmatch(outline.heading, text, re.IGNORECASE) is not None, {}, [])
        tree.amounts = _amounts(row, columns, numbers)
        if tree.is_heading:
            count = _how_many(tree, trees)
            tree.below, trees = trees[:count], trees[count:]
        trees.insert(0, tree)
    total = next((row for row in rows if row.kind == "total"), None)
    if total is not None and not _holds(_amounts(total, columns, numbers), trees):
        shown = ", ".join(repr(tree.text[:40]) for tree in trees[:6])
        raise LayoutMismatch(
            f"table {table}: the rows that stand under no heading ({shown}) do not add up to the printed total, so "
            "that the levels of its headings are not known; a row is missing or misread, or outline.heading in "
            "source.yml takes rows for headings that are none."
        )
    _name(trees, outline.path, "")


def _name(trees: Sequence[_Tree], path: str, above: str) -> None:
    for tree in trees:
        tree.row.beside[path] = above
        _name(tree.below, path, above + BETWEEN + tree.text if above else tree.text)


def _how_many(heading: _Tree, below: Sequence[_Tree]) -> int:
    """How many of the rows below stand under a heading: the first that add up to it, and further ones of no amount."""
    best = next((count for count in range(1, len(below) + 1) if _holds(heading.amounts, below[:count])), 0)
    while 0 < best < len(below) and not below[best].is_heading and not any(below[best].amounts.values()):
        best += 1
    return best


def _holds(amounts: _Amounts, parts: Sequence[_Tree]) -> bool:
    known = [name for name in amounts if all(name in part.amounts for part in parts)]
    right = sum(amounts[name] == sum(part.amounts[name] for part in parts) for name in known)
    return bool(known) and bool(parts) and right >= _ENOUGH * len(known) and _adds_up(amounts, parts, known)


def _adds_up(amounts: _Amounts, parts: Sequence[_Tree], known: Sequence[str]) -> bool:
    """True when of the sums that are not just zeros at least two in three hold, too."""
    said = [name for name in known if amounts[name] or any(part.amounts[name] for part in parts)]
    right = sum(amounts[name] == sum(part.amounts[name] for part in parts) for name in said)
    return right >= _ENOUGH * len(said)


def _amounts(row: Row, columns: Sequence[str], numbers: Numbers) -> _Amounts:
    values = {name: signed_value(row.values.get(name), numbers) for name in columns}
    return {name: value for name, value in values.items() if value is not None}
