"""Reads the scanned pages of one PDF, each once."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from extractors.limits import Limits
from extractors.readers.scan.engine import check_installed
from extractors.readers.scan.picture import Upright, render, unit_of
from extractors.readers.scan.scanned_page import Run, ScannedPage
from extractors.readers.scan.store import Store
from extractors.table import BBox


class ScanReader:
    """The scanned pages of a document. `scans` is the folder where readings are kept; without one they are not."""

    def __init__(self, file: Path, limits: Limits, scans: Path | None = None, sha256: str | None = None) -> None:
        self._file, self._limits, self._scans, self._sha256 = file, limits, scans, sha256
        self._opened: Store | None = None
        self._pages: dict[int, ScannedPage] = {}
        self._pixels: tuple[int, Any] | None = None
        self._taken: set[int] = set()

    @property
    def page_numbers(self) -> list[int]:
        """The pages that count as scanned."""
        return sorted(self._taken)

    def take(self, page_no: int) -> None:
        """Let a page count as scanned: what is read of the document stands on its picture."""
        self._taken.add(page_no)

    def page(self, page_no: int) -> ScannedPage:
        """What is printed on a page.

        Raises UnreadableDocument when the engine is missing, the page has no area or too many pixels.
        """
        if page_no not in self._pages:
            stored = self._store.get(f"page_{page_no:04d}")
            if stored is None:
                check_installed()
                from extractors.readers.scan.recognising import recognise

                pixels, displayed = self._displayed(page_no)
                page = recognise(pixels, page_no, displayed)
                page = replace(page, upright=replace(page.upright, unit=self._unit(page_no)))
                self._store.put(f"page_{page_no:04d}", page.as_json())
            else:
                page = ScannedPage.from_json(stored)
            self._pages[page_no] = page
        return self._pages[page_no]

    def read_again(self, page_no: int, box: BBox) -> list[Run]:
        """The runs of text in a box of an upright page, read once more, enlarged; nothing without the engine."""
        name, key = f"again_{page_no:04d}", ",".join(f"{value:.1f}" for value in box)
        known = self._store.get(name) or {}
        if key not in known:
            from extractors.readers.scan import engine, recognising

            if not engine.is_installed():
                return []
            runs = recognising.read_again(self._upright(page_no), box)
            known = {**known, key: [[run.box, run.text, run.confidences, run.centres] for run in runs]}
            self._store.put(name, known)
        return [Run(tuple(b), text, tuple(c), tuple(x)) for b, text, c, x in known[key]]

    def picture(self, page_no: int, box: BBox) -> Any:
        """The pixels of an upright box with a margin, as a PIL image."""
        from PIL import Image

        from extractors.readers.scan.picture import DPI, POINTS_PER_INCH

        around = 6.0
        x0, top, x1, bottom = (
            max(0, round(value * DPI / POINTS_PER_INCH))
            for value in (box[0] - around, box[1] - around, box[2] + around, box[3] + around)
        )
        return Image.fromarray(self._upright(page_no)[top:bottom, x0:x1])

    @property
    def _store(self) -> Store:
        if self._opened is None:
            if self._sha256 is None:
                with self._file.open("rb") as stream:
                    self._sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            self._opened = Store(self._scans, self._sha256)
        return self._opened

    def _displayed(self, page_no: int) -> tuple[Any, tuple[float, float]]:
        document = pdfium.PdfDocument(self._file)
        try:
            return render(document, page_no, self._limits)
        finally:
            document.close()

    def _unit(self, page_no: int) -> float:
        document = pdfium.PdfDocument(self._file)
        try:
            return unit_of(*document.get_page_size(page_no - 1))
        finally:
            document.close()

    def _upright(self, page_no: int) -> Any:
        """The upright pixels of a page; those of the last one asked for are kept."""
        if self._pixels is None or self._pixels[0] != page_no:
            from extractors.readers.scan.recognising import upright_pixels

            upright: Upright = self.page(page_no).upright
            self._pixels = page_no, upright_pixels(self._displayed(page_no)[0], upright)
        return self._pixels[1]
