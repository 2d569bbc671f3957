"""Peru's indicator sheets, lines without rules, one indicator a document; the texts were read on the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.adding.checking import CheckedDocument, check
from tests.extractors.beside import SHARED

SOURCE = "pe_mef_fichas"
SHEETS = SHARED / "documents" / "pe-mef-resulta"
FILES = sorted(SHEETS.rglob("*.pdf"))

pytestmark = [
    pytest.mark.skipif(not SHEETS.is_dir(), reason="needs ../shared/documents beside the repository"),
    pytest.mark.usefixtures("in_this_process"),
]


def number(file: Path) -> str:
    return file.stem.rpartition(" ")[2]


def read(file: Path) -> CheckedDocument:
    checked = check(file, SOURCE)
    assert checked.reason is None
    return checked


def rows(document: CheckedDocument, name: str) -> list[dict[str, str | None]]:
    return next(table.rows for table in document.tables if table.name == name)


def sheet(indicator_no: str) -> CheckedDocument:
    return read(next(file for file in FILES if number(file) == indicator_no))


def test_there_are_twenty_three() -> None:
    assert len(FILES) == 23


@pytest.mark.parametrize("file", FILES, ids=number)
def test_every_line_of_every_sheet_has_its_place(file: Path) -> None:
    document = read(file)
    (row,) = rows(document, "indicator_sheets")
    assert row["indicator_no"] == number(file)
    assert (row["entity_code"], row["entity_name"]) == ("011", "M. DE SALUD")
    assert row["program_name"] == "0002 SALUD MATERNO NEONATAL"
    assert document.facts["period"] == "2024-01-01 to 2024-12-31, printed as 'VIGENTES AL 2024'"


def test_a_sheet_of_a_product() -> None:
    document = sheet("1862")
    (row,) = rows(document, "indicator_sheets")
    assert row["indicator_name"] == "PROPORCION DE PARTO INSTITUCIONAL DE GESTANTES PROCEDENTES DE ZONAS RURALES"
    assert row["control_scope"] == "PRODUCTO PRODUCTO 3033295 ATENCION DEL PARTO NORMAL"
    assert (row["unit_name"], row["frequency_name"], row["printed_on"]) == ("PORCENTAJE", "SEMESTRAL", "14/03/2024")
    assert (row["calculation_method"] or "").startswith("NUMERADOR/DENOMINADOR X 100 NUMERADOR: TOTAL DE MUJERES")
    assert (row["calculation_method"] or "").endswith("NACIMIENTO VIVO EN LOS ÚLTIMOS CINCO AÑOS.")
    # the country, 24 departments and Callao, less Callao and Lima, and the provinces of Lima: 1 + 24 + 1 - 2 + 1
    places = rows(document, "indicator_scopes")
    assert len(places) == 25
    assert (places[0]["region_code"], places[0]["region_name"], places[0]["area_name"]) == ("65", "PERU", "TOTAL")
    assert places[-1]["region_name"] == "LIMA PROVINCIA"


def test_a_sheet_of_a_result() -> None:
    document = sheet("43")
    (row,) = rows(document, "indicator_sheets")
    assert row["control_scope"] == "RESULTADO ESPECIFICO RESULTADO ESPECIFICO"
    assert row["limits_note"] == "LA COBERTURA DEL REGISTRO CNV ES MAYOR A 90% PERIODICIDAD: SEMESTRAL Y ANUAL"
    assert row["data_source"] == "BASE DE DATOS DEL CERTIFICADO DE NACIDO VIVO DEL MINISTERIO DE SALUD"
    assert row["geographic_reach"] == "NIVEL NACIONAL Y REGIONAL"
    # the country, the 24 departments without Lima, Callao, Lima Metropolitana and Lima Provincia
    assert len(rows(document, "indicator_scopes")) == 27


def test_a_sheet_over_two_pages() -> None:
    """The second page begins as a sheet does, repeats its head and goes on with four places."""
    document = sheet("4912")
    (row,) = rows(document, "indicator_sheets")
    assert (row["limits_note"] or "").endswith("15. LA VISITA DOMICILIARIA SERÁ CONSIDERADA HASTA LOS 15 DÍAS DE VIDA.")
    places = rows(document, "indicator_scopes")
    assert [place["region_name"] for place in places][-4:] == [
        "TUMBES",
        "UCAYALI",
        "LIMA METROPOLITANA",
        "LIMA PROVINCIA",
    ]
    assert len(places) == 27


def test_a_rate_is_no_percentage() -> None:
    found = {
        number(file): rows(read(file), "indicator_sheets")[0]["unit_name"] for file in FILES if "Resultado" in file.name
    }
    assert sorted(filter(None, found.values())) == [
        *("NUMERO DE NACIMIENTOS ENTRE NUMERO DE MUJERES POR MIL", "PORCENTAJE", "RAZON", "TASA")
    ]
