"""Which figures of a table vouch for each other: the identities of its rows and the sums of its totals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from extractors.logical_table import LogicalTable, Row
from extractors.numerals import value_of
from extractors.spec import Numbers
from extractors.spec.identities import RowIdentity
from extractors.table import Cell


@dataclass(slots=True)
class Vouching:
    """Cells by identity (`id`) that at least one equation confirms, and those that equations speak against: a cell in
    one equation that holds and one that does not is confirmed, since the other one has another cell to blame."""

    confirmed: set[int] = field(default_factory=set)
    contradicted: set[int] = field(default_factory=set)

    def add(self, cells: Iterable[Cell], holds: bool) -> None:
        (self.confirmed if holds else self.contradicted).update(id(cell) for cell in cells)


def vouching(table: LogicalTable, numbers: Numbers) -> Vouching:
    """What the arithmetic of a table says of its cells. An equation with a cell that prints no number says nothing."""
    found = Vouching()
    rows = [row for segment in table.segments for row in segment.rows if row.kind in ("data", "subtotal", "total")]
    for row in rows:
        for identity in table.spec.identities:
            _row_identity(row, identity, numbers, found)
    for column in table.spec.sums:
        _column_sums(rows, column, numbers, found)
    found.contradicted -= found.confirmed
    return found


def signed_value(cell: Cell | None, numbers: Numbers) -> Decimal | None:
    """The number in a cell, None where there is none; a blank is none, for it may stand for nothing or for zero."""
    text = (cell.joined or "") if cell else ""
    value = value_of(text, numbers) if text else None
    if value is None:
        return None
    return -value if re.match(r"[-(]", text.strip().lstrip("$ ")) or text.strip().startswith(("-", "(")) else value


def _row_identity(row: Row, identity: RowIdentity, numbers: Numbers, found: Vouching) -> None:
    cells = [row.values.get(name) for name in identity.columns]
    values = [signed_value(cell, numbers) for cell in cells]
    known = [value for value in values if value is not None]
    present = [cell for cell in cells if cell is not None]
    if len(known) < len(values):
        return
    result = known[0]
    if identity.denominator:
        printed = (present[0].joined or "").strip()
        found.add(present, _is_ratio(result, printed, known[1], known[-1], numbers))
        return
    added, taken = known[1 : 1 + len(identity.plus)], known[1 + len(identity.plus) :]
    found.add(present, result == sum(added) - sum(taken))


def _is_ratio(result: Decimal, printed: str, part: Decimal, whole: Decimal, numbers: Numbers) -> bool:
    """True when the printed ratio or percentage is that of the amounts, rounded half up to the printed decimals."""
    if not whole:
        return not result
    decimals = len(re.sub(rf"[^\d{re.escape(numbers.decimal)}]", "", printed).partition(numbers.decimal)[2])
    unit = Decimal(1).scaleb(-decimals)
    scales = (100,) if printed.endswith("%") else (1, 100)
    return any((part * scale / whole).quantize(unit, ROUND_HALF_UP) == result for scale in scales)


def _column_sums(rows: list[Row], column: str, numbers: Numbers, found: Vouching) -> None:
    everything: list[Cell] = []
    since: list[Cell] = []
    for row in rows:
        cell = row.values.get(column)
        if row.kind == "data":
            if cell is not None and not cell.is_blank:
                everything.append(cell)
                since.append(cell)
            continue
        covered = since if row.kind == "subtotal" else everything
        total = signed_value(cell, numbers)
        values = [signed_value(each, numbers) for each in covered]
        if row.kind == "subtotal":
            since = []
        if cell is None or total is None or None in values or not values:
            continue
        found.add([cell, *covered], total == sum(value for value in values if value is not None))
