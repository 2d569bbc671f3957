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
from extractors.readers.lattice import printed_words, read_page
from extractors.readers.primitives import Primitives, pdfium_page, pdfplumber_page
from extractors.table import Page, Table

Backend = Literal["pdfium", "pdfplumber"]

_MIN_CHARS = 20
_MIN_IMAGE = 0.5
"""A page of fewer characters whose area is image to more than this share is a scan; less is a logo on a cover."""
_TAIL = 2048
"""A whole PDF ends with its %%EOF mark; programs that append bytes stay within this distance."""

_ENCRYPTED = "the PDF is encrypted and asks for a password; put an unprotected copy in its place."
_BROKEN = "the PDF is damaged and cannot be opened; download it again."


def read_pdf(path: Path, budget: Budget, backend: Backend = "pdfium", *, words: bool = False) -> Iterator[Page]:
    """Yield the pages one at a time; only one page is held in memory. With `words` they hold every printed word, too.

    Raises UnreadableDocument for encrypted, truncated or damaged files, for scanned pages and over limits.
    """
    _check_tail(path)
    pages = _pdfium(path, budget) if backend == "pdfium" else _pdfplumber(path, budget)
    for number, (primitives, image_share) in enumerate(pages, 1):
        characters = sum(not char.is_space for char in primitives.chars)
        if characters < _MIN_CHARS and image_share > _MIN_IMAGE:
            raise UnreadableDocument(
                f"page {number} is a scanned image without a text layer; scans are not read yet, "
                "so put a born-digital copy in its place."
            )
        items = read_page(primitives, number)
        budget.spend_cells(sum(len(t.rows) * t.column_count for t in items if isinstance(t, Table)) + 1)
        printed = printed_words(primitives) if words else ()
        yield Page(number, items, printed, primitives.width, primitives.height)


def _check_tail(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _TAIL))
        if b"%%EOF" not in file.read():
            raise UnreadableDocument("the PDF ends before its end mark, so it is truncated; download it again.")


def _pdfium(path: Path, budget: Budget) -> Iterator[tuple[Primitives, float]]:
    """Primitives of each page and the share of its area that is image."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(_ENCRYPTED if "password" in str(error).lower() else _BROKEN) from error
    try:
        budget.check_pages(len(document))
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError as error:
                raise UnreadableDocument(f"page {index + 1} is damaged; download the PDF again.") from error
            try:
                primitives = pdfium_page(page)
                yield primitives, _image_area(page) / (primitives.width * primitives.height)
            finally:
                page.close()
    finally:
        document.close()


def _image_area(page: pypdfium2.PdfPage) -> float:
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    if next(page.get_objects(filter=kinds, max_depth=3), None) is None:
        return 0.0
    # An image inside a form has its place in the form's own space; the form's box is on the page.
    outer = page.get_objects(filter=[*kinds, pypdfium2.raw.FPDF_PAGEOBJ_FORM], max_depth=1)
    return sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in (item.get_bounds() for item in outer))


def _pdfplumber(path: Path, budget: Budget) -> Iterator[tuple[Primitives, float]]:
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
        for page in document.pages:
            primitives = pdfplumber_page(page)
            area = sum(image["width"] * image["height"] for image in page.images)
            yield primitives, area / (primitives.width * primitives.height)
            page.close()  # without it 93 pages held 720 MB
