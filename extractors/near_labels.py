"""Printed words that a layout knows, put right where OCR misread a character or two of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractors.labels import fold
from extractors.table import Cell, Line

REPAIRED = "repaired"
LABEL_ERRORS = 8
"""One wrong character is forgiven for every so many of a label."""


def nearest_label(text: str, labels: Mapping[str, str]) -> str | None:
    """The one declared label (folded key -> label) that the text misses by a few characters, or None."""
    key = fold(text)
    if not key or key in labels:
        return None
    near = [label for known, label in labels.items() if _is_near(key, known)]
    return near[0] if len(near) == 1 else None


def label_repaired(cell: Cell, labels: Mapping[str, str]) -> Cell:
    """The cell with the one known text (folded key -> text) that it misses by a character or two; else as it is."""
    label = nearest_label(cell.text or "", labels)
    return with_text(cell, label, f"label {cell.joined!r} misread") if label else cell


def with_text(cell: Cell, text: str, reason: str | None) -> Cell:
    """The cell with another text; what was read stays in `printed`."""
    if cell.text == text:
        return cell
    lines = (replace(cell.lines[0], text=text) if cell.lines else Line(0.0, text),)
    return replace(
        cell,
        text=text,
        lines=lines,
        parts=(),
        printed=cell.text if cell.printed is None else cell.printed,
        flags=(*cell.flags, f"{REPAIRED}: {reason}") if reason else cell.flags,
    )


def _is_near(key: str, known: str) -> bool:
    allowed = max(1, len(known) // LABEL_ERRORS)
    if re.sub(r"\D", "", key) != re.sub(r"\D", "", known):
        return False  # 2020 and 2021 are two labels, not one misread
    return len(known) >= 4 and abs(len(key) - len(known)) <= allowed and _distance(key, known, allowed) <= allowed


def _distance(one: str, other: str, most: int) -> int:
    """Edit distance, or `most` + 1 as soon as it is more."""
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        if min(row) > most:
            return most + 1
        before = row
    return before[-1]
