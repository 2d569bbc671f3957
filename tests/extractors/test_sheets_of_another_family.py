"""The language of sheets carries another family as it is: Peru's indicator sheets, printed as lines without rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractors.accounting import account_for_sheets
from extractors.layout import interpret
from extractors.limits import Budget, Limits
from extractors.readers.opening import open_document
from extractors.spec import SourceSpec
from tests.extractors.beside import SHARED

SHEETS = SHARED / "documents" / "pe-mef-resulta"
FILES = sorted(SHEETS.rglob("*.pdf"))

pytestmark = pytest.mark.skipif(not SHEETS.is_dir(), reason="needs ../shared/documents beside the repository")

DECLARATION = r"""
source_id: pe_ministry_sheets
title: Indicator sheets of budget programmes
publisher: {name: The ministry, country: PE}
language: es
currency: PEN
numbers: {thousands: ",", decimal: "."}
metadata:
  title: [{pattern: '^(?P<value>ficha de indicador de desempeño) '}]
  institution: [{pattern: '^pliego : (?P<value>.+)$'}]
  period: {patterns: ['vigentes al (?P<year>\d{4})']}
sheets:
  sheet:
    title: Indicator sheet
    lines: true
    begins: [{pattern: 'ficha de indicador de desempeño de .*'}]
    record: '^indicador : \d+'
    sections: {scopes: [AMBITO GEOGRAFICO AREA GEOGRAFICA]}
    ignore_cells:
      - {pattern: '^(?:fecha|hora) : ', reason: time of printing}
      - {pattern: '^MEF/DGPP', reason: head of the page}
    tables:
      indicators:
        title: One row per indicator
        fields:
          sector_name: {labels: [{pattern: 'sector : (?P<value>.*)'}], value: inside}
          entity_name: {labels: [{pattern: 'pliego : (?P<value>.*)'}], value: inside}
          indicator_name:
            labels: [{pattern: 'indicador : (?P<indicator_no>\d+) (?P<value>.*)'}]
            value: inside
            required: true
            runs_on: true
          program_name: {labels: [PROGRAMA PRESUPUESTAL], value: below, required: true}
          level_name: {labels: [AMBITO DE CONTROL], value: below, runs_on: true}
          unit_name: {labels: [UNIDAD DE MEDIDA], value: below}
          formula: {labels: [METODO DE CALCULO], value: below, runs_on: true}
          limits: {labels: ['LIMITACIONES, SUPUESTOS Y PRECISIONES'], value: below, runs_on: true}
          frequency_name: {labels: [PERIODICIDAD DE MEDICIONES], value: below}
          data_source: {labels: [FUENTE DE DATOS], value: below, runs_on: true}
          scope_name: {labels: [ALCANCE GEOGRAFICO], value: below}
          responsible_name: {labels: [NIVEL RESPONSABLE REGISTRO SINTAXIS - SCRIPT], value: below}
      scopes:
        title: One row per region
        one_row_per: region_no
        fields:
          area_name:
            labels: [{pattern: '(?P<region_no>\d+) (?P<region_name>.+) (?P<area_no>\d+) (?P<value>\w+)'}]
            section: scopes
            value: inside
"""


def read(file: Path) -> dict[str, list[dict[str, str | None]]]:
    source = SourceSpec.model_validate(yaml.safe_load(DECLARATION))
    _, pages = open_document(file, Budget(Limits()))
    return {table.name: [row.values for row in table.rows] for table, _ in accounts(interpret(pages, source))}


def accounts(found: Any) -> list[Any]:
    (kind,) = found.sheets
    return account_for_sheets(kind)


def test_there_are_twenty_three() -> None:
    assert len(FILES) == 23


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem.rpartition(" ")[2])
def test_every_line_of_every_sheet_has_its_place(file: Path) -> None:
    (row,) = read(file)["indicators"]
    assert row["indicator_no"] == file.stem.rpartition(" ")[2]
    assert row["program_name"] == "0002 SALUD MATERNO NEONATAL"


def test_one_sheet_against_the_printed_page() -> None:
    (file,) = [file for file in FILES if file.stem.endswith(" 1862")]
    found = read(file)
    (row,) = found["indicators"]
    assert row["indicator_name"] == "PROPORCION DE PARTO INSTITUCIONAL DE GESTANTES PROCEDENTES DE ZONAS RURALES"
    assert row["level_name"] == "PRODUCTO PRODUCTO 3033295 ATENCION DEL PARTO NORMAL"
    assert (row["unit_name"], row["frequency_name"]) == ("PORCENTAJE", "SEMESTRAL")
    # the country, 24 departments and Callao, less Callao and Lima, and the provinces of Lima: 1 + 24 + 1 - 2 + 1
    assert len(found["scopes"]) == 25
    assert found["scopes"][0] == {"region_no": "65", "region_name": "PERU", "area_no": "1", "area_name": "TOTAL"}
    assert found["scopes"][-1]["region_name"] == "LIMA PROVINCIA"
