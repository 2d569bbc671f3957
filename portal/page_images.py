"""Pictures of document pages: drawn once per document, taken over from the release before after that."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

Draw = Callable[[Path, int], "Image"]
"""Draws one page (counted from 1) of a PDF; raises what it likes when it cannot."""

_FOLDER = "paginas"
_GREYS = 16
_STEP = 255 / (_GREYS - 1)
_TO_GREY = [round(value / _STEP) for value in range(256)]
_PALETTE = list(chain.from_iterable([round(grey * _STEP)] * 3 for grey in range(_GREYS)))


class PageImages:
    """The pictures of one site; `before` is the site of the release before."""

    def __init__(self, site: Path, before: Path | None, draw: Draw | None) -> None:
        self._site, self._before, self._draw = site, before, draw
        self.drawn = self.reused = 0
        self.failed: list[str] = []
        self._tried: dict[str, str | None] = {}

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
        if self._before and take_over(self._before / name, target):
            self.reused += 1
            return True
        if self._draw is None:
            return False
        try:
            picture = self._draw(document, page_no)
        except Exception as error:
            self.failed.append(f"{document.name}, page {page_no}: {' '.join(str(error).split())}")
            return False
        # sixteen greys are enough for print, and a quarter of the bytes
        grey = picture.convert("L").point(_TO_GREY)
        grey.putpalette(_PALETTE)
        grey.save(target, "PNG", bits=4, compress_level=6)
        self.drawn += 1
        return True


def take_over(old: Path, new: Path) -> bool:
    """Give a file of an earlier release to this one, as a link where the disk allows it; False if there is none."""
    if not old.is_file():
        return False
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)
    return True
