"""One family of documents: who publishes it, how it prints numbers, and what its documents hold."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extractors.spec.language import Ignored, Name, Pattern, Strict
from extractors.spec.metadata import Metadata
from extractors.spec.sheets import SheetSpec
from extractors.spec.tables import TableSpec

SOURCE_ID = "[a-z]{2}(_[a-z0-9]+){2,}"


class Publisher(Strict):
    """Who issues the documents; `institution_name` stands in, flagged as inferred, where a document prints none."""

    name: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    institution_name: str | None = None


class Numbers(Strict):
    """Printed separators: fixed per source, never guessed per cell."""

    thousands: Literal[",", ".", " ", "'"]
    decimal: Literal[",", "."]

    @model_validator(mode="after")
    def _differ(self) -> Numbers:
        if self.thousands == self.decimal:
            raise ValueError("thousands and decimal are the same sign")
        return self


STATEMENTS = "statements"
"""The raw table of the figures that sentences state."""


class Statement(Strict):
    """A sentence that states figures: every named group of `pattern` is one of them.

    The pattern is searched in each line of text around the tables. Several patterns may share a name: they are
    wordings of one statement.
    """

    name: Name
    pattern: Pattern

    @model_validator(mode="after")
    def _states_figures(self) -> Statement:
        figures = re.compile(self.pattern).groupindex
        if not figures:
            raise ValueError("pattern needs a named group for each figure of the sentence: (?P<name>...)")
        if odd := [name for name in figures if re.fullmatch(r"[a-z][a-z0-9_]*", name) is None]:
            raise ValueError(f"the figure {odd[0]!r} is no name in small letters")
        return self


class SourceSpec(Strict):
    """One document family: the content of a `source.yml`."""

    source_id: Annotated[str, Field(pattern=f"^{SOURCE_ID}$")]
    title: str
    publisher: Publisher
    language: Literal["es", "pt"]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    numbers: Numbers
    metadata: Metadata
    print_areas: Literal["kept", "ignored"] = "kept"
    """What a workbook prints: its print area, or, where offices leave areas behind that cut their own forms off,
    everything a sheet shows."""
    refuse: list[Ignored] = []
    """Text around the tables that changes what the figures mean (thousands, another currency): with it the document
    is quarantined."""
    ignore_tables: list[Ignored] = []
    """Tables that hold numbers and belong to no declared table, known by any text in them."""
    statements: list[Statement] = []
    """Sentences around the tables that state figures."""
    tables: dict[Name, TableSpec] = {}
    sheets: dict[Name, SheetSpec] = {}
    sha256: str = ""
    """Hash of the folder that declares the source; set when it is loaded."""

    @model_validator(mode="after")
    def _told_apart(self) -> SourceSpec:
        if not (self.tables or self.sheets):
            raise ValueError("declare what the documents hold, under tables or sheets")
        if twice := sorted({name for name in self.raw_tables if self.raw_tables.count(name) > 1}):
            raise ValueError(f"{', '.join(twice)}: two raw tables of one name")
        for name in self.raw_tables:
            if name.removesuffix("_totals").removesuffix("_cells") != name:
                raise ValueError(f"table {name}: raw tables keep names ending in _totals and _cells")
        for where, column in self.metadata.columns:
            if not any(column in table.columns for table in self.tables.values()):
                raise ValueError(f"{where} names the column {column!r}, which no table declares")
        if strange := [name for name in self.metadata.untitled_tables if name not in self.tables]:
            raise ValueError(f"metadata.untitled_tables names {strange[0]!r}, which is not declared")
        headers: dict[frozenset[str], list[str]] = {}
        for name, table in self.tables.items():
            headers.setdefault(table.labels | frozenset(table.label_patterns), []).append(name)
        for names in headers.values():
            if len(names) > 1 and any(
                self.tables[name].identify is None and not self.tables[name].titled for name in names
            ):
                raise ValueError(f"tables {', '.join(names)} have the same header: each needs `titled` or `identify`")
        return self

    @property
    def raw_tables(self) -> list[str]:
        """The names of all raw tables that the source fills."""
        statements = [STATEMENTS] if self.statements else []
        return [*self.tables, *(name for sheet in self.sheets.values() for name in sheet.tables), *statements]
