"""The cells of a table as printed: what each says, and which places of the grid it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """One cell: its text, line breaks included, and the grid columns and rows it covers."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    align: str = "center"
    bold: bool = False
    italic: bool = False
    shaded: bool = False


@dataclass(frozen=True)
class Placed:
    """A cell and the row and column of the grid where it begins."""

    cell: Cell
    row: int
    column: int


def place(rows: Sequence[Sequence[Cell]], width: int) -> list[Placed]:
    """Give each cell its place on the grid; cells fill the places that cells merged from above leave free.

    Raises ValueError when the cells leave a place free or overlap.
    """
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            placed.append(Placed(cell, row, column))
            taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
    covered = sum(spot.cell.rows * spot.cell.columns for spot in placed)
    outside = any(row >= len(rows) or column >= width for row, column in taken)
    if outside or not len(taken) == covered == len(rows) * width:
        raise ValueError(f"The cells do not fill a grid of {len(rows)} rows and {width} columns.")
    return placed
