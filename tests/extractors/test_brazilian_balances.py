"""The yearly balances of a Brazilian municipality: labels on the first page only, hierarchy by indentation.

The documents are read where they stand beside the repository; leaves are added up to every level that is printed.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import pytest

from extractors.accounting import account_for
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits
from extractors.logical_table import LogicalTable, Row
from extractors.readers.opening import open_document
from extractors.spec import SOURCES, load_source
from tests.extractors.beside import SHARED

FOLDER = SHARED / "documents" / "br-es-cachoeiro"
SOURCE = load_source(SOURCES / "br_cachoeiro_balanco")

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/documents beside the repository")

BALANCE, CLASSIFICATION, OBJECTS = "BALORC", "BALEXOD", "AnexoXI"


@cache
def read(name: str) -> Interpretation:
    _, pages = open_document(FOLDER / f"PCA2018_FundoSaude_{name}.pdf", Budget(Limits()), words=True)
    found = interpret(pages, SOURCE)
    for table in found.tables:
        account_for(table)
    return found


def the_table(document: str, name: str) -> LogicalTable:
    (found,) = (table for table in read(document).tables if table.name == name)
    return found


def of_kind(table: LogicalTable, *kinds: str) -> list[Row]:
    return [row for segment in table.segments for row in segment.rows if row.kind in kinds]


def amounts(table: LogicalTable, row: Row) -> dict[str, Decimal]:
    return {
        name: Decimal((cell.joined or "").replace(".", "").replace(",", "."))
        for name, cell in row.values.items()
        if table.spec.columns[name].kind == "number" and not cell.is_blank
    }


def added(rows: list[dict[str, Decimal]], name: str) -> Decimal:
    return sum((row.get(name, Decimal(0)) for row in rows), Decimal(0))


def path_of(row: Row) -> str:
    parent, own = row.beside["parent_path"], row.cells[0].joined or ""
    return f"{parent} > {own}" if parent else own


@pytest.mark.parametrize(
    ("document", "counts"),
    [
        # rows that are no total, counted on the pages
        (
            BALANCE,
            {
                "revenue_by_item": 67,
                "spending_by_economic_type": 16,
                "carryover_unprocessed": 8,
                "carryover_processed": 8,
            },
        ),
        (CLASSIFICATION, {"spending_by_classification": 698}),
        (OBJECTS, {"spending_by_object": 288}),
    ],
)
def test_every_row_is_read(document: str, counts: dict[str, int]) -> None:
    assert {table.name: len(of_kind(table, "data")) for table in read(document).tables} == counts


@pytest.mark.parametrize(
    "name", ["revenue_by_item", "spending_by_economic_type", "carryover_unprocessed", "carryover_processed"]
)
def test_lines_add_up_to_the_line_that_their_indentation_puts_above_them(name: str) -> None:
    table = the_table(BALANCE, name)
    rows = of_kind(table, "data")
    parents = 0
    for row in rows:
        below = [amounts(table, other) for other in rows if other.beside["parent_path"] == path_of(row)]
        printed = amounts(table, row)
        if not below or not printed or not any(below):
            continue
        parents += 1
        for column, value in printed.items():
            assert added(below, column) == value, (path_of(row), column)
    # 2 categories and 6 origins of revenue; 2 categories of spending
    assert parents == {"revenue_by_item": 8, "spending_by_economic_type": 2, "carryover_unprocessed": 2}.get(name, 1)


def test_the_balance_adds_up_to_its_totals() -> None:
    revenue = the_table(BALANCE, "revenue_by_item")
    top = [
        amounts(revenue, row)
        for row in of_kind(revenue, "data")
        if row.cells[0].joined in ("RECEITAS CORRENTES (I)", "RECEITAS DE CAPITAL (II)")
    ]
    totals = {row.label: amounts(revenue, row) for row in of_kind(revenue, "total")}
    for column, value in totals["SUBTOTAL DAS RECEITAS (III) = (I + II)"].items():
        assert added(top, column) == value
    memos = {row.label: amounts(revenue, row) for row in of_kind(revenue, "memo")}
    assert len(memos) == 6
    collected = totals["SUBTOTAL COM REFINANCIAMENTO (V) = (III + IV)"]["collected_amount"]
    assert collected + memos["DÉFICIT (VI)"]["collected_amount"] == Decimal("73490755.02")
    assert memos["TOTAL (VII) = (V + VI)"]["collected_amount"] == Decimal("73490755.02")
    spending = the_table(BALANCE, "spending_by_economic_type")
    (total,) = (row for row in of_kind(spending, "memo") if (row.label or "").startswith("TOTAL"))
    assert amounts(spending, total)["committed_amount"] == Decimal("73490755.02")


def test_pages_without_labels_go_on_with_the_table() -> None:
    revenue = the_table(BALANCE, "revenue_by_item")
    assert [segment.table.page_no for segment in revenue.segments] == [1, 2, 3]
    (row,) = (row for row in of_kind(revenue, "memo") if row.label == "Superávit Financeiro")
    assert row.values["adjusted_amount"].joined == "11.228.912,11"
    assert row.values["estimated_amount"].text == ""
    assert read(BALANCE).metadata.institution_name_raw == "Fundo Municipal de Saúde de Cachoeiro de Itapemirim"
    assert read(BALANCE).metadata.period_end_date == "2018-12-31"


def test_the_full_classification_adds_up() -> None:
    table = the_table(CLASSIFICATION, "spending_by_classification")
    rows = [amounts(table, row) for row in of_kind(table, "data")]
    (total,) = of_kind(table, "total")
    printed = amounts(table, total)
    assert len(printed) == 7
    for column, value in printed.items():
        assert added(rows, column) == value
    balance = the_table(BALANCE, "spending_by_economic_type")
    (whole,) = (row for row in of_kind(balance, "memo") if (row.label or "").startswith("TOTAL"))
    for column, value in amounts(balance, whole).items():
        assert printed[column] == value


def test_the_objects_add_up_by_their_codes() -> None:
    """Categories are the codes of one digit and zeros; the summary repeats the one organ of the document."""
    table = the_table(OBJECTS, "spending_by_object")
    sections: dict[str, list[Row]] = {}
    for row in of_kind(table, "data"):
        sections.setdefault(row.beside["section_name"], []).append(row)
    assert {name: len(rows) for name, rows in sections.items()} == {
        "16 - SECRETARIA MUNICIPAL DE SAUDE": 144,
        "RESUMO GERAL": 144,
    }
    totals = of_kind(table, "subtotal")
    assert len(totals) == 2
    for rows, total in zip(sections.values(), totals, strict=True):
        categories = [amounts(table, row) for row in rows if (row.cells[0].joined or "").endswith("0000000000")]
        assert len(categories) == 2
        for column, value in amounts(table, total).items():
            assert added(categories, column) == value
        codes = [row.cells[0].joined for row in rows]
        assert len(set(codes)) == len(codes)


def test_a_description_that_runs_into_the_amounts() -> None:
    table = the_table(OBJECTS, "spending_by_object")
    found = [row for row in of_kind(table, "data") if row.cells[0].joined == "31911303000"]
    assert len(found) == 2
    for row in found:
        assert (row.values["concept"].joined or "").startswith("CONTRIBUIÇÃO PATRONAL PARA O RPPS (COM SEGREGAÇÃO DE")
        assert row.values["ordinary_amount"].joined == row.values["adjusted_amount"].joined
