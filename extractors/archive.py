"""The manifest of documents and the archive of their bytes, both keyed by content.

A document is what its sha256 says, whatever its name. The archive keeps the bytes of every document that was read in
full, so that it can be read again after it left the inbox.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractors.errors import UnreadableDocument
from extractors.landing import DOCUMENTS, SCHEMA_FILE, write


def sha256_of(file: Path) -> str:
    """Hex sha256 of a file's bytes."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def inbox_files(inbox: Path) -> list[Path]:
    """The documents lying in the inbox, in order of their path.

    Hidden files, lock files of office programs, unfinished downloads and README files are no documents.
    """
    if not inbox.is_dir():
        return []
    return sorted(
        file
        for file in inbox.rglob("*")
        if file.is_file()
        and not any(part.startswith((".", "~$")) for part in file.relative_to(inbox).parts)
        and file.stem.upper() != "README"
        and file.suffix.lower() not in (".part", ".crdownload", ".tmp")
    )


# A refresh asks for the manifest several times, and opening a file for each of thousands of documents costs seconds.
# A row that is recorded again is another file, so what was read of a file stays true as long as it is the same one.
_read: dict[Path, tuple[tuple[int, int, int], list[dict[str, Any]]]] = {}


def manifest(raw: Path) -> dict[str, dict[str, Any]]:
    """The manifest rows by sha256."""
    rows: dict[str, dict[str, Any]] = {}
    for file in sorted((raw / "documents").glob("*.parquet")):
        if file.name != SCHEMA_FILE:
            rows.update({row["document_sha256"]: dict(row) for row in _rows_of(file.absolute())})
    return rows


def _rows_of(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of the manifest, read once as long as the file is the same."""
    found = file.stat()
    identity = (found.st_ino, found.st_mtime_ns, found.st_size)
    known = _read.get(file)
    if known is None or known[0] != identity:
        known = _read[file] = (identity, pq.read_table(file, schema=DOCUMENTS).to_pylist())
    return known[1]


def record(raw: Path, row: dict[str, Any]) -> None:
    """Write one manifest row."""
    write(raw / "documents" / f"{row['document_sha256']}.parquet", DOCUMENTS, [row])


def archived(archive: Path, sha256: str, suffix: str) -> Path:
    """Where the bytes of a document are kept."""
    return archive / sha256[:2] / f"{sha256}{suffix.lower()}"


def keep(archive: Path, file: Path, sha256: str) -> Path:
    """Copy a document into the archive (a copy, never a link: offices overwrite files in place).

    Raises UnreadableDocument when the file no longer has this sha256: then something else was read.
    """
    target = archived(archive, sha256, file.suffix)
    part = target.with_name(target.name + ".part")
    checked = file if target.exists() else part
    try:
        if checked == part:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, part)
        unchanged = sha256_of(checked) == sha256
    except FileNotFoundError:
        unchanged = False
    if not unchanged:
        part.unlink(missing_ok=True)
        raise UnreadableDocument("the file was changed or taken away while it was read; refresh again.")
    if checked == part:
        os.replace(part, target)
    return target
