"""Which reader a file needs: decided by its content, and checked against its name."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Literal

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers.docx import read_docx
from extractors.readers.parallel_pages import WORTH_HELP, Cores, in_parallel
from extractors.readers.pdf import Backend, count_pages, read_pdf
from extractors.readers.scan.reader import ScanReader
from extractors.readers.text import read_text
from extractors.readers.xlsx import read_xlsx
from extractors.table import Page

Format = Literal["pdf", "xlsx", "docx", "text"]

SUFFIXES: dict[str, Format] = {
    ".pdf": "pdf",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".txt": "text",
    ".tsv": "text",
}
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
"""Begins the old binary office files, and also the container that a password puts around an XLSX workbook."""
_NAMES = {"pdf": "a PDF", "xlsx": "an XLSX workbook", "docx": "a Word document", "text": "text"}
_PARTS: dict[str, Format] = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}


def detect_format(path: Path) -> Format:
    """The format of a file, by its first bytes.

    Raises UnreadableDocument when it is empty, of a kind that has no reader, or not what its suffix says.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableDocument(
            f"no reader for files ending in {suffix or 'nothing'}; the readers take {', '.join(sorted(SUFFIXES))}."
        )
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\x00\t\r\n "):
        raise UnreadableDocument("the file is empty; download it again.")
    if head.startswith(_OLE_MARK):
        raise UnreadableDocument(
            "it is an office file protected by a password or of the old binary kind; "
            "put an unprotected copy saved as .xlsx or .docx in its place."
        )
    found = _by_content(path, head)
    if found is None or found != SUFFIXES[suffix]:
        actual = _NAMES[found] if found else "none of the kinds that have a reader"
        raise UnreadableDocument(
            f"its name ends in {suffix}, but by its content it is {actual}; give it the right ending or the right file."
        )
    return found


def has_right_ending(path: Path) -> bool:
    """True when a file's name says what it is by its content."""
    try:
        detect_format(path)
    except (UnreadableDocument, OSError):
        return False
    return True


def _by_content(path: Path, head: bytes) -> Format | None:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_ZIP_MARKS):
        try:
            with zipfile.ZipFile(path) as archive:
                names = set(archive.namelist())
            return next((kind for part, kind in _PARTS.items() if part in names), None)
        except zipfile.BadZipFile:
            # A truncated office file keeps its first bytes and loses its directory: let its reader say so.
            suffix = SUFFIXES.get(path.suffix.lower())
            return suffix if suffix in _PARTS.values() else None
    if b"\x00" in head:
        return None
    return "text"


def open_document(
    path: Path,
    budget: Budget,
    backend: Backend = "pdfium",
    *,
    whole_sheets: bool = False,
    words: bool = False,
    scans: ScanReader | None = None,
    cores: Cores | None = None,
) -> tuple[Format, Iterator[Page]]:
    """Format and pages of a file; `whole_sheets` reads a workbook beyond its print areas, with `words` the pages of a
    PDF hold every printed word, and `scans` reads and keeps scanned ones.

    Cores that nobody uses help with a long PDF. Raises UnreadableDocument, at once or while pages are read.
    """
    budget.check_bytes(path.stat().st_size)
    found = detect_format(path)
    if found == "pdf":
        if cores and (count := count_pages(path, budget)) >= WORTH_HELP:
            stretch = partial(_stretch, path, budget.limits, backend, words, scans=scans)
            return found, in_parallel(stretch, count, cores, budget)
        return found, read_pdf(path, budget, backend, scans, words=words)
    if found == "xlsx":
        return found, read_xlsx(path, budget, whole_sheets=whole_sheets)
    if found == "docx":
        return found, read_docx(path, budget)
    return found, read_text(path, budget)


def _stretch(
    path: Path,
    limits: Limits,
    backend: Backend,
    words: bool,
    first: int,
    last: int,
    scans: ScanReader | None = None,
) -> Iterator[Page]:
    return read_pdf(path, Budget(limits), backend, scans, words=words, first=first, last=last)
