"""Drafts a `source.yml` from what a document prints. What only a person knows is left to complete, and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

import yaml

from extractors.adding.draft_facts import (
    INSTITUTION_TO_COMPLETE,
    PERIOD_TO_COMPLETE,
    TITLE_TO_COMPLETE,
    institution_pattern,
    period_pattern,
    title_pattern,
)
from extractors.adding.draft_sheets import sheet_draft
from extractors.adding.draft_tables import Found, find_header, is_day, table_draft, table_name, texts_below
from extractors.headers import place
from extractors.spec import Numbers
from extractors.table import Page, Table, TextLine

ID_TO_COMPLETE = "xx_issuer_document"
_SHOWN_LINES = 12


def lines_around(pages: Sequence[Page], numbers: Numbers) -> list[str]:
    """The lines outside the tables in reading order, among them the rows above the header of a table."""
    lines: list[str] = []
    for item in (item for page in pages for item in page.items):
        if isinstance(item, TextLine):
            lines.append(item.text)
        elif not item.is_stream:
            lines += [line for row in item.rows[: find_header(item, numbers).first] for line in _row_lines(row)]
    return lines


def draft_source(pages: Sequence[Page], file_name: str) -> str | None:
    """A `source.yml` to complete, with what to look at as comments; None where no table could be declared."""
    # Of a table printed cell by cell nothing says how many columns it has.
    tables = [table for page in pages for table in page.tables if not table.is_stream]
    numbers, evidence = number_signs(tables)
    sheet, of_sheets = sheet_draft(tables, numbers) or (None, [])
    tables = [table for table in tables if not any(table is taken for taken in of_sheets)]
    pieces: dict[tuple[str, ...], list[Found]] = {}
    for found in (find_header(table, numbers) for table in tables):
        pieces.setdefault(found.key, []).append(found)
    drafted: dict[str, Any] = {}
    headers: dict[frozenset[str], list[Found]] = {}
    left: list[str] = []
    for same in pieces.values():
        draft = table_draft(same, numbers)
        told_apart = frozenset(same[0].key) not in headers
        if draft is None or not told_apart or (len(pieces) > 1 and len(same[0].columns) < 2):
            left.append(place(same[0].table))
        else:
            drafted[table_name(same[0], drafted)] = draft
            headers[frozenset(same[0].key)] = same
    if not drafted and sheet is None:
        return None
    lines = lines_around(pages, numbers)
    days = _day_columns(drafted, headers.values())
    title, institution, period = title_pattern(lines), institution_pattern(lines), period_pattern(lines)
    columns = {"columns": dict(zip(("start", "end"), days, strict=False))} if len(days) >= 2 else None
    source = {
        "source_id": ID_TO_COMPLETE,
        "title": f"Complete: what {file_name} is",
        "publisher": {"name": "Complete: who publishes it", "country": "XX"},
        "language": "es",
        "currency": "XXX",
        "numbers": numbers.model_dump(),
        "metadata": {
            "title": [{"pattern": title}],
            "institution": [{"pattern": institution}],
            "period": columns if columns and period == PERIOD_TO_COMPLETE else {"patterns": [period]},
        },
        **({"tables": drafted} if drafted else {}),
        **({"sheets": {"complete_sheet": sheet}} if sheet else {}),
    }
    remarks = _remarks(lines, evidence, left, title, institution, period if not columns else "")
    body = yaml.safe_dump(source, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
    return "".join(f"# {remark}\n" for remark in remarks) + body


def number_signs(tables: Iterable[Table]) -> tuple[Numbers, int]:
    """The separators that the printed numbers speak for, and how many numbers do; comma and point where none does."""
    comma = point = 0
    for cell in (cell for table in tables for row in table.rows for cell in row):
        for text in re.findall(r"(?<![\d.,])\d[\d.,]*\d(?![\d.,])", (cell.text or "")[:200]):
            comma += bool(re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.(?:\d{1,2}|\d{4,})", text))
            point += bool(re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,(?:\d{1,2}|\d{4,})", text))
    if point > comma:
        return Numbers(thousands=".", decimal=","), point
    return Numbers(thousands=",", decimal="."), comma


def _row_lines(row: Sequence[Any]) -> list[str]:
    parts = [cell.text for cell in row if cell.text and cell.text.strip()]
    if len(parts) == 1:
        return [line.strip() for line in parts[0].splitlines() if line.strip()]
    return [" ".join(" ".join(part.split()) for part in parts)] if parts else []


def _day_columns(drafted: Mapping[str, Any], pieces: Iterable[Sequence[Found]]) -> list[str]:
    """The columns of the only table in which every row prints a day."""
    if len(drafted) != 1:
        return []
    (draft,), (same,) = drafted.values(), pieces
    if len(draft["columns"]) != len(same[0].columns):
        return []
    days = []
    for name, (_, at) in zip(draft["columns"], same[0].columns, strict=True):
        texts = [text for piece in same for text in texts_below(at, piece.body)]
        if texts and all(map(is_day, texts)):
            days.append(name)
    return days


def _remarks(
    lines: Sequence[str], evidence: int, left: Sequence[str], title: str, institution: str, period: str
) -> list[str]:
    """What a person has to decide, in the order of the file."""
    number = count(1)
    asked = ["source_id, title, publisher, language, currency; names for tables and columns"]
    if not evidence:
        asked.append("numbers: no printed number shows which sign is which")
    if title == TITLE_TO_COMPLETE:
        asked.append("metadata.title: no line looks like one")
    if institution == INSTITUTION_TO_COMPLETE:
        asked.append(
            "metadata.institution: no line looks like one; metadata.institution_column where every row prints it, or "
            "publisher.institution_name where the source has one only"
        )
    if period == PERIOD_TO_COMPLETE:
        asked.append(
            "metadata.period: no line prints one; period.columns where every row prints its first and last day"
        )
    if left:
        asked.append(f"not drafted: {', '.join(left[:_SHOWN_LINES])}")
    shown = [f"  {line[:100]}" for line in lines[:_SHOWN_LINES]]
    return [
        "To complete:",
        *(f"  {next(number)}. {text}" for text in asked),
        *(["Lines around the tables, which the patterns of metadata are searched in:", *shown] if shown else []),
    ]
