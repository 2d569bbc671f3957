"""A later document adds a vintage and overwrites nothing; what changed, by how much and who changed it is told apart.

The SIAFI report is filed, given as text, run again in March with corrections (tests/publications/figures) and, before
the last refresh, read by an extractor that has mended a value. The Mexican form is issued again with other words only.
"""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors.archive import sha256_of
from extractors.extraction import extract
from tests.built_warehouse import ROOT, Warehouse
from tests.extractors.beside import needs_filings
from tests.publications import siafi_pdf
from tests.publications.build import ADUANAS_2021_01, ISSEG_2020
from tests.publications.printed_figures import load_indicator_results, load_siafi
from tests.publications.received_text import indicator_results_text, siafi_text
from tests.publications.reissue import CORRECTED, load_reissue

MX, HN = "mx_gto_cuenta_publica", "hn_siafi_productos"
FIRST = f"{ADUANAS_2021_01}_r00824984"
OLD_NAME = "FORTALECIMIENTO DE PROCESOS, CONTROL INTERNO Y TRANSPARENCIA"
PRODUCT_51, PRODUCT_115 = "category 11-02-000-000 product 51", "category 11-03-000-003 product 115"
# old and new print, difference, per cent of the old one, page
MORE_FOR_115 = ("2,698,885.00", "3,480,858.00", Decimal("781973.00"), Decimal("28.973928"), 8)
MORE_IN_ALL = ("49,991,864.00", "50,773,837.00", Decimal("781973.00"), Decimal("1.564201"), 8)
AS_OF = "known_from <= date '{0}' and (known_until > date '{0}' or known_until is null)"
NEW_NAME = "FORTALECIMIENTO DE PROCESOS Y CONTROL INTERNO"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    inbox = tmp_path_factory.mktemp("reissues")
    for folder in (MX, HN):
        (inbox / folder).mkdir()
    shutil.copy(ROOT / "documents" / HN / f"{FIRST}.pdf", inbox / HN)
    (inbox / HN / f"{FIRST}.txt").write_text(siafi_text(load_siafi(ADUANAS_2021_01)), "utf-8")
    (inbox / HN / f"{FIRST}_corregida.pdf").write_bytes(siafi_pdf.render(load_reissue(CORRECTED)))
    form = indicator_results_text(load_indicator_results(ISSEG_2020))
    shutil.copy(ROOT / "documents" / MX / f"{ISSEG_2020}.xlsx", inbox / MX / "a_first.xlsx")
    (inbox / MX / "a_first.txt").write_text(form, "utf-8")
    (inbox / MX / "b_reworded.txt").write_text(form.replace(OLD_NAME, NEW_NAME), "utf-8")
    warehouse = Warehouse.of(inbox, tmp_path_factory.mktemp("reissues_home"))

    # an older extractor read 8.00 where the page prints 80.00
    file = warehouse.raw / HN / "products" / f"{sha256_of(inbox / HN / f'{FIRST}.pdf')}.parquet"
    table = pq.read_table(file)
    rows = table.to_pylist()
    rows[9]["physical_evaluated"] = "8.00"
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), file)
    extract(warehouse.paths.documents, warehouse.raw, warehouse.paths.archive, force=True)

    assert warehouse.failing_dbt_tests() == set()
    return warehouse


def test_the_report_run_again_is_a_vintage_and_the_text_of_the_first_is_none(warehouse: Warehouse) -> None:
    assert warehouse.query(f"""
        select file_path, role, vintage_seq, is_latest, cast(reported_at as text) from marts.dim_documents
        where source_id = '{HN}' order by file_path
    """) == [
        (f"{HN}/{FIRST}.pdf", "source", 1, False, "2021-02-05 18:18:13"),
        (f"{HN}/{FIRST}.txt", "rendition", 1, False, "2021-02-05 18:18:13"),
        (f"{HN}/{FIRST}_corregida.pdf", "source", 2, True, "2021-03-12 09:41:07"),
    ]


@pytest.mark.parametrize(
    ("condition", "evaluated", "assigned"),
    [
        ("is_first", 80, "49991864.00"),
        ("is_latest", 82, "50773837.00"),
        (
            "known_from <= date '2021-02-05' and (known_until > date '2021-02-05' or known_until is null)",
            80,
            "49991864.00",
        ),
        (
            "known_from <= date '2021-03-11' and (known_until > date '2021-03-11' or known_until is null)",
            80,
            "49991864.00",
        ),
        (
            "known_from <= date '2021-03-12' and (known_until > date '2021-03-12' or known_until is null)",
            82,
            "50773837.00",
        ),
    ],
)
def test_first_latest_and_as_of_are_one_filter(
    condition: str, evaluated: int, assigned: str, warehouse: Warehouse
) -> None:
    assert warehouse.query(f"""
        select achieved_value from marts.fct_indicator_goals
        where source_id = '{HN}' and scope = '{PRODUCT_51}' and {condition}
    """) == [(Decimal(evaluated),)]
    assert warehouse.query(f"""
        select sum(approved_amount) from marts.fct_budget_execution
        where source_id = '{HN}' and table_name = 'activities' and {condition}
    """) == [(Decimal(assigned),)]


def test_nothing_was_known_before_the_first_report(warehouse: Warehouse) -> None:
    assert warehouse.query(f"""
        select min(known_from) from marts.fct_indicator_goals where source_id = '{HN}'
    """) == [(dt.date(2021, 2, 5),)]


def test_a_restatement_says_what_changed_and_by_how_much(warehouse: Warehouse) -> None:
    # 781,973.00 / 2,698,885.00 = 28.973928 %; 781,973.00 / 49,991,864.00 = 1.564201 %; 2 / 11 = 18.181818 %
    assert warehouse.query(f"""
        select table_name, scope, measure, old_raw, new_raw, difference, difference_pct, page_no
        from marts.mart_restatements
        where source_id = '{HN}' and cause = 'source_restated' and comparison = 'reissue' and figure_kind = 'number'
            and change_kind = 'changed' and restated_on = date '2021-03-12'
            and from_vintage_seq = 1 and to_vintage_seq = 2
        order by table_name, scope, measure
    """) == [
        (*("activities", PRODUCT_115, "adjusted_amount"), *MORE_FOR_115),
        (*("activities", PRODUCT_115, "approved_amount"), *MORE_FOR_115),
        (*("activities", "total", "adjusted_amount"), *MORE_IN_ALL),
        (*("activities", "total", "approved_amount"), *MORE_IN_ALL),
        (*("products", PRODUCT_51, "achieved_value"), "80.00", "82.00", 2, Decimal("2.5"), 2),
        (*("products", PRODUCT_51, "physical_difference"), "-11.00", "-13.00", -2, Decimal("-18.181818"), 2),
    ]


def test_a_changed_label_is_a_restatement_too(warehouse: Warehouse) -> None:
    assert warehouse.query(f"""
        select scope, measure, change_kind, old_raw, new_raw, difference from marts.mart_restatements
        where source_id = '{HN}' and figure_kind = 'text'
    """) == [
        (
            *("category 11-03-000-000 product 93", "indicator_name", "changed"),
            "Tableros y reportes dinámicos, creados en el sistema de inteligencia aduanera.",
            "Tableros y reportes dinámicos, publicados en el sistema de inteligencia aduanera.",
            None,
        )
    ]


def test_a_mended_reading_is_not_the_source(warehouse: Warehouse) -> None:
    # Read as 8.00 once: 80.00 - 8.00 = 72.00. No vintage came of it: the office never said 8.00.
    assert warehouse.query("""
        select source_id, to_file_path, scope, measure, old_raw, new_raw, difference, row_no, to_vintage_seq
        from marts.mart_restatements where cause = 'extraction_fixed'
    """) == [
        (HN, f"{HN}/{FIRST}.pdf", "row 10", "physical_evaluated", "8.00", "80.00", Decimal(72), 3, 1),
    ]
    assert warehouse.query(f"""
        select max(vintage_seq) from marts.fct_indicator_goals where source_id = '{HN}'
    """) == [(2,)]


def test_other_words_for_the_same_figures_are_a_vintage(warehouse: Warehouse) -> None:
    assert warehouse.query(f"""
        select file_path, role, vintage_seq from marts.dim_documents where source_id = '{MX}' order by file_path
    """) == [
        (f"{MX}/a_first.txt", "rendition", 1),
        (f"{MX}/a_first.xlsx", "source", 1),
        (f"{MX}/b_reworded.txt", "source", 2),
    ]
    assert warehouse.query(f"""
        select cause, comparison, change_kind, scope, measure, old_raw, new_raw
        from marts.mart_restatements where source_id = '{MX}'
    """) == [("source_restated", "reissue", "changed", "program G1292 line 1", "indicator_name", OLD_NAME, NEW_NAME)]
    assert warehouse.query(f"""
        select vintage_seq, count(*), sum(accrued_amount) from marts.fct_budget_execution
        where source_id = '{MX}' group by vintage_seq order by vintage_seq
    """) == [(1, 15, Decimal("6758751766.74")), (2, 15, Decimal("6758751766.74"))]


def test_the_corrected_levels_agree_and_the_first_keeps_its_known_discrepancy(warehouse: Warehouse) -> None:
    assert warehouse.query("""
        select distinct vintage_seq, status, difference from marts.mart_reconciliation
        where rule_id = 'levels_agree' and scope in ('total', 'programme 11-03') order by vintage_seq
    """) == [(1, "explained", Decimal("781973.00")), (2, "reconciled", Decimal("0.00"))]


@needs_filings
def test_consecutive_quarters_are_filings_of_their_own_and_tell_what_they_rewrite(quarters: Warehouse) -> None:
    # eleven quarters, each said once: the workbooks of 2018 print formulas whole that their PDF cuts off
    assert quarters.query("""
        select count(distinct period_key), max(vintage_seq), count(*) filter (where is_first and is_latest), count(*)
        from marts.fct_budget_execution
    """) == [(11, 1, 29, 29)]
    # The last form of 2019 replaces the goal of the year that the three before it print; the first form of 2019
    # divides those without secundaria where 2018 divides those without educación básica.
    assert quarters.query("""
        select period_end_date, cause, comparison, change_kind, measure, old_raw, new_raw
        from marts.mart_restatements where figure_kind = 'number' order by scope
    """) == [
        (dt.date(2019, 12, 31), "source_restated", "later_filing", "changed", "programmed_value", old, new)
        for old, new in (("16.3", "33.68"), ("7.6", "11.34"), ("3.5", "4.48"))
    ]
    assert quarters.query("""
        select period_end_date, measure, split_part(old_raw, '(', 1), split_part(new_raw, '(', 1)
        from marts.mart_restatements where figure_kind = 'text'
    """) == [
        (
            *(dt.date(2019, 3, 31), "formula"),
            "Número de personas de 15 años y más que no han concluido la educación básica ",
            "Número de personas de 15 años y más que no cuentan con secundaria ",
        )
    ]
    # so that indicator has two definitions, and the two others have one
    assert quarters.query("""
        select indicator_name like '%educación básica%', definition_count, has_changed_definition
        from marts.dim_indicators where indicator_key > 0 order by definition_count desc
    """) == [(True, 2, True), (False, 1, False), (False, 1, False)]
