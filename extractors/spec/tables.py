"""Tables under column labels: their columns, groups, records, totals and what is left out."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extractors.labels import fold
from extractors.spec.identities import Identity
from extractors.spec.language import LINEAGE, Ignored, Label, Name, Pattern, RowBounds, Strict, fully_matches
from extractors.spec.metadata import Capture, TableMetadata
from extractors.spec.unruled import Outline, Unruled


class Fill(Strict):
    """How a blank is completed: from the row above, or from the next printed value below when the column named in
    `opens_group_when_nonzero` holds an amount other than zero (such a row begins a new group).

    Below a row that is blank in every column the value above no longer holds where `stops_at` says so: a blank there
    stays one until the next printed value."""

    direction: Literal["down"]
    opens_group_when_nonzero: Name | None = None
    stops_at: Literal["blank_row"] | None = None


class Column(Strict):
    """One canonical column of a table and the labels it is printed under."""

    headers: Annotated[list[Label], Field(min_length=1)]
    source_label: str | None = None
    kind: Literal["text", "code", "number"] = "text"
    pattern: Pattern | None = None
    """Full match for every printed value; a row whose `required` column fails it is not a data row."""
    required: bool = False
    """Printed on every data row (after filling)."""
    optional: bool = False
    """The whole column may be absent from a filing."""
    terms: list[str] = []
    """What a text column is known to print. On a scan a text that misses one of them by a character in eight is put
    right; one that is none of them is listed for review."""
    fill: Fill | None = None
    continues: Pattern | None = None
    """A row that prints nothing but this column, searched for this pattern, goes on with the text of the row above: a
    long label typed into two rows."""


class Identify(Strict):
    """Which of several tables with the same header a piece is: every printed value of `column` matches `pattern`."""

    column: Name
    pattern: Pattern


class BesideSeries(Strict):
    """A column that stands once behind each column of a series and belongs to it, known by the whole label.

    Where its label and that of the column it belongs to have named groups in common that print two values (another
    year), the accounting says so: the place decides, not the label.
    """

    header: Pattern
    kind: Literal["text", "code", "number"] = "number"
    pattern: Pattern | None = None
    """Full match for every printed value."""


class Series(Strict):
    """Columns that hold one kind of value for different years, months or cases: the label of each is data.

    Every grid column whose label as a whole matches `header` is one of them. The table lands in long form: one raw
    row for each printed row and column of the series, with the printed label in the raw column `label` and the
    printed value in the raw column `value`. Where further columns are repeated with each of them (the goal of a year,
    what was achieved, the percentage), `beside` names those: each stands once behind every column of the series and
    before the next.
    """

    header: Pattern
    label: Name
    value: Name
    kind: Literal["text", "code", "number"] = "number"
    pattern: Pattern | None = None
    """Full match for every printed value."""
    beside: dict[Name, BesideSeries] = {}

    @property
    def columns(self) -> list[str]:
        """The raw columns that hold its values."""
        return [self.value, *self.beside]

    def pattern_of(self, column: str) -> str | None:
        """What every value of a raw column of the series matches."""
        return self.beside[column].pattern if column in self.beside else self.pattern

    def kind_of(self, column: str) -> str:
        """The kind of value that a raw column of the series holds."""
        return self.beside[column].kind if column in self.beside else self.kind


class ContextColumn(Strict):
    """A fact printed above a piece of a table that holds for all its rows: an institution, an axis, a year.

    Of the lines between the table before and this piece the last that matches says it. Where none does, a piece
    under `carry` continues the one before it (the value is filled, with the reason); otherwise the document stops.
    `unbroken` carries on only where nothing at all is printed between the two.
    """

    captures: Annotated[list[Capture], Field(min_length=1)]
    carry: bool | Literal["unbroken"] = False


class GroupRow(Strict):
    """A row that prints nothing but one text: it names the group that the rows below belong to.

    The text lands in the raw column `name` of each of them, until the next group row of the piece of table.
    """

    name: Name
    pattern: Pattern = r".+"


class Records(Strict):
    """Rows that belong together, each with its role by position: an indicator, its numerator, its denominator.

    A row whose column (or series value) `column` matches `opens` as a whole begins a record with the first of
    `roles`; the rows below it take the next ones. The role lands in the raw column `role`, the number of the record
    in the document in `record_no`.
    """

    role: Name
    roles: Annotated[list[Name], Field(min_length=2)]
    column: Name
    opens: Pattern


class TotalRow(Strict):
    """A printed total: the words of the row, compared as column labels are, are one of `labels`. A subtotal covers the
    data rows since the one before it, a total all data rows; a share prints what part of the total each column is; a
    memo stands among the totals and sums up nothing."""

    kind: Literal["subtotal", "total", "share", "memo"]
    labels: list[Label] = []
    ends_table: bool = False
    covers: Literal["table", "piece"] = "table"
    """`piece`: a total of the rows since the last one, because the table is printed several times over, each with its
    own total."""
    stands_above: bool = False
    """Printed without a label, only numbers, directly below the header: it covers the rows below it."""

    @model_validator(mode="after")
    def _known_by_something(self) -> TotalRow:
        if not (self.labels or self.stands_above):
            raise ValueError("give the words of the total under labels, or stands_above where it has none")
        return self

    def matches(self, words: str) -> bool:
        """True when the words of a row are those of this total."""
        return any(label.matches(words) for label in self.labels)


class IgnoredColumn(Strict):
    """A printed column that is left out, known by its label, with the reason."""

    header: str
    reason: str


class TableSpec(Strict):
    """One table of a document family."""

    title: str
    unruled: Unruled | None = None
    titled: list[Pattern] = []
    """Lines printed above the table that tell it from others with the same header: the nearest one counts."""
    identify: Identify | None = None
    columns: Annotated[dict[Name, Column], Field(min_length=1)]
    series: Series | None = None
    context: dict[Name, ContextColumn] = {}
    group_rows: list[GroupRow] = []
    outline: Outline | None = None
    records: Records | None = None
    runs_over_pages: bool = False
    """A page may go on with the table without printing its header again: its first table, on the same columns."""
    header_groups: list[str] = []
    """Labels printed above the column labels, over several columns at once."""
    header_codes: list[Pattern] = []
    """What a row below the column labels prints, each cell as a whole and otherwise: the numbers of the columns from 1
    and how one follows from others, such as `3 = (1 + 2)`."""
    stacked_rows: bool = False
    """Rules stand between the columns, but not between all rows: what a cell prints on several lines is several rows,
    told apart by the lines that its numbers stand on."""
    ignore_columns: list[IgnoredColumn] = []
    totals: list[TotalRow] = []
    ignore_rows: list[Ignored] = []
    overprints: list[Ignored] = []
    """Words stamped over the table, across its columns: each is left out of the row that it lies on."""
    end: list[Pattern] = []
    """Text that stands after the table; what follows it is no longer table."""
    identities: list[Identity] = []
    """Arithmetic of every row. What OCR read is confirmed by it; other documents are held to it by the checks of the
    built warehouse."""
    sums: list[Name] = []
    """Columns whose printed totals are the sums of the rows they cover."""
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
        if self.outline:
            named.append(("outline", self.outline.column))
            if self.series:
                raise ValueError("outline and series exclude each other: a total covers printed rows")
        if self.unruled:
            named.append(("unruled.anchor", self.unruled.anchor))
            if self.series:
                raise ValueError("the columns of an unruled table are counted, so it cannot have a series")
            if bare := [
                name for name, column in self.columns.items() if column.kind == "number" and not column.pattern
            ]:
                raise ValueError(f"unruled: the number columns {', '.join(bare)} need a pattern")
        named += [("identities", name) for identity in self.identities for name in identity.columns]
        named += [("sums", name) for name in self.sums]
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
                for nth in header.places:
                    other = claims.setdefault((fold(header.printed), nth), name)
                    if other != name:
                        raise ValueError(f"columns {other!r} and {name!r} both claim the header {header.printed!r}")
        return self

    @property
    def beside_columns(self) -> list[str]:
        """Raw columns that are printed elsewhere than under a column label of their own."""
        series = [self.series.label, *self.series.columns] if self.series else []
        role = [self.records.role] if self.records else []
        path = [self.outline.path] if self.outline else []
        return [*self.context, *(group.name for group in self.group_rows), *path, *role, *series]

    @cached_property
    def labels(self) -> frozenset[str]:
        """Every folded column label that is declared by its words."""
        return frozenset(
            fold(header.label) for column in self.columns.values() for header in column.headers if header.label
        )

    @cached_property
    def label_count(self) -> int:
        """How many different labels its columns have; one may stand over several."""
        return len({fold(column.headers[0].printed) for column in self.columns.values()})

    @cached_property
    def label_patterns(self) -> tuple[str, ...]:
        """Every column label that is declared by a pattern, that of the series among them."""
        patterns = [header.pattern for column in self.columns.values() for header in column.headers if header.pattern]
        beside = [column.header for column in self.series.beside.values()] if self.series else []
        return (*patterns, *([self.series.header] if self.series else []), *beside)

    @cached_property
    def group_labels(self) -> frozenset[str]:
        return frozenset(fold(label) for label in self.header_groups)

    def is_label(self, printed: str) -> bool:
        """True when a printed text is the label of a declared column or of the series."""
        return fold(printed) in self.labels or any(fully_matches(pattern, printed) for pattern in self.label_patterns)
