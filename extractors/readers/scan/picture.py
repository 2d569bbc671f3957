"""A page as a picture that stands upright: rendered within bounds, turned by quarters, its skew taken out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium

from extractors.errors import UnreadableDocument
from extractors.limits import Limits

POINTS_PER_INCH = 72
DPI = 200
_PROFILE_PIXELS = 1000
"""The longer side of the picture in which the skew is measured."""
_LARGEST, _SHEET = 1800.0, 842.0
"""A page whose longer side has more points than the first is no paper: it is read as a sheet of the second (A4)."""
_MOST_SKEW, _COARSE, _FINE = 5.0, 0.25, 0.02
"""Degrees."""


@dataclass(frozen=True, slots=True)
class Upright:
    """How a displayed page becomes an upright one: turned clockwise by `turn` degrees (a multiple of 90), then by
    `skew` degrees counterclockwise around its centre. Sizes are in points; `width` and `height` those of the upright
    page, `displayed` those of the page as a viewer shows it."""

    turn: int
    skew: float
    displayed: tuple[float, float]
    unit: float = 1.0
    """Points of the page as a viewer shows it for each point here: some scanners call every pixel a point, so that a
    sheet of paper becomes a page of a metre, which is read as the sheet it is."""

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the page as a viewer shows it."""
        return self.displayed[0] * self.unit, self.displayed[1] * self.unit

    @property
    def width(self) -> float:
        return self.displayed[self.turn % 180 // 90]

    @property
    def height(self) -> float:
        return self.displayed[1 - self.turn % 180 // 90]

    def to_displayed(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """The box around an upright box on the displayed page."""
        x0, top, x1, bottom = box
        corners = [self._to_displayed(x, y) for x in (x0, x1) for y in (top, bottom)]
        xs, ys = [x * self.unit for x, _ in corners], [y * self.unit for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _to_displayed(self, x: float, y: float) -> tuple[float, float]:
        angle = math.radians(self.skew)
        dx, dy = x - self.width / 2, y - self.height / 2
        x = self.width / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        y = self.height / 2 + dx * math.sin(angle) + dy * math.cos(angle)
        if self.turn == 90:
            return y, self.width - x
        if self.turn == 180:
            return self.width - x, self.height - y
        if self.turn == 270:
            return self.height - y, x
        return x, y


def unit_of(width: float, height: float) -> float:
    """How many points of a page stand for one of the paper that was scanned."""
    longer = max(width, height)
    return longer / _SHEET if longer > _LARGEST else 1.0


def render(document: pdfium.PdfDocument, page_no: int, limits: Limits) -> tuple[Any, tuple[float, float]]:
    """The page in grey pixels at 200 dots per inch of its paper, and the size of the paper in points.

    Raises UnreadableDocument when the page has no area, or it or a picture on it has more pixels than the limit.
    """
    import numpy as np

    page = document[page_no - 1]
    try:
        width, height = page.get_size()
        check_area(page_no, width, height)
        unit = unit_of(width, height)
        scale = DPI / POINTS_PER_INCH / unit
        _check_pixels(page_no, width * height * scale**2, limits, f"page {page_no}")
        for item in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
            if not isinstance(item, pdfium.PdfImage):
                continue
            across, down = item.get_px_size()
            _check_pixels(page_no, across * down, limits, f"a picture on page {page_no}")
        # pdfium's scale is a float; the library's stub takes its default for an int
        pixels = page.render(scale=scale, grayscale=True).to_numpy()  # pyright: ignore[reportArgumentType]
        return np.ascontiguousarray(pixels.reshape(pixels.shape[:2])), (width / unit, height / unit)
    finally:
        page.close()


def check_area(page_no: int, width: float, height: float) -> None:
    """Raise UnreadableDocument for a page without width or height."""
    if not (width > 0 and height > 0):
        raise UnreadableDocument(f"page {page_no} has no area ({width:g} by {height:g} points); print it anew.")


def _check_pixels(page_no: int, count: float, limits: Limits, what: str) -> None:
    megapixels = count / 1_000_000
    if megapixels > limits.max_page_megapixels:
        raise UnreadableDocument(
            f"{what} has {megapixels:,.0f} megapixels, over the limit of {limits.max_page_megapixels:,}; "
            "raise CONTRASTE_MAX_PAGE_MEGAPIXELS if it is worth it."
        )


def turned(pixels: Any, turn: int) -> Any:
    """The picture turned clockwise by a multiple of 90 degrees."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(pixels, -turn // 90)) if turn else pixels


def unskewed(pixels: Any, skew: float) -> Any:
    """The picture turned by `skew` degrees around its centre, white where nothing was."""
    import cv2

    if not skew:
        return pixels
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
    return cv2.warpAffine(pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))


def skew_of(pixels: Any) -> float:
    """The angle in degrees by which the picture must be turned so that its lines are level; 0.0 when none is found."""
    small = _small(pixels)
    steps = round(_MOST_SKEW / _COARSE)
    coarse = max(
        (step * _COARSE for step in range(-steps, steps + 1)), key=lambda angle: (_energy(small, angle), -abs(angle))
    )
    near = round(_COARSE / _FINE)
    best = max(
        (coarse + step * _FINE for step in range(-near, near + 1)),
        key=lambda angle: (_energy(small, angle), -abs(angle)),
    )
    return round(best, 3)


def _small(pixels: Any) -> Any:
    """Ink (1.0) and paper (0.0) in a smaller picture."""
    import cv2
    import numpy as np

    factor = min(1.0, _PROFILE_PIXELS / max(pixels.shape))
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else pixels
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    return (ink > 0).astype(np.float32)


def _energy(ink: Any, angle: float) -> float:
    """How sharply rows of ink and rows of paper alternate when the picture is turned by `angle`."""
    import cv2
    import numpy as np

    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    rows = cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1) / width
    return float(np.square(np.diff(rows)).sum())
