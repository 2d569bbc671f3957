"""Families added by layout alone, from their documents to the marts; figures read on the pages."""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from tests.built_warehouse import Warehouse
from tests.extractors.beside import SHARED

DOCUMENTS = SHARED / "documents"
FOLDERS = {
    "pe-mef-resulta": "pe_mef_fichas",
    "mx-oax-loxicha": "mx_oax_loxicha",
    "co-municipios": "co_municipios_plan/guatape",
    "mx-hgo-sipot": "mx_sipot_indicadores",
}

pytestmark = pytest.mark.skipif(
    not all((DOCUMENTS / name).is_dir() for name in FOLDERS), reason="needs ../shared/documents beside the repository"
)


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    inbox = tmp_path_factory.mktemp("families")
    for name, folder in FOLDERS.items():
        (inbox / folder).mkdir(parents=True)
        for file in (DOCUMENTS / name).rglob("*.*"):
            if file.suffix in (".pdf", ".xlsx"):
                shutil.copyfile(file, inbox / folder / file.name)
    warehouse = Warehouse.of(inbox, tmp_path_factory.mktemp("families_home"))
    assert warehouse.failing_dbt_tests() == set()
    return warehouse


def test_indicators_of_every_family_are_in_the_catalogue(families: Warehouse) -> None:
    found = dict(families.query("select source_id, count(*) from marts.dim_indicators group by source_id"))
    # 23 sheets; 28 quotients and 16 projects; 93 products; 3 and 10 rows of two forms, of which none is told twice
    assert found["pe_mef_fichas"] == 23
    assert found["mx_oax_loxicha"] == 28 + 16
    assert found["co_municipios_plan"] == 93
    assert found["mx_sipot_indicadores"] == 13


def test_each_sheet_of_a_catalogue_is_a_report_of_its_own(families: Warehouse) -> None:
    assert families.query(
        """
        select indicator_code, unit_code, results_chain_level, frequency_code, program_code from marts.dim_indicators
        where source_id = 'pe_mef_fichas' and indicator_code in ('1862', '43') order by indicator_code
        """
    ) == [("1862", "percent", "output", "half_yearly", "0002"), ("43", "percent", "outcome", "half_yearly", "0002")]
    (vintages,) = families.query(
        """
        select count(*) from marts.dim_documents where source_id = 'pe_mef_fichas'
        """
    )
    assert vintages == (23,)


def test_goals_of_a_plan_by_year(families: Warehouse) -> None:
    assert families.query(
        """
        select
            goals.fiscal_year, goals.programmed_value, goals.achieved_value, goals.achievement_programmed_pct_printed,
            goals.report_status
        from marts.fct_indicator_goals as goals
        inner join marts.dim_indicators as indicators on goals.indicator_key = indicators.indicator_key
        where indicators.indicator_code = '450102800'
        order by goals.fiscal_year
        """
    ) == [
        (2024, Decimal(1), Decimal(8), Decimal(100), "reported"),
        (2025, Decimal(3), Decimal(13), Decimal(100), "reported"),
        (2026, Decimal(3), Decimal(0), Decimal(0), "not_reported"),
        (2027, Decimal(3), Decimal(0), Decimal(0), "not_reported"),
    ]


def test_goals_of_a_quarter_and_of_those_that_lie_ahead(families: Warehouse) -> None:
    found = families.query(
        """
        select period_start_date, period_end_date, count(*), sum(programmed_value), min(report_status)
        from marts.fct_indicator_goals
        where source_id = 'mx_oax_loxicha' and program_code = '0202'
        group by period_start_date, period_end_date
        order by period_start_date
        """
    )
    assert [(str(start), str(end), count, total, status) for start, end, count, total, status in found] == [
        ("2024-01-01", "2024-03-31", 5, Decimal(125), "reported"),
        ("2024-04-01", "2024-06-30", 5, Decimal(125), "not_reported"),
        ("2024-07-01", "2024-09-30", 5, Decimal(125), "not_reported"),
        ("2024-10-01", "2024-12-31", 5, Decimal(125), "not_reported"),
    ]


def test_words_where_a_goal_belongs_are_no_number(families: Warehouse) -> None:
    found = families.query(
        """
        select programmed_value_raw, programmed_value, programmed_value_null_kind
        from marts.fct_indicator_goals
        where source_id = 'mx_sipot_indicadores' and programmed_value_raw like 'Reuniones%'
        """
    )
    assert {row[1:] for row in found} == {(None, "words")}
    assert len(found) == 2


def test_results_with_their_variables(families: Warehouse) -> None:
    assert families.query(
        """
        select facts.value_numeric, facts.value_role, facts.value_year
        from marts.fct_indicator_values as facts
        inner join marts.dim_indicators as indicators on facts.indicator_key = indicators.indicator_key
        where indicators.indicator_name = 'EJERCICIO DEL PRESUPUESTO'
        """
    ) == [(Decimal("4.72"), "actual", 2024)]


def test_money_by_every_classification_is_the_same_money(families: Warehouse) -> None:
    found = families.query(
        """
        select classification, sum(amount)
        from marts.fct_budget_amounts as amounts
        where source_id = 'mx_oax_loxicha' and flow = 'spending' and phase_code = 'paid'
        group by classification
        order by classification
        """
    )
    assert [amount for _, amount in found] == [Decimal("8810052.56")] * 5
