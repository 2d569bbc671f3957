"""What a PDF page is made of: characters with boxes and rules. Two back ends give the same primitives.

`pdfium_page` is the fast one (compiled, 13 times pdfplumber on ruled pages), `pdfplumber_page` the reference.
All coordinates are points in displayed page space: origin top left, page rotation applied.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from extractors.errors import UnreadableDocument

_RULE_THICKNESS = 1.5
"""A path thinner than this is a rule; thicker is a shape whose border lines count one by one."""
_RULE_LENGTH = 2.0
_LINE_END_HYPHEN = 2
"""The code pdfium gives a hyphen at the end of a line."""
_MAX_LINES = 400
"""A stretch of a path with more lines is a drawing (logo, signature), not rules."""
_MAX_RULES, _MAX_CHARS = 100_000, 2_000_000
"""More on one page is no page of tables: forms drawn inside forms multiply without end in a few kilobytes."""
_NO_CHARACTER = 0xFFFD
"""Stands for a code that is no character, such as half of a surrogate pair."""


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character: its advance box, its baseline and whether it is a space."""

    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    text: str

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight rule: `at` is its y (horizontal) or x (vertical), `start` and `end` the other axis."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Primitives:
    """One page: size in points, characters in no particular order, horizontal and vertical rules."""

    width: float
    height: float
    chars: list[Char]
    horizontal: list[Rule]
    vertical: list[Rule]


def _too_much(what: str, most: int) -> UnreadableDocument:
    return UnreadableDocument(
        f"a page draws more than {most:,} {what}, so it is no page of tables; print the document anew."
    )


class _Rules:
    """Collects lines and keeps those that are straight, thin and long enough."""

    def __init__(self) -> None:
        self.horizontal: list[Rule] = []
        self.vertical: list[Rule] = []

    def add(self, x0: float, y0: float, x1: float, y1: float) -> None:
        x0, x1 = min(x0, x1), max(x0, x1)
        y0, y1 = min(y0, y1), max(y0, y1)
        if len(self.horizontal) + len(self.vertical) >= _MAX_RULES:
            raise _too_much("rules", _MAX_RULES)
        if y1 - y0 <= _RULE_THICKNESS and x1 - x0 > _RULE_LENGTH:
            self.horizontal.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= _RULE_THICKNESS and y1 - y0 > _RULE_LENGTH:
            self.vertical.append(Rule((x0 + x1) / 2, y0, y1))


# ---------------------------------------------------------------- pdfplumber


def pdfplumber_page(page: Any) -> Primitives:
    """Primitives of a `pdfplumber` page."""
    left, top, right, bottom = _cut_margins(page)
    x, y = page.bbox[0] + left, page.bbox[1] + top
    rules = _Rules()
    for edge in page.edges:
        rules.add(edge["x0"] - x, edge["top"] - y, edge["x1"] - x, edge["bottom"] - y)
    chars = [
        Char(
            char["x0"] - x,
            char["top"] - y,
            char["x1"] - x,
            char["bottom"] - y,
            page.height - char["matrix"][5] - top,
            char["text"],
        )
        for char in page.chars
        if char["text"] and char["text"] >= " "
    ]
    width, height = float(page.width) - left - right, float(page.height) - top - bottom
    return Primitives(width, height, chars, rules.horizontal, rules.vertical)


def _cut_margins(page: Any) -> tuple[float, float, float, float]:
    """What the crop box cuts off the media box on the left, top, right and bottom of the displayed page."""
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    cut = [max(0.0, crop[0] - media[0]), max(0.0, media[3] - crop[3]), max(0.0, media[2] - crop[2])]
    cut.append(max(0.0, crop[1] - media[1]))
    turns = page.rotation // 90  # clockwise: what was on the left comes to the top
    left, top, right, bottom = cut[4 - turns :] + cut[: 4 - turns]
    return left, top, right, bottom


# -------------------------------------------------------------------- pdfium

_Transform = Callable[[float, float], tuple[float, float]]


def _to_displayed(page: Any) -> tuple[float, float, _Transform]:
    """Displayed width and height, and the map from PDF user space to displayed space."""
    width, height = page.get_size()
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation()
    if rotation == 90:
        return width, height, lambda x, y: (y - bottom, x - left)
    if rotation == 180:
        return width, height, lambda x, y: (right - x, y - bottom)
    if rotation == 270:
        return width, height, lambda x, y: (top - y, right - x)
    return width, height, lambda x, y: (x - left, top - y)


def pdfium_page(page: Any) -> Primitives:
    """Primitives of a `pypdfium2` page."""
    width, height, displayed = _to_displayed(page)
    chars = list(_pdfium_chars(page, displayed))
    rules = _Rules()
    _collect_rules(
        pdfium_c.FPDFPage_CountObjects(page),
        lambda index: pdfium_c.FPDFPage_GetObject(page, index),
        (1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
        displayed,
        rules,
    )
    return Primitives(width, height, chars, rules.horizontal, rules.vertical)


def _pdfium_chars(page: Any, displayed: _Transform) -> Iterator[Char]:
    text_page = pdfium_c.FPDFText_LoadPage(page)
    try:
        box, box_pointer = _rect()
        x, y = ctypes.c_double(), ctypes.c_double()
        x_pointer, y_pointer = ctypes.byref(x), ctypes.byref(y)
        # Local names: the loop runs once per character, and global look-ups cost a tenth of it.
        unicode_of, box_of = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
        origin_of, is_generated = pdfium_c.FPDFText_GetCharOrigin, pdfium_c.FPDFText_IsGenerated
        high_surrogate = 0
        count = pdfium_c.FPDFText_CountChars(text_page)
        if count > _MAX_CHARS:
            raise _too_much("characters", _MAX_CHARS)
        for index in range(count):
            code = unicode_of(text_page, index)
            if 0xD800 <= code < 0xDC00:
                high_surrogate = code
                continue
            if 0xDC00 <= code < 0xE000 and high_surrogate:
                code = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
                high_surrogate = 0
            if code == _LINE_END_HYPHEN:
                code = ord("-")
            elif 0xDC00 <= code < 0xE000:
                code = _NO_CHARACTER
            if code in (0, 0xFFFE, 0xFFFF) or (code <= 32 and (code != 32 or is_generated(text_page, index))):
                continue
            # The loose box is the advance width by ascent and descent, as pdfplumber gives it; the tight box of
            # a comma is so small that it splits `89,181.00`.
            if not box_of(text_page, index, box_pointer):
                continue
            origin_of(text_page, index, x_pointer, y_pointer)
            ax, ay = displayed(box.left, box.top)
            bx, by = displayed(box.right, box.bottom)
            yield Char(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), displayed(x.value, y.value)[1], chr(code))
    finally:
        pdfium_c.FPDFText_ClosePage(text_page)


def _rect() -> tuple[Any, Any]:
    box = pdfium_c.FS_RECTF()
    return box, ctypes.byref(box)


_Matrix = tuple[float, float, float, float, float, float]


def _compose(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix_of(page_object: Any) -> _Matrix:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(page_object, matrix)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _collect_rules(
    count: int, object_at: Callable[[int], Any], matrix: _Matrix, displayed: _Transform, rules: _Rules
) -> None:
    """Add the rules of the page objects, going into form XObjects (workbooks printed to PDF draw tables in them)."""
    for index in range(count):
        page_object = object_at(index)
        kind = pdfium_c.FPDFPageObj_GetType(page_object)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            _collect_rules(
                pdfium_c.FPDFFormObj_CountObjects(page_object),
                lambda inner, form=page_object: pdfium_c.FPDFFormObj_GetObject(form, inner),
                _compose(_matrix_of(page_object), matrix),
                displayed,
                rules,
            )
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _collect_path(page_object, _compose(_matrix_of(page_object), matrix), displayed, rules)


def _collect_path(path: Any, matrix: _Matrix, displayed: _Transform, rules: _Rules) -> None:
    """Add the rules of a path, each stretch between two moves by itself: some programs draw all at once."""
    a, b, c, d, e, f = matrix
    px, py = ctypes.c_float(), ctypes.c_float()
    lines: list[tuple[float, float, float, float]] = []
    start = previous = None
    for index in range(pdfium_c.FPDFPath_CountSegments(path)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, px, py)
        point = displayed(a * px.value + c * py.value + e, b * px.value + d * py.value + f)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            _add_lines(lines, rules)
            lines, start = [], point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and previous:
            lines.append((*previous, *point))
        previous = point
        if pdfium_c.FPDFPathSegment_GetClose(segment) and start and start != point:
            lines.append((*point, *start))
    _add_lines(lines, rules)


def _add_lines(lines: Sequence[tuple[float, float, float, float]], rules: _Rules) -> None:
    if not 0 < len(lines) <= _MAX_LINES:
        return
    xs = [value for line in lines for value in (line[0], line[2])]
    ys = [value for line in lines for value in (line[1], line[3])]
    if max(xs) - min(xs) <= _RULE_THICKNESS or max(ys) - min(ys) <= _RULE_THICKNESS:
        rules.add(min(xs), min(ys), max(xs), max(ys))
    else:
        for line in lines:
            rules.add(*line)
