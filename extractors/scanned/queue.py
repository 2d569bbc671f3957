"""Cells that wait for a person: one CSV with a picture of each, and what comes back from it."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractors import landing
from extractors.archive import archived, manifest
from extractors.errors import SourceError
from extractors.limits import Limits
from extractors.readers.scan.reader import ScanReader
from extractors.scanned.landing import scans_folder
from extractors.scanned.reviews import COLUMNS, FILE, Review, load, parse, save
from extractors.spec import loading

QUEUE = "queue.csv"
_SHOWN = ["file_path", "status", "confidence", "reason", "suggestion", "picture"]


def waiting(raw: Path) -> list[dict[str, Any]]:
    """The cells of all loaded scans that need a review, document by document in the order of their places."""
    rows: list[dict[str, Any]] = []
    for sha256, document in sorted(manifest(raw).items(), key=lambda item: item[1]["file_path"]):
        file = raw / landing.SCANNED_CELLS_FOLDER / f"{sha256}.parquet"
        if document["status"] == "loaded" and file.exists():
            found = [row for row in pq.read_table(file).to_pylist() if row["needs_review"]]
            found.sort(key=lambda row: (row["page_no"], row["table_no"], row["row_no"], row["col_no"]))
            rows += [{**row, "file_path": document["file_path"]} for row in found]
    return rows


def export(raw: Path, archive: Path, folder: Path) -> list[Path]:
    """Write the queue and a picture of every cell in it below `folder`; returns the files, the queue first.

    The columns `decision` (accept, correct, reject), `corrected_text`, `reviewer` and `reviewed_on` are for the person.
    """
    folder.mkdir(parents=True, exist_ok=True)
    readers: dict[str, ScanReader] = {}
    pictures: list[Path] = []
    records = []
    for row in waiting(raw):
        sha256 = row["document_sha256"]
        if sha256 not in readers:
            file = archived(archive, sha256, Path(row["file_path"]).suffix)
            readers[sha256] = ScanReader(file, Limits.from_environment(), scans_folder(raw), sha256)
        name = f"{sha256[:12]}_p{row['page_no']}_t{row['table_no']}_r{row['row_no']}_c{row['col_no']}.png"
        box = tuple(row[f"upright_{edge}"] for edge in ("x0", "top", "x1", "bottom"))
        if None not in box:
            picture = folder / name
            readers[sha256].picture(row["page_no"], (box[0], box[1], box[2], box[3])).save(picture)
            pictures.append(picture)
        suggestion = (row["text_landed"] or "").removeprefix("¿").removesuffix("?")
        records.append(
            {**row, "suggestion": suggestion, "picture": name, "decision": "", "corrected_text": "", "reviewer": ""}
        )
    queue = folder / QUEUE
    with queue.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*COLUMNS, *_SHOWN], extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    return [queue, *pictures]


def take_in(raw: Path, completed: Path, sources: Path | None = None) -> list[Review]:
    """Add the decisions of a completed queue to the `reviews.csv` of their sources; returns them.

    `accept` takes the suggestion: where it is not what was read, it is kept as a correction. Raises SourceError for a
    file that is not valid or names a cell that no scan of the warehouse has.
    """
    with completed.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    known = manifest(raw)
    reviews = []
    for review in parse(rows, completed.name):
        document = known.get(review.document_sha256)
        if document is None or not document["source_id"]:
            raise SourceError(
                f"{completed.name}: no document of the warehouse has the hash {review.document_sha256[:12]}."
            )
        reviews.append(_dated(_suggested(review, rows)))
    by_source: dict[str, list[Review]] = {}
    for review in reviews:
        by_source.setdefault(str(known[review.document_sha256]["source_id"]), []).append(review)
    for source_id, added in by_source.items():
        file = (sources or loading.SOURCES) / source_id / FILE
        save(file, [*load(file), *added])
    return reviews


def expired(raw: Path, sources: Path | None = None) -> list[Review]:
    """Reviews that hold for no cell any more: the document is gone, or the cell reads otherwise than when reviewed."""
    root = sources or loading.SOURCES
    found = []
    for file in sorted(root.glob(f"*/{FILE}")):
        for review in load(file):
            cells = raw / landing.SCANNED_CELLS_FOLDER / f"{review.document_sha256}.parquet"
            places = {
                (row["page_no"], row["table_no"], row["row_no"], row["col_no"], row["text_read"])
                for row in (pq.read_table(cells).to_pylist() if cells.exists() else [])
            }
            if (*review.place, review.text_read) not in places:
                found.append(review)
    return found


def _suggested(review: Review, rows: Sequence[dict[str, str | None]]) -> Review:
    if review.decision != "accept":
        return review
    own = next(row for row in rows if _is_of(row, review))
    suggestion = (own.get("suggestion") or "").strip()
    if suggestion and suggestion != review.text_read:
        return replace(review, decision="correct", corrected_text=suggestion)
    return review


def _is_of(row: dict[str, str | None], review: Review) -> bool:
    place = tuple(str(row.get(name) or "").strip() for name in ("page_no", "table_no", "row_no", "col_no"))
    return row.get("document_sha256") == review.document_sha256 and place == tuple(map(str, review.place))


def _dated(review: Review) -> Review:
    return review if review.reviewed_on else replace(review, reviewed_on=dt.date.today().isoformat())
