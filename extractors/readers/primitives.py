"""What a PDF page is made of: characters with boxes and rules. Two back ends give the same primitives.

`pdfium_page` is the fast one, `pdfplumber_page` the reference. All coordinates are points in displayed page space:
origin top left, page rotation applied.

A page has thousands of characters and rules, so both are kept by column: one array for each coordinate. Code that
wants them one by one iterates and gets a `Char` or `Rule` each.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise, repeat
from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium_c

from extractors.errors import UnreadableDocument

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
Booleans = npt.NDArray[np.bool_]

_RULE_THICKNESS = 1.5
"""A path thinner than this is a rule; thicker is a shape whose border lines count one by one."""
_RULE_LENGTH = 2.0
_LINE_END_HYPHEN = 2
"""The code pdfium gives a hyphen at the end of a line."""
_MAX_LINES = 400
"""A stretch of a path with more lines is a drawing (logo, signature), not rules."""
_MAX_RULES, _MAX_CHARS = 100_000, 2_000_000
"""More on one page is no page of tables: forms drawn inside forms multiply without end in a few kilobytes."""
_PATHS_AT_ONCE = 20_000
"""Paths are taken apart in batches, so that a page of very many is refused before all their points are held."""
_CHARS_PER_CHECK = 64
_TOUCH, _SPACED, _LEVEL = 0.15, 0.6, 0.3
"""Characters drawn one after the other go on with each other up to this share of their height, with a printed space
between them up to the second one, where their baselines differ less than the third (points)."""
_NO_CHARACTER = 0xFFFD
"""Stands for a code that is no character, such as half of a surrogate pair."""


class Char(NamedTuple):
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


class Rule(NamedTuple):
    """A straight rule: `at` is its y (horizontal) or x (vertical), `start` and `end` the other axis."""

    at: float
    start: float
    end: float


class Chars(Sequence[Char]):
    """The characters of a page by column; item `i` of every column belongs to character `i`.

    They stand in the order in which they are drawn. `marks` are the numbers of a tagged PDF for what belongs together,
    -1 where there is none; `parted` says where another text begins inside what reads as one word.
    """

    def __init__(
        self,
        x0: Floats,
        top: Floats,
        x1: Floats,
        bottom: Floats,
        baseline: Floats,
        texts: list[str],
        marks: Integers | None = None,
        parted: Booleans | None = None,
    ) -> None:
        self.x0, self.top, self.x1, self.bottom, self.baseline = x0, top, x1, bottom, baseline
        self.texts = texts
        self.marks = np.full(len(texts), -1) if marks is None else marks
        self.parted = np.zeros(len(texts), dtype=np.bool_) if parted is None else parted

    @classmethod
    def of(cls, chars: Iterable[Char]) -> Chars:
        """The same characters by column."""
        rows = list(chars)
        places = np.array([char[:5] for char in rows], dtype=np.float64).reshape(-1, 5)
        x0, top, x1, bottom, baseline = np.ascontiguousarray(places.T)
        return cls(x0, top, x1, bottom, baseline, [char.text for char in rows])

    @cached_property
    def is_space(self) -> Booleans:
        return np.fromiter(map(str.isspace, self.texts), dtype=np.bool_, count=len(self.texts))

    @cached_property
    def runs(self) -> Integers:
        """Of each character the stretch of text that was drawn in one go: a program draws a cell by itself."""
        begins = np.ones(len(self.texts), dtype=np.bool_)
        gap = self.x0[1:] - self.x1[:-1]
        height = (self.bottom - self.top)[1:]
        spaced = self.is_space[1:] | self.is_space[:-1]
        begins[1:] = np.abs(np.diff(self.baseline)) > _LEVEL
        begins[1:] |= (gap > np.where(spaced, _SPACED, _TOUCH) * height) | (gap < -_SPACED * height)
        begins[1:] |= (self.marks[1:] != self.marks[:-1]) | self.parted[1:]
        return np.cumsum(begins) - 1

    def only(self, indices: Integers) -> Chars:
        """These characters, in this order."""
        texts = [self.texts[index] for index in indices.tolist()]
        x0, top, x1, bottom = (column[indices] for column in (self.x0, self.top, self.x1, self.bottom))
        return Chars(x0, top, x1, bottom, self.baseline[indices], texts, self.marks[indices], self.parted[indices])

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Char: ...
    @overload
    def __getitem__(self, index: slice) -> list[Char]: ...
    def __getitem__(self, index: int | slice) -> Char | list[Char]:
        if isinstance(index, slice):
            return list(self)[index]
        x0, top, x1, bottom = (float(column[index]) for column in (self.x0, self.top, self.x1, self.bottom))
        return Char(x0, top, x1, bottom, float(self.baseline[index]), self.texts[index])

    def __iter__(self) -> Iterator[Char]:
        columns = (self.x0, self.top, self.x1, self.bottom, self.baseline)
        return map(Char, *(column.tolist() for column in columns), self.texts)


class Rules(Sequence[Rule]):
    """Rules of one direction by column."""

    def __init__(self, at: Floats, start: Floats, end: Floats) -> None:
        self.at, self.start, self.end = at, start, end

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> Rules:
        """The same rules by column."""
        return cls(*np.array(list(rules), dtype=np.float64).reshape(-1, 3).T)

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, index: int) -> Rule: ...
    @overload
    def __getitem__(self, index: slice) -> list[Rule]: ...
    def __getitem__(self, index: int | slice) -> Rule | list[Rule]:
        if isinstance(index, slice):
            return list(self)[index]
        return Rule(float(self.at[index]), float(self.start[index]), float(self.end[index]))

    def __iter__(self) -> Iterator[Rule]:
        return map(Rule, self.at.tolist(), self.start.tolist(), self.end.tolist())


@dataclass(frozen=True, slots=True)
class Primitives:
    """One page: size in points, characters in no particular order, horizontal and vertical rules.

    `image_share` is the share of the page's area that is image, more than 1 where images lie on one another.
    """

    width: float
    height: float
    chars: Chars
    horizontal: Rules
    vertical: Rules
    image_share: float = 0.0


def _too_much(what: str, most: int) -> UnreadableDocument:
    return UnreadableDocument(
        f"a page draws more than {most:,} {what}, so it is no page of tables; print the document anew."
    )


@dataclass(slots=True)
class _Straight:
    """Collects lines and keeps those that are straight, thin and long enough."""

    horizontal: list[Floats] = field(default_factory=list)
    vertical: list[Floats] = field(default_factory=list)
    count: int = 0

    def add(self, lines: Floats) -> None:
        """Take lines in: one in each row, from x0, y0 to x1, y1."""
        x0, x1 = np.minimum(lines[:, 0], lines[:, 2]), np.maximum(lines[:, 0], lines[:, 2])
        y0, y1 = np.minimum(lines[:, 1], lines[:, 3]), np.maximum(lines[:, 1], lines[:, 3])
        flat = (y1 - y0 <= _RULE_THICKNESS) & (x1 - x0 > _RULE_LENGTH)
        upright = ~flat & (x1 - x0 <= _RULE_THICKNESS) & (y1 - y0 > _RULE_LENGTH)
        self.count += int(flat.sum() + upright.sum())
        if self.count > _MAX_RULES:
            raise _too_much("rules", _MAX_RULES)
        self.horizontal.append(np.array([(y0 + y1)[flat] / 2, x0[flat], x1[flat]]))
        self.vertical.append(np.array([(x0 + x1)[upright] / 2, y0[upright], y1[upright]]))

    def rules(self) -> tuple[Rules, Rules]:
        """Horizontal and vertical rules, in the order they were taken in."""
        nothing = np.empty((3, 0))
        return (
            Rules(*np.concatenate([nothing, *self.horizontal], axis=1)),
            Rules(*np.concatenate([nothing, *self.vertical], axis=1)),
        )


# ---------------------------------------------------------------- pdfplumber


def pdfplumber_page(page: Any) -> Primitives:
    """Primitives of a `pdfplumber` page."""
    left, top, right, bottom = _cut_margins(page)
    x, y = page.bbox[0] + left, page.bbox[1] + top
    straight = _Straight()
    edges = [(edge["x0"] - x, edge["top"] - y, edge["x1"] - x, edge["bottom"] - y) for edge in page.edges]
    straight.add(np.array(edges, dtype=np.float64).reshape(-1, 4))
    shown = [char for char in page.chars if char["text"] and char["text"] >= " "]
    chars = Chars.of(
        Char(
            char["x0"] - x,
            char["top"] - y,
            char["x1"] - x,
            char["bottom"] - y,
            page.height - char["matrix"][5] - top,
            char["text"],
        )
        for char in shown
    )
    chars.marks = np.array([-1 if char.get("mcid") is None else char["mcid"] for char in shown], dtype=np.intp)
    white = np.array([_is_white(char.get("non_stroking_color")) for char in shown], dtype=np.bool_)
    if white.any():
        fills = [
            each for each in (*page.rects, *page.curves) if each["fill"] and not _is_white(each["non_stroking_color"])
        ]
        boxes = [(o["x0"] - x, o["top"] - y, o["x1"] - x, o["bottom"] - y) for o in (*fills, *page.images)]
        chars = _readable(chars, white, np.array(boxes, dtype=np.float64).reshape(-1, 4))
    width, height = float(page.width) - left - right, float(page.height) - top - bottom
    image_area = sum(image["width"] * image["height"] for image in page.images)
    return Primitives(width, height, chars, *straight.rules(), image_area / (width * height))


def _is_white(colour: Any) -> bool:
    """True for white as a grey, in red, green and blue, or in printing inks."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return False
    return not any(parts) if len(parts) == 4 else len(parts) in (1, 3) and all(part == 1 for part in parts)


def _readable(chars: Chars, white: Booleans, shaded: Floats) -> Chars:
    """The characters without the white ones that stand on none of the boxes, from x0, top to x1, bottom: on paper they
    are not there."""
    x, y = (chars.x0 + chars.x1) / 2, (chars.top + chars.bottom) / 2
    on_paper = white.copy()
    for x0, top, x1, bottom in shaded.tolist():
        on_paper &= ~((x0 <= x) & (x <= x1) & (top <= y) & (y <= bottom))
    return chars.only(np.flatnonzero(~on_paper))


def _cut_margins(page: Any) -> tuple[float, float, float, float]:
    """What the crop box cuts off the media box on the left, top, right and bottom of the displayed page."""
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    cut = [max(0.0, crop[0] - media[0]), max(0.0, media[3] - crop[3]), max(0.0, media[2] - crop[2])]
    cut.append(max(0.0, crop[1] - media[1]))
    turns = page.rotation // 90  # clockwise: what was on the left comes to the top
    left, top, right, bottom = cut[4 - turns :] + cut[: 4 - turns]
    return left, top, right, bottom


# -------------------------------------------------------------------- pdfium

_Transform = Callable[[Floats, Floats], tuple[Floats, Floats]]
_Matrix = tuple[float, float, float, float, float, float]


def _handle(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _direct(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of pdfium that takes and gives addresses as whole numbers.

    Called through `map` it costs a third of the typed one: no object is made for an argument or a result.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(_handle(function))


_POINTER, _INT, _UNSIGNED = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint
_text_of = _direct(pdfium_c.FPDFText_GetText, _INT, _POINTER, _INT, _INT, _POINTER)
_unicode_of = _direct(pdfium_c.FPDFText_GetUnicode, _UNSIGNED, _POINTER, _INT)
_loose_box_of = _direct(pdfium_c.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_origin_of = _direct(pdfium_c.FPDFText_GetCharOrigin, _INT, _POINTER, _INT, _POINTER, _POINTER)
_object_of_char = _direct(pdfium_c.FPDFText_GetTextObject, _POINTER, _POINTER, _INT)
_fill_of = _direct(pdfium_c.FPDFPageObj_GetFillColor, _INT, _POINTER, *[_POINTER] * 4)
_draw_mode_of = _direct(pdfium_c.FPDFPath_GetDrawMode, _INT, _POINTER, _POINTER, _POINTER)
_mark_of = _direct(pdfium_c.FPDFPageObj_GetMarkedContentID, _INT, _POINTER)
_is_generated = _direct(pdfium_c.FPDFText_IsGenerated, _INT, _POINTER, _INT)
_object_of_page = _direct(pdfium_c.FPDFPage_GetObject, _POINTER, _POINTER, _INT)
_object_of_form = _direct(pdfium_c.FPDFFormObj_GetObject, _POINTER, _POINTER, ctypes.c_ulong)
_kind_of_object = _direct(pdfium_c.FPDFPageObj_GetType, _INT, _POINTER)
_matrix_of_object = _direct(pdfium_c.FPDFPageObj_GetMatrix, _INT, _POINTER, _POINTER)
_bounds_of_object = _direct(pdfium_c.FPDFPageObj_GetBounds, _INT, _POINTER, *[_POINTER] * 4)
_count_in_form = _direct(pdfium_c.FPDFFormObj_CountObjects, _INT, _POINTER)
_count_segments = _direct(pdfium_c.FPDFPath_CountSegments, _INT, _POINTER)
_segment_of = _direct(pdfium_c.FPDFPath_GetPathSegment, _POINTER, _POINTER, _INT)
_point_of_segment = _direct(pdfium_c.FPDFPathSegment_GetPoint, _INT, _POINTER, _POINTER, _POINTER)
_kind_of_segment = _direct(pdfium_c.FPDFPathSegment_GetType, _INT, _POINTER)
_closes = _direct(pdfium_c.FPDFPathSegment_GetClose, _INT, _POINTER)


def _addresses(rows: npt.NDArray[Any], offset: int = 0) -> range:
    """The address of each row of an array, or of what stands that many bytes further on."""
    first, step = rows.ctypes.data + offset, rows.itemsize * rows.shape[1]  # an empty array has no strides
    return range(first, first + len(rows) * step, step)


def _run(calls: Iterable[int]) -> list[int]:
    """Make the calls; what each says."""
    return list(calls)


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
    chars, white = _pdfium_chars(page, displayed)
    if white.any():
        chars = _readable(chars, white, _shaded(page, displayed))
    drawn = _Drawn(displayed)
    handle = _handle(page.raw)
    drawn.take(_object_of_page, handle, pdfium_c.FPDFPage_CountObjects(page), None)
    image_area = drawn.image_area()
    return Primitives(width, height, chars, *drawn.rules(), image_area / (width * height))


def _shaded(page: Any, displayed: _Transform) -> Floats:
    """Where the page is not white: boxes of filled paths, images and forms, each from x0, top to x1, bottom."""
    count = pdfium_c.FPDFPage_CountObjects(page)
    handles = list(map(_object_of_page, repeat(_handle(page.raw)), range(count)))
    kinds = map(_kind_of_object, handles)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    drawn, boxes = [], []
    for handle, kind in zip(handles, kinds, strict=True):
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _draw_mode_of(handle, ctypes.addressof(fill), ctypes.addressof(stroke))
            if fill.value and not bool(_white([handle])[0]):
                boxes.append(_boxes_of(handle, displayed))
        elif kind != pdfium_c.FPDF_PAGEOBJ_TEXT:
            drawn.append(handle)
    bounds = np.zeros((len(drawn), 4), dtype=np.float32)
    _run(map(_bounds_of_object, drawn, *(_addresses(bounds, offset) for offset in (0, 4, 8, 12))))
    left, bottom, right, top = bounds.astype(np.float64).T
    ax, ay = displayed(left, top)
    bx, by = displayed(right, bottom)
    corners = [np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)]
    return np.concatenate([np.column_stack(corners), *boxes])


def _boxes_of(path: int, displayed: _Transform) -> Floats:
    """The box of each stretch of a path between two moves: a program may draw all that is grey in one path."""
    segments = list(map(_segment_of, repeat(path), range(_count_segments(path))))
    if not segments:
        return np.empty((0, 4))
    points = np.zeros((len(segments), 2), dtype=np.float32)
    _run(map(_point_of_segment, segments, _addresses(points), _addresses(points, 4)))
    a, b, c, d, e, f = _matrices([path])[0].tolist()
    px, py = points.astype(np.float64).T
    x, y = displayed(a * px + c * py + e, b * px + d * py + f)
    moves = np.fromiter(map(_kind_of_segment, segments), dtype=np.intp) == pdfium_c.FPDF_SEGMENT_MOVETO
    moves[0] = True
    firsts = np.flatnonzero(moves)
    lowest, highest = ([reduce.reduceat(axis, firsts) for axis in (x, y)] for reduce in (np.minimum, np.maximum))
    return np.column_stack([*lowest, *highest])


def _white(handles: Sequence[int]) -> Booleans:
    """Which of these objects are filled with white."""
    colours = np.zeros((len(handles), 4), dtype=np.uint32)
    parts = (_addresses(colours, offset) for offset in (0, 4, 8, 12))
    told = np.array(_run(map(_fill_of, handles, *parts)), dtype=np.bool_)
    return told & (colours == 255).all(axis=1)


def _pdfium_chars(page: Any, displayed: _Transform) -> tuple[Chars, Booleans]:
    """The characters, and which of them are white."""
    text_page = pdfium_c.FPDFText_LoadPage(page)
    try:
        count = max(0, pdfium_c.FPDFText_CountChars(text_page))
        if count > _MAX_CHARS:
            raise _too_much("characters", _MAX_CHARS)
        handle = _handle(text_page)
        codes = _whole_codes(_codes(handle, count))
        kept = (codes >= 32) & (codes != 0xFFFE) & (codes != 0xFFFF)
        spaces = np.flatnonzero(codes == 32)
        kept[spaces] = np.fromiter(map(_is_generated, repeat(handle), spaces.tolist()), dtype=np.intp) == 0
        indices = np.flatnonzero(kept)
        # The loose box is the advance width by ascent and descent, as pdfplumber gives it; the tight box of
        # a comma is so small that it splits `89,181.00`. It comes as left, top, right, bottom.
        boxes = np.zeros((len(indices), 4), dtype=np.float32)
        has_box = _run(map(_loose_box_of, repeat(handle), indices.tolist(), _addresses(boxes)))
        if not all(has_box):
            boxed = np.array(has_box, dtype=np.bool_)
            boxes, indices = boxes[boxed], indices[boxed]
        left, top, right, bottom = boxes.astype(np.float64).T
        ax, ay = displayed(left, top)
        bx, by = displayed(right, bottom)
        upper, lower = np.minimum(ay, by), np.maximum(ay, by)
        baseline = _baselines(handle, indices, upper, lower, displayed)
        texts = list(map(chr, codes[indices].tolist()))
        chars = Chars(np.minimum(ax, bx), upper, np.maximum(ax, bx), lower, baseline, texts)
        return _marked(chars, page, handle, indices)
    finally:
        pdfium_c.FPDFText_ClosePage(text_page)


def _texts_as_drawn(page: Any) -> dict[int, int]:
    """The texts that the page itself draws, by the order in which it draws them."""
    handle, count = _handle(page.raw), pdfium_c.FPDFPage_CountObjects(page)
    handles = list(map(_object_of_page, repeat(handle), range(count)))
    kinds = map(_kind_of_object, handles)
    texts = [each for each, kind in zip(handles, kinds, strict=True) if kind == pdfium_c.FPDF_PAGEOBJ_TEXT]
    return {each: number for number, each in enumerate(texts)}


def _marked(chars: Chars, page: Any, text_page: int, indices: Integers) -> tuple[Chars, Booleans]:
    """The characters with the marks of a tagged PDF, and which are white, looked up once for each word drawn."""
    if not len(chars):
        return chars, np.zeros(0, dtype=np.bool_)
    begins = np.diff(chars.runs, prepend=-1) != 0
    begins[1:] |= chars.is_space[:-1]
    # Two cells that touch each other may read as one word: where its ends belong to two objects every letter is asked.
    parted = np.zeros(len(chars), dtype=np.bool_)
    firsts = np.flatnonzero(begins)
    lasts = np.append(firsts[1:], len(chars)) - 1
    ends = (map(_object_of_char, repeat(text_page), indices[edges].tolist()) for edges in (firsts, lasts))
    drawn: dict[int, int] = {}
    for first, last, one, other in zip(firsts.tolist(), lasts.tolist(), *ends, strict=True):
        if one != other:
            drawn = drawn or _texts_as_drawn(page)
            letters = list(map(_object_of_char, repeat(text_page), indices[first : last + 1].tolist()))
            changes = np.array([left != right for left, right in pairwise(letters)], dtype=np.bool_)
            begins[first + 1 : last + 1] |= changes
            # A word may be drawn in several goes, one after the other; what was drawn at another time is another text.
            parted[first + 1 : last + 1] = [
                left != right and drawn.get(right, 0) != drawn.get(left, -1) + 1 for left, right in pairwise(letters)
            ]
    firsts = np.flatnonzero(begins)
    objects = [each or 0 for each in map(_object_of_char, repeat(text_page), indices[firsts].tolist())]
    marks = np.fromiter((_mark_of(each) if each else -1 for each in objects), dtype=np.intp, count=len(firsts))
    of_word = np.cumsum(begins) - 1
    places = (chars.x0, chars.top, chars.x1, chars.bottom, chars.baseline)
    return Chars(*places, chars.texts, marks[of_word], parted), _white(objects)[of_word]


def _codes(text_page: int, count: int) -> Integers:
    """The code of each character, as one text where that has a place for each of them."""
    units = np.zeros(2 * count + 2, dtype=np.uint16)
    written = _text_of(text_page, 0, count, units.ctypes.data) - 1  # it writes an end mark as well
    codes = units[:count].astype(np.int64)
    # In the text a hyphen at the end of a line has no code of its own; some places are looked up to be sure.
    looked_up = np.union1d(np.flatnonzero(codes == 0xFFFE), np.arange(count - 1, -1, -_CHARS_PER_CHECK))
    true = np.fromiter(map(_unicode_of, repeat(text_page), looked_up.tolist()), dtype=np.int64)
    if written != count or ((codes[looked_up] != true) & (codes[looked_up] != 0xFFFE)).any():
        return np.fromiter(map(_unicode_of, repeat(text_page), range(count)), dtype=np.int64, count=count)
    codes[looked_up] = true
    return codes


def _baselines(text_page: int, indices: Integers, upper: Floats, lower: Floats, displayed: _Transform) -> Floats:
    """The baseline of each character; of those that follow each other at one height it is asked of the first."""
    begins = np.ones(len(indices), dtype=np.bool_)
    begins[1:] = (np.diff(upper) != 0) | (np.diff(lower) != 0)
    firsts = indices[begins]
    origins = np.zeros((len(firsts), 2), dtype=np.float64)
    places = _addresses(origins), _addresses(origins, 8)
    _run(map(_origin_of, repeat(text_page), firsts.tolist(), *places))
    return displayed(origins[:, 0], origins[:, 1])[1][np.cumsum(begins) - 1]


def _whole_codes(codes: Integers) -> Integers:
    """Code points: pairs of surrogates become one (on the second; the first becomes 0), hyphens are hyphens."""
    codes = np.where(codes == _LINE_END_HYPHEN, ord("-"), codes)
    high_surrogate = 0
    for index in np.flatnonzero((codes >= 0xD800) & (codes < 0xE000)).tolist():
        code = int(codes[index])
        if code < 0xDC00:
            high_surrogate, codes[index] = code, 0
        elif high_surrogate:
            codes[index] = 0x10000 + ((high_surrogate - 0xD800) << 10) + (code - 0xDC00)
            high_surrogate = 0
        else:
            codes[index] = _NO_CHARACTER
    return codes


class _Drawn:
    """What a page draws beside text: its paths, taken apart into rules, and its images.

    It goes into form XObjects: workbooks printed to PDF draw tables in them.
    """

    def __init__(self, displayed: _Transform) -> None:
        self._displayed = displayed
        self._straight = _Straight()
        self._paths: list[int] = []
        self._spaces: list[_Matrix | None] = []
        """Of each path the space of the form it is drawn in."""
        self._on_page: list[int] = []
        """Images and forms that the page itself draws."""
        self._has_image = False

    def take(self, object_at: Any, container: int, count: int, space: _Matrix | None) -> None:
        """Take in the objects of the page, or of a form that lies in `space`."""
        handles = list(map(object_at, repeat(container), range(count)))
        for handle, kind in zip(handles, map(_kind_of_object, handles), strict=True):
            if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                self._paths.append(handle)
                self._spaces.append(space)
                if len(self._paths) >= _PATHS_AT_ONCE:
                    self._flush()
            elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM):
                if space is None:
                    self._on_page.append(handle)
                if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                    self._has_image = True
                else:
                    own = tuple(_matrices([handle])[0].tolist())
                    inner = own if space is None else _compose(own, space)
                    self.take(_object_of_form, handle, _count_in_form(handle), inner)

    def rules(self) -> tuple[Rules, Rules]:
        """Horizontal and vertical rules of the paths."""
        self._flush()
        return self._straight.rules()

    def image_area(self) -> float:
        """The area of the images in square points.

        An image inside a form has its place in the form's own space; the form's box is on the page.
        """
        if not self._has_image:
            return 0.0
        boxes = np.zeros((len(self._on_page), 4), dtype=np.float32)
        edges = [_addresses(boxes, offset) for offset in (0, 4, 8, 12)]
        _run(map(_bounds_of_object, self._on_page, *edges))
        left, bottom, right, top = boxes.astype(np.float64).T
        return float(((right - left) * (top - bottom)).sum())

    def _flush(self) -> None:
        paths, spaces = self._paths, self._spaces
        if not paths:
            return
        self._paths, self._spaces = [], []
        counts = list(map(_count_segments, paths))
        of_each = (map(_segment_of, repeat(path), range(count)) for path, count in zip(paths, counts, strict=True))
        segments = list(chain.from_iterable(of_each))
        if not segments:
            return
        points = np.zeros((len(segments), 2), dtype=np.float32)
        _run(map(_point_of_segment, segments, _addresses(points), _addresses(points, 4)))
        kinds = np.fromiter(map(_kind_of_segment, segments), dtype=np.intp, count=len(segments))
        closes = np.fromiter(map(_closes, segments), dtype=np.bool_, count=len(segments))
        of_path = np.repeat(np.arange(len(paths)), counts)
        matrices = _matrices(paths)
        inside = [index for index, space in enumerate(spaces) if space is not None]
        for index in inside:
            matrices[index] = _compose(tuple(matrices[index].tolist()), spaces[index])  # type: ignore[arg-type]
        a, b, c, d, e, f = matrices[of_path].T
        px, py = points.astype(np.float64).T
        x, y = self._displayed(a * px + c * py + e, b * px + d * py + f)
        self._straight.add(_lines_of(x, y, kinds, closes, of_path))


def _matrices(handles: Sequence[int]) -> Floats:
    """The matrices of page objects, one in each row."""
    found = np.zeros((len(handles), 6), dtype=np.float32)
    _run(map(_matrix_of_object, handles, _addresses(found)))
    return found.astype(np.float64)


def _compose(inner: Sequence[float], outer: Sequence[float]) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _lines_of(x: Floats, y: Floats, kinds: Integers, closes: Booleans, of_path: Integers) -> Floats:
    """The straight lines of paths, each stretch between two moves by itself: some programs draw all at once.

    A stretch so thin that it is a rule counts as one line; a stretch of very many lines is a drawing and left out.
    """
    index = np.arange(len(x))
    begins_path = np.ones(len(x), dtype=np.bool_)
    begins_path[1:] = of_path[1:] != of_path[:-1]
    is_move = kinds == pdfium_c.FPDF_SEGMENT_MOVETO
    begins = begins_path | is_move
    stretch = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)[stretch]
    to = np.flatnonzero((kinds == pdfium_c.FPDF_SEGMENT_LINETO) & ~begins_path)
    apart = (x != x[first]) | (y != y[first])
    back = np.flatnonzero(closes & is_move[first] & apart)
    start = np.concatenate([to - 1, back])
    end = np.concatenate([index[to], first[back]])
    order = np.argsort(np.concatenate([2 * to, 2 * back + 1]), kind="stable")
    start, end = start[order], end[order]
    if not len(start):
        return np.empty((0, 4))
    stretch = stretch[np.concatenate([to, back])[order]]
    lines = np.column_stack([x[start], y[start], x[end], y[end]])
    firsts = np.flatnonzero(np.diff(stretch, prepend=-1))
    counts = np.diff(firsts, append=len(stretch))
    x0 = np.minimum.reduceat(np.minimum(lines[:, 0], lines[:, 2]), firsts)
    x1 = np.maximum.reduceat(np.maximum(lines[:, 0], lines[:, 2]), firsts)
    y0 = np.minimum.reduceat(np.minimum(lines[:, 1], lines[:, 3]), firsts)
    y1 = np.maximum.reduceat(np.maximum(lines[:, 1], lines[:, 3]), firsts)
    is_table = counts <= _MAX_LINES
    is_thin = is_table & ((x1 - x0 <= _RULE_THICKNESS) | (y1 - y0 <= _RULE_THICKNESS))
    whole = np.column_stack([x0, y0, x1, y1])
    lines[firsts[is_thin]] = whole[is_thin]
    kept = np.repeat(is_table & ~is_thin, counts)
    kept[firsts[is_thin]] = True
    return lines[kept]
