"""Reads one document as a refresh would, into a folder that is thrown away, and says all that would land."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq

from extractors.archive import manifest
from extractors.errors import SourceError
from extractors.extraction import extract
from extractors.spec import LINEAGE, SourceSpec, load_sources

_KEPT = ("record_no", "total_kind", "label_raw", "first_row_seq", "last_row_seq")
"""What a person needs of the lineage to know a row again."""


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A raw table of one document: its columns but for the place and origin of rows, and its rows as landed.

    None is a cell that is not on the page, '' a printed blank.
    """

    name: str
    columns: list[str]
    rows: list[dict[str, str | None]]


@dataclass(frozen=True, slots=True)
class CheckedDocument:
    """What a refresh would make of a document: its tables with the accounting, or the reason for the quarantine."""

    file: Path
    source_id: str | None
    reason: str | None
    facts: dict[str, str] = field(default_factory=dict)
    """What the document says of itself: title, institution, period, report code."""
    tables: list[CheckedTable] = field(default_factory=list)
    accounting: list[dict[str, Any]] = field(default_factory=list)


def check(file: Path, source_id: str | None = None) -> CheckedDocument:
    """Read a document under the layout of a source, by default that of the folder it lies in.

    In a folder that bears no source's name its content decides, as in a refresh. Raises SourceError when there is no
    such source or a `source.yml` is not valid.
    """
    known = load_sources()
    if source_id is not None and source_id not in known:
        raise SourceError(f"there is no source {source_id!r}; the sources are {', '.join(known)}.")
    owner = source_id or next((part for part in reversed(file.resolve().parts[:-1]) if part in known), None)
    with TemporaryDirectory(prefix="contraste-check-") as folder:
        home = Path(folder)
        inbox = home / "inbox" / (owner or "") / _inside(file, owner)
        inbox.mkdir(parents=True)
        shutil.copyfile(file, inbox / file.name)
        raw = home / "raw"
        (outcome,) = extract(home / "inbox", raw, home / "archive", workers=1).documents
        if outcome.source_id is None or outcome.action != "loaded":
            return CheckedDocument(file, outcome.source_id, outcome.reason)
        name = f"{outcome.document_sha256}.parquet"
        landed = sorted((raw / outcome.source_id).glob(f"*/{name}"))
        tables = [_table(found) for found in landed if not found.parent.name.endswith("_cells")]
        accounting = pq.read_table(raw / "accounting" / name).to_pylist()
        facts = _facts(manifest(raw)[outcome.document_sha256], known[outcome.source_id])
    return CheckedDocument(file, outcome.source_id, None, facts, [table for table in tables if table.rows], accounting)


def _inside(file: Path, owner: str | None) -> str:
    """The folder of the file inside that of the source, which may say whose the document is; outside of the inbox the
    one it lies in."""
    folders = file.resolve().parts[:-1]
    if owner is None or folders[-1] == owner:
        return ""
    return folders[folders.index(owner) + 1] if owner in folders else folders[-1]


def _facts(row: Mapping[str, Any], source: SourceSpec) -> dict[str, str]:
    instead = "name of the folder" if source.metadata.institution_folder else "publisher's"
    stands_in = f" (not printed: the {instead} stands in)" if row["institution_is_inferred"] else ""
    period = f"{row['period_start_date']} to {row['period_end_date']}"
    return {
        "title": row["title"],
        "institution": f"{row['institution_name_raw']}{stands_in}",
        "period": f"{period}, printed as {row['period_raw']!r}",
        **({"report code": row["report_code_raw"]} if row["report_code_raw"] else {}),
    }


def _table(file: Path) -> CheckedTable:
    landed = pq.read_table(file)
    columns = [name for name in landed.schema.names if name in _KEPT or name not in LINEAGE]
    rows = landed.sort_by("row_seq").select(columns).to_pylist()
    used = [name for name in columns if name not in _KEPT or any(row[name] is not None for row in rows)]
    texts = [{name: None if row[name] is None else str(row[name]) for name in used} for row in rows]
    return CheckedTable(file.parent.name, used, texts)
