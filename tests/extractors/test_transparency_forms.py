"""The national transparency forms of a public body of Mexico, read as filed; the figures were read in the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.adding.checking import CheckedDocument, check
from tests.extractors.beside import SHARED

SOURCE = "mx_sipot_indicadores"
FOLDER = SHARED / "documents" / "mx-hgo-sipot"

pytestmark = [
    pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/documents beside the repository"),
    pytest.mark.usefixtures("in_this_process"),
]


def read(name: str) -> CheckedDocument:
    checked = check(FOLDER / name, SOURCE)
    assert checked.reason is None
    return checked


@pytest.fixture
def results() -> CheckedDocument:
    return read("a69_f6SEPPE.xlsx")


@pytest.fixture
def interest() -> CheckedDocument:
    return read("a69_f5SEPPE.xlsx")


def column(document: CheckedDocument, name: str) -> list[str | None]:
    (table,) = document.tables
    return [row[name] for row in table.rows]


def test_what_they_say_of_themselves(results: CheckedDocument, interest: CheckedDocument) -> None:
    assert results.facts == {
        "title": "Indicadores de resultados",
        "institution": "SEPPE",
        "period": "2018-10-01 to 2018-12-31, printed as '2018-10-01 - 2018-12-31'",
        "report code": "a69_f6",
    }
    # the third row begins in January
    assert interest.facts["period"] == "2018-01-01 to 2018-12-31, printed as '01/01/2018 - 31/12/2018'"
    assert interest.facts["report code"] == "a69_f5"


@pytest.mark.parametrize(("name", "rows", "columns"), [("a69_f5SEPPE.xlsx", 3, 20), ("a69_f6SEPPE.xlsx", 10, 21)])
def test_every_cell_finds_its_place(name: str, rows: int, columns: int) -> None:
    (account,) = read(name).accounting
    assert (account["data_rows"], account["mapped_columns"], account["ignored_columns"]) == (rows, columns, 0)
    # hidden: the number of the form, and two rows with the numbers of its fields
    assert account["ignored_rows"] == 3
    assert f"row 4 of sheet 'Reporte de Formatos', A to {'TU'[columns - 20]}: {columns} cells" in account["notes"]


def test_goals_as_printed(results: CheckedDocument, interest: CheckedDocument) -> None:
    assert column(results, "goal_programmed") == [
        *("180", "100", "94%", "100%", "30%", "Reuniones 12 Eventos 240", "100%", "100%", "100%", "100%")
    ]
    assert column(results, "goal_adjusted")[:3] == ["0", "100% anual", "0"]
    # stored as 1, 1.4888, 2.1668, 1.0893, 0.3
    assert column(results, "goal_achieved")[:5] == ["100%", "149%", "216.68%", "108.93%", "30%"]
    assert column(results, "baseline")[:6] == ["", "2017", "0", "0", "30%", "Nueva Creación"]
    assert column(interest, "goal_programmed") == ["35.62%", "2018 = 30%", "Reuniones 12 Eventos 240"]


def test_the_programme_stands_on_one_form_only(results: CheckedDocument, interest: CheckedDocument) -> None:
    assert column(results, "program_name")[4] == "Modernizacion e Innovación Gubernamental"
    assert column(interest, "program_name") == [None, None, None]


def test_a_day_reads_the_same_whatever_its_format(interest: CheckedDocument) -> None:
    # the tenth of January 2019 three times: once in the format of the system, twice as dd/mm/yyyy
    assert column(interest, "validated_on") == ["2019-01-10", "10/01/2019", "10/01/2019"]


def test_a_sentence_where_a_word_of_the_catalogue_belongs(interest: CheckedDocument) -> None:
    assert column(interest, "trend_name")[:2] == ["Ascendente", "Ascendente"]
    assert (column(interest, "trend_name")[2] or "").startswith("A mayor porcentaje de solicitudes")


def test_a_filing_that_does_not_say_whose_it_is(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(FOLDER / "a69_f5SEPPE.xlsx")
    book.worksheets[0]["Q9"] = "Dirección General de Innovación"
    book.save(tmp_path / "x.xlsx")
    assert (check(tmp_path / "x.xlsx", SOURCE).reason or "").startswith(
        "sheet 'Reporte de Formatos', row 9: responsible_area_name prints 'Dirección General de Innovación', "
        "which does not say the institution"
    )
