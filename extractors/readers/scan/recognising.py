"""From the pixels of a page to what is printed on it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median
from typing import Any

from extractors.readers.primitives import Rule
from extractors.readers.scan.engine import Reading, engine
from extractors.readers.scan.picture import DPI, POINTS_PER_INCH, Upright, lies_sideways, skew_of, turned, unskewed
from extractors.readers.scan.ruling import Ruling, find_rules, unread_ink
from extractors.readers.scan.scanned_page import Run, ScannedPage, split_at
from extractors.table import BBox

_SCALE = POINTS_PER_INCH / DPI
_CLEAR = 0.9
"""A page whose letters are read with a lower mean confidence may lie another way."""
_LETTERS, _FEW = 5, 10
"""Stretches of at least so many letters tell which way is up, because digits read well upside down. A page of fewer
stretches than the second figure is taken as it lies."""
_PAD = 2
"""Pixels around a box, so that no character touches the edge."""
_EMPTY = 0.004
"""A stretch with less than this share of ink is paper."""

ZOOM = 3


def recognise(pixels: Any, page_no: int, displayed: tuple[float, float]) -> ScannedPage:
    """Read a displayed page, whichever way it lies."""
    first = 90 if lies_sideways(pixels) else 0
    best: tuple[ScannedPage, float] | None = None
    for quarters in (0, 180, 90, 270):
        read = _read(pixels, page_no, displayed, (first + quarters) % 360)
        if best is None or read[1] > best[1]:
            best = read
        if best[1] >= _CLEAR:
            break
    assert best is not None
    return best[0]


def upright_pixels(pixels: Any, upright: Upright) -> Any:
    """The picture of a displayed page made upright."""
    return unskewed(turned(pixels, upright.turn), upright.skew)


def read_again(pixels: Any, box: BBox) -> list[Run]:
    """Read the lines of a cell of an upright page once more, cut out and enlarged. `box` is in points."""
    import cv2

    x0, top, x1, bottom = (value / _SCALE for value in box)
    inset = 3
    cut = pixels[round(top) + inset : round(bottom) - inset, round(x0) + inset : round(x1) - inset]
    if min(cut.shape) < 6:
        return []
    large = cv2.resize(cut, None, fx=ZOOM, fy=ZOOM, interpolation=cv2.INTER_CUBIC)
    large = cv2.copyMakeBorder(large, 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=(255,))
    boxes = engine().find(large) or [_ink_box(large)]
    pieces = [_cut(large, each) for each in boxes]
    readings = engine().read([piece for piece in pieces if piece is not None])
    runs = []
    for (left, upper, right, lower), reading in zip(boxes, readings, strict=False):
        if not reading.text.strip():
            continue
        placed = tuple(
            (value - 24) / ZOOM + start + inset
            for value, start in ((left, round(x0)), (upper, round(top)), (right, round(x0)), (lower, round(top)))
        )
        runs.append(_run(placed, reading))
    return runs


def _read(pixels: Any, page_no: int, displayed: tuple[float, float], turn: int) -> tuple[ScannedPage, float]:
    """The page read under one turn, and the mean confidence of its words: 0.0 where much is read and no word among it."""
    upright = turned(pixels, turn)
    skew = skew_of(upright)
    upright = unskewed(upright, skew)
    ruling = find_rules(upright)
    in_pixels = [Rule(rule.at / _SCALE, rule.start / _SCALE, rule.end / _SCALE) for rule in ruling.vertical]
    clean = _without_rules(upright, ruling)
    boxes = [piece for box in engine().find(upright) for piece in split_at(box, in_pixels)]
    boxes = [box for box in boxes if _has_ink(ruling, box)]
    readings = engine().read([_cut(clean, box) for box in boxes])
    pairs = [(box, reading) for box, reading in zip(boxes, readings, strict=True) if reading.text.strip()]
    usual = median([box[3] - box[1] for box, _ in pairs] or [DPI / 8])
    unread = unread_ink(ruling, [box for box, _ in pairs], usual)
    runs = tuple(_run(box, reading) for box, reading in pairs)
    page = ScannedPage(
        page_no,
        Upright(turn, skew, displayed),
        runs,
        tuple(_rounded(rule) for rule in ruling.horizontal),
        tuple(_rounded(rule) for rule in ruling.vertical),
        tuple(_points(box) for box in unread),
    )
    words = [run for run in runs if sum(character.isalpha() for character in run.text) >= _LETTERS]
    if len(runs) < _FEW:
        return page, 1.0
    # Of a page that lies sideways a word or two may be read from a stamp.
    return page, fmean([fmean(run.confidences) for run in words]) * min(1.0, 10 * len(words) / len(runs)) if words else 0.0


def _without_rules(pixels: Any, ruling: Ruling) -> Any:
    import cv2

    return cv2.inpaint(pixels, ruling.mask, 2, cv2.INPAINT_TELEA) if ruling.mask.any() else pixels


def _has_ink(ruling: Ruling, box: Sequence[float]) -> bool:
    x0, top, x1, bottom = (max(0, round(value)) for value in box)
    part = ruling.ink[top:bottom, x0:x1]
    return part.size > 0 and float((part > 0).mean()) > _EMPTY


def _ink_box(picture: Any) -> tuple[float, float, float, float]:
    height, width = picture.shape
    return 0.0, 0.0, float(width), float(height)


def _cut(picture: Any, box: Sequence[float]) -> Any:
    height, width = picture.shape
    x0, top, x1, bottom = (round(value) for value in box)
    return picture[max(0, top - _PAD) : min(height, bottom + _PAD), max(0, x0 - _PAD) : min(width, x1 + _PAD)]


def _run(box: Sequence[float], reading: Reading) -> Run:
    x0, top, x1, bottom = _points((box[0] - _PAD, box[1], box[2] + _PAD, box[3]))
    centres = tuple(round(x0 + centre * (x1 - x0), 2) for centre in reading.centres)
    return Run((x0, top, x1, bottom), reading.text, reading.confidences, centres)


def _points(box: Sequence[float]) -> BBox:
    x0, top, x1, bottom = (round(value * _SCALE, 2) for value in box)
    return x0, top, x1, bottom


def _rounded(rule: Rule) -> Rule:
    return Rule(round(rule.at, 2), round(rule.start, 2), round(rule.end, 2))
