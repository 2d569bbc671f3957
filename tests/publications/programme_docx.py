"""The institutional programme as DOCX: objectives, actions, then one form with merged cells per indicator."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tests.publications import word_document
from tests.publications.programme_figures import FormRow, FormTable, Programme, Sheet
from tests.publications.table_cells import Cell
from tests.publications.word_document import Document, Paragraph, Table

WIDTH = word_document.text_width()
YEARS_OF_HISTORY, YEARS_OF_TARGETS = 7, 5
HISTORY = tuple(WIDTH * year // YEARS_OF_HISTORY for year in range(1, YEARS_OF_HISTORY))
TARGETS = tuple(WIDTH * year // YEARS_OF_TARGETS for year in range(1, YEARS_OF_TARGETS))
LABEL = 1512  # where the labels of attributes end


def _divisions(
    pairs: tuple[int, ...] = (LABEL, 4200, 6300),
    variable: tuple[int, ...] = (LABEL, 4200, 5292, 6300, 7900),
    value: int = 1008,
    note: int = HISTORY[1],
) -> dict[str, tuple[int, ...]]:
    """Where each kind of row is divided into cells, from the left margin."""
    return {
        "whole": (),
        "pair": (LABEL,),
        "pairs": pairs,
        "variable": variable,
        "note": (note,),
        "baseline value": (value, note),
        "baseline year": (value, note),
        "history": HISTORY,
        "targets": TARGETS,
    }


# by the grid columns that the divisions of a table's rows make: drawn by eye, some of them meet, some do not
EDGES = {
    1: _divisions(),
    4: _divisions(),
    6: _divisions(),
    7: _divisions(pairs=(LABEL, 4200, 6800)),
    11: _divisions(value=HISTORY[0]),
    12: _divisions(),
    13: _divisions(note=2448),
    15: _divisions(value=LABEL, variable=(LABEL, 4200, 5292, TARGETS[2], 7900)),
    16: _divisions(value=LABEL),
}
CENTRED = ("note", "history", "targets", "baseline value", "baseline year")


def render(programme: Programme) -> bytes:
    """The DOCX file; it bears no date, as the programme prints none."""
    body: list[Paragraph | Table] = [Paragraph(line, "Title") for line in programme.heading]
    body += [
        _list_table([list(pair) for pair in programme.abbreviations.items()], (2400, WIDTH - 2400)),
        _list_table([[programme.objectives_heading], ["\n".join(programme.objectives)]], (WIDTH,), header_rows=1),
        _alignment(programme),
    ]
    for actions in programme.actions:
        rows = [[programme.actions_heading], *([action] for action in actions)]
        body.append(_list_table(rows, (WIDTH,), header_rows=1))
    for sheet in programme.sheets:
        body += [Paragraph(style="Cell", on_new_page=True), *_sheet(sheet)]
    return word_document.write(Document(programme.title, None, body))


def _list_table(rows: Sequence[Sequence[str]], widths: Sequence[int], header_rows: int = 0) -> Table:
    cells = [
        [Cell(text, align="left", bold=row < header_rows, shaded=row < header_rows) for text in texts]
        for row, texts in enumerate(rows)
    ]
    return Table(widths, cells, header_rows)


def _alignment(programme: Programme) -> Table:
    """The national objective stands in one cell beside all the institutional ones."""
    header = [Cell(text, bold=True, shaded=True) for text in programme.alignment_headings]
    rows = [[Cell(text, align="left")] for text in programme.institutional_objectives]
    rows[0].append(Cell(programme.national_objective, rows=len(rows), align="left"))
    return Table((WIDTH // 2, WIDTH // 2), [header, *rows], header_rows=1)


def _sheet(sheet: Sheet) -> list[Table]:
    return [_form(table) for table in sheet.tables]


def _form(table: FormTable) -> Table:
    """The table on the grid all its rows' divisions make together.

    Raises ValueError when that grid has not as many columns as the sheet says.
    """
    divisions = EDGES[table.columns]
    grid = sorted({0, WIDTH, *(edge for row in table.rows for edge in divisions[row.division])})
    if len(grid) - 1 != table.columns:
        raise ValueError(f"A table of {table.columns} grid columns is divided into {len(grid) - 1}.")
    widths = [right - left for left, right in pairwise(grid)]
    return Table(widths, [_row(row, (0, *divisions[row.division], WIDTH), grid) for row in table.rows])


def _row(row: FormRow, edges: tuple[int, ...], grid: list[int]) -> list[Cell]:
    """The cells of a row; the note on the baseline goes on in place of the last cell of the year's row."""
    texts = (*row.texts, None) if row.division == "baseline year" else row.texts
    cells = []
    for place, (text, (left, right)) in enumerate(zip(texts, pairwise(edges), strict=True)):
        if text is None:
            continue
        label, note = place in row.labels, row.division == "baseline value" and place == 2
        cells.append(
            Cell(
                text,
                columns=grid.index(right) - grid.index(left),
                rows=2 if note else 1,
                align="center" if label or (row.division in CENTRED and not note) else "left",
                bold=label,
                shaded=label,
            )
        )
    return cells
