"""Record sheets: labels and their values, printed anew for every record."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extractors.labels import fold
from extractors.spec.language import LINEAGE, Ignored, Label, Name, Pattern, RowBounds, Strict
from extractors.spec.metadata import Capture


class SheetField(Strict):
    """One canonical column of a record sheet and the labels that its value is printed beside.

    `value` says where it stands: in the next cell to the `right` of the label, in the cell `below` it, or `inside`
    the label's own cell, whose pattern then holds a group `value`. Every other named group of a pattern is a raw
    column too, for labels that say something themselves: `Meta (?P<target_year>20\\d\\d)`.
    """

    labels: Annotated[list[Label], Field(min_length=1)]
    section: Name | None = None
    """Where the label stands; without it, anywhere on the sheet."""
    value: Literal["right", "below", "inside"] = "right"
    runs_on: bool = False
    """The value takes up every row below, down to the next label, caption or heading."""
    pattern: Pattern | None = None
    """Full match for every printed value."""
    required: bool = False
    """Printed on every sheet, and not blank."""
    optional: bool = False
    """The label may be absent from a sheet, or stand there without a cell for its value."""

    @property
    def groups(self) -> list[str]:
        """The columns that its labels themselves say."""
        named = (re.compile(label.pattern).groupindex for label in self.labels if label.pattern)
        return list(dict.fromkeys(name for groups in named for name in groups if name != "value"))

    @model_validator(mode="after")
    def _place(self) -> SheetField:
        if any(label.nth != 1 for label in self.labels):
            raise ValueError("nth picks among columns of a table; tell equal labels of a sheet apart by their section")
        inside = [label for label in self.labels if "value" in re.compile(label.pattern or "").groupindex]
        if len(inside) != (len(self.labels) if self.value == "inside" else 0):
            raise ValueError("value: inside needs labels whose pattern has a group value: (?P<value>...), others none")
        if self.runs_on and self.value == "right":
            raise ValueError("only a value below its label or inside its cell runs on")
        if self.required and self.optional:
            raise ValueError("required and optional exclude each other")
        return self


class SheetTable(Strict):
    """A raw table that the sheets of one kind give: one row per sheet, or one per label that repeats.

    `one_row_per` names the group of the label patterns that tells the rows of one sheet apart: the number of a
    variable, the year of a yearly target.
    """

    title: str
    fields: Annotated[dict[Name, SheetField], Field(min_length=1)]
    one_row_per: Name | None = None
    rows: RowBounds = RowBounds()
    """How many rows one sheet plausibly gives."""

    @cached_property
    def columns(self) -> list[str]:
        """Raw columns in order: what a label says stands before the first value it belongs to."""
        names: dict[str, None] = {}
        for name, declared in self.fields.items():
            names |= dict.fromkeys([*declared.groups, name])
        return list(names)

    @model_validator(mode="after")
    def _told_apart(self) -> SheetTable:
        if taken := sorted(name for name in self.columns if name in LINEAGE or "__" in name):
            raise ValueError(f"columns {', '.join(taken)}: raw tables keep such names for lineage")
        groups = {group for declared in self.fields.values() for group in declared.groups}
        if twice := sorted(groups & set(self.fields)):
            raise ValueError(f"columns {', '.join(twice)} are declared as a field and as a group of a label")
        if self.one_row_per:
            without = [name for name, declared in self.fields.items() if self.one_row_per not in declared.groups]
            if without:
                raise ValueError(f"labels of {', '.join(without)} have no group {self.one_row_per}, so no row")
        return self


class SheetSpec(Strict):
    """A record sheet: labels and their values, printed anew for every record over one table or several.

    A sheet goes from a cell that `begins` it (alone in its row, or the label of a field, with its value beside it) to
    the next one, or to a row that matches `end`; a declared table may stand inside it. All its printed cells must be
    headings, captions, labels, values, or ignored by name.
    """

    title: str
    begins: Annotated[list[Label], Field(min_length=1)]
    record: Pattern | None = None
    """What a sheet prints to say which record it is of. One that says the same as the one before goes on with it: it
    begins again because the page does, and what it prints again counts once."""
    context: dict[Name, Annotated[list[Capture], Field(min_length=1)]] = {}
    """Facts printed in a line above one sheet or several, a programme for instance: each holds until a line says
    another. They land in every raw table of the sheets."""
    sections: dict[Name, Annotated[list[Label], Field(min_length=1)]] = {}
    """Headings inside the sheet. A section goes to the next heading."""
    captions: list[Label] = []
    """Printed words that neither begin a section nor name a value."""
    ignore_cells: list[Ignored] = []
    end: list[Pattern] = []
    lines: bool = False
    """The lines of text between its tables belong to the sheet as well, each as a cell."""
    count: RowBounds = RowBounds()
    """How many sheets one document plausibly has."""
    tables: Annotated[dict[Name, SheetTable], Field(min_length=1)]

    @property
    def labels(self) -> list[Label]:
        """The labels of all its fields."""
        fields = [declared for table in self.tables.values() for declared in table.fields.values()]
        return [label for declared in fields for label in declared.labels]

    @model_validator(mode="after")
    def _context_is_told_apart(self) -> SheetSpec:
        for table, spec in self.tables.items():
            if twice := sorted(self.context.keys() & {*spec.columns}):
                raise ValueError(f"tables.{table}: columns {', '.join(twice)} are declared as a field and as context")
        if taken := sorted(name for name in self.context if name in LINEAGE or "__" in name):
            raise ValueError(f"context {', '.join(taken)}: raw tables keep such names for lineage")
        return self

    @model_validator(mode="after")
    def _sections_are_declared(self) -> SheetSpec:
        for table, spec in self.tables.items():
            for name, declared in spec.fields.items():
                if declared.section and declared.section not in self.sections:
                    raise ValueError(f"tables.{table}.fields.{name}: there is no section {declared.section!r}")
        claims: dict[tuple[str | None, str], str] = {}
        for table, spec in self.tables.items():
            for name, declared in spec.fields.items():
                for label in declared.labels:
                    key = (declared.section, fold(label.label) if label.label else label.printed)
                    other = claims.setdefault(key, f"{table}.{name}")
                    if other != f"{table}.{name}":
                        raise ValueError(f"{other} and {table}.{name} both claim the label {label.printed!r}")
        return self
