"""Pages as pictures: a whole one, or the part around a printed cell, with the cell outlined."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from extractors.errors import UnreadableDocument
from extractors.table import BBox

_SCALE = 2.5
"""Pixels per point: 180 dots per inch, at which print of 6 points is still easy to read."""
_WHOLE_SCALE = 2.0
"""The same of a whole page, of which a reader sees a part at a time."""
_AROUND = (150.0, 60.0)
"""Points shown left and right, above and below the cell: enough to see its neighbours and a header just above."""
_OUTLINE = (200, 30, 45)
_MOST_POINTS = 5_000.0
"""A page longer than this on a side is drawn smaller, so that a hostile one does not fill the memory."""


def page_image(file: Path, page_no: int) -> Image.Image:
    """A page as it is displayed, two pixels per point; fewer when the page is very large.

    Raises UnreadableDocument when the file is no PDF that opens or has no such page.
    """
    return _drawn(file, page_no, _WHOLE_SCALE)[0]


def cell_image(file: Path, page_no: int, bbox: BBox) -> Image.Image:
    """The page around a cell, `bbox` in points of displayed page space (origin top left), with the cell outlined.

    Raises UnreadableDocument when the file is no PDF that opens or has no such page.
    """
    whole, scale = _drawn(file, page_no, _SCALE)
    x0, top, x1, bottom = (edge * scale for edge in bbox)
    beside, above = (points * scale for points in _AROUND)
    drawing = ImageDraw.Draw(whole)
    drawing.rectangle((x0, top, x1, bottom), outline=_OUTLINE, width=max(2, round(1.2 * scale)))
    left, upper = max(0, x0 - beside), max(0, top - above)
    return whole.crop(
        (round(left), round(upper), round(min(whole.width, x1 + beside)), round(min(whole.height, bottom + above)))
    )


def _drawn(file: Path, page_no: int, scale: float) -> tuple[Image.Image, float]:
    """A page, and the pixels per point it came out with."""
    try:
        document = pdfium.PdfDocument(file)
    except (pdfium.PdfiumError, FileNotFoundError) as error:
        raise UnreadableDocument(f"{file.name} does not open as a PDF, so no page of it can be shown.") from error
    try:
        if not 1 <= page_no <= len(document):
            raise UnreadableDocument(f"{file.name} has {len(document)} pages; there is no page {page_no}.")
        page = document[page_no - 1]
        scale *= min(1.0, _MOST_POINTS / max(page.get_size()))
        # pdfium's scale is a float; the library's stub takes its default for an int
        return page.render(scale=scale).to_pil().convert("RGB"), scale  # pyright: ignore[reportArgumentType]
    finally:
        document.close()
