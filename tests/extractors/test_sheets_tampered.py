"""Nothing goes unnoticed: what changes in one cell of a printed sheet changes that value, or stops the document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from extractors.accounting import account_for_sheets
from extractors.errors import ExtractionError
from extractors.layout import interpret
from extractors.spec import SourceSpec, load_sources
from extractors.table import Cell, Page, Table, TextLine
from tests.publications.build import IPAB_2020_2024
from tests.publications.programme_figures import FormTable, load_programme

Rows = list[list[str]]
Values = dict[tuple[str, str | None, str], str | None]

# two tables and two variables; three tables, one variable and counts in place of percentages
PROGRAMME = load_programme(IPAB_2020_2024)
SHEETS = [PROGRAMME.sheets[number - 1].tables for number in (2, 8)]
both_sheets = pytest.mark.parametrize("forms", SHEETS, ids=["sheet 2", "sheet 8"])


@cache
def source() -> SourceSpec:
    return load_sources()["mx_ipab_programa_institucional"]


def printed(forms: tuple[FormTable, ...]) -> Rows:
    return [list(row.texts) for form in forms for row in form.rows]


def read(rows: Rows) -> Values | None:
    """Every value of the sheet as flat text, by table, year or variable, and column; None where the document stops."""
    cells = tuple(
        tuple(Cell(text, line, column) for column, text in enumerate(row, 1)) for line, row in enumerate(rows, 1)
    )
    facts = (TextLine(1, f"{short} {meaning}") for short, meaning in PROGRAMME.abbreviations.items())
    page = Page(1, (*facts, Table(1, 1, cells, is_flat=True)))
    try:
        tables = [table for kind in interpret([page], source()).sheets for table, _ in account_for_sheets(kind)]
    except ExtractionError:
        return None
    return {
        (table.name, row.values.get(table.spec.one_row_per or ""), column): text
        for table in tables
        for row in table.rows
        for column, text in row.values.items()
    }


def changed(rows: Rows, text: str | None) -> Iterator[tuple[str, Rows]]:
    """The rows with each cell in turn printed otherwise, or (None) taken out of its row."""
    for number, row in enumerate(rows):
        for place, was in enumerate(row):
            cells = [*row[:place], *([] if text is None else [text]), *row[place + 1 :]]
            if cells:
                yield was, [*rows[:number], cells, *rows[number + 1 :]]


@both_sheets
@pytest.mark.parametrize("text", ["", "otra cosa"])
def test_another_text_is_that_value_or_stops_the_document(forms: tuple[FormTable, ...], text: str) -> None:
    rows = printed(forms)
    sound = read(rows)
    assert sound is not None
    stopped = 0
    for was, tampered in changed(rows, text):
        found = read(tampered)
        if found is None:
            stopped += 1
            continue
        if found.keys() < sound.keys():
            # a year without a value below it
            assert (text, {sound[key] for key in sound.keys() - found.keys()}) == ("", {was, ""})
            continue
        differing = {key: (sound[key], found[key]) for key in sound if sound[key] != found[key]}
        # a blank that was blank before changes nothing, and the caption names nothing
        nothing = was in (text, "Línea base")
        assert list(differing.values()) == ([] if nothing else [(" ".join(was.split()), text)])
    labels = sum(len(row.labels) for form in forms for row in form.rows)
    assert stopped >= labels - 1  # all labels and headings, but not the caption where it is blank


@both_sheets
def test_a_row_that_is_missing_or_printed_twice_stops_the_document(forms: tuple[FormTable, ...]) -> None:
    rows = printed(forms)
    sound = read(rows)
    variables = [number for number, row in enumerate(rows) if row[0].startswith("Nombre variable")]
    for number, row in enumerate(rows):
        if number not in variables:
            assert read([*rows[:number], *rows[number + 1 :]]) is None, row
        # a heading printed twice loses nothing
        assert read([*rows[: number + 1], *rows[number:]]) in (None, sound if len(row) == 1 else None), row
    # a sheet may have fewer variables, but not none
    for number in variables:
        assert (read([*rows[:number], *rows[number + 1 :]]) is None) == (len(variables) == 1)


@both_sheets
def test_a_cell_that_is_missing_is_no_value_of_another_label(forms: tuple[FormTable, ...]) -> None:
    rows = printed(forms)
    sound = read(rows)
    assert sound is not None
    for was, tampered in changed(rows, None):
        assert read(tampered) in (None, sound if was == "Línea base" else None), was
