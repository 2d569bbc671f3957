"""Facts of a document that its rows print, each for itself, instead of a line above the table."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from extractors.errors import LayoutMismatch
from extractors.headers import place
from extractors.labels import fold, latin
from extractors.logical_table import LogicalTable, Row
from extractors.spec import InColumn, PeriodColumns

_DAY = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
)
"""Spanish and Portuguese print the day first."""
_STORED = re.compile(r"datetime\.(?:datetime|date)\((\d+), (\d+), (\d+)\b")
_LONGEST_VALUE = 1_000
"""Patterns see at most this many characters of a value: a hostile one must not keep a pattern busy."""


def institution_of_rows(tables: Iterable[LogicalTable], rule: InColumn) -> str:
    """The institution that every row prints.

    Raises LayoutMismatch when a row does not say it, or rows name two.
    """
    found: dict[str, str] = {}
    for where, row in _rows(tables, rule.column):
        text = latin(_text(row, rule.column))[:_LONGEST_VALUE]
        match = re.search(rule.pattern, text, re.IGNORECASE)
        if match is None or not (match["value"] or "").strip():
            raise LayoutMismatch(
                f"{where}: {rule.column} prints {text[:80]!r}, which does not say the institution as "
                "metadata.institution_column expects; widen its pattern, or check the document."
            )
        value = " ".join(match["value"].split())
        found.setdefault(fold(value), value)
        if len(found) > 1:
            names = " and ".join(map(repr, found.values()))
            raise LayoutMismatch(
                f"{where}: the rows name the institutions {names}; one document must hold one publication, so split it."
            )
    if not found:
        raise LayoutMismatch(f"no row prints {rule.column}, where metadata.institution_column expects the institution.")
    return next(iter(found.values()))


def period_of_rows(tables: Iterable[LogicalTable], columns: PeriodColumns) -> tuple[str, dt.date, dt.date]:
    """The printed first and last day, and both as dates: the earliest and the latest that any row covers.

    Raises LayoutMismatch when a row prints no such day, or ends before it starts.
    """
    starts: list[tuple[dt.date, str]] = []
    ends: list[tuple[dt.date, str]] = []
    for where, row in _rows(tables, columns.start):
        starts.append(_day(where, row, columns.start))
        ends.append(_day(where, row, columns.end))
        if starts[-1][0] > ends[-1][0]:
            raise LayoutMismatch(
                f"{where}: the period ends ({ends[-1][1]}) before it starts ({starts[-1][1]}); check the document."
            )
    if not starts:
        raise LayoutMismatch(f"no row prints {columns.start}, where metadata.period.columns expects the period.")
    (start, first), (end, last) = min(starts), max(ends)
    return f"{first} - {last}", start, end


def _rows(tables: Iterable[LogicalTable], column: str) -> Iterator[tuple[str, Row]]:
    """The data rows of the tables that have the column, and where they stand."""
    for table in tables:
        if column in table.spec.columns:
            for segment in table.segments:
                yield from ((f"{place(segment.table)}, row {row.row_no}", row) for row in segment.data)


def _text(row: Row, column: str) -> str:
    cell = row.values.get(column)
    return (cell.joined or "") if cell else ""


def _day(where: str, row: Row, column: str) -> tuple[dt.date, str]:
    printed = _text(row, column)
    day = _date(printed)
    if day is None:
        raise LayoutMismatch(
            f"{where}: {column} prints {printed[:40]!r}, which is no day such as 31/12/2020; metadata.period.columns "
            "needs columns in which every row prints one."
        )
    stored = _STORED.match(row.values[column].native_value or "")
    if stored and dt.date(*map(int, stored.groups())) != day:
        raise LayoutMismatch(
            f"{where}: {column} shows {printed!r} and stores {'-'.join(stored.groups())}: day and month stand in "
            "another order; save the column in the format dd/mm/yyyy."
        )
    return day, printed


def _date(printed: str) -> dt.date | None:
    match = _DAY.fullmatch(printed)
    if match is None:
        return None
    year, month, day = (int(match[a] or match[b]) for a, b in (("year", "y"), ("month", "m"), ("day", "d")))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
