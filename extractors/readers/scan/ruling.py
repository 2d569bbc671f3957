"""Rules and ink of a scanned page, by morphology."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.readers.primitives import Rule
from extractors.readers.scan.picture import DPI, POINTS_PER_INCH

_ACROSS, _DOWN = 1.25, 0.3
"""Shorter strokes (inches, horizontal and vertical) are letters, dashes and underlines rather than rules."""
_BRIDGED = 3
"""Gaps in a rule up to this many pixels are closed; more, and lines of text become rules."""
_THICKEST = 0.06
"""Thicker strokes (inches) are bars and edges of shaded areas."""
_REACH = 1.5
"""A rule that ends this close (points) to another reaches it: scanned corners are worn."""
_WINDOW, _DARKER = 41, 18
"""Ink is darker than the mean of its neighbourhood (pixels) by so many grey levels: shaded cells are no ink."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """Horizontal and vertical rules in points, and masks of the same size as the picture: all ink, and the rules."""

    horizontal: list[Rule]
    vertical: list[Rule]
    ink: Any
    mask: Any


def find_rules(pixels: Any) -> Ruling:
    """The rules of an upright picture."""
    import cv2

    ink = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _DARKER)
    across = _strokes(ink, (round(_ACROSS * DPI), 1), (_BRIDGED, 1))
    down = _strokes(ink, (1, round(_DOWN * DPI)), (1, _BRIDGED))
    scale = POINTS_PER_INCH / DPI
    horizontal = [
        Rule((y + h / 2) * scale, x * scale - _REACH, (x + w) * scale + _REACH) for x, y, w, h in _boxes(across, 1)
    ]
    vertical = [
        Rule((x + w / 2) * scale, y * scale - _REACH, (y + h) * scale + _REACH) for x, y, w, h in _boxes(down, 0)
    ]
    mask = cv2.dilate(cv2.bitwise_or(across, down), cv2.getStructuringElement(cv2.MORPH_RECT, (3, 3)))
    return Ruling(horizontal, vertical, ink, mask)


def _strokes(ink: Any, length: tuple[int, int], gap: tuple[int, int]) -> Any:
    import cv2

    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, length))


def _boxes(mask: Any, thickness: int) -> list[tuple[int, int, int, int]]:
    """Boxes of the strokes; `thickness` is the axis across them."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    boxes = [stats[index, :4].tolist() for index in range(1, count)]
    return [(x, y, w, h) for x, y, w, h in boxes if (w, h)[thickness] <= _THICKEST * DPI]


def unread_ink(ruling: Ruling, read: list[tuple[float, float, float, float]], height: float) -> list[tuple[int, ...]]:
    """Boxes in pixels of ink that belongs to no rule and lies in no box that was read.

    `height` is the usual height of a line in pixels: specks much smaller than a character are dirt.
    """
    import cv2

    left = cv2.bitwise_and(ruling.ink, cv2.bitwise_not(ruling.mask))
    for x0, top, x1, bottom in read:
        left[max(0, round(top) - 2) : round(bottom) + 3, max(0, round(x0) - 3) : round(x1) + 4] = 0
    count, _, stats, _ = cv2.connectedComponentsWithStats(left)
    boxes = []
    for index in range(1, count):
        x, y, w, h, area = (int(value) for value in stats[index])
        if h >= 0.35 * height and w >= 2 and area >= 0.04 * height * height:
            boxes.append((x, y, x + w, y + h))
    return boxes
