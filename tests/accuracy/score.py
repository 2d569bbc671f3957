"""Scores one family: each document against the best truth there is for it, and never pooled with another family."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extractors.extraction import Progress
from extractors.spec import SourceSpec
from tests.accuracy.comparing import Score, compare, compare_bags, compare_some
from tests.accuracy.families import Family
from tests.accuracy.figure_truths import figure_rows, is_sheets
from tests.accuracy.hand_read import hand_read_rows
from tests.accuracy.reading import Reading, read_documents
from tests.accuracy.twins import printed_numbers, twin_of, workbook_rows

FIGURES, TWIN, ITSELF, BY_HAND = "figures", "workbook beside it", "the workbook itself", "read by hand"


@dataclass(slots=True)
class FamilyScore:
    """What came of a family: documents read and quarantined, and the score against each kind of truth.

    `amounts` counts every number that landed; those of documents without a truth are in no score.
    """

    source_id: str
    place: str
    read: int = 0
    quarantined: dict[str, str] = field(default_factory=dict)
    amounts: int = 0
    against: dict[str, Score] = field(default_factory=dict)
    documents_against: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values, the counts of each truth beside its name."""
        return asdict(self)


def score_family(
    family: Family, source: SourceSpec, on_progress: Callable[[Progress], None] | None = None
) -> FamilyScore:
    """Read all documents of a family and compare those for which there is a truth."""
    result = FamilyScore(family.source_id, family.place)
    with TemporaryDirectory(prefix="contraste-accuracy-") as folder:
        for reading in read_documents(family.files, source, Path(folder), on_progress):
            if reading.action == "quarantined":
                result.quarantined[reading.file.name] = reading.reason or ""
                continue
            result.read += 1
            result.amounts += sum(len(row.amounts) for row in reading.rows)
            for truth, score in _scores(reading, source):
                result.against.setdefault(truth, Score()).add(score)
                result.documents_against[truth] = result.documents_against.get(truth, 0) + 1
    return result


def _scores(reading: Reading, source: SourceSpec) -> list[tuple[str, Score]]:
    signs = (source.numbers.thousands, source.numbers.decimal)
    found = []
    if (figures := figure_rows(reading.file, *signs)) is not None:
        found.append((FIGURES, (compare_bags if is_sheets(reading.file) else compare)(figures, reading.rows)))
    elif (twin := twin_of(reading.file)) is not None:
        is_itself = twin == reading.file
        printed = None if is_itself else printed_numbers(reading.file, *signs)
        found.append((ITSELF if is_itself else TWIN, compare(workbook_rows(twin), reading.rows, printed)))
    for page, rows in hand_read_rows(reading.file, *signs).items():
        printed = [row for row in reading.rows if row.place.startswith(f"page {page:04d}")]
        found.append((BY_HAND, compare_some(rows, printed)))
    for _, score in found:
        score.examples = [f"{reading.file.name}: {example}" for example in score.examples]
    return found
