"""Finds the header of a table and says which grid column is which declared column.

Positions are read from every printed header, because they shift from page to page; never counted from the left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.errors import LayoutMismatch
from extractors.labels import fold
from extractors.spec import Header, TableSpec, fully_matches
from extractors.table import Cell, Table

_Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Where the declared columns stand in one physical table.

    `positions`: column name -> its grid columns (0-based; several when its label spans several).
    `series`: grid column of the series -> its printed label. `ignored`: grid column -> reason.
    `labels`: grid column -> the printed labels above it, for messages.
    """

    positions: dict[str, tuple[int, ...]]
    ignored: dict[int, str]
    labels: dict[int, tuple[str, ...]]
    first_row: int
    last_row: int
    """Indices of the first and last header row in the physical table."""
    series: dict[int, str] = field(default_factory=dict)

    @property
    def mapped(self) -> dict[int, str]:
        own = {column: name for name, columns in self.positions.items() for column in columns}
        return own | {column: f"the series column {label!r}" for column, label in self.series.items()}


def matches(row: Sequence[Cell], spec: TableSpec) -> int:
    """How many different declared labels a row prints."""
    return len({fold(cell.text) for cell in row if cell.text and spec.is_label(cell.text)})


def is_header(row: Sequence[Cell], spec: TableSpec) -> bool:
    """A row that prints at least two labels and at least half as many as there are columns is a header.

    Where the layout has one column only, its label alone on a row is the header; where it has a series, a label of the
    series is not enough, because a year may stand among the values too.
    """
    found = matches(row, spec)
    if len(spec.columns) == 1 and spec.series is None:
        return found == 1 and all(cell.is_blank or spec.is_label(cell.text or "") for cell in row)
    if spec.series is not None and not _prints_own_label(row, spec):
        return False
    return found >= max(2, (len(spec.columns) + 1) // 2)


def _prints_own_label(row: Sequence[Cell], spec: TableSpec) -> bool:
    headers = [header for column in spec.columns.values() for header in column.headers]
    return any(header.matches(cell.text) for cell in row if cell.text for header in headers)


def read_header(table: Table, index: int, spec: TableSpec) -> ColumnMap:
    """Column map of the header whose main row is `table.rows[index]`.

    Raises LayoutMismatch when a declared column is missing or two claim one grid column.
    """
    first, last = _extent(table.rows, index, spec)
    paths = _paths(table, first, last)
    series = _series(paths, spec)
    positions, unmapped = _assign(paths, spec, series, where=place(table))
    _check_groups(table, first, index, spec, {column for columns in positions.values() for column in columns})
    ignored: dict[int, str] = {}
    for column in unmapped:
        own = [label for label in paths[column].printed if fold(label) not in spec.group_labels]
        for rule in spec.ignore_columns:
            if any(fold(rule.header) == fold(label) for label in own):
                ignored[column] = rule.reason
    return ColumnMap(positions, ignored, {i: path.printed for i, path in enumerate(paths)}, first, last, series)


def leave_out_unprinted(columns: ColumnMap, rows: _Rows) -> ColumnMap:
    """The map with the columns left out that bear no label and hold in all of `rows` only what a workbook would not
    print: sums to check with, beside the form."""
    mapped = columns.mapped
    beside = {
        column: "outside the print area, under no label"
        for column, labels in columns.labels.items()
        if not labels
        and column not in mapped
        and all(row[column].is_outside_print_area or row[column].is_blank for row in rows if column < len(row))
        and any(not row[column].is_blank for row in rows if column < len(row))
    }
    return replace(columns, ignored=columns.ignored | beside)


def place(table: Table) -> str:
    """How a person finds the table."""
    if table.sheet_name is not None:
        return f"sheet {table.sheet_name!r}"
    if table.is_flat:
        return f"line {table.rows[0][0].row_no}"
    return f"page {table.page_no}, table {table.table_no}"


def _extent(rows: _Rows, index: int, spec: TableSpec) -> tuple[int, int]:
    first = index
    while first > 0:
        labels = [cell.text for cell in rows[first - 1] if not cell.is_blank and cell.text]
        if not labels or not all(fold(label) in spec.group_labels or spec.is_label(label) for label in labels):
            break
        first -= 1
    left_out = {fold(rule.header) for rule in spec.ignore_columns}
    last = index
    header_rows = {rows[index][0].row_no}
    while last + 1 < len(rows):
        below = rows[last + 1]
        labels = [cell.text for cell in below if not cell.is_blank and cell.text]
        covered = any(cell.owner and cell.owner[0] in header_rows for cell in below)
        known = all(fold(label) in left_out or spec.is_label(label) for label in labels)
        if not (known or _numbers_columns(labels, spec)) or not (labels or covered):
            break
        last += 1
        header_rows.add(below[0].row_no)
    return first, last


def _numbers_columns(labels: Sequence[str], spec: TableSpec) -> bool:
    """True for a row that numbers the columns from 1, each otherwise: amounts of one digit are no such row."""
    codes = all(any(fully_matches(pattern, label) for pattern in spec.header_codes) for label in labels)
    return codes and bool(labels) and "1" in labels[0] and len(set(labels)) == len(labels)


def _check_groups(table: Table, first: int, index: int, spec: TableSpec, mapped: set[int]) -> None:
    """What stands above mapped columns must be the declared groups: it may say thousands, or another currency."""
    if not spec.header_groups or first < index or index == 0:
        return
    printed = [
        cell.joined or ""
        for column, cell in enumerate(table.rows[index - 1])
        # Flat text does not align its groups with their columns.
        if not cell.is_blank and (table.is_flat or mapped & set(range(column, column + cell.col_span)))
    ]
    # Joined, because a long label may run over a rule and leave its last letters in the next cell.
    left = fold("".join(printed))
    for label in spec.header_groups:
        left = left.replace(fold(label), "")
    if left:
        raise LayoutMismatch(
            f"{place(table)}: above the column labels it prints {_quoted(printed)}; source.yml declares "
            f"{_quoted(spec.header_groups)}. If the amounts mean the same, add the label to header_groups."
        )


@dataclass(frozen=True, slots=True)
class _Path:
    """Labels above one grid column, lowest first."""

    printed: tuple[str, ...]

    @property
    def folded(self) -> tuple[str, ...]:
        return tuple(map(fold, self.printed))


def _paths(table: Table, first: int, last: int) -> list[_Path]:
    texts = {(cell.row_no, cell.col_no): cell.text for row in table.rows for cell in row if cell.text is not None}
    paths: list[_Path] = []
    for column in range(table.column_count):
        labels: list[str] = []
        for row in reversed(table.rows[first : last + 1]):
            label = _label_at(row, column, texts, table.is_flat)
            if label and label not in labels:
                labels.append(label)
        paths.append(_Path(tuple(labels)))
    return paths


def _label_at(row: Sequence[Cell], column: int, texts: Mapping[tuple[int, int], str], is_flat: bool) -> str | None:
    if column >= len(row):
        column, beyond = len(row) - 1, True
    else:
        beyond = False
    cell = row[column]
    if cell.owner is not None:
        text = texts.get(cell.owner)
    elif is_flat and (cell.is_blank or beyond):
        # Flat text has no spans: a blank header cell continues the label on its left.
        text = next((left.text for left in reversed(row[: column + 1]) if not left.is_blank), None)
    else:
        text = None if beyond else cell.text
    return " ".join(text.split()) if text and text.strip() else None


def _series(paths: Sequence[_Path], spec: TableSpec) -> dict[int, str]:
    """The grid columns of the series with their labels."""
    if spec.series is None:
        return {}
    pattern = spec.series.header
    labels = {
        i: next((text for text in path.printed if fully_matches(pattern, text)), None) for i, path in enumerate(paths)
    }
    return {column: label for column, label in labels.items() if label is not None}


def _assign(
    paths: Sequence[_Path], spec: TableSpec, series: Mapping[int, str], where: str
) -> tuple[dict[str, tuple[int, ...]], list[int]]:
    def under(header: Header) -> list[int]:
        return [
            column
            for column, path in enumerate(paths)
            if column not in series and any(header.matches(label) for label in path.printed)
        ]

    claims: dict[str, int] = {}
    for declared in spec.columns.values():
        for header in declared.headers:
            claims[fold(header.printed)] = max(claims.get(fold(header.printed), 0), header.nth)

    positions: dict[str, tuple[int, ...]] = {}
    missing, doubly = [], []
    taken: set[int] = set()
    for name, declared in spec.columns.items():
        for header in declared.headers:
            columns = under(header)
            runs, claimed = _runs(columns), claims[fold(header.printed)]
            if len(runs) >= claimed:
                positions[name] = runs[header.nth - 1]
            elif len(columns) >= header.nth:
                # One label over the columns of several names: each has one grid column of it.
                positions[name] = (columns[header.nth - 1],)
            else:
                continue
            break
        else:
            if not declared.optional:
                missing.append(declared.headers[0].printed)
        if not taken.isdisjoint(positions.get(name, ())):
            doubly.append(declared.headers[0].printed)
        taken.update(positions.get(name, ()))
    if doubly:
        raise LayoutMismatch(
            f"{where}: {_quoted(doubly)} stands over a column that another declared header claims; "
            "declare each printed column once in source.yml."
        )
    if missing:
        found = list(dict.fromkeys(path.printed[0] for path in paths if path.printed))
        raise LayoutMismatch(
            f"{where}: the header lacks {_quoted(missing)}; it prints {_quoted(found)}. "
            "Add the new label to `headers` in source.yml, or declare the column optional."
        )
    if spec.series is not None and not series:
        found = list(dict.fromkeys(path.printed[0] for path in paths if path.printed))
        raise LayoutMismatch(
            f"{where}: no column label matches the series {spec.series.header!r}; it prints {_quoted(found)}. "
            "Widen series.header in source.yml, or check the page."
        )
    return positions, [column for column in range(len(paths)) if column not in taken and column not in series]


def _runs(columns: Sequence[int]) -> list[tuple[int, ...]]:
    """Columns as unbroken runs of neighbours: a label may stand over several, or be printed again."""
    runs: list[tuple[int, ...]] = []
    for column in columns:
        if runs and column == runs[-1][-1] + 1:
            runs[-1] = (*runs[-1], column)
        else:
            runs.append((column,))
    return runs


def _quoted(labels: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(repr(label) for label in labels[:most])
    return f"{shown} and {len(labels) - most} more" if len(labels) > most else shown
