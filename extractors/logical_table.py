"""What a layout makes of printed tables: classified rows, the pieces they stand in, and the tables these add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.headers import ColumnMap
from extractors.spec import TableSpec, TotalRow
from extractors.table import Cell, Table

RowKind = Literal["header", "data", "group", "subtotal", "total", "share", "memo", "blank", "ignored", "unaccounted"]
TOTALS: frozenset[RowKind] = frozenset(("subtotal", "total", "share", "memo"))


@dataclass(slots=True)
class Row:
    """One classified row of a physical table.

    `values` holds the cell of each declared column that is on the page, `series` the printed label and the cell
    (None where the row is shorter) of each column of the series; of a total row only the numbers. `beside` holds
    what is printed elsewhere and belongs to the row: its group, its role in its record.
    """

    kind: RowKind
    cells: Sequence[Cell]
    values: dict[str, Cell] = field(default_factory=dict)
    label: str | None = None
    reason: str | None = None
    total: TotalRow | None = None
    """The declaration that makes the row a total."""
    note: str | None = None
    """What of its print is left out by name, and why."""
    series: list[tuple[str, Cell | None]] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    record_no: int | None = None

    @property
    def ends_table(self) -> bool:
        return self.total is not None and self.total.ends_table

    @property
    def row_no(self) -> int:
        return self.cells[0].row_no

    @property
    def read_cells(self) -> list[Cell]:
        """Every cell whose text lands in a column."""
        return [*self.values.values(), *(cell for _, cell in self.series if cell is not None)]


@dataclass(slots=True)
class Segment:
    """One header and the rows under it, in one physical table.

    `before` and `after` are the lines printed around it; `context` what they say of all its rows, and `carried` the
    names of what they do not say, because the piece continues the one before.
    """

    table: Table
    columns: ColumnMap
    rows: list[Row]
    spec_name: str
    before: list[str]
    after: list[str] = field(default_factory=list)
    context: dict[str, str] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()

    @property
    def data(self) -> list[Row]:
        return [row for row in self.rows if row.kind == "data"]


@dataclass(slots=True)
class LogicalTable:
    """All segments of one declared table in one document."""

    name: str
    spec: TableSpec
    segments: list[Segment]
    reported_at_raw: str | None = None
    pages_declared_raw: str | None = None
