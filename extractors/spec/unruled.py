"""Tables that draw no rules between their cells, and rows that stand under headings and are closed by their totals."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extractors.spec.language import Name, Pattern, Strict


class Unruled(Strict):
    """How rows and columns of a table without rules are told: by the white between columns and by what begins a row.

    The column labels stand between the lines that match `first` and `last`, both of them included; the table goes on to
    the end of the page or to a line that `end` declares. Every number column must declare a `pattern`: by it numbers
    are told from text and numbers that touch are told apart.
    """

    first: Pattern
    last: Pattern
    anchor: Name
    """A row begins on every line that prints this column, or numbers beside text in the first column."""
    begins: Pattern | None = None
    """What a line that prints no anchor begins with where it is a row of its own; any other line goes on with the row
    above. Without it such a line goes on with the row above only where its first word found no room there."""
    column_count: Annotated[int, Field(ge=2)] | None = None
    """How many columns are printed; by default as many as `columns` and `ignore_columns` declare."""
    boxed: bool = False
    """The table stands in a ruled box of its own, and rules part its columns; only its rows draw none."""
    continues_after: Pattern | None = None
    """The line above the rows of a page that prints no column labels and goes on with the table of the page before."""

    @model_validator(mode="after")
    def _one_way(self) -> Unruled:
        if self.boxed and self.continues_after:
            raise ValueError("a boxed table prints its labels in every box, so it has no continues_after")
        return self


class Outline(Strict):
    """Headings inside each other: chapters, groups and subgroups of a budget, by their totals or by their indentation.

    By totals, each heading is closed by a total of its name. A row that prints nothing but `column` and matches
    `heading` as a whole is a heading; a row whose words match `total` as a whole is the total of the innermost heading
    still open, and must bear its name, or that of the one row above that it repeats. Both patterns hold a group `name`.
    By indentation, every row is a heading to the rows below it that are printed further to the right. By sums, a row
    whose text matches `heading` as a whole is the sum of rows below it, in the columns of `sums`; what is left under no
    heading must add up to the printed total. The headings above a row land in its raw column `path`.
    """

    column: Name
    path: Name
    by: Literal["totals", "indentation", "sums"] = "totals"
    heading: Pattern = r"(?P<name>.+)"
    total: Pattern = r"total:? ?(?P<name>.+)"
    unclosed: Pattern | None = None
    """Headings that no total closes: they hold as long as the rows below are printed further to the right."""

    @model_validator(mode="after")
    def _says_name(self) -> Outline:
        for key in ("heading", "total"):
            if "name" not in re.compile(getattr(self, key)).groupindex:
                raise ValueError(f"{key} needs a group named name: (?P<name>...)")
        return self
