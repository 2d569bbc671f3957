"""What rows of a table have in common and do not print themselves: the facts above the piece of table they stand in,
the group row they stand under, the record they are part of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.errors import LayoutMismatch
from extractors.headers import place
from extractors.logical_table import Row, Segment
from extractors.metadata import values_of
from extractors.spec import Records, TableSpec, fully_matches


def read_context(segment: Segment, spec: TableSpec, above: Segment | None) -> None:
    """Set what the lines before a segment say of all its rows; `above` is the segment of the same table before it.

    Raises LayoutMismatch when they do not say it and nothing is carried on.
    """
    carried = set()
    for name, column in spec.context.items():
        found = (list(values_of(segment.before, way)) for way in column.captures)
        values = next((values for values in found if values), [])
        if values:
            segment.context[name] = values[-1]
        elif above is not None and segment.continues and not column.carry:
            segment.context[name] = above.context[name]
        elif above is not None and (column.carry is True or (column.carry == "unbroken" and not segment.before)):
            segment.context[name] = above.context[name]
            carried.add(name)
        else:
            patterns = " or ".join(repr(way.pattern or way.line_before) for way in column.captures)
            raise LayoutMismatch(
                f"{place(segment.table)}: no line above the table says {name} ({patterns}); add the wording to "
                f"context.{name} in source.yml, or check the page."
            )
    segment.carried = frozenset(carried)


def group_rows(rows: Sequence[Row], spec: TableSpec, records_before: int) -> int:
    """Tell group rows from data rows, give data rows their group, role and record number.

    Returns the number of records counted so far; rows that belong to no record become `unaccounted`.
    """
    groups: dict[str, str] = {}
    count, position = records_before, None
    for row in rows:
        if row.kind not in ("data", "unaccounted"):
            continue
        inside_record = spec.records is not None and position is not None and position < len(spec.records.roles)
        name = None if inside_record else _group(row, spec)
        if name is not None:
            row.kind, row.reason = "group", None
            groups[name] = _only_text(row) or ""
            position = None
            continue
        if row.kind == "unaccounted":
            continue
        row.beside.update(groups)
        if spec.records is None:
            continue
        if _opens(row, spec.records, spec):
            count, position = count + 1, 0
        if position is None or position >= len(spec.records.roles):
            row.kind = "unaccounted"
            row.reason = (
                f"no record of {', '.join(spec.records.roles)} is open: {spec.records.column} does not begin one"
            )
            continue
        row.beside[spec.records.role] = spec.records.roles[position]
        row.record_no = count
        position += 1
    return count


def _group(row: Row, spec: TableSpec) -> str | None:
    text = _only_text(row)
    if text is None:
        return None
    return next((rule.name for rule in spec.group_rows if fully_matches(rule.pattern, text)), None)


def _only_text(row: Row) -> str | None:
    """The text of a row that prints one cell only."""
    printed = [cell.joined for cell in row.cells if not cell.is_blank]
    return printed[0] if len(printed) == 1 else None


def _opens(row: Row, records: Records, spec: TableSpec) -> bool:
    if spec.series is not None and records.column == spec.series.value:
        cells = [entry.cells.get(spec.series.value) for entry in row.series]
    else:
        cells = [row.values.get(records.column)]
    texts = [cell.joined or "" for cell in cells if cell is not None]
    return any(re.fullmatch(records.opens, text, re.IGNORECASE) for text in texts)
