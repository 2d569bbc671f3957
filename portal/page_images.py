"""Pictures of document pages: drawn once per document, taken over from the release before after that."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from portal.errors import one_line

if TYPE_CHECKING:
    from PIL.Image import Image

Draw = Callable[[Path, int], "Image"]
"""Draws one page (counted from 1) of a PDF; raises what it likes when it cannot."""

_FOLDER = "paginas"
_HOW = "como.txt"
_PALETTE = "sixteen: greys, or eight greys and eight colours of the page\n"
"""How the pictures were made: those of a release before are taken over while this is the same."""
_COLOURS = 16
_CHROMA = 24
"""Between the strongest and the weakest of red, green and blue, of 255: a pixel with less is grey to a reader."""
_FEWEST = 0.0005
"""The part of a page that must be coloured to be shown in colour: a rule of a table, not the fringe of a letter."""


class PageImages:
    """The pictures of one site; `before` is the site of the release before."""

    def __init__(self, site: Path, before: Path | None, draw: Draw | None) -> None:
        self._site, self._before, self._draw = site, before, draw
        self.drawn = self.reused = 0
        self.failed: list[str] = []
        self._tried: dict[str, str | None] = {}
        if before and not _says_the_same(before / _FOLDER / _HOW):
            self._before = None

    def picture(self, document: Path, sha256: str, page_no: int) -> str | None:
        """The picture of a page, from the root of the site; None when it cannot be drawn.

        A page that cannot be drawn keeps its printed text: one bad page holds back no release.
        """
        name = f"{_FOLDER}/{sha256[:16]}/p{page_no}.png"
        if name in self._tried:
            return self._tried[name]
        found = self._tried[name] = name if self._make(document, page_no, name) else None
        return found

    def _make(self, document: Path, page_no: int, name: str) -> bool:
        target = self._site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (self._site / _FOLDER / _HOW).write_text(_PALETTE, "utf-8")
        if self._before and take_over(self._before / name, target):
            self.reused += 1
            return True
        if self._draw is None:
            return False
        try:
            picture = self._draw(document, page_no)
        except Exception as error:
            # whatever it is that a reader of hostile files raises, the page keeps its text
            self.failed.append(f"Page {page_no} of {document.name} is shown without its picture: {one_line(error)}")
            return False
        in_few_colours(picture).save(target, "PNG", bits=4, compress_level=6)
        self.drawn += 1
        return True


def in_few_colours(picture: Image) -> Image:
    """A page in sixteen colours, a quarter of the bytes: greys, and eight of its own colours where it has some."""
    own = _own_colours(picture)
    greys = _COLOURS - len(own) // 3
    palette = list(chain.from_iterable([round(255 * grey / (greys - 1))] * 3 for grey in range(greys))) + own
    if not own:
        step = 255 / (greys - 1)
        grey = picture.convert("L").point([round(value / step) for value in range(256)])
        grey.putpalette(palette)
        return grey
    from PIL import Image as images

    sample = images.new("P", (1, 1))
    sample.putpalette(palette)
    return picture.convert("RGB").quantize(palette=sample, dither=images.Dither.NONE)


def _own_colours(picture: Image) -> list[int]:
    """Eight colours of what is coloured on a page, as red, green and blue in turn; none where it is black on white."""
    from PIL import Image as images

    # so many pixels tell the colours of a page
    small = picture.convert("RGB").resize(
        (max(1, picture.width // 4), max(1, picture.height // 4)), images.Resampling.BOX
    )
    raw = small.tobytes()
    pixels = list(zip(raw[0::3], raw[1::3], raw[2::3], strict=True))
    coloured = [pixel for pixel in pixels if max(pixel) - min(pixel) > _CHROMA]
    if len(coloured) < _FEWEST * len(pixels):
        return []
    strip = images.new("RGB", (len(coloured), 1))
    strip.putdata(coloured)
    found = strip.quantize(_COLOURS // 2, method=images.Quantize.MEDIANCUT).getpalette() or []
    return found[: 3 * (_COLOURS // 2)]


def _says_the_same(how: Path) -> bool:
    return how.is_file() and how.read_text("utf-8") == _PALETTE


def take_over(old: Path, new: Path) -> bool:
    """Give a file of an earlier release to this one, as a link where the disk allows it; False if there is none."""
    if not old.is_file():
        return False
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
    return True
