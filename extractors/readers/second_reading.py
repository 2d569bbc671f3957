"""A page read again by the reference back end, and what the two readings say otherwise.

The fast back end reads every page; pdfplumber, which shares no code with it, reads some of them again. Which ones
follows from what the page prints, so that the same document is always checked on the same pages.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2

from extractors.errors import UnreadableDocument
from extractors.readers.lattice import read_page
from extractors.readers.primitives import Primitives, pdfplumber_page
from extractors.table import Table, TextLine

_SHOWN = 100
_MOST_CHARS = 50_000
"""A page of more characters would keep the reference back end for seconds; it is not read again."""


class SecondReader:
    """Reads one page in `every` of a PDF again. It opens the file when it is first needed."""

    def __init__(self, path: Path, every: int) -> None:
        self._path = path
        self._every = every
        self._document: pypdfium2.PdfDocument | None = None

    def is_due(self, page: Primitives) -> bool:
        """True for the pages that are read again."""
        if len(page.chars) > _MOST_CHARS:
            return False
        digest = hashlib.sha256("".join(page.chars.texts).encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:8], "big") % self._every == 0

    def check(self, items: Sequence[TextLine | Table], number: int) -> tuple[str, ...]:
        """Notes on what the reference says otherwise of page `number`, whose lines and tables are `items`.

        Raises UnreadableDocument when it sees other figures: one of the two readings is wrong, and nobody knows which.
        """
        try:
            other = read_page(self._reference(number), number)
        except UnreadableDocument:
            raise
        except Exception as error:
            return (f"page {number}: the reference back end cannot read it ({type(error).__name__})",)
        finally:
            gc.collect(1)  # pdfplumber leaves circles of many objects behind
        for one, two in _pairs(_figures(items), _figures(other)):
            raise UnreadableDocument(
                f"page {number} is read in two ways: where pdfium sees {one}, pdfplumber sees {two}; compare the page, "
                "and put a copy printed anew, or the workbook it was printed from, in its place."
            )
        for one, two in _pairs(_places(items), _places(other)):
            return (f"page {number}: pdfium sees {one}, pdfplumber {two}, with the same figures",)
        return ()

    def close(self) -> None:
        """Close the file, if it was opened."""
        if self._document is not None:
            self._document.close()

    def _reference(self, number: int) -> Primitives:
        if self._document is None:
            self._document = pypdfium2.PdfDocument(self._path)
        with pdfplumber.open(_alone(self._document, number)) as document:
            return pdfplumber_page(document.pages[0])


def _alone(document: pypdfium2.PdfDocument, number: int) -> BytesIO:
    """One page as a PDF of its own, drawn by the very same objects: pdfplumber goes through all pages to find one."""
    alone = pypdfium2.PdfDocument.new()
    try:
        alone.import_pages(document, [number - 1])
        file = BytesIO()
        alone.save(file)
    finally:
        alone.close()
    file.seek(0)
    return file


def _pairs(one: Iterable[str], two: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What stands at the same place and differs, as it is shown to a person."""
    first, second = list(one), list(two)
    length = max(len(first), len(second))
    for a, b in zip(
        first + [""] * (length - len(first)),
        second + [""] * (length - len(second)),
        strict=True,
    ):
        if a != b:
            yield _shown(a), _shown(b)


def _shown(text: str) -> str:
    return repr(text[:_SHOWN]) if text else "nothing"


def _figures(items: Sequence[TextLine | Table]) -> list[str]:
    """Every printed text with a digit, line by line and cell by cell, without white space."""
    return ["".join(text.split()) for text in _texts(items) if any(character.isdigit() for character in text)]


def _texts(items: Sequence[TextLine | Table]) -> list[str]:
    return [
        text
        for item in items
        for text in ([item.text] if isinstance(item, TextLine) else (cell.joined for row in item.rows for cell in row))
        if text and not text.isspace()
    ]


def _places(items: Sequence[TextLine | Table]) -> list[str]:
    """Every line and every cell with what it prints and where."""
    return [
        place
        for item in items
        for place in (
            [item.text]
            if isinstance(item, TextLine)
            else (
                f"{cell.joined or ''} (table {item.table_no}, row {cell.row_no}, column {cell.col_no}, "
                f"over {cell.row_span} by {cell.col_span})"
                for row in item.rows
                for cell in row
                if cell.text is not None
            )
        )
    ]
