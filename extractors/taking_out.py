"""Taking documents out of the raw tables: for good, or until what is asked of them changes.

Either way the bytes stay in the archive and the manifest says why.
"""

from __future__ import annotations

from pathlib import Path

from extractors import landing, readings
from extractors.archive import manifest, record
from extractors.errors import UnknownDocument


def withdraw(raw: Path, what: str, reason: str) -> str:
    """Take a document out for good, with the reason of the person who does.

    `what` is its path in the inbox or the beginning (eight characters or more) of its sha256. Returns its path.
    Raises UnknownDocument when no document, or more than one, is meant.
    """
    found = [
        row
        for sha256, row in manifest(raw).items()
        if what == row["file_path"] or (len(what) >= 8 and sha256.startswith(what.lower()))
    ]
    if len(found) != 1:
        known = "no document" if not found else f"{len(found)} documents"
        raise UnknownDocument(f"{known} of the warehouse is {what!r}; name its path in the inbox or its sha256.")
    (row,) = found
    record(raw, {**row, "status": "withdrawn", "reason": reason, "held_under": None})
    landing.discard(raw, row["document_sha256"])
    readings.forget_values(raw, row["document_sha256"])
    return str(row["file_path"])


def hold_back(raw: Path, sha256: str, reason: str, under: str) -> None:
    """Put a loaded document into quarantine because of what it says, until `let_back` is told of another `under`.

    `under` identifies what the document was measured against. Raises UnknownDocument when it is not loaded.
    """
    row = manifest(raw).get(sha256)
    if row is None or row["status"] != "loaded":
        raise UnknownDocument(f"no loaded document is {sha256[:12]}, so it cannot be held back.")
    record(raw, {**row, "status": "quarantined", "reason": reason, "held_under": under})
    landing.discard(raw, sha256)


def let_back(raw: Path, under: str) -> list[str]:
    """Have documents that were held back under something else read again by the next extraction; their paths."""
    freed = []
    for row in manifest(raw).values():
        if row.get("held_under") not in (None, under):
            # a reading by no extractor is out of date
            record(raw, {**row, "extractor_version": None, "held_under": None})
            freed.append(str(row["file_path"]))
    return freed
