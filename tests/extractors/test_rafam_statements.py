"""The budget statements of an Argentine municipality: no rules, glued letters, two signs for decimals in one table.

The documents are read where they stand beside the repository. Amounts are those that the page shows; every printed
total is added up from the rows it covers.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from extractors.accounting import account_for
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits
from extractors.logical_table import LogicalTable, Row
from extractors.readers.opening import open_document
from extractors.spec import SOURCES, load_source
from tests.extractors.beside import SHARED

FOLDER = SHARED / "documents" / "ar-carmen-de-areco" / "borndigital"
SOURCE = load_source(SOURCES / "ar_carmen_de_areco_rafam")

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/documents beside the repository")

STATEMENTS = {
    "101": {"spending_by_economic_type": 25},
    "102": {"spending_by_function": 25},
    "103": {"spending_by_gender_perspective": 46},
    "126": {
        "situation_revenue": 6,
        "situation_account": 10,
        "situation_spending_by_object": 8,
        "situation_spending_by_program": 26,
        "program_goals": 16,
    },
    "72": {"revenue_by_item": 91},
    "79": {"spending_by_function": 24},
    "80": {"spending_by_gender_perspective": 42},
    "94": {"revenue_by_item": 159},
    "96": {"revenue_by_source": 7},
    "97": {"revenue_by_economic_type": 14},
    "98": {"earmarked_revenue_and_spending": 115},
}
"""By the number a document is published under: its tables, and how many rows with amounts each prints, totals aside."""


def file(number: str) -> Path:
    (found,) = FOLDER.glob(f"pdf_{number}_*.pdf")
    return found


@cache
def read(number: str) -> Interpretation:
    _, pages = open_document(file(number), Budget(Limits()), words=True)
    found = interpret(pages, SOURCE)
    for table in found.tables:
        account_for(table)
    return found


def the_table(number: str, name: str | None = None) -> LogicalTable:
    (found,) = (table for table in read(number).tables if name in (None, table.name))
    return found


def of_kind(table: LogicalTable, *kinds: str) -> list[Row]:
    return [row for segment in table.segments for row in segment.rows if row.kind in kinds]


def amount(printed: str, decimal: str = ",") -> Decimal:
    thousands = "." if decimal == "," else ","
    return Decimal(printed.replace(thousands, "").replace(decimal, "."))


def amounts(table: LogicalTable, row: Row) -> dict[str, Decimal]:
    """The amounts of a row; of the statement by function the last column has English signs, but not in its totals."""
    odd = "unpaid_amount" if table.name == "spending_by_function" and row.kind == "data" else ""
    return {
        name: amount(cell.joined or "", "." if name == odd else ",")
        for name, cell in row.values.items()
        if table.spec.columns[name].kind == "number" and not cell.is_blank
    }


def the_row(table: LogicalTable, concept: str, *kinds: str) -> Row:
    (found,) = (row for row in of_kind(table, *(kinds or ("data",))) if row.cells[0].joined == concept)
    return found


@pytest.mark.parametrize("number", STATEMENTS)
def test_every_row_is_read(number: str) -> None:
    assert {table.name: len(of_kind(table, "data")) for table in read(number).tables} == STATEMENTS[number]


@pytest.mark.parametrize("number", STATEMENTS)
def test_rows_add_up_to_every_printed_total(number: str) -> None:
    for table in read(number).tables:
        rows: list[dict[str, Decimal]] = []
        since_subtotal = 0
        for row in of_kind(table, "data", "subtotal", "total"):
            if row.kind == "data":
                rows.append(amounts(table, row))
                continue
            first = since_subtotal if row.kind == "subtotal" else 0
            covered = rows[row.covers_from - 1 if row.covers_from else first :]
            for name, printed in amounts(table, row).items():
                summed = sum((each.get(name, Decimal(0)) for each in covered), Decimal(0))
                assert summed == printed, (table.name, row.label, name)
            if row.kind == "subtotal":
                since_subtotal = len(rows)


IDENTITIES = {
    "adjusted_amount": ("approved_amount", "amended_amount", 1),
    "underspent_amount": ("adjusted_amount", "accrued_amount", -1),
    "unpaid_amount": ("accrued_amount", "paid_amount", -1),
    "adjusted_less_accrued_amount": ("adjusted_amount", "accrued_amount", -1),
    "accrued_less_collected_amount": ("accrued_amount", "collected_amount", -1),
    "adjusted_less_collected_amount": ("adjusted_amount", "collected_amount", -1),
}


@pytest.mark.parametrize("number", STATEMENTS)
def test_the_columns_of_a_row_add_up(number: str) -> None:
    """But for a centavo: the gender statement takes a share of each programme and rounds every column by itself."""
    rounding = Decimal("0.01") if number in ("80", "103") else Decimal(0)
    for table in read(number).tables:
        for row in of_kind(table, "data"):
            found = amounts(table, row)
            for name, (one, other, sign) in IDENTITIES.items():
                if {name, one, other} <= found.keys():
                    assert abs(found[one] + sign * found[other] - found[name]) <= rounding, (row.cells[0].text, name)


def test_statements_of_one_system_agree() -> None:
    """Spending by character, by function and the general total; revenue by item, by source and by character."""
    spending = [of_kind(the_table(number), "total")[-1].values["accrued_amount"].joined for number in ("101", "102")]
    assert spending == ["1.267.266.863,42"] * 2
    revenue = [of_kind(the_table(n), "total")[-1].values["collected_amount"].joined for n in ("94", "96", "97")]
    assert revenue == ["1.166.241.529,34"] * 3
    budget = {
        of_kind(the_table(n), "total")[-1].values["adjusted_amount"].joined for n in ("94", "96", "97", "101", "102")
    }
    assert budget == {"1.451.771.421,14"}


def test_one_document_covers_the_days_it_prints() -> None:
    metadata = read("101").metadata
    assert (metadata.period_start_date, metadata.period_end_date) == ("2023-01-02", "2023-06-30")
    assert metadata.institution_name_raw == "Carmen de Areco"
    assert metadata.title == "ESTADO DE EJECUCION DE GASTOS"
    assert read("126").metadata.title == "SITUACIÓN ECONÓMICO-FINANCIERA"
    assert the_table("101").reported_at_raw == "18/09/2023 20:32"


def test_a_row_and_its_place() -> None:
    table = the_table("101")
    row = the_row(table, "Construcciones del dominio público")
    assert [cell.joined for cell in row.cells[1:]] == [
        "0,00",
        "140.292.996,42",
        "140.292.996,42",
        "257.245.541,96",
        "136.000.906,04",
        "114.264.819,45",
        "113.392.819,45",
        "-252.953.451,58",
        "26.028.176,97",
        "872.000,00",
    ]
    assert row.beside["parent_path"] == (
        "GASTOS > GASTOS DE CAPITAL > Inversión real directa > Formación bruta de capital fijo"
    )
    box = row.values["available_amount"].bbox
    assert box is not None and 643 < box[0] < box[2] < 690 and box[1] < 193.2 < box[3]
    assert table.segments[1].table.page_no == 2


def test_a_total_whose_label_is_broken_closes_its_heading() -> None:
    label = "Total Amortización de la deuda y disminución de otros pasivos"
    (total,) = (row for row in of_kind(the_table("101"), "subtotal") if row.label == label)
    assert total.values["accrued_amount"].joined == "16.635.123,77"
    assert total.covers_from == 24


def test_letters_of_the_bold_font_are_repaired_and_kept_as_printed() -> None:
    repaired = [cell for row in of_kind(the_table("101"), "subtotal") for cell in row.cells if cell.printed]
    assert [cell.printed for cell in repaired] == [
        "Total Al Sector Pśblico nacional",
        "Total Al sector pśblico",
        "Total Al sector pśblico",
    ]
    assert repaired[0].text == "Total Al Sector Público nacional"
    assert all("repaired" in cell.flags for cell in repaired)


def test_functions_under_a_heading_that_no_total_closes() -> None:
    table = the_table("102")
    theatre = the_row(table, "345 Cultura (incluye culto)")
    assert theatre.beside["parent_path"] == "300 - Servicios sociales > 340 - Educacion y Cultura"
    assert the_row(table, "360 Trabajo").beside["parent_path"] == "300 - Servicios sociales"
    # The heading stands on the first page, the row on the second.
    waste = the_row(table, "393 Recolección de residuos, barrido y limpieza")
    assert waste.beside["parent_path"] == "300 - Servicios sociales > 390 - Urbanismo"
    assert waste.values["unpaid_amount"].joined == "758,706.75"


def test_columns_that_are_blank_in_a_quarter() -> None:
    """The fourth quarter prints no available credit; the labels of both columns stand there all the same."""
    row = the_row(the_table("79"), "160 Administración Fiscal")
    assert (row.values["available_amount"].text, row.values["underspent_amount"].text) == ("", "")
    assert row.values["unpaid_amount"].joined == "-1,419,451.27"


def test_revenue_names_its_source_in_a_column_of_broken_lines() -> None:
    row = the_row(the_table("72"), "12.1.01.02 - Alumbrado, barrido y Limpieza de Ejercicios Anteriores")
    assert row.values["source_name"].joined == "11 - Origen Municipal - De libre disponibilidad"
    assert row.values["collected_amount"].joined == "769.155,31"
    assert row.beside["parent_path"] == (
        "12.0.00.00 - Ingresos No Tributarios > 12.1.00.00 - Tasas > 12.1.01.00 - Alumbrado ,Barrido y Limpieza"
    )


def test_a_total_printed_higher_than_its_label() -> None:
    (total,) = (row for row in of_kind(the_table("97"), "subtotal") if row.label == "TOTALRECURSOS")
    assert total.values["collected_amount"].joined == "1.166.241.529,34"


def test_two_columns_of_one_label_under_groups() -> None:
    row = the_row(the_table("98"), "22.5.01.16 - (10096/0) Programa Arriba Parques")
    assert row.values["accrued_revenue_amount"].joined == "18.250.637,36"
    assert row.values["accrued_amount"].joined == "7.821.701,73"
    assert row.values["revenue_less_paid_amount"].joined == "10.428.935,63"


def test_boxes_side_by_side_and_a_name_that_runs_over_its_rule() -> None:
    account = the_table("126", "situation_account")
    assert the_row(account, "VIII. RESULTADO FINANCIERO (VI - VII)").values["amount"].joined == "110.618.984,77"
    row = the_row(
        the_table("126", "situation_spending_by_program"),
        "1110103000 - 27 Programa Especial de Emergencia Educativa PEED",
    )
    assert row.values["adjusted_amount"].joined == "11.637.509,17"
    assert row.beside["department_name"] == "Departamento Ejecutivo"


def test_goals_stand_under_their_programme() -> None:
    row = the_row(
        the_table("126", "program_goals"),
        "25 Favorecer el funcionamiento de los Establecimientos Educativos. "
        "(cantidad de servicios educativos asistidos)",
    )
    assert row.beside == {"department_name": "Departamento Ejecutivo", "program_name": "1110103000 26 Fondo Educativo"}
    assert [cell.joined for cell in row.cells[1:]] == ["55", "10", "55", "45"]
    for row in of_kind(the_table("126", "program_goals"), "data"):
        _, planned, done, difference = (int((cell.joined or "").replace(".", "")) for cell in row.cells[1:])
        assert done - planned == difference
