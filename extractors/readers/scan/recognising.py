"""From the pixels of a page to what is printed on it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, median
from typing import Any

from extractors.readers.primitives import Rule
from extractors.readers.scan.engine import Reading, engine
from extractors.readers.scan.picture import DPI, POINTS_PER_INCH, Upright, skew_of, turned, unskewed
from extractors.readers.scan.ruling import Ruling, find_rules, unread_ink
from extractors.readers.scan.scanned_page import Run, ScannedPage, split_at
from extractors.table import BBox

_SCALE = POINTS_PER_INCH / DPI
_CLEAR = 0.9
"""A page whose letters are read with a lower mean confidence may lie another way."""
_LETTERS, _FEW = 5, 10
"""Stretches of at least so many letters tell which way is up, because digits read well upside down. A page of fewer
stretches than the second figure is taken as it lies."""
_LOOK_PIXELS = 1000
"""The longer side of the picture that tells whether a page lies sideways."""
_PAD = 2
"""Pixels around a box, so that no character touches the edge."""
_EMPTY = 0.004
"""A stretch with less than this share of ink is paper."""

_INSET, _SMALLEST = 3, 6
"""Pixels left off at the edges of a cell that is read again, and the least height of a line of print."""
ZOOM = 3


def recognise(pixels: Any, page_no: int, displayed: tuple[float, float]) -> ScannedPage:
    """Read a displayed page, whichever way it lies."""
    first = 90 if _lies_sideways(pixels) else 0
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
    """Read the lines of a cell of an upright page once more, cut out line by line and enlarged. `box` is in points."""
    import cv2

    x0, top, x1, bottom = (round(value / _SCALE) for value in box)
    x0, top, x1, bottom = x0 + _INSET, top + _INSET, x1 - _INSET, bottom - _INSET
    cut = pixels[max(0, top) : bottom, max(0, x0) : x1]
    if min(cut.shape) < _SMALLEST:
        return []
    lines = _ink_lines(cut)
    large = [
        cv2.resize(
            _cut(cut, (line[0] - 4, line[1] - 4, line[2] + 4, line[3] + 4)),
            None,
            fx=ZOOM,
            fy=ZOOM,
            interpolation=cv2.INTER_CUBIC,
        )
        for line in lines
    ]
    readings = engine().read(large)
    pairs = zip(lines, readings, strict=True)
    return [
        _run((line[0] + x0, line[1] + top, line[2] + x0, line[3] + top), reading)
        for line, reading in pairs
        if reading.text.strip()
    ]


def _ink_lines(cut: Any) -> list[tuple[int, int, int, int]]:
    """The boxes in pixels of the lines of print in a cell."""
    import numpy as np

    dark = find_rules(cut).ink > 0
    rows = dark.sum(axis=1) > 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    lines: list[tuple[int, int, int, int]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        columns = np.flatnonzero(dark[start:end].any(axis=0))
        box = int(columns[0]), int(start), int(columns[-1]) + 1, int(end)
        # An accent or a point of dirt stands close to its line; lines of text stand further apart.
        if lines and (box[1] - lines[-1][3] <= 2 or box[3] - box[1] < _SMALLEST):
            last = lines.pop()
            box = min(last[0], box[0]), last[1], max(last[2], box[2]), box[3]
        lines.append(box)
    return [line for line in lines if line[3] - line[1] >= _SMALLEST]


def _read(pixels: Any, page_no: int, displayed: tuple[float, float], turn: int) -> tuple[ScannedPage, float]:
    """The page read under one turn, and the mean confidence of its words: 0.0 where much is read and no word in it."""
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
    return page, fmean([fmean(run.confidences) for run in words]) * min(
        1.0, 10 * len(words) / len(runs)
    ) if words else 0.0


def _lies_sideways(pixels: Any) -> bool:
    """True when most stretches of text are taller than wide. Rows of ink do not tell: columns of figures do as well."""
    import cv2

    factor = min(1.0, _LOOK_PIXELS / max(pixels.shape))
    boxes = engine().find(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
    wide = sum(x1 - x0 > 1.5 * (bottom - top) for x0, top, x1, bottom in boxes)
    tall = sum(bottom - top > 1.5 * (x1 - x0) for x0, top, x1, bottom in boxes)
    return tall > wide


def _without_rules(pixels: Any, ruling: Ruling) -> Any:
    import cv2

    return cv2.inpaint(pixels, ruling.mask, 2, cv2.INPAINT_TELEA) if ruling.mask.any() else pixels


def _has_ink(ruling: Ruling, box: Sequence[float]) -> bool:
    x0, top, x1, bottom = (max(0, round(value)) for value in box)
    part = ruling.ink[top:bottom, x0:x1]
    return part.size > 0 and float((part > 0).mean()) > _EMPTY


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
