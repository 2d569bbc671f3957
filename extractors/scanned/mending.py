"""Scanned pages on their way to the layout: labels put right, cells repaired, read again and reviewed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.errors import LayoutMismatch
from extractors.headers import ColumnMap, is_header, matches, read_header
from extractors.labels import fold, latin
from extractors.near_labels import label_repaired, nearest_label, with_text
from extractors.readers.scan.reader import ScanReader
from extractors.readers.scan.scanned_page import REREAD, UNREAD_INK, Run
from extractors.scanned.characters import (
    Repaired,
    code_repaired,
    has_two_decimals,
    number_repaired,
    text_repaired,
)
from extractors.scanned.reviews import Review
from extractors.spec import SourceSpec, TableSpec
from extractors.spec.tables import Column
from extractors.table import Cell, Page, Table, TextLine

SURE, LEGIBLE = 0.9, 0.5
"""A figure or code, and words, all of whose characters are at least so certain are taken as read."""
UNCERTAIN_REPAIR, TWO_READINGS, REVIEWED, REJECTED = (
    "repaired beyond what is read",
    "two readings differ",
    "reviewed",
    "rejected in review",
)
REVIEW = "review"
_MOSTLY = 0.8
"""A column is one of amounts when so many of its figures on the page have two decimals."""


class Mending:
    """Mends the scanned pages of one document for one source.

    `reader` is told which pages are scanned, and reads cells again. `applied` collects the reviews that were used.
    """

    def __init__(
        self, reader: ScanReader, source: SourceSpec, reviews: Mapping[tuple[int, int, int, int], Review]
    ) -> None:
        self._reader, self._source, self._reviews = reader, source, reviews
        self.applied: set[tuple[int, int, int, int]] = set()
        labels = [
            header.label
            for spec in source.tables.values()
            for column in spec.columns.values()
            for header in column.headers
            if header.label
        ]
        labels += [label for spec in source.tables.values() for label in spec.header_groups]
        self._labels = {fold(label): label for label in labels}
        totals = [
            label.label
            for spec in source.tables.values()
            for rule in spec.totals
            for label in rule.labels
            if label.label
        ]
        self._totals = {fold(label): label for label in totals}

    def page(self, page: Page) -> Page:
        """The page mended where it is a scan, else as it is."""
        if not page.is_scan:
            return page
        self._reader.take(page.number)
        lines: list[str] = []
        items: list[TextLine | Table] = []
        for item in page.items:
            if isinstance(item, TextLine):
                lines.append(latin(item.text))
            items.append(self._table(item, lines) if isinstance(item, Table) else item)
        return replace(page, items=tuple(items))

    def _table(self, table: Table, above: Sequence[str]) -> Table:
        rows = [[self._reviewed(table, self._read(table, cell)) for cell in row] for row in table.rows]
        rows = [self._labelled(row) for row in rows]
        table = replace(table, rows=tuple(map(tuple, rows)))
        starts = [(index, spec) for index, row in enumerate(rows) if (spec := self._header_of(row, above)) is not None]
        ends = [*(index for index, _ in starts), len(rows)][1:]
        for (index, spec), following in zip(starts, ends, strict=True):
            try:
                columns = read_header(table, index, spec)
            except LayoutMismatch:
                continue  # the layout says so itself, with the place
            self._mend(table, rows, columns, spec, following)
        return replace(table, rows=tuple(map(tuple, rows)))

    def _read(self, table: Table, cell: Cell) -> Cell:
        """The cell with method and confidence, also where another reader than that of ruled tables made it."""
        if cell.method != "digital" or cell.text is None:
            return cell
        return self._reader.page(table.page_no).with_confidence(cell)

    def _reviewed(self, table: Table, cell: Cell) -> Cell:
        review = self._reviews.get((table.page_no, table.table_no or 0, cell.row_no, cell.col_no))
        if review is None or cell.text is None or " ".join(cell.text.split()) != review.text_read:
            return cell
        self.applied.add(review.place)
        flag = REJECTED if review.decision == "reject" else REVIEWED
        changed = replace(cell, method=REVIEW, flags=(*cell.flags, flag))
        if review.decision == "correct" and review.corrected_text != review.text_read:
            changed = with_text(changed, review.corrected_text, f"corrected by {review.reviewer or 'a person'}")
        return changed

    # --------------------------------------------------------------- labels

    def _labelled(self, row: list[Cell]) -> list[Cell]:
        """The row with labels put right that miss a declared one by a character or two.

        A row is one of labels when half of what it prints is one or nearly one; a total when its words are.
        """
        printed = [cell for cell in row if cell.text and cell.text.strip()]
        near = {id(cell): label for cell in printed if (label := nearest_label(cell.text or "", self._labels))}
        exact = sum(fold(cell.text or "") in self._labels for cell in printed)
        if not (near and len(near) + exact >= max(2, (len(printed) + 1) // 2)):
            near = {
                id(cell): label
                for cell in printed
                if (cell.confidence or 0.0) < SURE and (label := nearest_label(cell.text or "", self._totals))
            }
        return [
            with_text(cell, near[id(cell)], f"label {cell.joined!r} misread") if id(cell) in near else cell
            for cell in row
        ]

    def _header_of(self, row: Sequence[Cell], above: Sequence[str]) -> TableSpec | None:
        """The declared table with this header; of several with the same one the one that the nearest line names."""
        fitting = [spec for spec in self._source.tables.values() if is_header(row, spec)]
        most = max((matches(row, spec) for spec in fitting), default=0)
        best = [spec for spec in fitting if matches(row, spec) == most]
        for line in reversed(above):
            named = [spec for spec in best if any(re.search(p, line, re.IGNORECASE) for p in spec.titled)]
            if named:
                return named[0]
        return next(iter(best), None)

    # ---------------------------------------------------------------- cells

    def _mend(self, table: Table, rows: list[list[Cell]], columns: ColumnMap, spec: TableSpec, following: int) -> None:
        for name, positions in columns.positions.items():
            column = spec.columns[name]
            below = range(columns.last_row + 1, following)
            cells = [rows[index][p] for index in below for p in positions if p < len(rows[index])]
            amounts = column.kind == "number" and self._are_amounts(cells)
            for index in below:
                for position in positions:
                    if position < len(rows[index]):
                        rows[index][position] = self._mended(table, rows[index][position], column, amounts)

    def _are_amounts(self, cells: Sequence[Cell]) -> bool:
        figures = [text for cell in cells if (text := cell.joined) and any(c.isdigit() for c in text)]
        exact = sum(has_two_decimals(text, self._source.numbers) for text in figures)
        return bool(figures) and exact >= _MOSTLY * len(figures)

    def _mended(self, table: Table, cell: Cell, column: Column, amounts: bool) -> Cell:
        if cell.method == REVIEW or cell.text is None or (cell.is_blank and UNREAD_INK not in cell.flags):
            return cell
        text = cell.joined or ""
        if column.kind == "text" and column.pattern is None:
            repaired = text_repaired(cell.text)
            cell = with_text(cell, repaired.text, repaired.reason) if repaired.reason else cell
            return label_repaired(cell, {fold(term): term for term in column.terms}) if column.terms else cell
        if column.kind == "number" and sum(c.isalpha() for c in text) > 3:
            return cell  # words: the label of a total, or something for the layout to complain of
        first = self._repair(text, column, amounts)
        enough = LEGIBLE if column.kind == "text" else SURE
        if first and first.reason is None and (cell.confidence or 0.0) >= enough:
            return cell
        again = self._again(table, cell)
        second = self._repair(again[0], column, amounts) if again else None
        return _chosen(cell, first, again, second)

    def _repair(self, text: str, column: Column, amounts: bool) -> Repaired | None:
        if column.kind == "number":
            found = number_repaired(text, self._source.numbers, amounts)
            if column.pattern is None or (found and re.fullmatch(column.pattern, found.text, re.IGNORECASE)):
                return found
            return self._with_sign(text, column.pattern, amounts)
        if column.kind == "code":
            return code_repaired(text, column.pattern)
        plain = text_repaired(" ".join(text.split())).text
        return code_repaired(plain, column.pattern)

    def _with_sign(self, text: str, pattern: str, amounts: bool) -> Repaired | None:
        """The figure with the sign of money that every figure of the column bears, where OCR took it for a five."""
        for five in re.finditer(r"^[-(]?(5)", "".join(text.split())):
            found = number_repaired(text[: five.start(1)] + "$" + text[five.end(1) :], self._source.numbers, amounts)
            if found and re.fullmatch(pattern, found.text, re.IGNORECASE):
                return Repaired(found.text, "5 for the sign of money", is_certain=False)
        return None

    def _again(self, table: Table, cell: Cell) -> tuple[str, float] | None:
        if cell.bbox is None:
            return None
        runs = self._reader.read_again(table.page_no, cell.bbox)
        return (_joined(runs), min(run.least for run in runs)) if runs else None


def _chosen(cell: Cell, first: Repaired | None, again: tuple[str, float] | None, second: Repaired | None) -> Cell:
    """The better of two readings of a cell; where they say different things neither is certain."""
    least = cell.confidence or 0.0
    if again and second and (first is None or (second.reason is None and first.reason is not None)):
        # Only the second is as it must be; that the first is not leaves a doubt only when it read other digits.
        agree = first is not None and first.text == second.text
        changed = replace(cell, method=REREAD, confidence=max(least, again[1]) if agree else again[1])
        changed = with_text(changed, second.text, second.reason or "read again")
        if not second.is_certain:
            changed = replace(changed, flags=(*changed.flags, UNCERTAIN_REPAIR))
        return changed
    if first is None:
        return cell
    changed = cell if first.reason is None else with_text(cell, first.text, first.reason)
    if again and second:
        if second.text == first.text:
            changed = replace(changed, method=REREAD, confidence=max(least, again[1]))
            changed = replace(changed, flags=tuple(flag for flag in changed.flags if flag != UNREAD_INK))
        else:
            changed = replace(changed, confidence=0.0, flags=(*changed.flags, f"{TWO_READINGS}: {second.text}"))
    if not first.is_certain:
        changed = replace(changed, flags=(*changed.flags, UNCERTAIN_REPAIR))
    return changed


def _joined(runs: Sequence[Run]) -> str:
    """Runs of one cell in reading order."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.box[1] + run.box[3]):
        middle = (run.box[1] + run.box[3]) / 2
        if rows and middle < rows[-1][0].box[3]:
            rows[-1].append(run)
        else:
            rows.append([run])
    return " ".join(run.text.strip() for row in rows for run in sorted(row, key=lambda run: run.box[0]))
