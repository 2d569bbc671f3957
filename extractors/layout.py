"""Pages and a source's layout in, logical tables out: every row of every table classified, every cell given a column.

A table runs over pages in segments, each with its own printed header. Rows above a header and below the end of a
table are text around it. What is neither data, total, header, blank nor ignored by name stops the document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.cell_stream import unroll
from extractors.errors import LayoutMismatch
from extractors.grouping import group_rows, read_context
from extractors.headers import ColumnMap, is_header, leave_out_unprinted, matches, place, read_header
from extractors.labels import latin
from extractors.logical_table import TOTALS, LogicalTable, Row, Segment, SeriesEntry
from extractors.metadata import DocumentMetadata, capture, read_metadata
from extractors.missing_rules import split_columns, split_rows
from extractors.numerals import is_number
from extractors.outline import OpenHeadings
from extractors.repairs import repaired
from extractors.sheets.collecting import Sheets
from extractors.sheets.record import SheetReading
from extractors.spec import Header, SourceSpec, TableSpec, TotalRow, fully_matches
from extractors.stacking import numbered, unstack
from extractors.statements.reading import Figure, read_statements
from extractors.table import OPEN_BELOW, Cell, Page, Table, TextLine, is_read_by_ocr
from extractors.unruled.reading import lay_out
from extractors.variants import nearest_variant

CUT_BY_PAGE = "cut_by_page"
"""Flag of a cell of which the next page prints a part."""
_LONGEST_TEXT = 100_000
"""Patterns see at most this many characters of a row or box: a hostile one must not keep a pattern busy."""
_SHOWN_CELLS, _SHOWN_OF_A_CELL = 6, 60
_COLUMN_FIGURES, _ROW_FIGURES = 1, 3
"""Outside the declared tables, more numbers than this in one column or row may be data: one is a page count,
three in a row are a date in boxes."""


@dataclass(slots=True)
class Interpretation:
    """What a document says under one source's layout."""

    metadata: DocumentMetadata
    tables: list[LogicalTable]
    page_count: int
    sheets: list[SheetReading]
    figures: list[Figure]
    """What sentences around the tables state."""
    left_out: list[str]
    """The pages that are ignored by name, with their reasons."""


def interpret(
    pages: Iterable[Page],
    source: SourceSpec,
    folder: str | None = None,
    mended: Callable[[Page], Page] = lambda page: page,
) -> Interpretation:
    """Read the pages under the layout of a source; `mended` sees each page first. `folder` is the one the document lies
    in inside its source's.

    Rows that fit no declaration come back as `unaccounted`; `accounting` turns them into an error.
    Raises LayoutMismatch when no table is found, a declared column or fact is missing, or facts contradict each
    other.
    """
    walk = _Walk(source)
    page_count = 0
    for page in _laid_out(pages, source):
        page_count += 1
        if walk.leaves_out(page):
            continue
        for item in unroll(repaired(mended(page), source), source).items:
            if isinstance(item, TextLine):
                walk.sheets.takes_line(item)
                walk.line(item)
            else:
                try:
                    walk.table(item)
                except LayoutMismatch:
                    # A form that the source refuses is not one whose layout could be declared.
                    _check_refused([*walk.blocks, _lines_of(item.rows)], source)
                    raise
    _check_refused(walk.blocks, source)
    if not walk.segments and not walk.sheets.found:
        raise LayoutMismatch(
            f"no table of {source.source_id} was found on {page_count} page{'s' * (page_count != 1)}"
            f"{walk.nearest_miss()}; check that the document belongs to this source.{walk.nearest_missed}"
        )
    walk.group()
    for name, outline in walk.outlines.items():
        outline.check_closed(name)
    tables = [table for name in source.tables if (table := _logical(name, source, walk.segments))]
    return Interpretation(
        read_metadata([*walk.blocks, *walk.beside], source, tables, folder),
        tables,
        page_count,
        walk.sheets.read(),
        read_statements(walk.lines, source.statements),
        walk.left_out,
    )


def _laid_out(pages: Iterable[Page], source: SourceSpec) -> Iterable[Page]:
    """The pages with the tables that draw no rules."""
    if not source.has_unruled_tables:
        return pages
    kept = list(pages)
    try:
        return lay_out(kept, source)
    except LayoutMismatch:
        _check_refused([[item.text for item in page.items if isinstance(item, TextLine)] for page in kept], source)
        raise


def reads(row: Sequence[Cell], source: SourceSpec) -> bool:
    """True when a row is the header of a table that the source declares."""
    return any(is_header(row, spec) for spec in source.tables.values())


def _check_refused(blocks: Iterable[Sequence[str]], source: SourceSpec) -> None:
    for line in (line for block in blocks for line in block):
        for rule in source.refuse:
            if re.search(rule.pattern, latin(line)[:1_000], re.IGNORECASE):
                raise LayoutMismatch(f"it prints {line[:120]!r}: {rule.reason}.")


class _Walk:
    """Goes through lines and tables in reading order and collects segments and the text between them."""

    def __init__(self, source: SourceSpec) -> None:
        self.source = source
        self.segments: list[Segment] = []
        self.sheets = Sheets(source.sheets)
        self.lines: list[TextLine] = []
        self.blocks: list[list[str]] = [[]]
        self.beside: list[list[str]] = []
        """Lines that only facts of the document are read from: of ignored pages, and of column labels."""
        self.left_out: list[str] = []
        self._missed: list[str] = []
        self.nearest_missed = ""
        self.outlines: dict[str, OpenHeadings] = {}
        self._after: list[Cell] = []

    def leaves_out(self, page: Page) -> bool:
        """True for a page that is ignored by name. Raises LayoutMismatch when it prints a declared table."""
        lines = [item.text for item in page.items if isinstance(item, TextLine)]
        rules = (
            rule
            for rule in self.source.ignore_pages
            for line in lines
            if re.search(rule.pattern, latin(line)[:_LONGEST_TEXT], re.IGNORECASE)
        )
        rule = next(rules, None)
        if rule is None:
            return False
        for table in page.tables:
            named = next((n for n, s in self.source.tables.items() for row in table.rows if is_header(row, s)), None)
            if named:
                raise LayoutMismatch(
                    f"page {page.number} is ignored by name ({rule.reason}), but it prints the header of {named}; make "
                    "the pattern under ignore_pages in source.yml narrower."
                )
        self.left_out.append(f"page {page.number}: {rule.reason}")
        self.beside.append(lines)
        return True

    def line(self, line: TextLine) -> None:
        self.lines.append(line)
        self.blocks[-1].append(line.text)

    def table(self, table: Table) -> None:
        """Read every segment of a physical table; the rows around them are text or belong to a sheet."""
        index = text_from = self._goes_on(table)
        while index < len(table.rows):
            row = table.rows[index]
            fitting = [name for name, spec in self.source.tables.items() if is_header(row, spec)]
            spec_names = sorted(fitting, key=lambda name: -matches(row, self.source.tables[name]))
            if not spec_names:
                index += 1
                continue
            above = [*self.blocks[-1], *_lines_of(table.rows[text_from:index])]
            spec_names = self._titled(table, spec_names, above)
            table = self._unstacked(table, index, spec_names)
            segment, stop = self._segment(table, index, spec_names)
            self._around(table, table.rows[text_from : segment.columns.first_row])
            self._open(segment)
            self._rows_as_lines(table, [self._after])
            self._after = []
            if self.source.metadata.column_labels:
                header = [row.cells for row in segment.rows if row.kind == "header"]
                self.beside.append([" ".join(_printed(cells)) for cells in header])
            index = text_from = stop
        self._around(table, table.rows[text_from:])

    def nearest_miss(self) -> str:
        return f"; headers found: {'; '.join(self._missed[:3])}" if self._missed else ""

    # ------------------------------------------------------------- segments

    def _unstacked(self, table: Table, index: int, spec_names: Sequence[str]) -> Table:
        """The table with the rows below the header at `index` told apart, where its layout declares them stacked."""
        for name in spec_names:
            spec = self.source.tables[name]
            if not spec.stacked_rows:
                continue
            try:
                columns = read_header(table, index, spec)
            except LayoutMismatch:
                continue
            first = columns.last_row + 1
            last = next((i for i in range(first, len(table.rows)) if is_header(table.rows[i], spec)), len(table.rows))
            # The cells of the next header may begin above the row that its labels make out.
            reaching = (i for i in range(first, last) if any(i + c.row_span > last for c in table.rows[i] if c.text))
            last = next(reaching, last)
            rows = unstack(table.rows[first:last], columns, spec, self.source.numbers)
            return replace(table, rows=numbered([*table.rows[:first], *rows, *table.rows[last:]]))
        return table

    def _titled(self, table: Table, spec_names: Sequence[str], above: Sequence[str]) -> Sequence[str]:
        """Of the tables with this header those that the nearest line above it names, or that need no such line.

        A piece without such a line continues the table before it, as long as that one has not come to its total.
        Raises LayoutMismatch when only tables are left that another line should name.
        """
        titled = [name for name in spec_names if self.source.tables[name].titled]
        if not titled:
            return spec_names
        for line in reversed(above):
            text = latin(line)[:_LONGEST_TEXT]
            named = [name for name in titled if _found_in(text, self.source.tables[name].titled)]
            if named:
                return named
        before = self.segments[-1] if self.segments else None
        if before and before.spec_name in titled and not any(row.ends_table for row in before.rows):
            return [before.spec_name]
        if others := [name for name in spec_names if name not in titled]:
            return others
        patterns = "; ".join(f"{name} by {' or '.join(map(repr, self.source.tables[name].titled))}" for name in titled)
        shown = ", ".join(repr(line[:_SHOWN_OF_A_CELL]) for line in above[-_SHOWN_CELLS:]) or "nothing"
        raise LayoutMismatch(
            f"{place(table)}: several tables have this header, and no line above it says which ({patterns}); it prints "
            f"{shown}. Add the wording to `titled` in source.yml, or declare the table."
        )

    def _segment(self, table: Table, index: int, spec_names: Sequence[str]) -> tuple[Segment, int]:
        """The segment whose main header row is `index`, and the index of the first row after it."""
        mismatch: LayoutMismatch | None = None
        for name in spec_names:
            spec = self.source.tables[name]
            try:
                columns = read_header(table, index, spec)
                rows, stop = self._classify(table.rows, columns, spec)
                printed = [row.cells for row in rows if row.kind == "data" or row.kind in TOTALS]
                segment = Segment(table, leave_out_unprinted(columns, printed), rows, name, before=[])
                if self._identified(segment, spec):
                    return segment, stop
            except LayoutMismatch as error:
                mismatch = mismatch or LayoutMismatch(f"{error} The nearest declared table is {name}.")
        if mismatch:
            raise mismatch
        # No printed value tells which table it is (a page holding only the total): it continues the one before.
        if self.segments and self.segments[-1].spec_name in spec_names:
            name = self.segments[-1].spec_name
            spec = self.source.tables[name]
            columns = read_header(table, index, spec)
            rows, stop = self._classify(table.rows, columns, spec)
            return Segment(table, columns, rows, name, before=[]), stop
        raise LayoutMismatch(f"{place(table)}: the header fits {', '.join(spec_names)}, but no row says which.")

    def _identified(self, segment: Segment, spec: TableSpec) -> bool:
        """True when the rows say that this is the table; False when no row says anything."""
        rule = spec.identify
        if rule is None:
            return True
        values = [row.values[rule.column].joined for row in segment.data if rule.column in row.values]
        printed = [value for value in values if value]
        if not printed:
            return False
        odd = [value for value in printed if not re.fullmatch(rule.pattern, value, re.IGNORECASE)]
        if odd:
            raise LayoutMismatch(
                f"{place(segment.table)}: {rule.column} prints {odd[0]!r}, which fits none of the tables with this "
                "header; declare the table it belongs to, or check the page."
            )
        return True

    def _open(self, segment: Segment) -> None:
        segment.before = self.blocks[-1]
        segment.after = []
        spec, name = self.source.tables[segment.spec_name], segment.spec_name
        segment.sheet_no = self.sheets.open_sheet
        read_context(segment, spec, next((s for s in reversed(self.segments) if s.spec_name == name), None))
        if spec.outline:
            self.outlines.setdefault(name, OpenHeadings(spec.outline, spec.sums, self.source.numbers)).read(
                segment.rows
            )
        self.blocks.append(segment.after)
        self.segments.append(segment)

    def _goes_on(self, table: Table) -> int:
        """Read the rows at the top of a page that go on with the table of the page before; returns how many they are.

        They do where that table may run over pages, nothing ended it, and this is the first table of the page, on the
        same columns and without a header.
        """
        before = self.segments[-1] if self.segments else None
        if before is None or not self.source.tables[before.spec_name].runs_over_pages:
            return 0
        spec = self.source.tables[before.spec_name]
        begins = any(is_header(table.rows[0], each) for each in self.source.tables.values())
        ended = any(row.ends_table for row in before.rows) or before.rows[-1].row_no != before.table.rows[-1][0].row_no
        if table.table_no != 1 or table.page_no != before.table.page_no + 1 or begins or ended:
            return 0
        if self.sheets.begins(table.rows[0]) or not _on_same_columns(before.table, table):
            return 0
        columns = replace(before.columns, first_row=0, last_row=-1)
        rows, stop = self._classify(table.rows, columns, spec)
        self._join_cut_row(before, rows, spec)
        self._open(Segment(table, columns, rows, before.spec_name, before=[], continues=True))
        return stop

    def _join_cut_row(self, before: Segment, rows: list[Row], spec: TableSpec) -> None:
        """Make one row of the last on a page and the first on the next, where the page cuts it: the rules leave it
        open, or one of the two is no row by itself."""
        upper, lower = before.rows[-1], next((row for row in rows if row.kind != "blank"), None)
        kinds = ("data", "unaccounted")
        if lower is None or upper.kind not in kinds or lower.kind not in kinds:
            return
        is_open = any(OPEN_BELOW in cell.flags for cell in upper.cells)
        if not is_open and upper.kind == lower.kind:
            return
        cells = [_joined(above, below) for above, below in zip(upper.cells, lower.cells, strict=True)]
        printed = _printed(cells)
        text = latin(" ".join(printed))[:_LONGEST_TEXT]
        before.rows[-1] = self._row(cells, printed, text, before.columns, spec, {})
        note = f"goes on with the last row of page {before.table.page_no}"
        rows[rows.index(lower)] = Row("rest", lower.cells, lower.values, note=note)

    def group(self) -> None:
        """Give the rows their groups, roles and numbers; a table that runs over pages is one."""
        for name, spec in self.source.tables.items():
            runs: list[list[Row]] = []
            for segment in (segment for segment in self.segments if segment.spec_name == name):
                if not segment.continues or not runs:
                    runs.append([])
                runs[-1] += segment.rows
            count = 0
            for rows in runs:
                count = group_rows(rows, spec, count)

    # ----------------------------------------------------------------- rows

    def _classify(
        self, physical: Sequence[Sequence[Cell]], columns: ColumnMap, spec: TableSpec
    ) -> tuple[list[Row], int]:
        rows = [Row("header", row) for row in physical[columns.first_row : columns.last_row + 1]]
        owners = {(cell.row_no, cell.col_no): cell for row in physical[columns.last_row + 1 :] for cell in row}
        index = columns.last_row + 1
        while index < len(physical):
            cells = physical[index]
            if self._total(_printed(cells), spec) is None:
                # The label of a total may reach over several columns and stays whole.
                cells = split_columns(cells, columns)
            cells = self._beside_end(cells, spec)
            printed = _printed(cells)
            text = latin(" ".join(printed))[:_LONGEST_TEXT]
            if is_header(cells, spec) or any(re.search(pattern, text, re.IGNORECASE) for pattern in spec.end):
                break
            if self.sheets.begins(physical[index]):
                break
            index += 1
            records = split_rows(cells, columns, spec) if len(printed) > 1 else None
            if records is not None:
                rows += [self._row(record, _printed(record), "", columns, spec, owners) for record in records]
                continue
            cells, note = self._without_overprint(cells, columns, spec)
            row = self._row(cells, _printed(cells) if note else printed, text, columns, spec, owners)
            row.note = note
            if row.kind == "unaccounted" and not any(each.kind == "data" or each.kind in TOTALS for each in rows):
                row = self._total_above(row, columns, spec) or row
            if not _goes_on(rows, row, spec):
                rows.append(row)
            if row.ends_table:
                index = self._memos(physical, index, columns, spec, rows)
                break
        return rows, index

    def _total_above(self, row: Row, columns: ColumnMap, spec: TableSpec) -> Row | None:
        """The row as the total without a label that a table may begin with, or None when it is none."""
        rule = next((rule for rule in spec.totals if rule.stands_above), None)
        values, _ = _values(row.cells, columns, spec, {})
        printed = {id(cell) for cell in row.cells if not cell.is_blank}
        numbers = {name: cell for name, cell in values.items() if self._is_number_or_blank(cell)}
        if rule is None or not printed <= {id(cell) for cell in numbers.values()}:
            return None
        return Row(rule.kind, row.cells, numbers, label="", total=rule)

    def _memos(
        self,
        physical: Sequence[Sequence[Cell]],
        index: int,
        columns: ColumnMap,
        spec: TableSpec,
        rows: list[Row],
    ) -> int:
        """Add the memo rows that follow the total which ends the table; returns the index of the first other row."""
        above: list[Sequence[Cell]] = []
        for at in range(index, len(physical)):
            cells = self._beside_end(physical[at], spec)
            printed = _printed(cells)
            total = self._total(printed, spec)
            if total is not None and total[0].kind == "memo":
                # The text after the table may begin above its last row.
                self._after += [cell for row in above for cell in row]
                rows += [Row("blank", row) for row in physical[index:at] if not _printed(row)]
                rows.append(self._row(cells, printed, "", columns, spec, {}))
                index, above = at + 1, []
            elif printed and _found_in(latin(" ".join(printed))[:_LONGEST_TEXT], spec.end):
                above.append(cells)
            elif printed:
                break
        return index

    def _beside_end(self, cells: Sequence[Cell], spec: TableSpec) -> Sequence[Cell]:
        """A total beside which the text after the table begins, without that text; any other row as it is."""
        after = [cell for cell in cells if _found_in(latin(cell.joined or "")[:_LONGEST_TEXT], spec.end)]
        rest = [cell for cell in cells if not any(cell is other for other in after)]
        if not after or self._total(_printed(rest), spec) is None:
            return cells
        self._after += after
        return [replace(cell, text="") if any(cell is other for other in after) else cell for cell in cells]

    def _without_overprint(
        self, cells: Sequence[Cell], columns: ColumnMap, spec: TableSpec
    ) -> tuple[Sequence[Cell], str | None]:
        """A row without the words stamped over it, and what was left out."""
        numbers = {i for name, where in columns.positions.items() for i in where if spec.columns[name].kind == "number"}
        stamped = [
            cell
            for index, cell in enumerate(cells)
            if index in numbers and not cell.is_blank and not self._is_number_or_blank(cell)
        ]
        words = "".join((cell.text or "") for cell in stamped)
        rule = next((rule for rule in spec.overprints if fully_matches(rule.pattern, words)), None)
        if rule is None or not stamped:
            return cells, None
        kept = [replace(cell, text="") if any(cell is other for other in stamped) else cell for cell in cells]
        return kept, f"{words!r}: {rule.reason}"

    def _row(
        self,
        cells: Sequence[Cell],
        printed: list[str],
        text: str,
        columns: ColumnMap,
        spec: TableSpec,
        owners: Mapping[tuple[int, int], Cell],
    ) -> Row:
        if not printed:
            return Row("blank", cells)
        for rule in spec.ignore_rows:
            if re.search(rule.pattern, text, re.IGNORECASE):
                return Row("ignored", cells, reason=rule.reason)
        values, doubled = _values(cells, columns, spec, owners)
        series = _series_entries(cells, columns, spec)
        total = self._total(printed, spec)
        bears_label = total is not None
        if total := total or self._misread_total(values, spec):
            rule, label = total
            numbers = {
                name: cell
                for name, cell in values.items()
                if cell.is_blank
                or (
                    spec.columns[name].kind == "number"
                    and (self._is_number_or_blank(cell) or _is_misread_figure(cell, bears_label))
                )
            }
            figures = [self._figures(entry) for entry in series]
            series = [entry for entry in figures if entry.cells]
            return Row(rule.kind, cells, numbers, label=label, total=rule, series=series)
        reason = doubled or _spread(cells, columns) or _not_data(values, spec) or _odd_in_series(series, spec)
        return Row("unaccounted" if reason else "data", cells, values, reason=reason, series=series)

    def _figures(self, entry: SeriesEntry) -> SeriesEntry:
        """An entry of a total row without the words in it, which are its label."""
        cells = {n: cell for n, cell in entry.cells.items() if cell is None or self._is_number_or_blank(cell)}
        return SeriesEntry(entry.label, cells)

    def _is_number_or_blank(self, cell: Cell) -> bool:
        return cell.is_blank or is_number(cell.text or "", self.source.numbers)

    def _total(self, printed: Sequence[str], spec: TableSpec) -> tuple[TotalRow, str] | None:
        """Which total a row is, and its label, which may stand in any column or over two; the rest is numbers."""
        words = " ".join(part for part in printed if not is_number(part, self.source.numbers))
        rule = next((rule for rule in spec.totals if rule.matches(words)), None)
        outline = spec.outline
        if rule is None and outline and outline.by == "totals" and re.fullmatch(outline.total, words, re.IGNORECASE):
            if len(printed) == 1 and outline.heading == outline.total:
                return None  # both bear the same words: the one without figures is the heading
            rule = TotalRow(kind="subtotal", labels=[Header(label=words)])
        return (rule, words) if rule else None

    def _misread_total(self, values: Mapping[str, Cell], spec: TableSpec) -> tuple[TotalRow, str] | None:
        """The same for a row of a scan of which not every figure could be read as one."""
        if not any(is_read_by_ocr(cell) for cell in values.values()):
            return None
        words = [cell.joined or "" for name, cell in values.items() if spec.columns[name].kind != "number"]
        figures = [cell for name, cell in values.items() if spec.columns[name].kind == "number" and not cell.is_blank]
        return self._total([word for word in words if word], spec) if figures else None

    # ------------------------------------------------------------ text rows

    def _rows_as_lines(self, table: Table, rows: Iterable[Sequence[Cell]]) -> None:
        for cells in rows:
            line_no = cells[0].row_no if table.is_flat and cells else None
            for text in _lines_of([cells]):
                self.line(TextLine(table.page_no, text, line_no))

    def _around(self, table: Table, rows: Sequence[Sequence[Cell]]) -> None:
        """Give the rows outside the segments to the sheet they belong to; the others are text."""
        text_from = 0
        for index, row in enumerate(rows):
            if self.sheets.takes(table, row):
                self._text(table, rows[text_from:index])
                text_from = index + 1
        self._text(table, rows[text_from:])

    def _text(self, table: Table, rows: Sequence[Sequence[Cell]]) -> None:
        """Rows under no declared header are text around the tables, unless their numbers look like data."""
        fullest = max(rows, key=lambda row: sum(not cell.is_blank for cell in row), default=())
        labels = _shown(fullest)
        if labels and len(rows) == len(table.rows):
            self._missed.append(labels)
            self.nearest_missed = self.nearest_missed or self._nearest(rows)
        text = " ".join(cell.joined or "" for row in rows for cell in row)[:_LONGEST_TEXT]
        if not any(re.search(rule.pattern, text, re.IGNORECASE) for rule in self.source.ignore_tables):
            by_column = Counter(cell.col_no for row in rows for cell in row if self._is_figure(cell))
            by_row = Counter(cell.row_no for row in rows for cell in row if self._is_figure(cell))
            most = max(by_column.values(), default=0), max(by_row.values(), default=0)
            if most[0] > _COLUMN_FIGURES or most[1] > _ROW_FIGURES:
                rows_no = [row[0].row_no for row in rows]
                whole = len(rows) == len(table.rows)
                what = "a table" if whole else f"a stretch (rows {rows_no[0]} to {rows_no[-1]})"
                raise LayoutMismatch(
                    f"{place(table)}: {what} with numbers has no header that source.yml declares "
                    f"(it prints {labels}); declare it, or name it under ignore_tables.{self._nearest(rows)}"
                )
        self._rows_as_lines(table, rows)

    def _nearest(self, rows: Sequence[Sequence[Cell]]) -> str:
        variant = nearest_variant(rows, self.source)
        return f" {variant.sentence}" if variant else ""

    def _is_figure(self, cell: Cell) -> bool:
        text = "" if cell.is_outside_print_area else cell.text or ""
        return any(character.isdigit() for character in text[:40]) and is_number(text, self.source.numbers)


def _lines_of(rows: Iterable[Sequence[Cell]]) -> list[str]:
    """Rows outside the tables as lines of text: the cells of a row joined, or the lines of its only one."""
    lines: list[str] = []
    for cells in rows:
        parts = [cell.text for cell in cells if cell.text and cell.text.strip()]
        if len(parts) == 1:
            # A title box holds several printed lines.
            lines += [line.strip() for line in parts[0].splitlines() if line.strip()]
        elif parts:
            lines.append(" ".join(" ".join(part.split()) for part in parts))
    return lines


def _found_in(text: str, patterns: Iterable[str]) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _goes_on(rows: Sequence[Row], row: Row, spec: TableSpec) -> bool:
    """True when a row only goes on with the text of the data row above it, which takes it in."""
    above = next((each for each in reversed(rows) if each.kind != "blank"), None)
    printed = [cell for cell in row.cells if not cell.is_blank]
    if above is None or above.kind != "data" or len(printed) != 1 or row.kind not in ("data", "unaccounted"):
        return False
    (more,) = printed
    for name, column in spec.columns.items():
        cell, first = row.values.get(name, more), above.values.get(name)
        if column.continues is None or cell is not more or first is None or first.is_blank:
            continue
        if re.search(column.continues, latin(more.joined or ""), re.IGNORECASE):
            joined = replace(first, text=f"{first.text}\n{more.text}", row_span=more.row_no - first.row_no + 1)
            above.values[name] = joined
            above.cells = [joined if cell is first else cell for cell in above.cells]
            return True
    return False


_SAME_EDGE = 2.0
"""Column lines of two pages closer than this (points) are the same."""


def _on_same_columns(first: Table, second: Table) -> bool:
    """True when two tables have the same number of columns, and their lines stand in the same places."""
    if first.column_count != second.column_count:
        return False
    edges = [
        {c.col_no: c.bbox[0] for row in table.rows for c in row if c.bbox is not None and c.text is not None}
        for table in (first, second)
    ]
    return all(abs(edges[0][n] - edges[1][n]) <= _SAME_EDGE for n in edges[0].keys() & edges[1].keys())


def _joined(above: Cell, below: Cell) -> Cell:
    """The cell of a row that a page cuts: what both pages print of it, in the place of the upper one."""
    if below.is_blank:
        return above
    text = f"{above.text}\n{below.text}" if above.text else below.text
    return replace(above, text=text, owner=None, flags=(*above.flags, CUT_BY_PAGE))


def _shown(cells: Sequence[Cell]) -> str:
    """The first texts of a row, for messages."""
    texts = [text for cell in cells if (text := cell.joined)]
    more = f" and {len(texts) - _SHOWN_CELLS} more" if len(texts) > _SHOWN_CELLS else ""
    return ", ".join(repr(text[:_SHOWN_OF_A_CELL]) for text in texts[:_SHOWN_CELLS]) + more


def _printed(cells: Sequence[Cell]) -> list[str]:
    return [text for cell in cells if (text := cell.joined)]


def _values(
    cells: Sequence[Cell], columns: ColumnMap, spec: TableSpec, owners: Mapping[tuple[int, int], Cell]
) -> tuple[dict[str, Cell], str | None]:
    """The cell of every declared column, and a complaint when one column prints two values.

    A code or text merged over several rows holds for each of them; a number merged over rows stands on the first
    only, because repeating it would count it twice.
    """
    values: dict[str, Cell] = {}
    complaint = None
    for name, positions in columns.positions.items():
        here = [cells[i] for i in positions if i < len(cells)]
        inside = [cell for cell in here if cell.text is not None]
        owner = here[0].owner if here else None
        is_above = owner is not None and owner in owners and owner[0] != here[0].row_no
        if not inside and owner and is_above and spec.columns[name].kind != "number":
            inside = [owners[owner]]
        printed = [cell for cell in inside if not cell.is_blank]
        if len(printed) > 1:
            complaint = f"{name} prints {len(printed)} values where one was expected"
        if inside:
            values[name] = (printed or inside)[0]
    return values, complaint


def _spread(cells: Sequence[Cell], columns: ColumnMap) -> str | None:
    """A complaint when a cell stands over several declared columns: its value belongs to none of them alone."""
    mapped = columns.mapped
    over: dict[tuple[int, int], set[str]] = {}
    for index, cell in enumerate(cells):
        if index in mapped:
            over.setdefault(cell.owner or (cell.row_no, cell.col_no), set()).add(mapped[index])
    for cell in cells:
        names = over.get((cell.row_no, cell.col_no), set())
        if not cell.is_blank and len(names) > 1:
            return f"{(cell.joined or '')[:40]!r} stands over {' and '.join(sorted(names))}"
    return None


def _is_misread_figure(cell: Cell, bears_label: bool) -> bool:
    """True for what OCR made of a figure; where the label may stand in any column it has a digit at least."""
    return is_read_by_ocr(cell) and (not bears_label or re.search(r"\d", cell.text or "") is not None)


def _not_data(values: dict[str, Cell], spec: TableSpec) -> str | None:
    """Why a row is no data row, or None when it is one."""
    has_figures = any(
        spec.columns[name].kind == "number" and not cell.is_blank
        for name, cell in values.items()
        if is_read_by_ocr(cell)
    )
    for name, column in spec.columns.items():
        cell = values.get(name)
        text = (cell.joined or "") if cell else ""
        if cell and column.kind == "number" and has_figures and is_read_by_ocr(cell):
            continue  # what OCR made of a figure is judged by itself, and withheld where it is none
        if not text and column.required and column.fill is None:
            return f"{name} is blank"
        if text and column.pattern and not re.fullmatch(column.pattern, text, re.IGNORECASE):
            return f"{name} is {text[:40]!r}"
    return None


def _series_entries(cells: Sequence[Cell], columns: ColumnMap, spec: TableSpec) -> list[SeriesEntry]:
    """The cells of a row by column of the series, with those of the columns beside it."""
    if spec.series is None:
        return []
    entries: dict[int, dict[str, Cell | None]] = {i: {spec.series.value: None} for i in columns.series}
    for index, (opener, name) in columns.in_series.items():
        entries[opener][name] = cells[index] if index < len(cells) else None
    return [SeriesEntry(label, entries[i]) for i, label in columns.series.items()]


def _odd_in_series(series: Iterable[SeriesEntry], spec: TableSpec) -> str | None:
    """Why a row is no data row although its columns fit, or None."""
    for entry in series:
        for name, cell in entry.cells.items():
            text = (cell.joined or "") if cell else ""
            pattern = spec.series.pattern_of(name) if spec.series else None
            if text and pattern and not re.fullmatch(pattern, text, re.IGNORECASE):
                beside = f", {name}" if spec.series and spec.series.beside else ""
                return f"{entry.label}{beside} is {text[:40]!r}"
    return None


def _logical(name: str, source: SourceSpec, segments: Sequence[Segment]) -> LogicalTable | None:
    own = [segment for segment in segments if segment.spec_name == name]
    if not own:
        return None
    spec = source.tables[name]
    table = LogicalTable(name, spec, own)
    count = sum(len(segment.data) for segment in own)
    if not spec.rows.min <= count <= spec.rows.max:
        raise LayoutMismatch(
            f"table {name} has {count} data rows; between {spec.rows.min} and {spec.rows.max} were expected "
            f"(rows in source.yml){_first_left_over(own)}."
        )
    table.reported_at_raw = capture([s.before for s in own], spec.metadata.reported_at, f"time of report of {name}")
    table.pages_declared_raw = capture([s.after for s in own], spec.metadata.pages_declared, f"page count of {name}")
    return table


def _first_left_over(segments: Iterable[Segment]) -> str:
    """Which row was taken for neither data nor total, to say why there are so few."""
    for segment in segments:
        for row in segment.rows:
            if row.kind == "unaccounted":
                return f"; the first that was left over is row {row.row_no} of {place(segment.table)} ({row.reason})"
    return ""
