"""What a table suggests for a draft: where its header stands, and a declaration that reads it as it is printed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from math import ceil
from typing import Any

from extractors.adding.draft_facts import beginning, literal
from extractors.labels import fold, latin
from extractors.numerals import is_number
from extractors.spec import Numbers, fully_matches
from extractors.table import Cell, Table

_LONGEST_LABEL = 160
_YEAR = r"20\d{2}"
_SERIES = [
    (
        r"(?:ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)[a-z]*|(?:jan|fev|mai|ago|out|dez)[a-zç]*|março",
        "month_label",
    ),
    (
        r"(?:T\.? ?|trim(?:estre|\.)? ?)(?:[1-4]|I{1,3}|IV)|"
        r"(?:I{1,3}|IV|[1-4](?:er|do|to|[º°])?)\.? ?trim(?:estre|\.)?",
        "quarter_label",
    ),
]
"""Column labels that say a time: each column of such a label holds the same thing for another one."""
_TOTAL = re.compile(r"^(?P<sub>sub)?-? ?(?:gran |grand )?total(?:es|is)?\b", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}")


@dataclass(frozen=True, slots=True)
class Found:
    """A table with the rows of its header, its labels with the grid columns under each, and the labels above these."""

    table: Table
    first: int
    last: int
    columns: tuple[tuple[str, tuple[int, ...]], ...]
    groups: tuple[str, ...] = ()

    @property
    def labels(self) -> list[str]:
        return [label for label, _ in self.columns]

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for pieces of one table."""
        return tuple(map(fold, self.labels))

    @property
    def body(self) -> tuple[tuple[Cell, ...], ...]:
        return self.table.rows[self.last + 1 :]


def find_header(table: Table, numbers: Numbers) -> Found:
    """Where a header stands if there is one: the first row that prints about as many labels as the one with the most,
    the labels that reach over several columns above it, and those that stand under such a label."""
    scores = [sum(_is_label(cell, numbers) for cell in row) for row in table.rows]
    enough = max(2, ceil(0.75 * max(scores, default=0)))
    main = next((index for index, score in enumerate(scores) if score >= enough), None)
    if main is None:
        main = max(range(len(scores)), key=scores.__getitem__)
    first, last = main, main
    above = [cell for cell in table.rows[main - 1] if not cell.is_blank] if main else []
    if len(above) > 1 and all(cell.col_span > 1 or cell.row_span > 1 for cell in above):
        first -= 1
    block = {cell.row_no for row in table.rows[first : last + 1] for cell in row}
    while last + 1 < len(table.rows) and _belongs_below(table.rows[last], table.rows[last + 1], block, numbers):
        last += 1
        block |= {cell.row_no for cell in table.rows[last]}
    return Found(table, first, last, *_labels(table.rows[first : last + 1]))


def _belongs_below(header: Sequence[Cell], row: Sequence[Cell], block: Collection[int], numbers: Numbers) -> bool:
    """True for a row of labels that stand under labels over several columns, or one that header cells reach into."""
    spanned = {cell.owner for cell in header if cell.owner} | {
        (cell.row_no, cell.col_no) for cell in header if cell.col_span > 1
    }
    under = [header[i].owner or (header[i].row_no, header[i].col_no) for i in range(min(len(header), len(row)))]
    printed = [i for i, cell in enumerate(row) if not cell.is_blank]
    covered = any(cell.owner and cell.owner[0] in block for cell in row)
    labels = all(i < len(under) and under[i] in spanned and _is_label(row[i], numbers) for i in printed)
    return labels and (covered or len(printed) > 1)


def _labels(
    rows: Sequence[Sequence[Cell]],
) -> tuple[tuple[tuple[str, tuple[int, ...]], ...], tuple[str, ...]]:
    """The lowest label above each grid column, neighbours under one label together, and the labels above others."""
    at = {(cell.row_no, cell.col_no): cell for row in rows for cell in row}
    columns: list[tuple[str, tuple[int, ...]]] = []
    owners: list[Cell] = []
    above: dict[str, None] = {}
    for index in range(max(map(len, rows), default=0)):
        cells = [at.get(row[index].owner or (0, 0), row[index]) for row in reversed(rows) if index < len(row)]
        path = [cell for cell in cells if not cell.is_blank]
        if not path:
            continue
        label = path[0]
        above |= dict.fromkeys(cell.joined or "" for cell in path[1:] if cell is not label)
        if owners and owners[-1] is label:
            columns[-1] = (columns[-1][0], (*columns[-1][1], index))
        else:
            columns.append((label.joined or "", (index,)))
            owners.append(label)
    return tuple(columns), tuple(above)


def table_draft(pieces: Sequence[Found], numbers: Numbers) -> dict[str, Any] | None:
    """The declaration of a table from all its pieces, or None where nothing would tell its rows from text."""
    first = pieces[0]
    series = _series(first)
    numbered = [row for piece in pieces for row in piece.body if _numbers_columns(row)]
    totals, groups, end, data = _classified(pieces, numbers)
    own = [(label, at) for label, at in first.columns if series is None or not fully_matches(series[0], label)]
    if not own or not data:
        return None
    draft: dict[str, Any] = {"title": "Complete: what one row is"}
    if first.groups:
        draft["header_groups"] = list(first.groups)
    draft["columns"] = _columns(own, data, numbers)
    if series:
        draft["series"] = {"header": series[0], "label": series[1], "value": "value"}
    if groups:
        draft["group_rows"] = [{"name": "group_name"}]
    if totals:
        draft["totals"] = totals
    if numbered:
        first_three = " ".join(text for cell in numbered[0] if (text := cell.joined)).split(" ")[:3]
        reason = "the numbers of the columns"
        draft["ignore_rows"] = [{"pattern": f"^{literal(' '.join(first_three))}\\b", "reason": reason}]
    if end:
        draft["end"] = end
    return draft


def table_name(found: Found, taken: Iterable[str]) -> str:
    """A name to be replaced: that of the sheet, or of the first column."""
    words = found.table.sheet_name or next(iter(found.labels), "")
    return free_name(f"complete_{identifier(words)}", taken)


def identifier(label: str) -> str:
    """A column name from a printed label: small letters without accents, at most forty."""
    ascii_text = unicodedata.normalize("NFKD", latin(label)).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", ascii_text).strip("_")[:40].rstrip("_")
    return name if name[:1].isalpha() else f"column_{name}".rstrip("_")


def free_name(name: str, taken: Iterable[str]) -> str:
    """The name, or with the first number that makes it new."""
    names = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(free for free in names if free not in set(taken))


def is_day(text: str) -> bool:
    """True for a date such as 31/12/2020 or 2020-12-31."""
    return DAY.fullmatch(text) is not None


# ------------------------------------------------------------------- pieces


def _is_label(cell: Cell, numbers: Numbers) -> bool:
    text = cell.joined or ""
    if not text or len(text) > _LONGEST_LABEL or is_day(text):
        return False
    return not is_number(text, numbers) or fully_matches(_YEAR, text)


def _series(found: Found) -> tuple[str, str] | None:
    """The pattern of two labels or more that say a time, and the name of the raw column for them."""
    after_year = dict.fromkeys(
        literal(match[1]) for label in found.labels if (match := re.fullmatch(r"20\d{2} (\D{1,20})", label))
    )
    years = r"20\d{2}" + (f"(?: (?:{'|'.join(after_year)}))?" if after_year else "")
    for pattern, name in [(years, "year_label"), *_SERIES]:
        if sum(fully_matches(pattern, label) for label in found.labels) >= 2:
            return pattern, name
    return None


def _classified(
    pieces: Iterable[Found], numbers: Numbers
) -> tuple[list[dict[str, Any]], list[str], list[str], list[Sequence[Cell]]]:
    """Totals to declare, the texts of rows that name a group, the beginnings of notes below, and the rows of data."""
    totals: dict[str, list[str]] = {}
    groups: list[str] = []
    notes: dict[str, None] = {}
    data: list[Sequence[Cell]] = []
    for found in pieces:
        waiting: list[str] = []
        below_total = False
        for row in found.body:
            printed = [text for cell in row if (text := cell.joined)]
            if not printed or tuple(map(fold, printed)) == found.key or _numbers_columns(row):
                continue
            words = " ".join(text for text in printed if not is_number(text, numbers))
            match = _TOTAL.match(words)
            share = below_total and words and all(_is_percentage(text, numbers) for text in printed if text != words)
            below_total = bool(match) and len(words) <= _LONGEST_LABEL
            if below_total or share:
                kind = "share" if share else "subtotal" if match and match["sub"] else "total"
                known = totals.setdefault(kind, [])
                known += [words] if fold(words) not in map(fold, known) else []
            elif len(printed) == 1 and len(found.columns) > 1:
                waiting.append(printed[0])
            else:
                groups += waiting
                waiting = []
                data.append(row)
        # What stands alone below the last row of data names no group.
        notes |= dict.fromkeys(f"^{beginning(note)}" for note in waiting[:1])
    declared = [{"kind": kind, "labels": labels} for kind, labels in totals.items()]
    return declared, groups, list(notes), data


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """True for a row below the header that counts the columns from 1: `1 2 3 = (1 + 2) 4 5`."""
    texts = [text for cell in row if (text := cell.joined)]
    return [text.split(" ")[0] for text in texts[:3]] == ["1", "2", "3"]


def _columns(
    labels: Iterable[tuple[str, tuple[int, ...]]], data: Sequence[Sequence[Cell]], numbers: Numbers
) -> dict[str, dict[str, Any]]:
    columns: dict[str, dict[str, Any]] = {}
    seen: Counter[str] = Counter()
    full: list[str] = []
    for label, at in labels:
        seen[fold(label)] += 1
        nth = seen[fold(label)]
        printed = texts_below(at, data)
        column: dict[str, Any] = {"headers": [{"label": label, "nth": nth} if nth > 1 else label]}
        if printed and all(re.fullmatch(r"(?:19|20)\d{2}", text) for text in printed):
            column |= {"kind": "code", "pattern": r"\d{4}"}
        elif _mostly_numbers(at, data, numbers):
            column["kind"] = "number"
        name = free_name(identifier(label), columns)
        columns[name] = column
        if len(printed) == len(data):
            full.append(name)
    # Which columns every row prints, a person knows; one must be, to tell rows of data from stray text.
    for name in sorted(full or columns, key=lambda name: columns[name].get("kind") == "number")[:1]:
        columns[name]["required"] = True
    return columns


def _mostly_numbers(at: Iterable[int], data: Sequence[Sequence[Cell]], numbers: Numbers) -> bool:
    """By printed line, because a cell may hold the values of several rows."""
    cells = [row[index] for row in data for index in at if index < len(row)]
    lines = [line for cell in cells for line in (cell.text or "").splitlines() if line.strip()]
    return sum(is_number(line, numbers) for line in lines) > len(lines) / 2


def _is_percentage(text: str, numbers: Numbers) -> bool:
    return text.endswith("%") and is_number(text, numbers)


def texts_below(at: Iterable[int], rows: Iterable[Sequence[Cell]]) -> list[str]:
    """What these grid columns print, blanks left out."""
    at = tuple(at)
    return [text for row in rows for index in at if index < len(row) and (text := row[index].joined)]
