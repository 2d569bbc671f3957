"""Money by classification, revenue and projects: leaves are facts, what they add up to is reconciled.

The figures of the made-up statements are added up by hand from their leaves; those of the filings beside the repository
are read in the workbooks.
"""

from __future__ import annotations

import shutil
from decimal import Decimal

import pytest

from tests.built_warehouse import Warehouse
from tests.extractors.beside import FILINGS, needs_filings

EXAMPLE = "source_id = 'mx_gto_cuenta_publica' and file_path like '%ejemplo_2020%'"
SPENDING = ("administrative", "economic_type", "functional", "object", "program_category")


def amounts(warehouse: Warehouse, classification: str) -> dict[str, Decimal]:
    return dict(
        warehouse.query(f"""
            select phase_code, sum(amount) from marts.fct_budget_amounts
            where classification = '{classification}' and is_latest and is_last_period group by phase_code
        """)
    )


@pytest.mark.parametrize("classification", SPENDING)
def test_every_classification_gives_the_same_money(sound: Warehouse, classification: str) -> None:
    assert amounts(sound, classification) == {
        "approved": Decimal("10000000.00"),
        "adjusted": Decimal("10500000.00"),
        "committed": Decimal("10040000.00"),
        "accrued": Decimal("9685250.75"),
        "ordered": Decimal("9685250.75"),
        "paid": Decimal("9570000.50"),
    }


@pytest.mark.parametrize("classification", ["revenue_item", "revenue_source"])
def test_revenue_has_phases_of_its_own(sound: Warehouse, classification: str) -> None:
    assert amounts(sound, classification) == {
        "estimated": Decimal("10000000.00"),
        "adjusted": Decimal("10500000.00"),
        "accrued": Decimal("10480500.40"),
        "collected": Decimal("10400500.40"),
    }


def test_a_line_with_lines_below_it_is_a_printed_total_and_no_fact(sound: Warehouse) -> None:
    assert sound.query("""
        select class_level, count(distinct class_code) from marts.fct_budget_amounts
        inner join marts.dim_budget_classes using (budget_class_key)
        where classification = 'object' group by 1
    """) == [("concept", 8)]
    assert sound.query("""
        select scope, printed_value from marts.fct_printed_totals
        where table_name = 'spending_by_object' and figure_kind = 'subtotal' and measure = 'accrued_amount' order by 1
    """) == [
        ("object 1000", Decimal("5020000.50")),
        ("object 2000", Decimal("725250.25")),
        ("object 3000", Decimal("2140000.00")),
        ("object 5000", Decimal("1800000.00")),
    ]


def test_a_blank_line_stays_blank(sound: Warehouse) -> None:
    assert sound.query("""
        select distinct term_raw, amount, amount_null_kind from marts.fct_budget_amounts
        where classification = 'economic_type' and amount is null order by 1
    """) == [
        ("Amortización de la Deuda y Disminución de Pasivos", None, "blank"),
        ("Participaciones", None, "blank"),
        ("Pensiones y Jubilaciones", None, "blank"),
    ]


def test_a_class_says_what_is_above_it(sound: Warehouse) -> None:
    assert sound.query("""
        select distinct class_scheme, class_code, class_path, is_derived
        from marts.fct_budget_amounts inner join marts.dim_budget_classes using (budget_class_key)
        where class_code in ('2600', 'E', '2.5', '51', '0201') order by 1
    """) == [
        ("mx-conac-cog", "2600", "Materiales y suministros > Combustibles, lubricantes y aditivos", False),
        ("mx-conac-cri", "51", "Productos > Productos", False),
        ("mx-conac-funcional", "2.5", "Desarrollo Social > Educación", False),
        (
            *("mx-conac-tipologia", "E"),
            "Programas > Desempeño de las funciones > Prestación de servicios públicos",
            False,
        ),
        ("mx-gto-administrativa", "0201", "Dirección de Enseñanza", True),
    ]


def test_money_by_function_joins_the_functions_and_cofog(sound: Warehouse) -> None:
    assert sound.query("""
        select function_name, cofog_code, amount from marts.fct_budget_amounts
        inner join marts.dim_functions using (function_key)
        where classification = 'functional' and phase_code = 'approved' and amount is not null order by 3
    """) == [
        ("Educación", "09", Decimal("1500000.00")),
        ("Vivienda y Servicios a la Comunidad", "06", Decimal("3500000.00")),
        ("Otros Servicios Generales", "01.3", Decimal("5000000.00")),
    ]


def test_projects_carry_money_and_goals(sound: Warehouse) -> None:
    assert sound.query("""
        select
            project_code, responsible_unit_code, accrued_amount, programmed_value, adjusted_value, achieved_value,
            achievement_programmed_pct_printed, achievement_programmed_pct_recomputed, execution_adjusted_pct_printed
        from marts.fct_project_execution where table_name = 'investment_projects' order by 1
    """) == [
        # 1,680 of 1,500; 1,365,250.25 of 1,450,000.00 is 94.16
        ("E013", "0201", Decimal("1365250.25"), 1500, 1600, 1680, 112, 112, 94),
        ("G2019", "0101", Decimal("5020000.50"), 12, 12, 12, 100, 100, 98),
        ("Q0042", "0301", Decimal("3300000.00"), 800, 800, 720, 90, 90, 84),
    ]
    assert sound.query("""
        select sum(approved_amount), sum(committed_amount), sum(ordered_amount), sum(paid_amount)
        from marts.fct_project_execution where table_name = 'investment_spending'
    """) == [(Decimal("10000000.00"), Decimal("10040000.00"), Decimal("9685250.75"), Decimal("9570000.50"))]


def test_the_one_printed_difference_is_found(sound: Warehouse) -> None:
    assert sound.query(f"""
        select rule_id, scope, measure, printed_raw, recomputed_value, difference, status, page_no, column_name
        from marts.mart_reconciliation where {EXAMPLE} and status not in ('reconciled', 'nothing_to_compare')
    """) == [
        (
            *("parent_equals_children", "object 2000", "paid_amount", "710,010.00", 710000, 10, "explained", 5),
            "paid_amount",
        )
    ]


def test_every_kind_of_check_had_something_to_compare(sound: Warehouse) -> None:
    reconciled = dict(
        sound.query(f"""
            select rule_id, count(*) from marts.mart_reconciliation where {EXAMPLE} and status = 'reconciled' group by 1
        """)
    )
    # 8 figures of each of 4 statements against that by object, 6 of revenue by source, 3 and 8 of the two of projects
    assert reconciled["classifications_agree"] == 4 * 8 + 6 + 3 + 8
    assert set(reconciled) == {
        "parent_equals_children",
        "total_equals_rows",
        "amended_equals_change",
        "underspent_equals_rest",
        "differences_add_up",
        "revenue_difference",
        "classifications_agree",
        "achievement_percentage",
        "execution_percentage",
        "total_percentage",
    }


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The statements of one institution for the second quarters of 2018 and 2020, as workbooks."""
    inbox = tmp_path_factory.mktemp("statements")
    (inbox / "mx_gto_cuenta_publica").mkdir()
    for year in (2018, 2020):
        for file in FILINGS.glob(f"pairs/{year}/2do-*/*/[67].[1-7].xlsx"):
            shutil.copy(file, inbox / "mx_gto_cuenta_publica" / f"{year}_{file.name}")
    warehouse = Warehouse.of(inbox, tmp_path_factory.mktemp("statements_home"))
    assert warehouse.failing_dbt_tests() == set()
    return warehouse


@needs_filings
def test_filings_give_the_same_money_by_every_classification(quarter: Warehouse) -> None:
    # 6.4 to 6.7 and 7.1 of June 2020 all print 346,949,066.72 approved and 124,361,040.12 accrued
    for classification in (*SPENDING, "institutional_sector"):
        assert quarter.query(f"""
            select phase_code, sum(amount) from marts.fct_budget_amounts
            where classification = '{classification}' and fiscal_year = 2020 and phase_code in ('approved', 'accrued')
            group by 1 order by 1
        """) == [("accrued", Decimal("124361040.12")), ("approved", Decimal("346949066.72"))]


@needs_filings
def test_discrepancies_of_filings_are_found(quarter: Warehouse) -> None:
    found = quarter.query("""
        select table_name, rule_id, scope, measure, difference from marts.mart_reconciliation
        where status = 'discrepant' and measure in ('accrued_amount', 'adjusted_amount', 'collected_amount')
        and table_name <> 'indicator_results' and fiscal_year = 2018 order by all
    """)
    against, parent = ("classifications_agree", "total against object"), "parent_equals_children"
    source, total = "revenue_source federales.5", ("total_equals_rows", "total")
    assert found == [
        # 7.1 and 7.2 print another phase's money under Devengado, and 8,904,678.04 more of amendments than the others
        ("investment_spending", *against, "accrued_amount", Decimal("-113877328.91")),
        ("investment_spending", *against, "adjusted_amount", Decimal("8904678.04")),
        # 6.2 has 14,515.81 in Productos of Recursos Federales (printed without cents) and in none of its lines
        ("revenue_by_source", parent, source, "accrued_amount", Decimal("14515.72")),
        ("revenue_by_source", parent, source, "collected_amount", Decimal("14515.72")),
        ("revenue_by_source", *total, "accrued_amount", Decimal("14515.81")),
        ("revenue_by_source", *total, "collected_amount", Decimal("14515.81")),
        # 6.7 lacks 735.00 that 6.6 has accrued
        ("spending_by_function", *against, "accrued_amount", Decimal("-735.00")),
        ("spending_by_program_category", *against, "accrued_amount", Decimal("-113877328.91")),
        ("spending_by_program_category", *against, "adjusted_amount", Decimal("8904678.04")),
    ]
    assert (
        quarter.query("""
        select rule_id, scope, measure from marts.mart_reconciliation
        where status = 'discrepant' and fiscal_year = 2020 and table_name <> 'indicator_results'
    """)
        == []
    )


@needs_filings
def test_one_statement_in_two_forms_is_one_vintage(quarter: Warehouse) -> None:
    # 6.3 prints 6.1 and 6.2 once more
    assert quarter.query("""
        select
            table_name, count(distinct document_sha256), max(vintage_count), count(*) filter (where is_representative)
        from intermediate.int_document_tables__rank_vintages
        where fiscal_year = 2020 and table_name like 'revenue%' group by 1 order by 1
    """) == [("revenue_by_item", 2, 1, 1), ("revenue_by_source", 2, 1, 1)]


@needs_filings
def test_what_a_printed_amount_hides_is_no_discrepancy(quarter: Warehouse) -> None:
    # Recursos Federales prints 78,283,549.09 collected and its line Productos 78,283,549, without the cents
    assert quarter.query("""
        select printed_raw, difference, tolerance, status from marts.mart_reconciliation
        where scope = 'revenue_source federales' and measure = 'collected_amount' and rule_id = 'parent_equals_children'
    """) == [("78,283,549.09", Decimal("0.09"), Decimal("0.51"), "reconciled")]
