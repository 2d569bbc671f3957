"""Drafts a table to add to a source that is there: what a form prints that none of the declared tables reads."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from extractors.adding.draft_tables import Found, find_header, free_name, table_draft
from extractors.errors import LayoutMismatch, SourceError
from extractors.extraction import pages_of
from extractors.headers import is_header, read_header
from extractors.layout import reads
from extractors.limits import Limits
from extractors.spec import SourceSpec, TableSpec, load_sources
from extractors.table import Page
from extractors.variants import Variant, compare

_KEPT = ("header_codes", "stacked_rows", "overprints", "ignore_rows", "end")
"""What a form prints around the columns of a table it also prints around those of a variant."""


def draft_variant(file: Path, source_id: str) -> str:
    """Tables ready to be pasted below `tables:` of a source, one for each header of the document that it does not read.

    Raises SourceError when there is no such source, or none of its tables is near, and UnreadableDocument when the file
    cannot be opened.
    """
    known = load_sources()
    if source_id not in known:
        raise SourceError(f"there is no source {source_id!r}; the sources are {', '.join(known)}.")
    source = known[source_id]
    pages = list(pages_of(file, source, Limits.from_environment()))
    blocks = draft_tables(pages, source)
    if not blocks:
        why = "every header in it is declared" if reads_a_header(pages, source) else "no table was found in it"
        raise SourceError(f"there is no table to draft for {source_id}: {why}.")
    return "\n".join(blocks)


def reads_a_header(pages: Sequence[Page], source: SourceSpec) -> bool:
    """True when some row of the pages is the header of a declared table."""
    return any(reads(row, source) for page in pages for table in page.tables for row in table.rows)


def draft_tables(pages: Sequence[Page], source: SourceSpec) -> list[str]:
    """One block of YAML for each header of the pages that no declared table reads."""
    pieces: dict[tuple[str, ...], list[Found]] = {}
    for table in (table for page in pages for table in page.tables if not table.is_stream):
        found = find_header(table, source.numbers)
        if not any(_is_read(found, spec) for spec in source.tables.values()):
            pieces.setdefault(found.key, []).append(found)
    blocks: list[str] = []
    taken = set(source.raw_tables)
    for same in pieces.values():
        plain = table_draft(same, source.numbers)
        if plain is None or len(same[0].columns) < 2:
            continue
        labels = [*same[0].groups, *same[0].labels]
        nearest = max((compare(labels, name, spec) for name, spec in source.tables.items()), key=lambda v: v.nearness)
        spec = source.tables[nearest.table]
        name = free_name(f"complete_{nearest.table}", taken)
        taken.add(name)
        draft = _after(spec, nearest, plain, same[0])
        body = yaml.safe_dump({name: draft}, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
        indented = "".join(f"  {line}\n" for line in body.splitlines())
        blocks.append("".join(f"  # {remark}\n" for remark in _remarks(source, nearest)) + indented)
    return blocks


def _is_read(found: Found, spec: TableSpec) -> bool:
    for index in range(found.first, found.last + 1):
        if is_header(found.table.rows[index], spec):
            with suppress(LayoutMismatch):
                read_header(found.table, index, spec)
                return True
    return False


def _after(spec: TableSpec, nearest: Variant, plain: dict[str, Any], found: Found) -> dict[str, Any]:
    """The drafted table after the pattern of the nearest declared one: its names, its ways, the labels of the form."""
    names = {label: name for name, label in (*nearest.same.items(), *nearest.alike.items())}
    declared = spec.model_dump(mode="json", exclude_defaults=True)
    of_plain = {_printed(column["headers"][0]): name for name, column in plain["columns"].items()}
    columns: dict[str, Any] = {}
    for label in found.labels:
        own = plain["columns"][of_plain[label]] if label in of_plain else {"headers": [label]}
        if label in names and names[label] not in columns:
            kept = {key: value for key, value in declared["columns"][names[label]].items() if key != "headers"}
            columns[names[label]] = {"headers": own["headers"], **kept}
        else:
            columns[free_name(of_plain.get(label, "complete"), columns)] = own
    if not any(column.get("required") for column in columns.values()):
        next(iter(columns.values()))["required"] = True
    draft: dict[str, Any] = {"title": "Complete: what one row is"}
    if spec.titled:
        draft["titled"] = ["Complete: the line above the table that tells it from others with its header"]
    if found.groups:
        draft["header_groups"] = list(found.groups)
    draft |= {key: declared[key] for key in _KEPT if key in declared}
    draft["columns"] = columns
    if totals := plain.get("totals") or declared.get("totals"):
        draft["totals"] = totals
    return draft


def _printed(header: Any) -> str:
    return header["label"] if isinstance(header, dict) else header


def _remarks(source: SourceSpec, nearest: Variant) -> list[str]:
    remarks = [f"Complete, then paste under `tables:` of {source.source_id}/source.yml. {nearest.sentence}"]
    if nearest.alike:
        remarks.append("Where it prints the same in other words, add these labels to `headers` there instead:")
        remarks += [f"  {nearest.table}.columns.{name}: {label!r}" for name, label in nearest.alike.items()]
    return remarks
