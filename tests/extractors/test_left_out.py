"""What a workbook holds and does not print is left out by name: the accounting says where it stands."""

from __future__ import annotations

import openpyxl
import pytest

from tests.extractors.beside import DOCUMENTS
from tests.extractors.conftest import Place

NAME = "mx_gto_cuenta_publica/filing.xlsx"
ISSEG = DOCUMENTS / "mx_gto_cuenta_publica" / "isseg_2020_indicadores_de_resultados.xlsx"


def test_hidden_rows_are_accounted_for_and_what_stands_beyond_the_print_area_is_no_data(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    place = Place(tmp_path_factory.mktemp("left_out"))
    workbook = openpyxl.load_workbook(ISSEG)
    sheet = workbook.worksheets[0]
    row = next(cell.row for column in sheet.iter_cols() for cell in column if cell.value == "G1293")
    sheet.row_dimensions[row].hidden = True
    outside = sheet.max_row + 3
    sheet.cell(outside, 2, 17)
    workbook.save(place.put(NAME, ISSEG))
    assert place.actions() == {NAME: "loaded"}
    assert len(place.rows("mx_gto_cuenta_publica/indicator_results")) == 14
    (account,) = place.rows("accounting")
    assert account["ignored_rows"] == 1
    assert f"row {row} of sheet" in account["notes"] and f"row {outside} of sheet" not in account["notes"]
    assert "hidden, written in white or outside the print area" in account["notes"]
