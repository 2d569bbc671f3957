"""What pairs of labels and values suggest for a draft: a record sheet that is printed anew for every record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from extractors.adding.draft_tables import free_name, identifier
from extractors.labels import fold
from extractors.numerals import is_number
from extractors.spec import Numbers
from extractors.table import Cell, Table

_FEWEST_LABELS = 4
_LONGEST_LABEL = 80


def sheet_draft(tables: Sequence[Table], numbers: Numbers) -> tuple[dict[str, Any], list[Table]] | None:
    """The declaration of a sheet and the tables that belong to it, or None where nothing looks like one.

    Labels are texts printed several times, equally often, mostly with other words to their right. In the header of a
    grid, the label on the right of a label repeats as well.
    """
    places = _places(tables, numbers)
    printed = Counter({key: len(found) for key, found in places.items()})
    repeated = {key for key, times in printed.items() if times > 1}
    follows = {key: [_follows(row, index, repeated) for _, row, index in places[key]] for key in repeated}
    # Beside the first column of a grid stand numbers.
    words = [key for key, texts in follows.items() if _mostly(text and not is_number(text, numbers) for text in texts)]
    times = Counter(printed[key] for key in words)
    if not times:
        return None
    most, count = max(times.items(), key=lambda item: item[1])
    if count < _FEWEST_LABELS:
        return None
    labels = [key for key in places if printed[key] == most and _mostly(map(bool, follows[key]))]
    fields: dict[str, dict[str, Any]] = {}
    for key in labels:
        _, row, index = places[key][0]
        text = row[index].joined or ""
        fields[free_name(identifier(text), fields)] = {"labels": [text]}
    taken = [table for table in tables if any(table is found for key in labels for found, _, _ in places[key])]
    _, row, index = places[labels[0]][0]
    return {
        "title": "Complete: what one sheet is",
        "begins": [row[index].joined or ""],
        "tables": {"complete_sheets": {"title": "Complete: one row per sheet", "fields": fields}},
    }, taken


def _places(tables: Iterable[Table], numbers: Numbers) -> dict[str, list[tuple[Table, Sequence[Cell], int]]]:
    """Where each text that may be a label is printed, in the order in which they come first."""
    found: dict[str, list[tuple[Table, Sequence[Cell], int]]] = {}
    for table in tables:
        for row in table.rows:
            for index, cell in enumerate(row):
                text = cell.joined or ""
                if text and len(text) <= _LONGEST_LABEL and not is_number(text, numbers):
                    found.setdefault(fold(text), []).append((table, row, index))
    return found


def _follows(row: Sequence[Cell], index: int, repeated: set[str]) -> str:
    """The next printed cell to the right, unless it may be a label itself."""
    after = next((text for cell in row[index + 1 :] if (text := cell.joined)), "")
    return "" if fold(after) in repeated else after


def _mostly(answers: Iterable[object]) -> bool:
    answers = list(answers)
    return sum(map(bool, answers)) > len(answers) / 2
