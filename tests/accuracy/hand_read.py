"""Tables that a person read off the printed page, cell by cell: `hand_read/<sha256, first 12 signs>_<name>.tsv`.

The first line of a file names the page; every other line is a printed row: its words, then its numbers, as printed.
Only the rows of that page that stand in the file are compared, so a truth need not hold a whole document.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from tests.accuracy.rows import PrintedRow, printed_row

FOLDER = Path(__file__).parent / "hand_read"


def hand_read_rows(document: Path, thousands: str, decimal: str) -> dict[int, list[PrintedRow]]:
    """The rows read by hand of a document by page; none where nobody read it."""
    digest = hashlib.sha256(document.read_bytes()).hexdigest()[:12]
    pages: dict[int, list[PrintedRow]] = {}
    for file in sorted(FOLDER.glob(f"{digest}_*.tsv")):
        with file.open(encoding="utf-8", newline="") as lines:
            (_, page), *rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        found = (
            printed_row(texts, thousands, decimal, f"{document.name}, page {page}, row {n} read by hand")
            for n, texts in enumerate(rows, 1)
        )
        pages.setdefault(int(page), []).extend(row for row in found if row is not None)
    return pages
