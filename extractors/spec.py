"""The language of `source.yml`: what one family of documents looks like, as data.

A source says who publishes it, how its numbers and periods are printed, which text stands around its tables,
which header labels name which column, which rows are totals and which may be left out, and why. Errors name
the file and the key. `extractors/README.md` explains every key with examples.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from extractors.errors import SourceError
from extractors.labels import fold

SOURCES = Path(__file__).parent / "sources"
LINEAGE = frozenset(
    (
        *("document_sha256", "source_id", "table_name", "segment_no", "page_no", "sheet_name", "table_no"),
        *("row_no", "row_seq", "method", "confidence", "extractor_version", "spec_sha256"),
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

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Publisher(_Strict):
    """Who issues the documents; `institution_name` stands in, flagged as inferred, where a document prints none."""

    name: str
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    institution_name: str | None = None


class Numbers(_Strict):
    """Printed separators: fixed per source, never guessed per cell."""

    thousands: Literal[",", ".", " ", "'"]
    decimal: Literal[",", "."]

    @model_validator(mode="after")
    def _differ(self) -> Numbers:
        if self.thousands == self.decimal:
            raise ValueError("thousands and decimal are the same sign")
        return self


class Capture(_Strict):
    """One way to find a printed fact in the lines around the tables.

    `pattern` is searched in each line and must hold a group `value`; `line_before` takes the whole line printed
    just above the line that matches.
    """

    pattern: Pattern | None = None
    line_before: Pattern | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Capture:
        if (self.pattern is None) == (self.line_before is None):
            raise ValueError("give exactly one of pattern and line_before")
        if self.pattern is not None and "value" not in re.compile(self.pattern).groupindex:
            raise ValueError("pattern needs a group named value: (?P<value>...)")
        return self


class Period(_Strict):
    """Where the period covered is printed.

    The named groups of all patterns together must say it: `year`; `year` and `month`; or start_day, start_month,
    end_day, end_month, end_year and optionally start_year. Months are words of the source's language or numbers.
    """

    patterns: Annotated[list[Pattern], Field(min_length=1)]


class Metadata(_Strict):
    """Facts printed outside the tables that hold for the whole document."""

    title: Annotated[list[Capture], Field(min_length=1)]
    institution: list[Capture] = []
    period: Period
    report_code: list[Capture] = []


class TableMetadata(_Strict):
    """Facts printed around each page's piece of a table: above it (`reported_at`) or below it (`pages_declared`)."""

    reported_at: list[Capture] = []
    pages_declared: list[Capture] = []


class Header(_Strict):
    """A printed label. `nth` picks among the grid columns that stand under equal labels, counted from the left."""

    label: Annotated[str, Field(pattern=r"\S")]
    nth: Annotated[int, Field(ge=1)] = 1


def _as_header(value: object) -> object:
    # A label such as 2020 needs no quotes, but `No` would be read as false: that one must be quoted.
    return {"label": str(value)} if isinstance(value, str | int) and not isinstance(value, bool) else value


class Fill(_Strict):
    """How a blank is completed: from the row above, or from the next printed value below when the column named in
    `opens_group_when_nonzero` holds an amount other than zero (such a row begins a new group)."""

    direction: Literal["down"]
    opens_group_when_nonzero: Name | None = None


class Column(_Strict):
    """One canonical column of a table and the labels it is printed under."""

    headers: Annotated[list[Annotated[Header, BeforeValidator(_as_header)]], Field(min_length=1)]
    source_label: str | None = None
    kind: Literal["text", "code", "number"] = "text"
    pattern: Pattern | None = None
    """Full match for every printed value; a row whose `required` column fails it is not a data row."""
    required: bool = False
    """Printed on every data row (after filling)."""
    optional: bool = False
    """The whole column may be absent from a filing."""
    fill: Fill | None = None


class Identify(_Strict):
    """Which of several tables with the same header a piece is: every printed value of `column` matches `pattern`."""

    column: Name
    pattern: Pattern


class TotalRow(_Strict):
    """A printed total: the words of the row, folded (case, accents, spaces and look-alike letters ignored), are one of
    `labels`. A subtotal covers the data rows since the one before it, a total all data rows."""

    kind: Literal["subtotal", "total"]
    labels: Annotated[list[str], Field(min_length=1)]
    ends_table: bool = False


class Ignored(_Strict):
    """Something printed that is left out by name, with the reason."""

    pattern: Pattern
    reason: str


class IgnoredColumn(_Strict):
    """A printed column that is left out, known by its label, with the reason."""

    header: str
    reason: str


class RowBounds(_Strict):
    """How many data rows one document plausibly has; outside it the document is quarantined."""

    min: Annotated[int, Field(ge=0)] = 1
    max: Annotated[int, Field(ge=1)] = 100_000


class TableSpec(_Strict):
    """One table of a document family."""

    title: str
    identify: Identify | None = None
    columns: Annotated[dict[Name, Column], Field(min_length=2)]
    header_groups: list[str] = []
    """Labels printed above the column labels, over several columns at once."""
    ignore_columns: list[IgnoredColumn] = []
    totals: list[TotalRow] = []
    ignore_rows: list[Ignored] = []
    end: list[Pattern] = []
    """Text that stands after the table; what follows it is no longer table."""
    rows: RowBounds = RowBounds()
    metadata: TableMetadata = TableMetadata()

    @model_validator(mode="after")
    def _references(self) -> TableSpec:
        if taken := sorted(name for name in self.columns if name in LINEAGE or "__" in name):
            raise ValueError(f"columns {', '.join(taken)}: raw tables keep such names for lineage")
        named = [("identify", self.identify.column)] if self.identify else []
        for name, column in self.columns.items():
            if column.fill and column.fill.opens_group_when_nonzero:
                named.append((f"columns.{name}.fill", column.fill.opens_group_when_nonzero))
        for where, name in named:
            if name not in self.columns:
                raise ValueError(f"{where} names the column {name!r}, which is not declared")
        if not any(column.required for column in self.columns.values()):
            raise ValueError("no column is required: nothing would tell a data row from stray text")
        claims: dict[tuple[str, int], str] = {}
        for name, column in self.columns.items():
            for header in column.headers:
                other = claims.setdefault((fold(header.label), header.nth), name)
                if other != name:
                    raise ValueError(f"columns {other!r} and {name!r} both claim the header {header.label!r}")
        return self

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every folded column label."""
        return frozenset(fold(header.label) for column in self.columns.values() for header in column.headers)

    @cached_property
    def group_labels(self) -> frozenset[str]:
        return frozenset(fold(label) for label in self.header_groups)


class SourceSpec(_Strict):
    """One document family: the content of a `source.yml`."""

    source_id: Annotated[str, Field(pattern=r"^[a-z]{2}(_[a-z0-9]+){2,}$")]
    title: str
    publisher: Publisher
    language: Literal["es", "pt"]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    numbers: Numbers
    metadata: Metadata
    refuse: list[Ignored] = []
    """Text around the tables that changes what the figures mean (thousands, another currency): with it the document
    is quarantined."""
    ignore_tables: list[Ignored] = []
    """Tables that hold numbers and belong to no declared table, known by any text in them."""
    tables: Annotated[dict[Name, TableSpec], Field(min_length=1)]
    sha256: str = ""
    """Hash of the folder that declares the source; set when it is loaded."""

    @model_validator(mode="after")
    def _told_apart(self) -> SourceSpec:
        for name in self.tables:
            if name.removesuffix("_totals").removesuffix("_cells") != name:
                raise ValueError(f"table {name}: raw tables keep names ending in _totals and _cells")
        headers: dict[frozenset[str], list[str]] = {}
        for name, table in self.tables.items():
            headers.setdefault(table.labels, []).append(name)
        for names in headers.values():
            if len(names) > 1 and any(self.tables[name].identify is None for name in names):
                raise ValueError(f"tables {', '.join(names)} have the same header: each needs `identify`")
        return self


class _OneOfEachKey(yaml.SafeLoader):
    """YAML without code, in which a key may stand once: of two equal columns the first would vanish in silence."""


def _mapping(loader: _OneOfEachKey, node: yaml.MappingNode) -> dict[Any, Any]:
    printed = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
    doubled = next((key for key in printed if printed.count(key) > 1), None)
    if doubled is not None:
        raise yaml.constructor.ConstructorError(None, None, f"the key {doubled!r} stands twice", node.start_mark)
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=True)


_OneOfEachKey.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def load_source(folder: Path) -> SourceSpec:
    """Read and check `<folder>/source.yml`.

    Raises SourceError naming the file and the key when it is missing, not YAML, or breaks the language.
    """
    file = folder / "source.yml"
    place = f"{folder.name}/source.yml"
    try:
        text = file.read_text("utf-8")
        content = yaml.load(text, _OneOfEachKey)
    except FileNotFoundError as error:
        raise SourceError(f"{place} is missing; every folder under sources/ declares one source.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SourceError(f"{place} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(content, dict):
        raise SourceError(f"{place} must be a mapping of keys, not {type(content).__name__}.")
    if content.get("source_id") != folder.name:
        raise SourceError(f"{place}: source_id is {content.get('source_id')!r}, but the folder is {folder.name!r}.")
    try:
        return SourceSpec.model_validate({**content, "sha256": hashlib.sha256(text.encode()).hexdigest()})
    except ValidationError as error:
        lines = [f"{'.'.join(map(str, item['loc'])) or '(whole file)'}: {item['msg']}" for item in error.errors()]
        raise SourceError(f"{place} is not valid: " + "; ".join(lines)) from error


def load_sources(folder: Path | None = None) -> dict[str, SourceSpec]:
    """All sources by id, in alphabetical order. Raises SourceError on the first that is not valid."""
    root = folder or SOURCES
    return {
        path.name: load_source(path) for path in sorted(root.iterdir()) if path.is_dir() and path.name[0] not in "._"
    }
