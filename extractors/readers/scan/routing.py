"""Which pages of a PDF are read as pictures: those without a text layer, and those whose text layer is no text."""

from __future__ import annotations

import re
from typing import Literal

from extractors.readers.scan.scanned_page import ScannedPage

_FEW = 20
"""A page of fewer characters has no text layer; what there is are page numbers and stamps."""
_MOSTLY_PICTURE, _ALL_PICTURE = 0.5, 0.8
"""Shares of the page's area. Less is a logo on a cover; a page that is all picture may bear a scanner's own reading."""
_UNUSABLE = 0.05
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]|\\(cid:")
_AGREES = 0.85
"""A text layer that says so much of what the picture shows is no worse than the picture."""
_WORD = re.compile(r"\w[\w.,]*\w")
_FEW_WORDS = 10

Route = Literal["text", "scan", "compare"]


def route(layer: str, image_share: float) -> Route:
    """How to read a page: its text, its picture, or both because the text may be the poor reading of a scanner.

    `layer` is the text of the page without white space, `image_share` the part of its area that is picture.
    """
    if len(layer) < _FEW:
        return "scan" if image_share > _MOSTLY_PICTURE else "text"
    unusable = sum(len(found.group()) for found in _PRIVATE.finditer(layer))
    if unusable > _UNUSABLE * len(layer):
        return "scan"
    return "compare" if image_share > _ALL_PICTURE else "text"


def text_layer_is_good(layer: str, page: ScannedPage) -> bool:
    """True when the text layer of a page says nearly all that its picture clearly shows."""
    layer = layer.casefold()
    shown = [
        word.casefold() for run in page.runs if run.least > 0.5 for word in _WORD.findall(run.text) if len(word) > 2
    ]
    return len(shown) < _FEW_WORDS or sum(word in layer for word in shown) >= _AGREES * len(shown)
