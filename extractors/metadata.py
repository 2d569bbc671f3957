"""Facts printed around the tables: title, institution, period, report code, page counts."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.errors import LayoutMismatch
from extractors.labels import fold, latin
from extractors.logical_table import LogicalTable
from extractors.row_facts import institution_of_rows, period_of_rows
from extractors.spec import Capture, Period, SourceSpec

_MONTHS = {
    "es": [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    "pt": [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
}
_VARIANTS = {"setiembre": 9}
_SHOWN_LINES, _SHOWN_OF_A_LINE = 6, 60
_LONGEST_LINE = 1_000
"""Patterns see at most this many characters of a line: a hostile line must not keep a pattern busy."""


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What a document says of itself. Dates are ISO text, both inclusive."""

    title: str
    institution_name_raw: str
    institution_is_inferred: bool
    report_code_raw: str | None
    period_raw: str
    period_start_date: str
    period_end_date: str


def read_metadata(
    blocks: Sequence[Sequence[str]],
    spec: SourceSpec,
    tables: Sequence[LogicalTable] = (),
    folder: str | None = None,
) -> DocumentMetadata:
    """Read the facts from the lines around the tables (one block of lines per stretch between tables), or from the
    columns of the tables in which every row prints them. `folder` is the one the document lies in inside its source's.

    Raises LayoutMismatch when a required fact is missing or printed with two different values.
    """
    title = capture(blocks, spec.metadata.title, "title", several=spec.metadata.several_titles)
    if title is None:
        known = [table.spec.title for table in tables if table.name in spec.metadata.untitled_tables]
        title = f"[{'; '.join(known)}]" if known and len(known) == len(tables) else None
    if title is None:
        raise LayoutMismatch(
            "the title of the form is not printed anywhere; is this document of another family? "
            f"metadata.title searches the lines around the tables, {_first_lines(blocks)}."
        )
    institution = capture(blocks, spec.metadata.institution, "institution")
    if institution is None and spec.metadata.institution_column:
        institution = institution_of_rows(tables, spec.metadata.institution_column)
    default = spec.publisher.institution_name
    if institution is None and spec.metadata.institution_folder:
        if folder is None:
            raise LayoutMismatch(
                "nothing in the document says whose it is, and it lies in no folder named after the institution; put "
                f"it into {spec.source_id}/<institution>/ of the inbox."
            )
        default = folder
    if institution is None and default is None:
        raise LayoutMismatch(
            "the institution is not printed where source.yml expects it (metadata.institution), among the lines around "
            f"the tables, {_first_lines(blocks)}."
        )
    period = spec.metadata.period
    period_raw, start, end = (
        period_of_rows(tables, period.columns) if period.columns else _period(blocks, period, spec.language)
    )
    return DocumentMetadata(
        title=title,
        institution_name_raw=institution or default or "",
        institution_is_inferred=institution is None,
        report_code_raw=capture(blocks, spec.metadata.report_code, "report code"),
        period_raw=period_raw,
        period_start_date=start.isoformat(),
        period_end_date=end.isoformat(),
    )


def _first_lines(blocks: Sequence[Sequence[str]]) -> str:
    """What a pattern could have matched, for messages."""
    lines = [line for block in blocks for line in block]
    shown = ", ".join(repr(line[:_SHOWN_OF_A_LINE]) for line in lines[:_SHOWN_LINES])
    more = f" and {len(lines) - _SHOWN_LINES} more" if len(lines) > _SHOWN_LINES else ""
    return f"which are {shown}{more}" if lines else "of which there are none"


def capture(
    blocks: Sequence[Sequence[str]], ways: Iterable[Capture], what: str, *, several: bool = False
) -> str | None:
    """The one value that the first successful way finds, or None; with `several` all that it finds, in their order.

    Raises LayoutMismatch when that way finds different values and only one is expected.
    """
    for way in ways:
        found: dict[str, str] = {}
        for block in blocks:
            for value in values_of(block, way):
                found.setdefault(fold(value), value)
        if len(found) > 1 and not several:
            values = " and ".join(repr(value) for value in list(found.values())[:3])
            raise LayoutMismatch(
                f"the {what} is printed as {values}; one document must hold one publication, so split it."
            )
        if found:
            return "; ".join(found.values())
    return None


def values_of(block: Sequence[str], way: Capture) -> Iterable[str]:
    """Every value that one way finds in a block of lines, in reading order."""
    previous = None
    for line in block:
        line = latin(line)[:_LONGEST_LINE]
        if way.pattern is not None:
            match = re.search(way.pattern, line, re.IGNORECASE)
            value = (way.means or match["value"]) if match else None
        elif way.line_before is not None and re.search(way.line_before, line, re.IGNORECASE):
            value = previous
        else:
            value = None
        if value and value.strip() and not (way.unlike and re.search(way.unlike, value, re.IGNORECASE)):
            yield " ".join(value.split())
        previous = line


def _period(blocks: Sequence[Sequence[str]], spec: Period, language: str) -> tuple[str, dt.date, dt.date]:
    parts: dict[str, str] = {}
    printed: list[str] = []
    for pattern in spec.patterns:
        for line in (latin(line)[:_LONGEST_LINE] for block in blocks for line in block):
            match = re.search(pattern, line, re.IGNORECASE)
            if match is None:
                continue
            for group, value in match.groupdict().items():
                if value is None:
                    continue
                known = parts.setdefault(group, value)
                if fold(known) != fold(value):
                    raise LayoutMismatch(
                        f"the period is printed with two values, {known!r} and {value!r}; "
                        "one document must hold one publication, so split it."
                    )
            text = " ".join(match[0].split())
            if fold(text) not in map(fold, printed):
                printed.append(text)
    if not parts:
        raise LayoutMismatch(
            "the period covered is not printed where source.yml expects it (metadata.period), among the lines around "
            f"the tables, {_first_lines(blocks)}."
        )
    raw = " ".join(printed)
    try:
        return raw, *_dates(parts, language, {fold(name): number for name, number in spec.months.items()})
    except (KeyError, ValueError) as error:
        raise LayoutMismatch(f"the period {raw!r} is not a period of days, months or years: {error}.") from error


def _dates(parts: dict[str, str], language: str, misspelt: Mapping[str, int]) -> tuple[dt.date, dt.date]:
    """First and last day of the period that the parts say. A quarter that they say beside it must be the same."""
    rest = {name: value for name, value in parts.items() if name != "quarter"}
    if "quarter" not in parts:
        return _days(rest, language, misspelt)
    year, quarter = int(parts["year"] if "year" in parts else parts["end_year"]), int(parts["quarter"])
    last = calendar.monthrange(year, 3 * quarter)[1]
    days = dt.date(year, 3 * quarter - 2, 1), dt.date(year, 3 * quarter, last)
    if "end_year" in rest and _days(rest, language, misspelt) != days:
        raise ValueError(f"its days are not those of quarter {quarter}")
    return days


def _days(parts: dict[str, str], language: str, misspelt: Mapping[str, int]) -> tuple[dt.date, dt.date]:
    if "end_year" in parts:
        start, end = _from_to(parts, language, misspelt)
        if start > end:
            raise ValueError("it ends before it starts")
        return start, end
    year = int(parts["year"])
    if "month" in parts:
        month = _month(parts["month"], language, misspelt)
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _from_to(parts: dict[str, str], language: str, misspelt: Mapping[str, int]) -> tuple[dt.date, dt.date]:
    """First and last day of a period printed from one day, month or year to another."""
    end_year = int(parts["end_year"])
    if parts.keys() == {"start_year", "end_year"}:
        return dt.date(int(parts["start_year"]), 1, 1), dt.date(end_year, 12, 31)
    if "start_month" not in parts and "end_day" in parts:
        last = _month(parts["end_month"], language, misspelt)
        return dt.date(end_year, 1, 1), dt.date(end_year, last, int(parts["end_day"]))
    start_year = int(parts.get("start_year", end_year))
    first, last = (_month(parts[month], language, misspelt) for month in ("start_month", "end_month"))
    if "end_day" in parts:
        return dt.date(start_year, first, int(parts["start_day"])), dt.date(end_year, last, int(parts["end_day"]))
    return dt.date(start_year, first, 1), dt.date(end_year, last, calendar.monthrange(end_year, last)[1])


def _month(printed: str, language: str, misspelt: Mapping[str, int]) -> int:
    if printed.isdecimal():
        return int(printed)
    names = {fold(name): number for number, name in enumerate(_MONTHS[language], 1)}
    names |= {fold(name): number for name, number in _VARIANTS.items()} | dict(misspelt)
    if fold(printed) not in names:
        raise ValueError(f"{printed!r} is no month")
    return names[fold(printed)]
