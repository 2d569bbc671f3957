"""Facts printed around the tables that hold for a whole document, and how they are found."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, model_validator

from extractors.spec.language import Name, Pattern, Strict


class Capture(Strict):
    """One way to find a printed fact in the lines around the tables.

    `pattern` is searched in each line and must hold a group `value`, or `means` says what a line that matches stands
    for; `line_before` takes the whole line printed just above the line that matches.
    """

    pattern: Pattern | None = None
    line_before: Pattern | None = None
    unlike: Pattern | None = None
    """A value in which this is found is not the fact."""
    means: str | None = None
    """The fact that a line says which no reading gets whole: a scan on which a stamp covers some of its letters."""

    @model_validator(mode="after")
    def _one_way(self) -> Capture:
        if (self.pattern is None) == (self.line_before is None):
            raise ValueError("give exactly one of pattern and line_before")
        says_value = self.pattern is not None and "value" in re.compile(self.pattern).groupindex
        if self.means is not None and (self.pattern is None or says_value):
            raise ValueError("means goes with a pattern without a group named value")
        if self.pattern is not None and self.means is None and not says_value:
            raise ValueError("pattern needs a group named value: (?P<value>...)")
        return self


class InColumn(Strict):
    """A fact that every row prints in one of its columns: `pattern` is searched in it and must hold a group `value`."""

    column: Name
    pattern: Pattern = r"^(?P<value>.+)$"

    @model_validator(mode="after")
    def _says_value(self) -> InColumn:
        if "value" not in re.compile(self.pattern).groupindex:
            raise ValueError("pattern needs a group named value: (?P<value>...)")
        return self


class PeriodColumns(Strict):
    """The columns in which every row prints the first and the last day it covers, as 31/12/2020 or 2020-12-31."""

    start: Name
    end: Name


class Period(Strict):
    """Where the period covered is printed.

    The named groups of all patterns together must say it: `year`; `year` and `month`; start_year and end_year (whole
    years, both inclusive); `quarter` (1 to 4) and a year; start_month, end_month and end_year (whole months) or these
    with start_day and end_day, both optionally with start_year; or end_day, end_month and end_year alone, where a form
    prints its last day only and counts from the first day of the year. Months are words of the source's language or
    numbers.

    Where it is printed row by row instead, `columns` names the columns of its first and last day: the document covers
    the time from the earliest to the latest of them.
    """

    patterns: list[Pattern] = []
    columns: PeriodColumns | None = None
    months: dict[str, Annotated[int, Field(ge=1, le=12)]] = {}
    """Months as publishers misspelt them, with their number: no other spelling is guessed at."""

    @model_validator(mode="after")
    def _one_place(self) -> Period:
        if bool(self.patterns) == (self.columns is not None):
            raise ValueError("give exactly one of patterns and columns")
        return self


class Metadata(Strict):
    """Facts printed outside the tables that hold for the whole document."""

    title: Annotated[list[Capture], Field(min_length=1)]
    untitled_tables: list[Name] = []
    """Tables that tell the form by their header alone. Where no title is printed, what source.yml calls the table
    stands in for it, in square brackets."""
    several_titles: bool = False
    """A document may hold several forms of the family, each under its own title: all of them are the title."""
    institution: list[Capture] = []
    institution_column: InColumn | None = None
    """Where the lines around the tables do not say it, but every row does."""
    institution_folder: bool = False
    """Where nothing in the document says it: the folder that it lies in, inside that of the source, is named after it.
    It counts as inferred."""
    column_labels: bool = False
    """The rows of column labels are searched as lines too, their cells joined by spaces: some forms print the year, or
    whose they are, only there."""
    period: Period
    report_code: list[Capture] = []

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns in which rows print facts of the document, each with the key that names it."""
        named = [("metadata.institution_column", self.institution_column.column)] if self.institution_column else []
        days = self.period.columns
        both = [("metadata.period.columns", days.start), ("metadata.period.columns", days.end)] if days else []
        return [*named, *both]


class TableMetadata(Strict):
    """Facts printed around each page's piece of a table: above it (`reported_at`) or below it (`pages_declared`)."""

    reported_at: list[Capture] = []
    pages_declared: list[Capture] = []
