"""Looks at one file without landing anything: what it holds, which source reads it, and a draft layout if none does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.accounting import account_for, account_for_sheets
from extractors.adding.draft_tables import find_header
from extractors.adding.drafting import ID_TO_COMPLETE, draft_source, lines_around, number_signs
from extractors.cell_stream import unroll
from extractors.errors import ExtractionError, LayoutMismatch, SourceError
from extractors.extraction import pages_of
from extractors.headers import place
from extractors.labels import fold
from extractors.layout import interpret
from extractors.limits import Budget, Limits
from extractors.readers.opening import open_document
from extractors.spec import SOURCE_ID, SOURCES, SourceSpec, load_sources
from extractors.table import Page

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
    limits = Limits.from_environment()
    found, stream = open_document(path, Budget(limits))
    pages = list(stream)
    tables = [table for page in pages for table in page.tables]
    report_matches = sorted(
        (
            _match(source, pages if source.print_areas == "kept" else list(pages_of(path, source, limits)))
            for source in load_sources().values()
        ),
        key=lambda match: (not match.fits, -match.labels_found / match.labels_declared),
    )
    draft = None if any(match.fits for match in report_matches) else draft_source(pages, path.name)
    numbers, _ = number_signs(tables)
    return ProbeReport(
        path,
        found,
        len(pages),
        lines_around(pages, numbers)[:_SHOWN_LINES],
        [ProbeTable(place(t), len(t.rows), t.column_count, find_header(t, numbers).labels) for t in tables],
        report_matches,
        draft,
    )


def save_draft(report: ProbeReport, source_id: str, sources: Path | None = None) -> Path:
    """Write the draft as the declaration of a new source, and return its file.

    Raises SourceError when there is no draft, the name is none for a source, or the source is there already.
    """
    folder = (sources or SOURCES) / source_id
    if report.draft_yaml is None:
        fitting = next((match.source_id for match in report.matches if match.fits), None)
        why = f"{fitting} reads the document" if fitting else "no table was found that could be declared"
        raise SourceError(f"there is no draft to write: {why}.")
    if not re.fullmatch(SOURCE_ID, source_id):
        raise SourceError(f"{source_id!r} is no name for a source; it is <iso2>_<issuer>_<document> in small letters.")
    if folder.exists():
        raise SourceError(f"{folder} is there already; take it away, or mend what it declares.")
    folder.mkdir(parents=True)
    file = folder / "source.yml"
    file.write_text(report.draft_yaml.replace(f"source_id: {ID_TO_COMPLETE}", f"source_id: {source_id}"), "utf-8")
    return file


def _match(source: SourceSpec, pages: Sequence[Page]) -> ProbeMatch:
    scores = [
        (len(spec.labels & {fold(cell.text) for cell in row if cell.text}), len(spec.columns))
        for spec in source.tables.values()
        for page in _unrolled(pages, source)
        for table in page.tables
        for row in table.rows
    ]
    declared = max((len(spec.columns) for spec in source.tables.values()), default=1)
    best = max(scores, default=(0, declared))
    try:
        reading = interpret(pages, source)
        accounts = [account_for(table) for table in reading.tables]
        sheets = [pair for kind in reading.sheets for pair in account_for_sheets(kind)]
        rows = sum(account.data_rows for account in [*accounts, *(account for _, account in sheets)])
    except ExtractionError as error:
        return ProbeMatch(source.source_id, False, str(error), *best)
    names = ", ".join([*(table.name for table in reading.tables), *(table.name for table, _ in sheets)])
    sentence = (
        f"{rows} data rows in {names}; {reading.metadata.institution_name_raw}, "
        f"{reading.metadata.period_start_date} to {reading.metadata.period_end_date}."
    )
    return ProbeMatch(source.source_id, True, sentence, *best)


def _unrolled(pages: Sequence[Page], source: SourceSpec) -> Sequence[Page]:
    try:
        return [unroll(page, source) for page in pages]
    except LayoutMismatch:
        return pages  # `interpret` says why
