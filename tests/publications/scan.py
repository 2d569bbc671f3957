"""A publication as a scanner would give it: pages of pixels, a little askew, with noise, in an image-only PDF."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a scanner spoils what it sees. `skew` is in degrees and differs from page to page within plus and minus;
    `noise` is the standard deviation of the grain in grey levels, `blur` a radius in pixels, `quality` that of JPEG;
    `turn` turns every page clockwise by so many degrees (a multiple of 90), as a sheet laid in sideways."""

    dpi: int = 200
    skew: float = 0.5
    noise: float = 7.0
    blur: float = 0.5
    quality: int = 55
    turn: int = 0
    seed: int = 20210205


def scan(pdf: bytes, scanner: Scanner, title: str = "", pages: list[int] | None = None) -> bytes:
    """An image-only PDF of the pages of a PDF (all, or those of these indices); the same bytes every time."""
    random = np.random.RandomState(scanner.seed)
    source = pdfium.PdfDocument(pdf)
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for index in range(len(source)) if pages is None else pages:
        page = source[index]
        picture = page.render(scale=scanner.dpi / POINTS_PER_INCH, grayscale=True).to_pil().convert("L")  # pyright: ignore[reportArgumentType]
        jpeg, size = _spoiled(picture, scanner, random)
        width, height = (pixels * POINTS_PER_INCH / scanner.dpi for pixels in size)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(BytesIO(jpeg)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    source.close()
    return buffer.getvalue()


def _spoiled(picture: Image.Image, scanner: Scanner, random: np.random.RandomState) -> tuple[bytes, tuple[int, int]]:
    angle = random.uniform(-scanner.skew, scanner.skew)
    picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if scanner.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(scanner.blur))
    grey = np.asarray(picture, dtype=np.float64)
    if scanner.noise:
        # Grain lies on the print and on the paper, but paper cannot be brighter than white.
        grey = grey * 0.94 + 6 + random.normal(0, scanner.noise, grey.shape)
    picture = Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))
    if scanner.turn:
        picture = picture.rotate(-scanner.turn, expand=True)
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=scanner.quality)
    return buffer.getvalue(), picture.size
