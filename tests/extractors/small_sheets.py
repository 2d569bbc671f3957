"""A source of small record sheets, printed in bars (flat text) or on a grid."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from extractors.layout import Interpretation, interpret
from extractors.sheets.record import SheetRows
from extractors.spec import SourceSpec
from extractors.table import Cell, Page, Table, TextLine
from tests.extractors.small_source import HEADING, declaration, table

SHEETS: dict[str, Any] = {
    "card": {
        "title": "Card of an indicator",
        "begins": ["FICHA DE INDICADOR"],
        "sections": {"values": ["VALORES"], "series": ["SERIE", "SERIE (en unidades)"]},
        "captions": ["Línea base"],
        "ignore_cells": [{"pattern": r"^página \d+$", "reason": "page number"}],
        "end": ["^fin de las fichas"],
        "count": {"max": 5},
        "tables": {
            "cards": {
                "title": "One row per card",
                "fields": {
                    "code": {"labels": ["Clave"], "required": True, "pattern": r"I-\d"},
                    "unit": {"labels": ["Unidad", "Unidad de medida"], "optional": True},
                    "name": {"labels": ["Nombre"]},
                    "base_value": {"labels": ["Valor"], "section": "values"},
                    "base_note": {"labels": ["Nota"], "section": "values", "value": "below"},
                    "target_value": {
                        "labels": [{"pattern": r"Meta (?P<target_year>20\d\d)"}],
                        "section": "values",
                        "value": "below",
                    },
                    "target_note": {
                        "labels": [{"pattern": r"Nota de (?P<target_year>20\d\d)"}],
                        "section": "values",
                        "value": "below",
                    },
                },
            },
            "variables": {
                "title": "One row per variable of a card",
                "one_row_per": "variable_no",
                "fields": {
                    "variable_name": {"labels": [{"pattern": r"Variable (?P<variable_no>\d+)"}]},
                    "variable_value": {"labels": [{"pattern": r"Valor (?P<variable_no>\d+)"}], "optional": True},
                },
            },
            "years": {
                "title": "One row per year of a card",
                "one_row_per": "year",
                "fields": {
                    "value": {"labels": [{"pattern": r"(?P<year>20\d\d)"}], "section": "series", "value": "below"}
                },
            },
        },
    }
}

CARD: list[list[str | None]] = [
    ["FICHA DE INDICADOR", None, None, None],
    ["Clave", "I-1", "Unidad", "Casos"],
    ["Nombre", "Visitas al museo", None, None],
    ["Variable 1", "Visitas", "Valor 1", "0"],
    ["Variable 2", "Días", None, None],
    ["VALORES", None, None, None],
    ["Línea base", None, "Nota", None],
    ["Valor", "7", "Parte de siete", None],
    ["Meta 2024", None, "Nota de 2024", None],
    ["10", None, "Diez al año", None],
    ["SERIE", None, None, None],
    ["2021", "2022", "2023", None],
    ["5", "", "ND", None],
]
"""A card on a grid of four columns; None continues the cell on its left."""

Change = Callable[[dict[str, Any]], object]
Rows = Sequence[Sequence[str | None]]


def sheet_source(change: Change | None = None) -> SourceSpec:
    """The checked declaration; `change` is given the declaration of the card."""
    return SourceSpec.model_validate(sheet_declaration(change))


def sheet_declaration(change: Change | None = None) -> dict[str, Any]:
    """A copy of the declaration, with something changed in the card."""
    content = declaration() | {"sheets": copy.deepcopy(SHEETS)}
    content["tables"] = {}
    if change:
        change(content["sheets"]["card"])
    return content


def on_a_grid(*tables: Rows) -> list[Page]:
    """The cards as ruled tables of one page."""
    return [Page(1, (*heading(), *(table(rows, table_no=number) for number, rows in enumerate(tables, 1))))]


def in_bars(*tables: Rows) -> list[Page]:
    """The same as flat text: one block of rows that touch, spans lost, numbered from line 5."""
    rows = [[text for text in row if text is not None] for printed in tables for row in printed]
    cells = tuple(
        tuple(Cell(text, line_no, column) for column, text in enumerate(row, 1)) for line_no, row in enumerate(rows, 5)
    )
    return [Page(1, (*heading(), Table(1, 1, cells, is_flat=True)))]


def in_lines(*lines: str) -> list[Page]:
    """Lines of text without any table, as a PDF gives them."""
    return [Page(1, (*heading(), *(TextLine(1, line) for line in lines)))]


def heading() -> list[TextLine]:
    return [TextLine(1, line) for line in HEADING]


def read(pages: Sequence[Page], change: Change | None = None) -> Interpretation:
    return interpret(pages, sheet_source(change))


def rows_of(reading: Interpretation) -> dict[str, list[dict[str, str | None]]]:
    """The values of every raw table, by its name."""
    return {table.name: [row.values for row in table.rows] for table in tables_of(reading)}


def tables_of(reading: Interpretation) -> list[SheetRows]:
    return [table for kind in reading.sheets for table in kind.tables]


def replaced(rows: Rows, number: int, *new: Sequence[str | None]) -> list[list[str | None]]:
    """The rows with one of them (from 0) replaced by others, or by none."""
    return [*map(list, rows[:number]), *map(list, new), *map(list, rows[number + 1 :])]
