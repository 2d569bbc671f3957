"""Which figures of a table vouch for each other: the identities of its rows and the sums of its totals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from extractors.logical_table import LogicalTable, Row
from extractors.numerals import signed_value
from extractors.spec import Numbers
from extractors.spec.identities import RowIdentity
from extractors.summed_outline import BETWEEN
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
        _column_sums(_outermost(rows, table), column, numbers, found)
        _heading_sums(rows, table, column, numbers, found)
    found.contradicted -= found.confirmed
    return found


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
    """True when the printed ratio or percentage is that of the amounts, rounded half up to the printed decimals or cut
    off behind them."""
    if not whole:
        return not result
    decimals = len(re.sub(rf"[^\d{re.escape(numbers.decimal)}]", "", printed).partition(numbers.decimal)[2])
    unit = Decimal(1).scaleb(-decimals)
    scales = (100,) if printed.endswith("%") else (1, 100)
    ways = (ROUND_HALF_UP, ROUND_DOWN)
    return any((part * scale / whole).quantize(unit, way) == result for scale in scales for way in ways)


def _outermost(rows: list[Row], table: LogicalTable) -> list[Row]:
    """The rows that a total adds up: where headings bear amounts, those that stand under none."""
    if not _bears_amounts(table):
        return rows
    return [row for row in rows if row.kind != "data" or not _depth(row, table)]


def _heading_sums(rows: list[Row], table: LogicalTable, column: str, numbers: Numbers, found: Vouching) -> None:
    """Where headings are rows with amounts of their own, each is the sum of the rows under it."""
    if not _bears_amounts(table):
        return
    data = [row for row in rows if row.kind == "data"]
    depths = [_depth(row, table) for row in data]
    for index, heading in enumerate(data):
        end = next((i for i in range(index + 1, len(data)) if depths[i] <= depths[index]), len(data))
        children = [data[i] for i in range(index + 1, end) if depths[i] == depths[index] + 1]
        cells = [cell for row in (heading, *children) if (cell := row.values.get(column)) is not None]
        values = [value for cell in cells if (value := signed_value(cell, numbers)) is not None]
        if children and len(values) == len(children) + 1:
            found.add(cells, values[0] == sum(values[1:]))


def _bears_amounts(table: LogicalTable) -> bool:
    return table.spec.outline is not None and table.spec.outline.by != "totals"


def _depth(row: Row, table: LogicalTable) -> int:
    path = row.beside.get(table.spec.outline.path, "") if table.spec.outline else ""
    return path.count(BETWEEN) + 1 if path else 0


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
