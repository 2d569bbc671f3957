"""Small workbooks made for one test each, and the parts of a workbook rewritten by hand."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from extractors.limits import Budget, Limits
from extractors.readers.xlsx import read_xlsx
from extractors.table import Page, Table

SHEET = "xl/worksheets/sheet1.xml"


def workbook(path: Path, rows: Sequence[Sequence[object]], change: Callable[[Worksheet], object] | None = None) -> Path:
    """A workbook whose only sheet `Hoja` holds the rows, with something changed."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Hoja"
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    book.save(path)
    return path


def rewritten(path: Path, part: str, old: str, new: str) -> Path:
    """The workbook with what the pattern `old` finds once in one of its parts replaced.

    Raises AssertionError when the part does not hold it once.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text, count = re.subn(old, lambda _: new, parts[part].decode())
    assert count == 1, parts[part]
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def computed(path: Path, cell: str, kind: str, value: str) -> Path:
    """The workbook with the formula of a cell given its computed value, as a spreadsheet program saves it."""
    found = rf'<c r="{cell}"[^>]*><f>([^<]*)</f><v ?(?:/>|></v>)'
    kind_attribute = f' t="{kind}"' if kind else ""
    return rewritten(path, SHEET, found, f'<c r="{cell}"{kind_attribute}><f>1+1</f><v>{value}</v>')


def read(path: Path, limits: Limits | None = None) -> list[Page]:
    """The pages of a workbook."""
    return list(read_xlsx(path, Budget(limits or Limits())))


def only_table(path: Path) -> Table:
    """The one table of a workbook."""
    (page,) = read(path)
    (table,) = page.tables
    return table


def texts(path: Path) -> list[list[str | None]]:
    """The texts of the only sheet; None where a merge covers a cell."""
    return [[cell.text for cell in row] for row in only_table(path).rows]
