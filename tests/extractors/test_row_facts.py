"""Facts of the document that every row prints: whose it is, which days it covers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from extractors.errors import LayoutMismatch
from extractors.layout import interpret
from extractors.metadata import DocumentMetadata
from extractors.spec import SourceSpec
from extractors.table import Table
from tests.extractors.small_source import HEADING, declaration, page, spec, table

HEADER = ["Clave", "Inicio", "Término", "Área"]
ROWS = [
    ["A1", "01/10/2018", "31/12/2018", "Planeación (SEPPE)"],
    ["A2", "2018-01-01", "2018-12-31", "Giras y  eventos (SEPPE)"],
]


def by_row(content: dict[str, Any]) -> None:
    content["metadata"] = {
        "title": content["metadata"]["title"],
        "institution_column": {"column": "area_name", "pattern": r"\((?P<value>[A-Z]+)\)$"},
        "period": {"columns": {"start": "start_day", "end": "end_day"}},
    }
    content["tables"] = {
        "activities": {
            "title": "Activities",
            "columns": {
                "code": {"headers": ["Clave"], "required": True},
                "start_day": {"headers": ["Inicio"]},
                "end_day": {"headers": ["Término"]},
                "area_name": {"headers": ["Área"]},
            },
        }
    }


def read(*rows: Sequence[str], found: Table | None = None) -> DocumentMetadata:
    return interpret([page(HEADING[0], found or table([HEADER, *rows]))], spec(by_row)).metadata


def test_what_the_rows_say() -> None:
    # the earliest first day is that of the second row; both last days are the same, the later in text comes first
    assert read(*ROWS) == DocumentMetadata(
        title="INFORME DE GASTO",
        institution_name_raw="SEPPE",
        institution_is_inferred=False,
        report_code_raw=None,
        period_raw="2018-01-01 - 31/12/2018",
        period_start_date="2018-01-01",
        period_end_date="2018-12-31",
    )


class TestPeriod:
    @pytest.mark.parametrize("printed", ["", "octubre", "31/02/2018", "10-01-18", "2018"])
    def test_a_row_without_a_day_names_itself_and_the_key(self, printed: str) -> None:
        with pytest.raises(
            LayoutMismatch, match=rf"page 1, table 1, row 3: end_day prints '{printed}', .* metadata\.period\.columns"
        ):
            read(ROWS[0], ["A2", "2018-01-01", printed, "X (SEPPE)"])

    def test_an_end_before_its_start(self) -> None:
        with pytest.raises(
            LayoutMismatch, match=r"row 2: the period ends \(01/10/2018\) before it starts \(31/12/2018\)"
        ):
            read(["A1", "31/12/2018", "01/10/2018", "X (SEPPE)"])

    def test_a_workbook_that_shows_the_month_first(self) -> None:
        found = table([HEADER, ["A1", "10/01/2018", "2018-12-31", "X (SEPPE)"]])
        stored = replace(found.rows[1][1], native_value=repr(dt.datetime(2018, 10, 1)))
        found = replace(found, rows=(found.rows[0], (found.rows[1][0], stored, *found.rows[1][2:])))
        with pytest.raises(LayoutMismatch, match="start_day shows '10/01/2018' and stores 2018-10-1"):
            read(found=found)

    def test_lines_and_columns_exclude_each_other(self) -> None:
        content = declaration(by_row)
        content["metadata"]["period"]["patterns"] = [r"(?P<year>\d{4})"]
        with pytest.raises(ValueError, match="give exactly one of patterns and columns"):
            SourceSpec.model_validate(content)

    def test_neither(self) -> None:
        content = declaration(by_row)
        content["metadata"]["period"] = {}
        with pytest.raises(ValueError, match="give exactly one of patterns and columns"):
            SourceSpec.model_validate(content)


class TestInstitution:
    def test_a_row_that_does_not_say_it(self) -> None:
        with pytest.raises(
            LayoutMismatch, match=r"row 3: area_name prints 'Giras', .* metadata\.institution_column expects"
        ):
            read(ROWS[0], ["A2", "2018-01-01", "2018-12-31", "Giras"])

    def test_rows_that_name_two(self) -> None:
        with pytest.raises(LayoutMismatch, match=r"the rows name the institutions 'SEPPE' and 'SEP'; .* split it"):
            read(ROWS[0], ["A2", "2018-01-01", "2018-12-31", "Giras (SEP)"])

    def test_a_column_that_no_table_declares(self) -> None:
        content = declaration(by_row)
        content["metadata"]["institution_column"]["column"] = "office"
        with pytest.raises(ValueError, match=r"metadata\.institution_column names the column 'office', which no table"):
            SourceSpec.model_validate(content)

    def test_a_pattern_without_a_value(self) -> None:
        content = declaration(by_row)
        content["metadata"]["institution_column"]["pattern"] = r"\(([A-Z]+)\)$"
        with pytest.raises(ValueError, match="pattern needs a group named value"):
            SourceSpec.model_validate(content)
