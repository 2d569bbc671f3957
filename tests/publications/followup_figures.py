"""The figures of a plan's follow-up as printed: headings, sentences and tables in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.publications.printed_figures import Row, load_form, load_rows

MERGED = "^"  # a cell merged with the one above it


@dataclass(frozen=True)
class Sentence:
    """A heading or paragraph: its style and, where the text form as received differs, what that has."""

    text: str
    style: str
    received: str
    blank_before: int = 0


@dataclass(frozen=True)
class FollowUpTable:
    """A table: its name and rows, headers and blank rows among them; a cell MERGED goes on above."""

    name: str
    rows: tuple[Row, ...]
    blank_before: int = 0
    received_spaces: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FollowUp:
    """The document: title, date of signature and its blocks in printed order."""

    title: str
    dated: date
    blocks: tuple[Sentence | FollowUpTable, ...]

    @property
    def tables(self) -> list[FollowUpTable]:
        """The tables among the blocks."""
        return [block for block in self.blocks if isinstance(block, FollowUpTable)]


def load_followup(name: str) -> FollowUp:
    """The document `figures/<name>.yml` with the rows of `figures/<name>_<table>.tsv`."""
    form = load_form(name)
    return FollowUp(form["title"], form["dated"], tuple(_block(name, block) for block in form["blocks"]))


def _block(name: str, block: Mapping[str, Any]) -> Sentence | FollowUpTable:
    blank_before = block.get("blank_before", 0)
    if "rows" not in block:
        text = block["text"]
        return Sentence(text, block["style"], block.get("received", text), blank_before)
    table, page = block["rows"]
    rows = load_rows(f"{name}_{table}")[page]
    return FollowUpTable(table, rows, blank_before, block.get("received_spaces", {}))
