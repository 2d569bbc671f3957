"""Every cell is accounted for: columns = mapped + ignored by name, rows = header + group + data + total + blank +
ignored.

Checks the reading of a table against the physical rows it came from, so that a mistake of the layout cannot lose a
printed cell in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.errors import UnaccountedCells
from extractors.headers import place
from extractors.logical_table import TOTALS, LogicalTable, Row, Segment
from extractors.sheets.record import SheetReading, SheetRows
from extractors.spec import Statement
from extractors.statements.reading import Figure
from extractors.table import Cell

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Account:
    """How the rows and columns of one logical table add up, for the audit."""

    segment_count: int
    data_rows: int
    total_rows: int
    header_rows: int
    """Rows of column labels and rows that name a group."""
    blank_rows: int
    ignored_rows: int
    mapped_columns: int
    ignored_columns: int
    notes: str
    """Ignored rows and columns with their reasons."""


def account_for(table: LogicalTable) -> Account:
    """The account of a table. Raises UnaccountedCells naming place and text of what is left over."""
    left_over = [text for segment in table.segments for text in _left_over(segment)]
    if left_over:
        more = f" (and {len(left_over) - _SHOWN} more)" if len(left_over) > _SHOWN else ""
        raise UnaccountedCells(
            f"{'; '.join(left_over[:_SHOWN])}{more}; say in source.yml what it is: a column, totals, ignore_columns, "
            "ignore_rows or end."
        )
    kinds = Counter(row.kind for segment in table.segments for row in segment.rows)
    ignored = {
        f"{_column(segment, index)}: {reason}"
        for segment in table.segments
        for index, reason in segment.columns.ignored.items()
    }
    row_notes = [
        f"row {row.row_no} of {place(segment.table)}: {row.reason}"
        for segment in table.segments
        for row in segment.rows
        if row.kind == "ignored"
    ]
    row_notes += [
        f"row {row.row_no} of {place(segment.table)}: {row.note}"
        for segment in table.segments
        for row in segment.rows
        if row.note
    ]
    physical = {(segment.table.page_no, segment.table.table_no): segment.table for segment in table.segments}
    left_out = [text for source in physical.values() for text in source.left_out]
    return Account(
        segment_count=len(table.segments),
        data_rows=kinds["data"],
        total_rows=sum(kinds[kind] for kind in TOTALS),
        header_rows=kinds["header"] + kinds["group"],
        blank_rows=kinds["blank"],
        ignored_rows=kinds["ignored"] + len(left_out),
        mapped_columns=len({name for segment in table.segments for name in segment.columns.mapped.values()}),
        ignored_columns=len(ignored),
        notes="; ".join([*sorted(ignored), *row_notes, *left_out]),
    )


def account_for_sheets(reading: SheetReading) -> list[tuple[SheetRows, Account]]:
    """The accounts of the raw tables that the sheets of one kind give.

    The headings of a table count as its header rows; cells ignored by name count with the first table. Raises
    UnaccountedCells naming sheet, place and text of what is left over.
    """
    if reading.left_over:
        more = f" (and {len(reading.left_over) - _SHOWN} more)" if len(reading.left_over) > _SHOWN else ""
        raise UnaccountedCells(
            f"{'; '.join(reading.left_over[:_SHOWN])}{more}; say in source.yml what it is: a label of a field, a "
            "section, a caption, ignore_cells or end."
        )
    ignored = [reading.ignored, *([] for _ in reading.tables[1:])]
    return [
        (
            rows,
            Account(
                segment_count=reading.count,
                data_rows=len(rows.rows),
                total_rows=0,
                header_rows=len(rows.headings),
                blank_rows=0,
                ignored_rows=len(cells),
                mapped_columns=len(
                    {name for row in rows.rows for name, text in row.values.items() if text is not None}
                ),
                ignored_columns=0,
                notes="; ".join(cells),
            ),
        )
        for rows, cells in zip(reading.tables, ignored, strict=True)
    ]


def account_for_statements(figures: Sequence[Figure], declared: Sequence[Statement]) -> Account:
    """The account of the figures that sentences state; the notes name declared statements that are not printed."""
    stated = {figure.statement for figure in figures}
    missing = dict.fromkeys(statement.name for statement in declared if statement.name not in stated)
    return Account(
        segment_count=len({figure.sentence for figure in figures}),
        data_rows=len(figures),
        total_rows=0,
        header_rows=0,
        blank_rows=0,
        ignored_rows=0,
        mapped_columns=len({(figure.statement, figure.name) for figure in figures}),
        ignored_columns=0,
        notes="; ".join(f"statement {name}: not printed" for name in missing),
    )


def _left_over(segment: Segment) -> list[str]:
    where = place(segment.table)
    texts = []
    stray: dict[int, list[Cell]] = {}
    for row in segment.rows:
        if row.kind == "unaccounted":
            text = " ".join(cell.joined or "" for cell in row.cells if not cell.is_blank)
            texts.append(
                f"{where}, row {row.row_no}: {text[:80]!r} is neither data ({row.reason}) nor total, header or ignored"
            )
        elif row.kind == "data" or row.kind in TOTALS:
            for index, cell in _stray_cells(segment, row):
                stray.setdefault(index, []).append(cell)
    return texts + [_in_no_column(segment, index, cells, where) for index, cells in sorted(stray.items())]


def _stray_cells(segment: Segment, row: Row) -> list[tuple[int, Cell]]:
    taken = {id(cell) for cell in row.read_cells}
    label = set((row.label or "").split())
    return [
        (index, cell)
        for index, cell in enumerate(row.cells)
        if not (
            cell.is_blank
            or id(cell) in taken
            or index in segment.columns.ignored
            or (row.label is not None and set((cell.joined or "").split()) <= label)
        )
    ]


def _column(segment: Segment, index: int) -> str:
    labels = segment.columns.labels[index]
    return f"column {labels[0]!r}" if labels else f"column {index + 1}, which has no label"


def _in_no_column(segment: Segment, index: int, cells: Sequence[Cell], where: str) -> str:
    """One sentence for a column that nobody declared, however many of its rows print something."""
    above = " / ".join(map(repr, segment.columns.labels.get(index, ()))) or "no header"
    first = cells[0]
    more = f" and {len(cells) - 1} more below it stand" if len(cells) > 1 else " stands"
    return (
        f"{where}, row {first.row_no}, column {first.col_no} ({above}): {(first.joined or '')[:80]!r}{more} "
        "in no declared column"
    )
