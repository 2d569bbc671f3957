"""The form Indicadores de Resultados as XLSX: one sheet, merged header cells, numbers with number formats."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import groupby

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.publications.printed_figures import Column, Publication, Row
from tests.publications.ruled_sheet import put, put_merged, saved, typed

FILED = datetime(2021, 2, 26, 12, 0, 0)
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
        put(sheet, row, 1, " ".join(line), font=Font(name="Arial", size=10, bold=True), rule=False)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    row += 1
    if first.columns:
        row = _write_header(sheet, row + 1, first.columns)
        for printed in (printed for page in publication.pages for printed in page.rows):
            row += 1
            _write_row(sheet, row, printed, first.columns)
    row += 1
    put(sheet, row, 1, first.closing, font=Font(name="Arial", size=8), align="left", rule=False, wrap=False)

    for place, column in enumerate(first.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column.key)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_LEGAL
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_area = f"A1:{get_column_letter(width)}{row}"
    return saved(workbook, publication.title, FILED)


def _write_header(sheet: Worksheet, top: int, columns: tuple[Column, ...]) -> int:
    """Groups, names and the names under a pair's heading on three rows, merged; returns the last of them."""
    place = 1
    for group, run in groupby(columns, lambda column: column.group):
        last = place + len(list(run)) - 1
        put_merged(sheet, (top, place, top, last), group)
        place = last + 1
    place = 1
    for pair, run in groupby(columns, lambda column: column.pair):
        members = list(run)
        if pair:
            put_merged(sheet, (top + 1, place, top + 1, place + len(members) - 1), pair)
        for offset, column in enumerate(members):
            start = top + 2 if pair else top + 1
            put_merged(sheet, (start, place + offset, top + 2, place + offset), column.label)
        place += len(members)
    return top + 2


def _width(key: str) -> int:
    """Width in characters; wide enough for every number, which would show as ##### otherwise."""
    if key.startswith("goal_") or key.endswith("_amount"):
        return 19
    return WIDTHS.get(key, 8 if key.endswith("_code") else 12)


def _write_row(sheet: Worksheet, row: int, printed: Row, columns: tuple[Column, ...]) -> None:
    font = Font(name="Arial", size=8, bold=printed.kind != "data")
    for place, column in enumerate(columns, start=1):
        text = printed.cells.get(column.key, "")
        value, number_format = (text, "@") if column.key in CODES else typed(text)
        if column.key in QUOTIENTS:
            value = _quotient(printed.cells, column.key, value)
        align = "right" if number_format.startswith("#") else "center"
        put(sheet, row, place, value, font=font, align=align, number_format=number_format)
    longest = max(len(printed.cells.get(key, "")) / WIDTHS[key] for key in ("indicator_name", "unit_name"))
    sheet.row_dimensions[row].height = 12 * max(int(longest * 1.3) + 1, 3 if printed.kind == "data" else 1)


def _quotient(cells: Mapping[str, str], key: str, printed: Decimal | str) -> Decimal | str:
    """The unrounded quotient behind a printed percent, where it rounds to what is printed."""
    numerator, denominator = (typed(cells.get(name, ""))[0] for name in QUOTIENTS[key])
    if isinstance(printed, str) or isinstance(numerator, str) or isinstance(denominator, str) or not denominator:
        return printed
    quotient = EXCEL_DIGITS.divide(numerator, denominator)
    return quotient if quotient.quantize(Decimal("0.01"), ROUND_HALF_UP) == printed else printed
