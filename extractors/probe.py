"""Looks at one file without landing anything: what it holds, which source reads it, and a draft layout if none does."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path

import yaml

from extractors.accounting import account_for
from extractors.errors import ExtractionError
from extractors.headers import matches, place
from extractors.labels import fold
from extractors.layout import interpret
from extractors.limits import Budget, Limits
from extractors.numerals import is_number
from extractors.readers.opening import open_document
from extractors.spec import Numbers, SourceSpec, load_sources
from extractors.table import Page, Table, TextLine

_DRAFT_NUMBERS = Numbers(thousands=",", decimal=".")
_SHOWN_LINES = 12


@dataclass(frozen=True, slots=True)
class ProbeTable:
    """A table as found, before any layout: `headers` are the labels of its most header-like row."""

    place: str
    rows: int
    columns: int
    headers: list[str]


@dataclass(frozen=True, slots=True)
class ProbeMatch:
    """How well a source fits: `fits` when it reads the file in full, else `sentence` says what is in the way.

    `labels_found` of `labels_declared` is the best score of any row against any of the source's tables.
    """

    source_id: str
    fits: bool
    sentence: str
    labels_found: int
    labels_declared: int


@dataclass(frozen=True, slots=True)
class ProbeReport:
    """Everything `probe` found."""

    file: Path
    format: str
    pages: int
    lines: list[str]
    tables: list[ProbeTable]
    matches: list[ProbeMatch]
    draft_yaml: str | None


def probe(path: Path) -> ProbeReport:
    """Examine a file. Raises UnreadableDocument when it cannot be opened at all."""
    found, stream = open_document(path, Budget(Limits.from_environment()))
    pages = list(stream)
    tables = [table for page in pages for table in page.tables]
    report_matches = sorted(
        (_match(source, pages) for source in load_sources().values()),
        key=lambda match: (not match.fits, -match.labels_found / match.labels_declared),
    )
    draft = None if any(match.fits for match in report_matches) or not tables else _draft(path, tables)
    lines = [item.text for page in pages for item in page.items if isinstance(item, TextLine)]
    return ProbeReport(
        path,
        found,
        len(pages),
        lines[:_SHOWN_LINES],
        [ProbeTable(place(t), len(t.rows), t.column_count, _labels(t)) for t in tables],
        report_matches,
        draft,
    )


def _match(source: SourceSpec, pages: Sequence[Page]) -> ProbeMatch:
    scores = [
        (matches(row, spec), len(spec.columns))
        for spec in source.tables.values()
        for page in pages
        for table in page.tables
        for row in table.rows
    ]
    best = max(scores, default=(0, len(next(iter(source.tables.values())).columns)))
    try:
        reading = interpret(pages, source)
        rows = sum(account_for(table).data_rows for table in reading.tables)
    except ExtractionError as error:
        return ProbeMatch(source.source_id, False, str(error), *best)
    names = ", ".join(table.name for table in reading.tables)
    sentence = (
        f"{rows} data rows in {names}; {reading.metadata.institution_name_raw}, "
        f"{reading.metadata.period_start_date} to {reading.metadata.period_end_date}."
    )
    return ProbeMatch(source.source_id, True, sentence, *best)


# --------------------------------------------------------------------- draft


def _header_row(table: Table) -> int:
    """The row with the most words: where a header stands if there is one."""

    def words(index: int) -> int:
        return sum(bool(cell.joined) and not is_number(cell.joined or "", _DRAFT_NUMBERS) for cell in table.rows[index])

    return max(range(len(table.rows)), key=words)


def _labels(table: Table) -> list[str]:
    return [cell.joined or "" for cell in table.rows[_header_row(table)] if not cell.is_blank]


def _draft(path: Path, tables: Sequence[Table]) -> str | None:
    """A declaration of the largest table, or None where it has no two columns to tell apart."""
    table = max(tables, key=lambda t: t.column_count * len(t.rows))
    header = _header_row(table)
    columns: dict[str, dict[str, object]] = {}
    seen: dict[str, int] = {}
    for index, cell in enumerate(table.rows[header]):
        if cell.is_blank or cell.joined is None:
            continue
        key = fold(cell.joined)
        seen[key] = seen.get(key, 0) + 1
        label: object = {"label": cell.joined, "nth": seen[key]} if seen[key] > 1 else cell.joined
        below = [row[index].joined for row in table.rows[header + 1 :] if index < len(row) and not row[index].is_blank]
        numeric = sum(is_number(text or "", _DRAFT_NUMBERS) for text in below) > len(below) / 2
        column: dict[str, object] = {"headers": [label]}
        if numeric:
            column["kind"] = "number"
        name = _identifier(cell.joined)
        names = chain([name], (f"{name}_{number}" for number in count(2)))
        columns[next(free for free in names if free not in columns)] = column
    if len(columns) < 2:
        return None
    next(iter(columns.values()))["required"] = True
    draft = {
        "source_id": "xx_issuer_document",
        "title": f"Complete: what {path.name} is",
        "publisher": {"name": "Complete: who publishes it", "country": "XX"},
        "language": "es",
        "currency": "XXX",
        "numbers": {"thousands": ",", "decimal": "."},
        "metadata": {
            "title": [{"pattern": "^(?P<value>complete: the title line)$"}],
            "institution": [{"pattern": "^complete: (?P<value>.+)$"}],
            "period": {"patterns": [r"complete: (?P<year>\d{4})"]},
        },
        "tables": {"complete_name": {"title": "Complete", "columns": columns}},
    }
    return yaml.safe_dump(draft, allow_unicode=True, sort_keys=False, width=110)


def _identifier(label: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", ascii_text).strip("_")[:40].rstrip("_")
    return name if name[:1].isalpha() else f"column_{name}".rstrip("_")
