"""What people said of doubtful cells: rows of `reviews.csv` beside `source.yml`, committed like any mapping.

A review holds for one cell of one document, named by the document's sha256, and only as long as the cell reads as it
did when it was reviewed: another issue of the document, or another reading, makes it expire.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from extractors.errors import SourceError
from extractors.spec import loading

FILE = "reviews.csv"
Decision = Literal["accept", "correct", "reject"]
_DECISIONS = ("accept", "correct", "reject")


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said of one cell. `accept`: it is printed as `text_read` says; `correct`: it is printed as
    `corrected_text` says; `reject`: it cannot be read, and the figure stays out."""

    document_sha256: str
    page_no: int
    table_no: int
    row_no: int
    col_no: int
    table_name: str
    column_name: str
    text_read: str
    decision: Decision
    corrected_text: str
    reviewer: str
    reviewed_on: str

    @property
    def place(self) -> tuple[int, int, int, int]:
        """Page, table, row and column of the cell."""
        return self.page_no, self.table_no, self.row_no, self.col_no


COLUMNS = [field.name for field in fields(Review)]


def reviews_of(source_id: str, sha256: str, sources: Path | None = None) -> dict[tuple[int, int, int, int], Review]:
    """The reviews of one document by place. Raises SourceError when the file is not valid."""
    found = load((sources or loading.SOURCES) / source_id / FILE)
    return {review.place: review for review in found if review.document_sha256 == sha256}


def reviews_key(source_id: str, sha256: str) -> str | None:
    """Hash of the reviews of a document, None where there are none: other reviews are another reading."""
    found = reviews_of(source_id, sha256)
    if not found:
        return None
    return hashlib.sha256(repr(sorted(found.values(), key=lambda review: review.place)).encode()).hexdigest()


def load(file: Path) -> list[Review]:
    """The reviews in a file; none when it is absent. Raises SourceError naming the file and the line."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as stream:
        return parse(csv.DictReader(stream), f"{file.parent.name}/{file.name}")


def parse(rows: Iterable[dict[str, str | None]], name: str) -> list[Review]:
    """Reviews from the rows of a completed file; rows without a decision are left out.

    Raises SourceError naming file and line for a column that is missing, a decision that is none of the three, a
    correction without text.
    """
    reviews = []
    for line, row in enumerate(rows, 2):
        values = {column: (row.get(column) or "").strip() for column in COLUMNS}
        missing = [column for column in ("document_sha256", "page_no", "text_read", "decision") if column not in row]
        if missing:
            raise SourceError(f"{name}: the column {missing[0]} is missing.")
        decision = values["decision"].casefold()
        if not decision:
            continue
        if decision not in _DECISIONS:
            raise SourceError(f"{name}, line {line}: the decision is {decision!r}; write {', '.join(_DECISIONS)}.")
        if decision == "correct" and not values["corrected_text"]:
            raise SourceError(f"{name}, line {line}: a correction needs what is printed, in corrected_text.")
        try:
            places = {column: int(values[column]) for column in ("page_no", "table_no", "row_no", "col_no")}
        except ValueError as error:
            raise SourceError(f"{name}, line {line}: page, table, row and column are whole numbers.") from error
        reviews.append(Review(**{**values, **places, "decision": decision}))  # pyright: ignore[reportArgumentType]
    return reviews


def save(file: Path, reviews: Sequence[Review]) -> None:
    """Write reviews, the later one of two of the same cell, in the order of documents and places."""
    latest = {(review.document_sha256, review.place): review for review in reviews}
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for _, review in sorted(latest.items()):
            writer.writerow([getattr(review, column) for column in COLUMNS])
    part.replace(file)
