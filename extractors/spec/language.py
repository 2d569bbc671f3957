"""What every declaration of `source.yml` is made of: names, patterns, labels, and what is left out by name."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from extractors.labels import fold, latin

LINEAGE = frozenset(
    (
        *("document_sha256", "source_id", "table_name", "segment_no", "page_no", "sheet_name", "table_no"),
        *("row_no", "row_seq", "record_no", "method", "confidence", "extractor_version", "spec_sha256"),
        *("total_kind", "label_raw", "total_no", "first_row_seq", "last_row_seq"),
    )
)
"""Names that raw tables give to the place and origin of a row; no declared column may bear them."""


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
"""A regular expression, searched without regard to case."""


_LONGEST_LABEL = 1_000
"""Patterns see at most this many characters of a label: a hostile one must not keep a pattern busy."""


def fully_matches(pattern: str, printed: str) -> bool:
    """True when a printed label, on one line and in Latin letters, matches a pattern as a whole."""
    text = " ".join(latin(printed[:_LONGEST_LABEL]).split())
    return re.fullmatch(pattern, text, re.IGNORECASE) is not None


Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Header(Strict):
    """A printed label, or a pattern that the whole label matches where it names a year or a quarter, or `blank` for a
    column whose label is left blank in the header.

    `nth` picks among the grid columns that stand under equal labels, counted from the left; a list takes several of
    them, of which each row prints one.
    """

    label: Annotated[str, Field(pattern=r"\S")] | None = None
    pattern: Pattern | None = None
    blank: Literal[True] | None = None
    nth: Annotated[int, Field(ge=1)] | Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=1)] = 1

    @model_validator(mode="after")
    def _one_way(self) -> Header:
        if [self.label, self.pattern, self.blank].count(None) != 2:
            raise ValueError("give exactly one of label, pattern and blank")
        return self

    @property
    def places(self) -> list[int]:
        """The columns it takes of those under equal labels."""
        return [self.nth] if isinstance(self.nth, int) else self.nth

    @property
    def printed(self) -> str:
        """The label or pattern as declared, for messages."""
        return self.label or self.pattern or "(blank)"

    def matches(self, printed: str) -> bool:
        """True when a printed label is this one; case, accents and white space of labels do not count."""
        if self.label is not None:
            return fold(printed) == fold(self.label)
        return self.pattern is not None and fully_matches(self.pattern, printed)


def _as_header(value: object) -> object:
    # A label such as 2020 needs no quotes, but `No` would be read as false: that one must be quoted.
    return {"label": str(value)} if isinstance(value, str | int) and not isinstance(value, bool) else value


class Ignored(Strict):
    """Something printed that is left out by name, with the reason."""

    pattern: Pattern
    reason: str


class RowBounds(Strict):
    """How many data rows one document plausibly has; outside it the document is quarantined."""

    min: Annotated[int, Field(ge=0)] = 1
    max: Annotated[int, Field(ge=1)] = 100_000


Label = Annotated[Header, BeforeValidator(_as_header)]
"""A header that may be declared by its words alone."""
