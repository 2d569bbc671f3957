"""Printed words that a layout knows, put right where OCR misread a character or two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from extractors.scanned.characters import nearest_label
from extractors.table import Cell, Line

REPAIRED = "repaired"


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
