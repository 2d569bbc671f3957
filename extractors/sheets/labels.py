"""Tells which words of a record sheet are its headings, captions and labels, and which are ignored by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.labels import fold, latin
from extractors.sheets.record import LONGEST_TEXT, PrintedRow
from extractors.spec import Header, SheetSpec

# A printed text is compared with headings, captions and labels in turn, and those with every text.
printed_key = lru_cache(maxsize=64)(fold)
_declared_key = cache(fold)


def is_one_of(headings: Iterable[Header], text: str) -> bool:
    folded = printed_key(text)
    return any(says_of(heading, text, folded) is not None for heading in headings)


def says_of(header: Header, text: str, folded: str) -> dict[str, str] | None:
    """What a printed text says as this label, by group; None when it is another text."""
    if header.label is not None:
        return {} if folded == _declared_key(header.label) else None
    if header.pattern is None or len(text) > LONGEST_TEXT:
        return None
    # Letters are replaced one for one, so that the groups of the match are stretches of the printed text.
    match = re.fullmatch(header.pattern, latin(text), re.IGNORECASE)
    if match is None:
        return None
    spans = {name: match.span(name) for name, value in match.groupdict().items() if value is not None}
    return {name: text[start:end].strip() for name, (start, end) in spans.items()}


def ignored_cells(spec: SheetSpec, row: PrintedRow) -> dict[int, str]:
    """The cells of a row that are ignored by name, by position, with the reason."""
    ignored: dict[int, str] = {}
    for position, cell in row.printed():
        text = latin(cell.joined or "")[:LONGEST_TEXT]
        reasons = (rule.reason for rule in spec.ignore_cells if re.search(rule.pattern, text, re.IGNORECASE))
        if reason := next(reasons, None):
            ignored[position] = reason
    return ignored
