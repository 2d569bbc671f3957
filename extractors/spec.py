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
from extractors.labels import fold, latin

SOURCES = Path(__file__).parent / "sources"
SOURCE_ID = "[a-z]{2}(_[a-z0-9]+){2,}"
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


class InColumn(_Strict):
    """A fact that every row prints in one of its columns: `pattern` is searched in it and must hold a group `value`."""

    column: Name
    pattern: Pattern = r"^(?P<value>.+)$"

    @model_validator(mode="after")
    def _says_value(self) -> InColumn:
        if "value" not in re.compile(self.pattern).groupindex:
            raise ValueError("pattern needs a group named value: (?P<value>...)")
        return self


class PeriodColumns(_Strict):
    """The columns in which every row prints the first and the last day it covers, as 31/12/2020 or 2020-12-31."""

    start: Name
    end: Name


class Period(_Strict):
    """Where the period covered is printed.

    The named groups of all patterns together must say it: `year`; `year` and `month`; start_year and end_year (whole
    years, both inclusive); start_month, end_month and end_year (whole months) or these with start_day and end_day, both
    optionally with start_year. Months are words of the source's language or numbers.

    Where it is printed row by row instead, `columns` names the columns of its first and last day: the document covers
    the time from the earliest to the latest of them.
    """

    patterns: list[Pattern] = []
    columns: PeriodColumns | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Period:
        if bool(self.patterns) == (self.columns is not None):
            raise ValueError("give exactly one of patterns and columns")
        return self


class Metadata(_Strict):
    """Facts printed outside the tables that hold for the whole document."""

    title: Annotated[list[Capture], Field(min_length=1)]
    institution: list[Capture] = []
    institution_column: InColumn | None = None
    """Where the lines around the tables do not say it, but every row does."""
    period: Period
    report_code: list[Capture] = []

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns in which rows print facts of the document, each with the key that names it."""
        named = [("metadata.institution_column", self.institution_column.column)] if self.institution_column else []
        days = self.period.columns
        both = [("metadata.period.columns", days.start), ("metadata.period.columns", days.end)] if days else []
        return [*named, *both]


class TableMetadata(_Strict):
    """Facts printed around each page's piece of a table: above it (`reported_at`) or below it (`pages_declared`)."""

    reported_at: list[Capture] = []
    pages_declared: list[Capture] = []


class Header(_Strict):
    """A printed label, or a pattern that the whole label matches where it names a year or a quarter.

    `nth` picks among the grid columns that stand under equal labels, counted from the left.
    """

    label: Annotated[str, Field(pattern=r"\S")] | None = None
    pattern: Pattern | None = None
    nth: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _one_way(self) -> Header:
        if (self.label is None) == (self.pattern is None):
            raise ValueError("give exactly one of label and pattern")
        return self

    @property
    def printed(self) -> str:
        """The label or pattern as declared, for messages."""
        return self.label or self.pattern or ""

    def matches(self, printed: str) -> bool:
        """True when a printed label is this one; case, accents and white space of labels do not count."""
        if self.label is not None:
            return fold(printed) == fold(self.label)
        return fully_matches(self.pattern or "", printed)


def _as_header(value: object) -> object:
    # A label such as 2020 needs no quotes, but `No` would be read as false: that one must be quoted.
    return {"label": str(value)} if isinstance(value, str | int) and not isinstance(value, bool) else value


class Fill(_Strict):
    """How a blank is completed: from the row above, or from the next printed value below when the column named in
    `opens_group_when_nonzero` holds an amount other than zero (such a row begins a new group).

    Below a row that is blank in every column the value above no longer holds where `stops_at` says so: a blank there
    stays one until the next printed value."""

    direction: Literal["down"]
    opens_group_when_nonzero: Name | None = None
    stops_at: Literal["blank_row"] | None = None


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


class Series(_Strict):
    """Columns that hold one kind of value for different years, months or cases: the label of each is data.

    Every grid column whose label as a whole matches `header` is one of them. The table lands in long form: one raw
    row for each printed row and column of the series, with the printed label in the raw column `label` and the
    printed value in the raw column `value`.
    """

    header: Pattern
    label: Name
    value: Name
    kind: Literal["text", "code", "number"] = "number"
    pattern: Pattern | None = None
    """Full match for every printed value."""


class ContextColumn(_Strict):
    """A fact printed above a piece of a table that holds for all its rows: an institution, an axis, a year.

    Of the lines between the table before and this piece the last that matches says it. Where none does, a piece
    under `carry` continues the one before it (the value is filled, with the reason); otherwise the document stops.
    `unbroken` carries on only where nothing at all is printed between the two.
    """

    captures: Annotated[list[Capture], Field(min_length=1)]
    carry: bool | Literal["unbroken"] = False


class GroupRow(_Strict):
    """A row that prints nothing but one text: it names the group that the rows below belong to.

    The text lands in the raw column `name` of each of them, until the next group row of the piece of table.
    """

    name: Name
    pattern: Pattern = r".+"


class Records(_Strict):
    """Rows that belong together, each with its role by position: an indicator, its numerator, its denominator.

    A row whose column (or series value) `column` matches `opens` as a whole begins a record with the first of
    `roles`; the rows below it take the next ones. The role lands in the raw column `role`, the number of the record
    in the document in `record_no`.
    """

    role: Name
    roles: Annotated[list[Name], Field(min_length=2)]
    column: Name
    opens: Pattern


class TotalRow(_Strict):
    """A printed total: the words of the row, folded (case, accents, spaces and look-alike letters ignored), are one of
    `labels`. A subtotal covers the data rows since the one before it, a total all data rows; a share prints what part
    of the total each column is."""

    kind: Literal["subtotal", "total", "share"]
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
    columns: Annotated[dict[Name, Column], Field(min_length=1)]
    series: Series | None = None
    context: dict[Name, ContextColumn] = {}
    group_rows: list[GroupRow] = []
    records: Records | None = None
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
        names = [*self.columns, *self.beside_columns]
        if taken := sorted(name for name in names if name in LINEAGE or "__" in name):
            raise ValueError(f"columns {', '.join(taken)}: raw tables keep such names for lineage")
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"columns {', '.join(twice)} are declared twice")
        named = [("identify", self.identify.column)] if self.identify else []
        for name, column in self.columns.items():
            if column.fill and column.fill.opens_group_when_nonzero:
                named.append((f"columns.{name}.fill", column.fill.opens_group_when_nonzero))
            if column.required and column.fill and column.fill.stops_at:
                raise ValueError(f"columns.{name} is required, so its fill cannot stop: blanks would stay")
        for where, name in named:
            if name not in self.columns:
                raise ValueError(f"{where} names the column {name!r}, which is not declared")
        if self.records and self.records.column not in {*self.columns, self.series.value if self.series else ""}:
            raise ValueError(f"records names the column {self.records.column!r}, which is not declared")
        if not any(column.required for column in self.columns.values()):
            raise ValueError("no column is required: nothing would tell a data row from stray text")
        claims: dict[tuple[str, int], str] = {}
        for name, column in self.columns.items():
            for header in column.headers:
                other = claims.setdefault((fold(header.printed), header.nth), name)
                if other != name:
                    raise ValueError(f"columns {other!r} and {name!r} both claim the header {header.printed!r}")
        return self

    @property
    def beside_columns(self) -> list[str]:
        """Raw columns that are printed elsewhere than under a column label of their own."""
        series = [self.series.label, self.series.value] if self.series else []
        role = [self.records.role] if self.records else []
        return [*self.context, *(group.name for group in self.group_rows), *role, *series]

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every folded column label that is declared by its words."""
        return frozenset(
            fold(header.label) for column in self.columns.values() for header in column.headers if header.label
        )

    @cached_property
    def label_patterns(self) -> tuple[str, ...]:
        """Every column label that is declared by a pattern, that of the series among them."""
        patterns = [header.pattern for column in self.columns.values() for header in column.headers if header.pattern]
        return (*patterns, *([self.series.header] if self.series else []))

    @cached_property
    def group_labels(self) -> frozenset[str]:
        return frozenset(fold(label) for label in self.header_groups)

    def is_label(self, printed: str) -> bool:
        """True when a printed text is the label of a declared column or of the series."""
        return fold(printed) in self.labels or any(fully_matches(pattern, printed) for pattern in self.label_patterns)


class SheetField(_Strict):
    """One canonical column of a record sheet and the labels that its value is printed beside.

    `value` says where it stands: in the next cell to the `right` of the label, in the cell `below` it, or `inside`
    the label's own cell, whose pattern then holds a group `value`. Every other named group of a pattern is a raw
    column too, for labels that say something themselves: `Meta (?P<target_year>20\\d\\d)`.
    """

    labels: Annotated[list[Annotated[Header, BeforeValidator(_as_header)]], Field(min_length=1)]
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


class SheetTable(_Strict):
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


class SheetSpec(_Strict):
    """A record sheet: labels and their values, printed anew for every record over one table or several.

    A sheet goes from a cell that `begins` it to the next one, or to a row that matches `end`; a declared table may
    stand inside it. All its printed cells must be headings, captions, labels, values, or ignored by name.
    """

    title: str
    begins: Annotated[list[Annotated[Header, BeforeValidator(_as_header)]], Field(min_length=1)]
    record: Pattern | None = None
    """What a sheet prints to say which record it is of. One that says the same as the one before goes on with it: it
    begins again because the page does, and what it prints again counts once."""
    sections: dict[Name, Annotated[list[Annotated[Header, BeforeValidator(_as_header)]], Field(min_length=1)]] = {}
    """Headings inside the sheet. A section goes to the next heading."""
    captions: list[Annotated[Header, BeforeValidator(_as_header)]] = []
    """Printed words that neither begin a section nor name a value."""
    ignore_cells: list[Ignored] = []
    end: list[Pattern] = []
    lines: bool = False
    """The lines of text between its tables belong to the sheet as well, each as a cell."""
    count: RowBounds = RowBounds()
    """How many sheets one document plausibly has."""
    tables: Annotated[dict[Name, SheetTable], Field(min_length=1)]

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


STATEMENTS = "statements"
"""The raw table of the figures that sentences state."""


class Statement(_Strict):
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


class SourceSpec(_Strict):
    """One document family: the content of a `source.yml`."""

    source_id: Annotated[str, Field(pattern=f"^{SOURCE_ID}$")]
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
        headers: dict[frozenset[str], list[str]] = {}
        for name, table in self.tables.items():
            headers.setdefault(table.labels | frozenset(table.label_patterns), []).append(name)
        for names in headers.values():
            if len(names) > 1 and any(self.tables[name].identify is None for name in names):
                raise ValueError(f"tables {', '.join(names)} have the same header: each needs `identify`")
        return self

    @property
    def raw_tables(self) -> list[str]:
        """The names of all raw tables that the source fills."""
        statements = [STATEMENTS] if self.statements else []
        return [*self.tables, *(name for sheet in self.sheets.values() for name in sheet.tables), *statements]


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
    if content is None:
        raise SourceError(
            f"{place} is empty; take the folder away, then `contraste probe FILE --draft {folder.name}` drafts it."
        )
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
