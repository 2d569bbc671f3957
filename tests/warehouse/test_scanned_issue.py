"""The scanned SIAFI report says what the born-digital one says, so it changes no figure."""

from __future__ import annotations

from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from tests.built_warehouse import Warehouse

DIGITAL = "hn_siafi_productos/aduanas_2021_01_r00824984.pdf"
SCAN = "hn_siafi_productos/aduanas_2021_01_r00824984_escaneado.pdf"
PRINTED = (
    *("category_code", "category_code__filled", "product_name", "ga_code", "ue_code", "physical_programmed"),
    *("physical_evaluated", "physical_difference", "assigned_amount", "in_force_amount", "budget_difference"),
)


def rows(warehouse: Warehouse, table: str, document: str) -> list[tuple[str | None, ...]]:
    """The raw rows of a document: every printed text."""
    documents = pq.read_table(warehouse.raw / "documents").to_pylist()
    (sha256,) = (row["document_sha256"] for row in documents if row["file_path"] == document)
    found = pq.read_table(warehouse.raw / "hn_siafi_productos" / table / f"{sha256}.parquet").to_pylist()
    return [tuple(row.get(column) for column in PRINTED) for row in sorted(found, key=lambda row: row["row_seq"])]


@pytest.mark.parametrize(("table", "count", "printed"), [("products", 22, 50_773_837), ("activities", 51, 49_991_864)])
def test_every_cell_is_the_printed_one(sound: Warehouse, table: str, count: int, printed: int) -> None:
    scanned = rows(sound, table, SCAN)
    assert len(scanned) == count
    assert scanned == rows(sound, table, DIGITAL)
    assert sum(Decimal(str(row[8]).replace(",", "")) for row in scanned) == printed
    assert rows(sound, f"{table}_totals", SCAN) == rows(sound, f"{table}_totals", DIGITAL)


def test_no_cell_is_left_in_doubt(sound: Warehouse) -> None:
    assert sound.query("select count(*) from audit.audit_doubtful_cells") == [(0,)]
    assert sound.query("select count(*) from marts.mart_findings where rule_id = 'scan_awaits_review'") == [(0,)]


def test_it_is_another_form_of_the_same_issue(sound: Warehouse) -> None:
    issues = sound.query(
        f"""select table_name, count(distinct content_fingerprint)
        from intermediate.int_document_tables__rank_vintages
        where file_path in ('{DIGITAL}', '{SCAN}') group by table_name order by table_name"""
    )
    assert issues == [("activities", 1), ("products", 1)]
    speaks = sound.query(
        f"""select distinct is_representative from intermediate.int_document_tables__rank_vintages
        where file_path = '{SCAN}'"""
    )
    assert speaks == [(False,)]
