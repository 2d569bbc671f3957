"""The form Indicadores de Resultados as XLSX: one sheet, merged header cells, numbers with number formats."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from io import BytesIO
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from tests.publications.office_package import package
from tests.publications.printed_figures import Column, Publication, Row

FILED = datetime(2021, 2, 26, 12, 0, 0)
THIN = Side(style="thin")
RULE = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADED = PatternFill("solid", start_color="D9D9D9")
WIDTHS = {"indicator_name": 34, "unit_name": 26, "axis_name": 13, "strategy_name": 14, "formula": 10}
CODES = ("purpose_code", "function_code", "subfunction_code")
EXCEL_DIGITS = Context(prec=15)
# the quotients the office computes: column -> numerator, denominator
QUOTIENTS = {
    "achievement_programmed_pct": ("goal_achieved", "goal_programmed"),
    "achievement_adjusted_pct": ("goal_achieved", "goal_adjusted"),
    "execution_approved_pct": ("accrued_amount", "approved_amount"),
    "execution_adjusted_pct": ("accrued_amount", "adjusted_amount"),
}


def render(publication: Publication) -> bytes:
    """The XLSX file: title, header and statement of the first page once, the rows of all pages."""
    first = publication.pages[0]
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet("Indicadores de Resultados")
    width = max(len(first.columns), 1)

    row = 0
    for line in first.heading:
        row += 1
        _put(sheet, row, 1, " ".join(line), font=Font(name="Arial", size=10, bold=True), rule=False)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    row += 1
    if first.columns:
        row = _write_header(sheet, row + 1, first.columns)
        for printed in (printed for page in publication.pages for printed in page.rows):
            row += 1
            _write_row(sheet, row, printed, first.columns)
    row += 1
    _put(sheet, row, 1, first.closing, font=Font(name="Arial", size=8), align="left", rule=False, wrap=False)

    for place, column in enumerate(first.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column.key)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LEGAL
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = f"A1:{get_column_letter(width)}{row}"
    return _saved(workbook, publication.title)


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


def _write_header(sheet: Worksheet, top: int, columns: tuple[Column, ...]) -> int:
    """Groups, names and the names under a pair's heading on three rows, merged; returns the last of them."""
    place = 1
    for group, run in groupby(columns, lambda column: column.group):
        last = place + len(list(run)) - 1
        _put_merged(sheet, (top, place, top, last), group)
        place = last + 1
    place = 1
    for pair, run in groupby(columns, lambda column: column.pair):
        members = list(run)
        if pair:
            _put_merged(sheet, (top + 1, place, top + 1, place + len(members) - 1), pair)
        for offset, column in enumerate(members):
            start = top + 2 if pair else top + 1
            _put_merged(sheet, (start, place + offset, top + 2, place + offset), column.label)
        place += len(members)
    return top + 2


def _width(key: str) -> int:
    """Width in characters; wide enough for every number, which would show as ##### otherwise."""
    if key.startswith("goal_") or key.endswith("_amount"):
        return 19
    return WIDTHS.get(key, 8 if key.endswith("_code") else 12)


def _put_merged(sheet: Worksheet, area: tuple[int, int, int, int], text: str) -> None:
    top, left, bottom, right = area
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            shown = text if (row, column) == (top, left) else ""
            _put(sheet, row, column, shown, font=Font(name="Arial", size=9, bold=True), fill=SHADED)
    if (top, left) != (bottom, right):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _write_row(sheet: Worksheet, row: int, printed: Row, columns: tuple[Column, ...]) -> None:
    font = Font(name="Arial", size=8, bold=printed.kind != "data")
    for place, column in enumerate(columns, start=1):
        text = printed.cells.get(column.key, "")
        value, number_format = (text, "@") if column.key in CODES else typed(text)
        if column.key in QUOTIENTS:
            value = _quotient(printed.cells, column.key, value)
        align = "right" if number_format.startswith("#") else "center"
        _put(sheet, row, place, value, font=font, align=align, number_format=number_format)
    longest = max(len(printed.cells.get(key, "")) / WIDTHS[key] for key in ("indicator_name", "unit_name"))
    sheet.row_dimensions[row].height = 12 * max(int(longest * 1.3) + 1, 3 if printed.kind == "data" else 1)


def _quotient(cells: Mapping[str, str], key: str, printed: Decimal | str) -> Decimal | str:
    """The unrounded quotient behind a printed percent, where it rounds to what is printed."""
    numerator, denominator = (typed(cells.get(name, ""))[0] for name in QUOTIENTS[key])
    if isinstance(printed, str) or isinstance(numerator, str) or isinstance(denominator, str) or not denominator:
        return printed
    quotient = EXCEL_DIGITS.divide(numerator, denominator)
    return quotient if quotient.quantize(Decimal("0.01"), ROUND_HALF_UP) == printed else printed


def _put(
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


def _saved(workbook: Workbook, title: str) -> bytes:
    """The file, with the day of filing where openpyxl writes the clock."""
    workbook.properties.title = title
    workbook.properties.creator = ""
    buffer = BytesIO()
    workbook.save(buffer)
    workbook.properties.created = workbook.properties.modified = FILED
    parts = []
    with zipfile.ZipFile(buffer) as saved:
        for name in saved.namelist():
            core = name == "docProps/core.xml"
            parts.append((name, tostring(workbook.properties.to_tree()) if core else saved.read(name)))
    return package(parts, FILED)
