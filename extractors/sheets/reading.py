"""Reads one record sheet row by row: which cell is a label, and where on the grid its value stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractors.errors import LayoutMismatch
from extractors.sheets.labels import ignored_cells, is_one_of, printed_key, says_of
from extractors.sheets.record import LONGEST_TEXT, PlacedCell, PrintedRow, SheetReading, SheetRow, SheetRows
from extractors.spec import SheetField, SheetSpec
from extractors.table import Cell


def read_sheet(name: str, spec: SheetSpec, record_no: int, rows: Sequence[PrintedRow], reading: SheetReading) -> None:
    """Add what a sheet says, and what of it is ignored or left over, to the reading of its kind.

    Raises LayoutMismatch when a declared label is missing or printed twice, when a value is missing or not what its
    field declares, and when the sheet gives a table fewer or more rows than plausible.
    """
    _Sheet(name, spec, record_no, reading).read(rows)


@dataclass(frozen=True, slots=True)
class _Label:
    """A printed label: the field it names, and what it says itself, by group."""

    placed: PlacedCell
    table: str
    name: str
    declared: SheetField
    says: Mapping[str, str]
    is_fixed: bool

    @property
    def field(self) -> tuple[str, str]:
        return self.table, self.name

    @property
    def columns(self) -> range:
        cell = self.placed.cell
        return range(cell.col_no, cell.col_no + cell.col_span)


@dataclass(slots=True)
class _Waiting:
    """A label whose value stands below, in the row of index `due` of the sheet, and the cells found for it."""

    label: _Label
    due: int
    cells: list[PlacedCell] = field(default_factory=list)
    is_met: bool = False


class _Sheet:
    """Reads one sheet."""

    def __init__(self, name: str, spec: SheetSpec, record_no: int, reading: SheetReading) -> None:
        self.name = name
        self.spec = spec
        self.record_no = record_no
        self.reading = reading
        self.section: str | None = None
        self.waiting: list[_Waiting] = []
        self.found: list[tuple[_Label, list[PlacedCell]]] = []
        """Every label and the cells of its value, none where no cell stands."""

    def read(self, rows: Sequence[PrintedRow]) -> None:
        printed = [rows[0].at(position) for position, _ in rows[0].printed()]
        begins = printed[0]
        below = rows
        if not is_one_of(self.spec.labels, begins.text):
            self._under_heading(begins, None)
            below = rows[1:]
        for index, row in enumerate(row for row in below if not self._is_ignored(row)):
            self._complete("next row")
            self._headings(row)
            known = len(self.found)
            waiting = self._labels(index, row)
            if self._captions(row) or waiting or len(self.found) > known:
                self._complete("next label")
            self._values_below(index, row)
            self.waiting += waiting
            self.reading.left_over += [
                f"{self._where(row.at(position))}: {row.at(position).text[:80]!r} stands beside no declared label"
                for position, _ in row.printed()
            ]
        self._complete("end")
        self._gather(begins)

    def _is_ignored(self, row: PrintedRow) -> bool:
        """Put aside the cells that are ignored by name; True when a row prints nothing else."""
        ignored = ignored_cells(self.spec, row)
        for position, reason in ignored.items():
            row.taken.add(position)
            placed = row.at(position)
            self.reading.ignored.append(f"{placed.place}, {placed.text[:80]!r}: {reason}")
        return bool(ignored) and not list(row.printed())

    def _complete(self, at: Literal["next row", "next label", "end"]) -> None:
        """Take the values below labels that no further row belongs to."""
        still: list[_Waiting] = []
        for waiting in self.waiting:
            if waiting.is_met and (at != "next row" or not waiting.label.declared.runs_on):
                self.found.append((waiting.label, waiting.cells))
            elif at == "end":
                raise self._nothing_below(waiting.label)
            else:
                still.append(waiting)
        self.waiting = still

    # ------------------------------------------------------------- one row

    def _headings(self, row: PrintedRow) -> None:
        for position, cell in row.printed():
            text = cell.joined or ""
            section = next((name for name, headings in self.spec.sections.items() if is_one_of(headings, text)), None)
            if section:
                row.taken.add(position)
                self._under_heading(row.at(position), section)

    def _under_heading(self, heading: PlacedCell, section: str | None) -> None:
        self._complete("end")
        self.section = section
        self._keep_heading(heading)

    def _captions(self, row: PrintedRow) -> bool:
        """Put aside the captions of a row; True when there is one."""
        captions = [position for position, cell in row.printed() if is_one_of(self.spec.captions, cell.joined or "")]
        for position in captions:
            row.taken.add(position)
            self._keep_heading(row.at(position))
        return bool(captions)

    def _keep_heading(self, heading: PlacedCell) -> None:
        """Keep what names no value with the raw tables of its section, or else with the first one."""
        under = [
            table
            for table in self.reading.tables
            if self.section and any(declared.section == self.section for declared in table.spec.fields.values())
        ]
        for table in under or self.reading.tables[:1]:
            table.headings.append((self.record_no, heading))

    def _labels(self, index: int, row: PrintedRow) -> list[_Waiting]:
        """Find the labels of a row, left to right, and their values beside them; those that wait for one below."""
        waiting: list[_Waiting] = []
        for position, cell in row.printed():
            label = self._label(row.at(position))
            awaited = [above.label for above in self._due(index) if _is_under(cell, above.label)]
            if label is None or (awaited and (not label.is_fixed or label.field in [above.field for above in awaited])):
                # A pattern for years may match a value below a year, and a value may begin with its own label.
                continue
            row.taken.add(position)
            if label.declared.value == "below":
                waiting.append(_Waiting(label, due=index + (1 if row.table.is_flat else cell.row_span)))
            elif label.declared.value == "inside":
                waiting.append(_Waiting(label, due=index + 1, cells=[label.placed], is_met=True))
            else:
                self.found.append((label, self._value_on_the_right(label, row, position)))
        return waiting

    def _value_on_the_right(self, label: _Label, row: PrintedRow, position: int) -> list[PlacedCell]:
        after = position + (1 if row.table.is_flat else len(label.columns))
        if after >= len(row.cells):
            return []
        cell = row.cells[after]
        if cell.text is None:
            # A value merged over several rows holds for the label of each of them.
            owner = row.merged.get(cell.owner or (0, 0))
            return [PlacedCell(row.table, owner)] if owner else []
        value = row.at(after)
        other = None if cell.is_blank else self._label(value)
        if other and other.is_fixed:
            raise self._mismatch(value, f"{other.placed.text!r} is printed where the value of {label.placed.text!r}")
        row.taken.add(after)
        return [value]

    def _due(self, index: int) -> Iterator[_Waiting]:
        """The labels whose value stands in the row of this index, left to right."""
        return (waiting for waiting in self.waiting if waiting.due <= index and not waiting.is_met)

    def _values_below(self, index: int, row: PrintedRow) -> None:
        """Give the cells of a row to the labels above that wait for them, left to right."""
        for waiting in [waiting for waiting in self.waiting if waiting.due <= index]:
            if waiting.label.placed.table is not row.table and not (waiting.is_met and row.table.table_no is None):
                raise self._nothing_below(waiting.label)
            position = self._position_below(waiting.label, row, index)
            if position is not None:
                row.taken.add(position)
                waiting.cells.append(row.at(position))
            waiting.is_met = True

    def _position_below(self, label: _Label, row: PrintedRow, index: int) -> int | None:
        """Where in a row the value of a label above stands, or None where no cell stands."""
        for position, cell in row.free():
            if _is_under(cell, label):
                return position
        taken = [position for position in sorted(row.taken) if _is_under(row.cells[position], label)]
        if not taken:
            return None
        if row.table.is_flat:
            # Flat text has no grid: the value moves right where its row begins with a label and value of its own.
            others = [waiting.label for waiting in self._due(index) if waiting.label is not label]
            for position, cell in row.free():
                if position > taken[0] and not any(_is_under(cell, other) for other in others):
                    return position
            raise self._nothing_below(label)
        stands = row.at(taken[0])
        raise self._mismatch(stands, f"{stands.text!r} stands where the value of {label.placed.text!r}")

    # -------------------------------------------------------------- labels

    def _label(self, placed: PlacedCell) -> _Label | None:
        """The label that a cell prints. Raises LayoutMismatch when it is the label of two fields."""
        folded = printed_key(placed.text)
        labels = [
            _Label(placed, table, name, declared, says, header.label is not None)
            for table, spec in self.spec.tables.items()
            for name, declared in spec.fields.items()
            if declared.section in (None, self.section)
            for header in declared.labels
            if (says := says_of(header, placed.text, folded)) is not None
        ]
        labels = [label for label in labels if label.declared.section] or labels
        if len({label.field for label in labels}) > 1:
            names = " and ".join(f"{label.table}.{label.name}" for label in labels[:2])
            raise self._mismatch(placed, f"{placed.text!r} is the label of {names}, where one field")
        return labels[0] if labels else None

    def _where(self, placed: PlacedCell) -> str:
        return f"{self.name} {self.record_no}, {placed.place}"

    def _mismatch(self, placed: PlacedCell, what: str) -> LayoutMismatch:
        return LayoutMismatch(f"{self._where(placed)}: {what} was expected.")

    def _nothing_below(self, label: _Label) -> LayoutMismatch:
        return self._mismatch(label.placed, f"nothing stands below {label.placed.text!r}, where its value")

    # ---------------------------------------------------------------- rows

    def _gather(self, begins: PlacedCell) -> None:
        """Make the raw rows of the sheet from its labels and values."""
        for table in self.reading.tables:
            key_column = table.spec.one_row_per
            rows = {} if key_column else {"": SheetRow(self.record_no, begins)}
            for label, cells in self.found:
                if label.table == table.name:
                    key = label.says.get(key_column, "") if key_column else ""
                    self._enter(rows.setdefault(key, SheetRow(self.record_no, begins)), label, cells)
            bounds = table.spec.rows
            if not bounds.min <= len(rows) <= bounds.max:
                raise LayoutMismatch(
                    f"{self._where(begins)}: the sheet gives {table.name} {len(rows)} rows; between {bounds.min} and "
                    f"{bounds.max} were expected (sheets.{self.name}.tables.{table.name}.rows in source.yml)."
                )
            for key, row in rows.items():
                self._check(table, key, row)
                row.values = {name: row.values.get(name) for name in table.spec.columns}
            table.rows += rows.values()

    def _enter(self, row: SheetRow, label: _Label, cells: list[PlacedCell]) -> None:
        """Enter a value and what its label says into a row."""
        name, declared = label.name, label.declared
        if name in row.values:
            raise self._mismatch(label.placed, f"the label {label.placed.text!r} stands twice, where once")
        said = {column: text for column, text in label.says.items() if column != "value"}
        for column, text in said.items():
            if row.values.get(column, text) != text:
                raise self._mismatch(
                    label.placed, f"{column} is {text!r} after {row.values[column]!r}, where the same for the whole row"
                )
        new = [column for column in said if column not in row.values]
        row.values |= said
        row.said |= said.keys()
        if declared.value == "inside":
            texts = [label.says.get("value", ""), *(cell.text for cell in cells[1:])]
        else:
            texts = [cell.text for cell in cells]
            row.labels += [(label.placed, column) for column in new or [name]]
        row.values[name] = " ".join(filter(None, texts)) if cells else None
        row.read += [(cell, name) for cell in cells]
        value = row.values[name]
        if value and declared.pattern and not re.fullmatch(declared.pattern, value[:LONGEST_TEXT], re.IGNORECASE):
            raise self._mismatch(
                (cells or [label.placed])[0], f"{name} is {value[:80]!r}, where {declared.pattern!r} by source.yml"
            )

    def _check(self, table: SheetRows, key: str, row: SheetRow) -> None:
        which = f"{self._where(row.place)}" + (f", {table.spec.one_row_per} {key!r}" if key else "")
        for name, declared in table.spec.fields.items():
            label = declared.labels[0].printed
            if name not in row.values and not declared.optional:
                raise LayoutMismatch(
                    f"{which}: the label {label!r} of {name} is not printed; add the label printed instead of it to "
                    "source.yml, or declare the field optional."
                )
            if row.values.get(name) is None and not declared.optional:
                raise LayoutMismatch(
                    f"{which}: no cell stands where the value of {label!r} was expected; if the form may leave it out, "
                    f"declare {name} optional in source.yml."
                )
            if declared.required and not row.values.get(name):
                raise LayoutMismatch(f"{which}: {label!r} has no value, but {name} is required.")


def _is_under(cell: Cell, label: _Label) -> bool:
    """True when a cell shares grid columns with a label above it."""
    return cell.col_no < label.columns.stop and label.columns.start < cell.col_no + cell.col_span
