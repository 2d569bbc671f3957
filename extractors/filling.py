"""Completes blanks that a layout declares as "same as above", and says that it did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from extractors.errors import UnaccountedCells
from extractors.numerals import value_of
from extractors.spec import Fill, Numbers

DOWN = "filled down: blank repeats the value printed above"
UP = "filled up: the row carries an amount, so it opens the group of the next printed value"


def fill(
    rows: Sequence[Mapping[str, str | None]],
    column: str,
    rule: Fill,
    numbers: Numbers,
    below_blank: Collection[int] = (),
) -> list[tuple[str, str] | None]:
    """For each row the filled value and the reason, or None where the column is printed or a blank stays one.

    A blank repeats the value above. A blank on a row that carries money in `opens_group_when_nonzero` begins a new
    group, whose name is the next printed value; blanks that follow it belong to it too. `below_blank` holds the
    indices of rows that stand below a wholly blank one: there the value above ends if the rule `stops_at` it.
    Raises UnaccountedCells when there is nothing to fill from, when the amount that decides cannot be read, and
    when the next printed value stands on a row with money of its own: then this group's name is not printed.
    """
    filled: list[tuple[str, str] | None] = []
    current: tuple[str, str] | None = None  # value, reason for rows that repeat it
    stopped = False
    for index, row in enumerate(rows):
        printed = row.get(column)
        if rule.stops_at and index in below_blank and current is not None:
            current, stopped = None, True
        if printed:
            current, stopped = (printed, DOWN), False
            filled.append(None)
            continue
        if _opens_group(row, column, rule, numbers, index):
            below = next((later for later in rows[index:] if later.get(column)), None)
            has_name = below is not None and not _opens_group(below, column, rule, numbers, index)
            current = (below[column] or "", UP) if below is not None and has_name else None
            stopped = False
        if current is None and not stopped:
            raise UnaccountedCells(
                f"data row {index + 1}: {column} is blank and there is no printed value to fill it from."
            )
        filled.append(current)
    return filled


def _opens_group(row: Mapping[str, str | None], column: str, rule: Fill, numbers: Numbers, index: int) -> bool:
    amount = row.get(rule.opens_group_when_nonzero or "") or ""
    value = value_of(amount, numbers)
    if amount and value is None:
        raise UnaccountedCells(
            f"data row {index + 1}: {column} is blank, and {rule.opens_group_when_nonzero} prints "
            f"{amount[:40]!r}, which is no number to tell from whether the row opens a group."
        )
    return bool(value)
