"""Cells of a workbook's sheet, ruled and typed as offices set them, and the workbook as reproducible bytes."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from tests.publications.office_package import package

THIN = Side(style="thin")
RULE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADED = PatternFill("solid", start_color="D9D9D9")


def typed(text: str) -> tuple[Decimal | str, str]:
    """The value and number format of a cell that shows `text`; a text that is no number stays text."""
    number = Decimal(re.sub("[,%]", "", text)) if re.fullmatch(r"-?\d[\d,]*(\.\d+)?%?", text) else None
    if number is None:
        return text, "General"
    decimals = text.rstrip("%").partition(".")[2]
    places = "." + "0" * len(decimals) if decimals else ""
    if text.endswith("%"):
        return number / 100, f"0{places}%"
    return number, f"#,##0{places}" if "," in text else f"0{places}"


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Decimal | str,
    *,
    font: Font,
    fill: PatternFill | None = None,
    align: str = "center",
    number_format: str = "General",
    rule: bool = True,
    wrap: bool = True,
) -> None:
    """One cell; a text that begins like a formula stays text."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if value != "":
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # a text that begins with = is text here, not a formula
    cell.number_format = number_format
    cell.font = font
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap)
    if rule:
        cell.border = RULE
    if fill:
        cell.fill = fill


def put_merged(sheet: Worksheet, area: tuple[int, int, int, int], text: str) -> None:
    """One cell of a header over an area: top, left, bottom, right."""
    top, left, bottom, right = area
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            shown = text if (row, column) == (top, left) else ""
            put(sheet, row, column, shown, font=Font(name="Arial", size=9, bold=True), fill=SHADED)
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def saved(workbook: Workbook, title: str, filed: datetime) -> bytes:
    """The file, with the day of filing where openpyxl writes the clock."""
    workbook.properties.title = title
    workbook.properties.creator = ""
    buffer = BytesIO()
    workbook.save(buffer)
    workbook.properties.created = workbook.properties.modified = filed
    parts = []
    with zipfile.ZipFile(buffer) as saved:
        for name in saved.namelist():
            core = name == "docProps/core.xml"
            parts.append((name, tostring(workbook.properties.to_tree()) if core else saved.read(name)))
    return package(parts, filed)
