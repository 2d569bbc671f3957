"""A source of a few columns, and pages made from plain lists, so that a test can show all it is about."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml

from extractors.spec import SourceSpec
from extractors.table import Cell, Page, Table, TextLine

SOURCE_ID = "xx_office_report"

DECLARATION: dict[str, Any] = {
    "source_id": SOURCE_ID,
    "title": "Spending of an office by programme",
    "publisher": {"name": "The office", "country": "MX"},
    "language": "es",
    "currency": "MXN",
    "numbers": {"thousands": ",", "decimal": "."},
    "metadata": {
        "title": [{"pattern": r"^(?P<value>informe de gasto)$"}],
        "institution": [{"pattern": r"^oficina:\s*(?P<value>\S.*)$"}],
        "period": {"patterns": [r"^a[ñn]o:\s*(?P<year>\d{4})$"]},
    },
    "tables": {
        "spending": {
            "title": "Planned and spent by programme",
            "columns": {
                "program_code": {
                    "headers": ["Clave"],
                    "kind": "code",
                    "required": True,
                    "pattern": r"[A-Z]\d{3}",
                },
                "program_name": {"headers": ["Programa"], "required": True},
                "planned_amount": {"headers": ["Planeado"], "kind": "number"},
                "spent_amount": {"headers": ["Gastado"], "kind": "number"},
            },
            "totals": [
                {"kind": "subtotal", "labels": ["Subtotal"]},
                {"kind": "total", "labels": ["Total", "Total del gasto"], "ends_table": True},
            ],
            "end": ["^fin del informe"],
        }
    },
}

HEADING = ["INFORME DE GASTO", "Oficina: Museo de Cera", "Año: 2021"]
HEADER = ["Clave", "Programa", "Planeado", "Gastado"]
ROWS = [["A001", "Salas", "1,000.00", "900.50"], ["A002", "Cera", "250.00", "250.00"]]
TOTAL = ["Total", "", "1,250.00", "1,150.50"]

Change = Callable[[dict[str, Any]], object]


def declaration(change: Change | None = None) -> dict[str, Any]:
    """A copy of the declaration, with something changed in place."""
    content = copy.deepcopy(DECLARATION)
    if change:
        change(content)
    return content


def declare(root: Path, change: Change | None = None, name: str = SOURCE_ID) -> Path:
    """Write `<root>/<name>/source.yml` and return the folder; aliases are written out."""
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    content = declaration(change) | {"source_id": name}
    (folder / "source.yml").write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    return folder


def spec(change: Change | None = None) -> SourceSpec:
    """The checked declaration, with something changed."""
    return SourceSpec.model_validate(declaration(change))


def spending(content: dict[str, Any]) -> dict[str, Any]:
    """The declaration of the only table."""
    return content["tables"]["spending"]


def report_text(*rows: Sequence[str], heading: Sequence[str] = HEADING) -> str:
    """The report as text with tabs: heading, a blank line, the rows."""
    return "\n".join([*heading, "", *("\t".join(row) for row in rows), ""])


def report(*rows: Sequence[str]) -> str:
    """A whole report: the given data rows under the header, and their total as printed in TOTAL."""
    return report_text(HEADER, *(rows or ROWS), TOTAL)


def table(rows: Sequence[Sequence[str | None]], page_no: int = 1, table_no: int = 1) -> Table:
    """A ruled table. None continues the cell on its left, so the left one spans both."""
    cells: list[tuple[Cell, ...]] = []
    for row_no, row in enumerate(rows, 1):
        line: list[Cell] = []
        for col_no, text in enumerate(row, 1):
            if text is None:
                owner = line[-1].owner or (row_no, line[-1].col_no)
                line.append(Cell(None, row_no, col_no, owner=owner))
            else:
                span = next((n for n, right in enumerate(row[col_no:]) if right is not None), len(row) - col_no) + 1
                line.append(Cell(text, row_no, col_no, col_span=span))
        cells.append(tuple(line))
    return Table(page_no, table_no, tuple(cells))


def page(*items: str | Table, number: int = 1) -> Page:
    """A page of text lines and tables in reading order."""
    return Page(number, tuple(TextLine(number, item) if isinstance(item, str) else item for item in items))
