"""The budgetary and programmatic statements of the state forms as one workbook, a sheet for each statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.publications.printed_figures import load_form
from tests.publications.ruled_sheet import put, put_merged, saved, typed

FILED = datetime(2021, 1, 29, 12, 0, 0)
TEXT_COLUMNS = ("UR", "Clave del Programa/ Proyecto")


def render(name: str) -> bytes:
    """The XLSX file of the statements in `figures/<name>.yml`."""
    form = load_form(name)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for statement in form["sheets"]:
        _write(workbook.create_sheet(statement["name"]), statement, form)
    return saved(workbook, f"{form['institution']} ({form['remark']})", FILED)


def _write(sheet: Worksheet, statement: dict[str, Any], form: dict[str, Any]) -> None:
    heads: list[list[str]] = statement["heads"]
    width = len(heads[0])
    row = 0
    for line in (form["institution"], *statement["titles"], form["period"], form["remark"]):
        row += 1
        put(sheet, row, 1, line, font=Font(name="Arial", size=10, bold=True), rule=False, wrap=False)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    row += 2
    _write_heads(sheet, row, heads)
    row += len(heads)
    for printed in statement["rows"]:
        _write_row(sheet, row, printed, heads[1])
        row += 1
    put(sheet, row + 1, 1, form["closing"], font=Font(name="Arial", size=8), align="left", rule=False, wrap=False)
    for place, label in enumerate(heads[1], start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 52 if place == 1 and label not in TEXT_COLUMNS else 18


def _write_heads(sheet: Worksheet, top: int, heads: Sequence[Sequence[str]]) -> None:
    """Labels over equal neighbours merged: along the row, or down to a row that says the same."""
    groups, labels = heads[0], heads[1]
    start = 0
    for place in range(1, len(groups) + 1):
        if place < len(groups) and groups[place] == groups[start] and groups[place] != labels[place]:
            continue
        down = 1 if groups[start] == labels[start] and place == start + 1 else 0
        put_merged(sheet, (top, start + 1, top + down, place), groups[start])
        if not down:
            for each in range(start, place):
                put_merged(sheet, (top + 1, each + 1, top + 1, each + 1), labels[each])
        start = place
    for offset, codes in enumerate(heads[2:], start=2):
        for place, code in enumerate(codes, start=1):
            put_merged(sheet, (top + offset, place, top + offset, place), code)


def _write_row(sheet: Worksheet, row: int, printed: Sequence[str], labels: Sequence[str]) -> None:
    font = Font(name="Arial", size=8, bold=printed[0].startswith("Total"))
    for place, (text, label) in enumerate(zip(printed, labels, strict=True), start=1):
        value, number_format = (text, "@") if label in TEXT_COLUMNS else typed(text)
        align = "right" if number_format.startswith("#") else "left"
        put(sheet, row, place, value, font=font, align=align, number_format=number_format, wrap=place == 1)
