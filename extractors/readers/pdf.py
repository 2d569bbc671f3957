"""PDF to pages: primitives from a back end, tables from the lattice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pdfplumber
import pypdfium2
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError

from extractors.errors import UnreadableDocument
from extractors.limits import Budget
from extractors.readers.lattice import read_page
from extractors.readers.primitives import Primitives, pdfium_page, pdfplumber_page
from extractors.readers.scan.engine import is_installed
from extractors.readers.scan.picture import check_area
from extractors.readers.scan.reader import ScanReader
from extractors.readers.scan.routing import route, text_layer_is_good
from extractors.readers.second_reading import SecondReader
from extractors.readers.setting import printed_words
from extractors.table import Page

Backend = Literal["pdfium", "pdfplumber"]

_TAIL = 2048
"""A whole PDF ends with its %%EOF mark; programs that append bytes stay within this distance."""

_ENCRYPTED = "the PDF is encrypted and asks for a password; put an unprotected copy in its place."
_BROKEN = "the PDF is damaged and cannot be opened; download it again."


def read_pdf(
    path: Path,
    budget: Budget,
    backend: Backend = "pdfium",
    scans: ScanReader | None = None,
    *,
    words: bool = False,
    first: int = 1,
    last: int | None = None,
) -> Iterator[Page]:
    """Yield the pages, or those from `first` to `last`, one at a time; only one page is held in memory.

    With `words` they hold every printed word, too. Pages without a usable text layer are read by `scans`; without one
    they are read and not kept. Some of the pages that pdfium reads are read again by pdfplumber. Raises
    UnreadableDocument for encrypted, truncated or damaged files, for scanned pages that cannot be read here, over
    limits, and where the two see other figures.
    """
    _check_tail(path)
    scans = scans or ScanReader(path, budget.limits)
    second = SecondReader(path, budget.limits.check_one_page_in) if backend == "pdfium" else None
    pages = (_pdfium if backend == "pdfium" else _pdfplumber)(path, budget, first, last)
    try:
        for number, primitives in enumerate(pages, first):
            page = _scanned(primitives, number, scans, words)
            if page is None:
                items = read_page(primitives, number)
                notes = second.check(items, number) if second and second.is_due(primitives) else ()
                printed = printed_words(primitives.chars) if words else ()
                page = Page(number, items, printed, primitives.width, primitives.height, notes)
            budget.spend_cells(sum(len(t.rows) * t.column_count for t in page.tables) + 1)
            yield page
    finally:
        if second:
            second.close()


def count_pages(path: Path, budget: Budget) -> int:
    """The pages of a PDF. Raises UnreadableDocument when it cannot be opened or has too many."""
    _check_tail(path)
    document = _open(path)
    try:
        budget.check_pages(len(document))
        return len(document)
    finally:
        document.close()


def _scanned(primitives: Primitives, number: int, scans: ScanReader, words: bool) -> Page | None:
    """What the picture of a page says, or None where its text does."""
    layer = "".join(text for text in primitives.chars.texts if not text.isspace())
    way = route(layer, primitives.image_share)
    if way == "text" or (way == "compare" and not is_installed()):
        return None
    if way == "compare" and text_layer_is_good(layer, scans.page(number)):
        return None
    return scans.page(number).page(words=words)


def _check_tail(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _TAIL))
        if b"%%EOF" not in file.read():
            raise UnreadableDocument("the PDF ends before its end mark, so it is truncated; download it again.")


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(_ENCRYPTED if "password" in str(error).lower() else _BROKEN) from error


def _pdfium(path: Path, budget: Budget, first: int, last: int | None) -> Iterator[Primitives]:
    document = _open(path)
    try:
        budget.check_pages(len(document))
        for index in range(first - 1, last or len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError as error:
                raise UnreadableDocument(f"page {index + 1} is damaged; download the PDF again.") from error
            try:
                check_area(index + 1, *page.get_size())
                yield pdfium_page(page)
            finally:
                page.close()
    finally:
        document.close()


def _pdfplumber(path: Path, budget: Budget, first: int, last: int | None) -> Iterator[Primitives]:
    try:
        document = pdfplumber.open(path)
    except PDFPasswordIncorrect as error:
        raise UnreadableDocument(_ENCRYPTED) from error
    except (PDFSyntaxError, ValueError, TypeError) as error:
        raise UnreadableDocument(_BROKEN) from error
    except Exception as error:  # pdfplumber wraps the password error of pdfminer in its own type
        encrypted = any(isinstance(arg, PDFPasswordIncorrect) for arg in (*error.args, error.__cause__))
        raise UnreadableDocument(_ENCRYPTED if encrypted else _BROKEN) from error
    with document:
        budget.check_pages(len(document.pages))
        for page in document.pages[first - 1 : last]:
            check_area(page.page_number, page.width, page.height)
            yield pdfplumber_page(page)
            page.close()  # without it 93 pages held 720 MB
