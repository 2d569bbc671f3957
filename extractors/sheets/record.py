"""What is read of record sheets: printed rows on the way in, raw rows with their cells on the way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.labels import latin
from extractors.spec import SheetTable
from extractors.table import Cell, Table

LONGEST_TEXT = 100_000
"""Patterns see at most this many characters of a cell: a hostile one must not keep a pattern busy."""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell and the printed table it stands in."""

    table: Table
    cell: Cell

    @property
    def text(self) -> str:
        return self.cell.joined or ""

    @property
    def place(self) -> str:
        """How a person finds the cell."""
        if self.table.sheet_name is not None:
            return f"sheet {self.table.sheet_name!r}, row {self.cell.row_no}"
        if self.table.is_flat:
            return f"line {self.cell.row_no}"
        if self.table.table_no is None:
            return f"page {self.table.page_no}, line {self.cell.row_no}"
        return f"page {self.table.page_no}, table {self.table.table_no}, row {self.cell.row_no}"


@dataclass(slots=True)
class SheetRow:
    """One raw row: its text by column (None where no cell stands), and the printed cells it was read from.

    `labels` and `read` name the column that a cell gives or, for a label that gives none, the one it names; `said`
    holds the columns that labels give.
    """

    record_no: int
    begins: PlacedCell
    values: dict[str, str | None] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    labels: list[tuple[PlacedCell, str]] = field(default_factory=list)
    read: list[tuple[PlacedCell, str]] = field(default_factory=list)

    @property
    def place(self) -> PlacedCell:
        """The cell that stands for the row: its first value, or the beginning of its sheet."""
        return self.read[0][0] if self.read else self.begins


@dataclass(slots=True)
class SheetRows:
    """All rows that the sheets of a document give one raw table, and the headings they stand under."""

    name: str
    spec: SheetTable
    rows: list[SheetRow]
    headings: list[tuple[int, PlacedCell]]
    """With the number of their sheet."""
    context: tuple[str, ...] = ()
    """The columns of what lines above the sheets say."""


@dataclass(slots=True)
class SheetReading:
    """The sheets of one kind in a document. `left_over` says where what stands that nothing declares."""

    name: str
    count: int
    tables: list[SheetRows]
    ignored: list[str]
    left_over: list[str]


@dataclass(slots=True)
class PrintedRow:
    """A row of a sheet. `taken` holds the cells, by position, whose role is known.

    `merged` holds the cells of its table that reach over several rows, by row and column.
    """

    table: Table
    cells: Sequence[Cell]
    merged: Mapping[tuple[int, int], Cell]
    taken: set[int] = field(default_factory=set)

    def free(self) -> Iterator[tuple[int, Cell]]:
        """The cells without a role, blank ones too, left to right."""
        return (
            (position, cell)
            for position, cell in enumerate(self.cells)
            if position not in self.taken and cell.text is not None
        )

    def printed(self) -> Iterator[tuple[int, Cell]]:
        """The cells without a role that are not blank."""
        return ((position, cell) for position, cell in self.free() if not cell.is_blank)

    @property
    def text(self) -> str:
        """All that the row prints, for patterns."""
        return latin(" ".join(cell.joined or "" for cell in self.cells if not cell.is_blank))[:LONGEST_TEXT]

    def at(self, position: int) -> PlacedCell:
        return PlacedCell(self.table, self.cells[position])
