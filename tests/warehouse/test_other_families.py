"""Families added by layout alone, from their documents to the marts; figures read on the pages."""

from __future__ import annotations

import shutil
from datetime import date
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
    "ar-carmen-de-areco/borndigital": "ar_carmen_de_areco_rafam",
    "br-es-cachoeiro": "br_cachoeiro_balanco",
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
    # five ways in the statements of the quarter, by item in the report, by object and earmark in the workbook
    assert [amount for _, amount in found] == [Decimal("8810052.56")] * 7


def reconciled(families: Warehouse, table: str) -> set[tuple[str, str]]:
    """The rules that judged figures of a table, each with what they found."""
    return set(
        families.query(f"select distinct rule_id, status from marts.fct_reconciliation where table_name = '{table}'")
    )


def amounts(families: Warehouse, classification: str, flow: str, phase: str, where: str = "true") -> Decimal | None:
    """The money of a classification as a reader adds it up."""
    ((amount,),) = families.query(
        f"""
        select sum(amount) from marts.fct_budget_amounts
        where is_latest and is_last_period and classification = '{classification}' and flow = '{flow}'
        and phase_code = '{phase}' and {where}
        """
    )
    return amount


def test_every_loaded_table_reaches_a_mart(families: Warehouse) -> None:
    assert families.query(
        """
        select source_id, table_name from audit.audit_accounting where data_row_count > 0 and not reaches_marts
        """
    ) == []  # fmt: skip


def test_no_two_tables_give_money_by_one_classification(families: Warehouse) -> None:
    assert families.query(
        """
        select source_id, institution_key, flow, classification, phase_code, currency_code
        from marts.fct_budget_amounts where is_latest and is_last_period
        group by all having count(distinct table_name) > 1
        """
    ) == []  # fmt: skip


def test_spending_with_a_gender_perspective(families: Warehouse) -> None:
    # page 1 of the statement of the first half of 2023: the first programme of the first secretariat
    assert families.query(
        """
        select class_code, class_name, approved_amount, accrued_amount, paid_amount, execution_approved_pct
        from marts.mart_budget_by_class
        where classification = 'gender_perspective' and period_end_date = date '2023-06-30' and row_seq = 1
        """
    ) == [
        (
            "1110101000 01.03.00", "01.03.00 - Oficina de Habitat y Banco de Tierras (110-140) - PPG: 50%",
            Decimal("2379420.48"), Decimal("1921002.62"), Decimal("1659624.32"), Decimal("80.734054"),
        )
    ]  # fmt: skip
    ((approved,),) = families.query(
        """
        select sum(amount) from marts.fct_budget_amounts where classification = 'gender_perspective'
        and period_end_date = date '2023-06-30' and phase_code = 'approved'
        """
    )
    # TOTALES GENERALES on page 5
    assert approved == Decimal("76539162.72")


def test_earmarked_revenue_beside_the_spending_that_it_pays_for(families: Warehouse) -> None:
    # Total General on page 6 of the statement
    found = [
        amounts(families, "earmarked_revenue", flow, phase)
        for flow, phase in [
            ("revenue", "adjusted"), ("revenue", "accrued"), ("revenue", "collected"),
            ("spending", "committed"), ("spending", "accrued"), ("spending", "paid"),
        ]
    ]  # fmt: skip
    assert found == [
        Decimal("740892578.81"), Decimal("569923185.67"), Decimal("569923185.67"),
        Decimal("793043401.96"), Decimal("629867802.84"), Decimal("624617773.14"),
    ]  # fmt: skip
    assert reconciled(families, "earmarked_revenue_and_spending") >= {("total_equals_rows", "reconciled")}
    assert ("total_equals_rows", "discrepant") not in reconciled(families, "earmarked_revenue_and_spending")
    # one printed line, "12.9.01.00 - Balneario Municipal", is a row of revenue and one of spending
    assert families.query(
        """
        select flow, adjusted_amount, accrued_amount, collected_amount, committed_amount, paid_amount
        from marts.mart_budget_by_class where class_code = '12.9.01.00' and classification = 'earmarked_revenue'
        order by flow
        """
    ) == [
        ("revenue", Decimal("10220073.22"), Decimal("10220073.22"), Decimal("10220073.22"), None, None),
        ("spending", None, Decimal("7070791.38"), None, Decimal("7070791.38"), Decimal("6928546.98")),
    ]


def test_the_lists_of_the_situation_stand_apart(families: Warehouse) -> None:
    # two breakdowns of the same revenue, and what is outside the budget
    assert amounts(families, "revenue_summary", "revenue", "adjusted") == Decimal("1277673239.18")
    assert amounts(families, "revenue_earmark", "revenue", "adjusted") == Decimal("1277673239.18")
    assert amounts(families, "extrabudgetary", "revenue", "collected") == Decimal("33362496.23")
    objects = amounts(families, "object_summary", "spending", "accrued", "currency_code = 'ARS'")
    assert objects == Decimal("495061654.68")
    assert amounts(families, "extrabudgetary", "spending", "accrued") == Decimal("40258511.72")
    assert amounts(families, "program", "spending", "paid") == Decimal("503035970.94")
    for table in ("situation_revenue", "situation_spending_by_object", "situation_spending_by_program"):
        assert ("total_equals_rows", "discrepant") not in reconciled(families, table)
        assert ("total_equals_rows", "reconciled") in reconciled(families, table)


def test_a_balance_is_printed_figures_that_follow_from_each_other(families: Warehouse) -> None:
    # 385,515,063.57 - 359,417,933.95 and 605,399,127.40 - 494,780,142.63
    assert families.query(
        """
        select scope, printed_value, recomputed_value, status from marts.fct_reconciliation
        where table_name = 'situation_account' and rule_id = 'parent_equals_children'
        and scope in ('balance iii', 'balance viii')
        order by scope
        """
    ) == [
        ("balance iii", Decimal("26097129.62"), Decimal("26097129.62"), "reconciled"),
        ("balance viii", Decimal("110618984.77"), Decimal("110618984.77"), "reconciled"),
    ]
    # 51,021,791.57 - 8,810,052.56 + 1,724,852.88
    assert families.query(
        """
        select printed_value, recomputed_value, status from marts.fct_reconciliation
        where table_name = 'budget_balance' and scope = 'balance i' and measure = 'paid_amount'
        """
    ) == [(Decimal("43936591.89"), Decimal("43936591.89"), "reconciled")]
    assert amounts(families, "budget_balance", "spending", "paid") is None


def test_spending_of_brazil_by_function(families: Warehouse) -> None:
    # Total Geral of the balance by classification
    assert amounts(families, "functional", "spending", "approved", "currency_code = 'BRL'") == Decimal("66321197.00")
    assert amounts(families, "functional", "spending", "committed", "currency_code = 'BRL'") == Decimal("73490755.02")
    # page 1: commitments of hired staff under function 10, subfunction 122, code 3.1.90.04, subelements 06, 15 and 99
    assert families.query(
        """
        select class_name, level_1_class_name, cofog_code, sum(committed_amount)
        from marts.mart_budget_by_class
        where classification = 'functional' and term_raw like '16.02.10.122.1631.2.109.3.1.90.04.%' group by all
        """
    ) == [("Administração geral", "Saúde", "07.6", Decimal("2900057.01"))]


def test_a_list_printed_twice_is_added_up_once(families: Warehouse) -> None:
    # Total Órgão, and the same under RESUMO GERAL
    for classification in ("object", "object_summary"):
        found = [
            amounts(families, classification, "spending", phase, "currency_code = 'BRL'")
            for phase in ("adjusted", "committed")
        ]
        assert found == [Decimal("86433812.60"), Decimal("73490755.02")], classification
    assert families.query(
        """
        select level_1_class_name, level_2_class_name, level_3_class_name, class_name, adjusted_amount
        from marts.mart_budget_by_class where classification = 'object' and class_code = '33903001000'
        """
    ) == [
        (
            "OUTRAS DESPESAS CORRENTES", "APLICAÇÕES DIRETAS", "MATERIAL DE CONSUMO",
            "COMBUSTIVEIS E LUBRIFICANTES AUTOMOTIVOS", Decimal("862621.00"),
        )
    ]  # fmt: skip


def test_what_earlier_years_left_to_be_paid(families: Warehouse) -> None:
    found = [
        amounts(families, "carryover_unprocessed", "carryover", phase)
        for phase in ("prior_years", "prior_year", "accrued", "paid", "cancelled")
    ]
    # 85,910.78 + 2,003,497.16 - 1,656,874.47 - 386,885.46 = 45,648.01, the balance printed
    assert found == [
        Decimal("85910.78"), Decimal("2003497.16"), Decimal("1656874.47"), Decimal("1656874.47"), Decimal("386885.46"),
    ]  # fmt: skip


def test_the_revenue_of_a_year_by_law_and_by_month(families: Warehouse) -> None:
    assert amounts(families, "revenue_law", "revenue", "estimated") == Decimal("186685365.02")
    # the heading of the rubro and its type bear one name; both print 478,677.38 and only the type is a leaf
    assert families.query(
        """
        select class_code, level_1_class_code, estimated_amount from marts.mart_budget_by_class
        where classification = 'revenue_law' and class_name = 'Productos'
        """
    ) == [("51", "5", Decimal("478677.38"))]
    months = families.query(
        """
        select period_start_date, period_end_date, sum(amount) from marts.fct_budget_amounts
        where classification = 'revenue_calendar' group by all order by all
        """
    )
    # the calendar of 2024 still prints the year before; 12 months add up to the law's 186,685,365.02
    assert [(str(start), str(end), amount) for start, end, amount in months][:2] == [
        ("2023-01-01", "2023-01-31", Decimal("34377.71")),
        ("2023-02-01", "2023-02-28", Decimal("28590753.63")),
    ]
    assert len(months) == 12
    assert sum(amount for *_, amount in months) == Decimal("186685365.02")


def test_spending_of_a_municipality_by_item_by_year_and_by_earmark(families: Warehouse) -> None:
    assert amounts(families, "object_item", "spending", "paid") == Decimal("8810052.56")
    assert amounts(families, "object_item", "spending", "adjusted") == Decimal("188461884.90")
    # 34,599,548.13 + 152,085,816.89 and 36,991,759.82 + 162,601,031.20
    projected = [
        amounts(families, "object_projection", "spending", "projected", f"fiscal_year = {year}")
        for year in (2024, 2025)
    ]
    assert projected == [Decimal("186685365.02"), Decimal("199592791.02")]
    assert families.query(
        """
        select level_1_class_name, sum(accrued_amount) from marts.mart_budget_by_class
        where classification = 'object_and_earmark' group by all order by all
        """
    ) == [
        ("I. GASTO NO ETIQUETADO (I=A+B+C+D+E+F+G+H+I)", Decimal("7023934.95")),
        ("II. GASTO ETIQUETADO (II=A+B+C+D+E+F+G+H+I)", Decimal("1786117.61")),
    ]


def test_works_have_the_goals_of_their_quarters(families: Warehouse) -> None:
    # page 4: AC07, nothing programmed for the first quarter, 50, 25 and 25 for the others; only the first is reported
    assert families.query(
        """
        select period_start_date, programmed_value, achieved_value, achieved_value_null_kind, approved_amount
        from marts.fct_project_execution
        where project_code = '05020101001001' and project_kind = 'public_work' order by period_start_date
        """
    ) == [
        (date(2024, 1, 1), Decimal(0), Decimal(0), None, None),
        (date(2024, 4, 1), Decimal(50), None, "not_reported", None),
        (date(2024, 7, 1), Decimal(25), None, "not_reported", None),
        (date(2024, 10, 1), Decimal(25), None, "not_reported", None),
    ]
    assert families.query(
        """
        select count(distinct project_code), count(*) from marts.fct_project_execution
        where source_id = 'mx_oax_loxicha'
        """
    ) == [(16, 64)]
    # the accumulated goal of every project is the sum of its quarters
    assert families.query(
        """
        select status, count(*) from marts.fct_reconciliation
        where source_id = 'mx_oax_loxicha' and table_name = 'program_goals' and measure = 'programmed_value'
        group by all
        """
    ) == [("reconciled", 16)]


def test_goals_of_the_programmes_of_a_municipality(families: Warehouse) -> None:
    # page 3 of the Situación: families assisted, 370 programmed for the quarter and 1,390 reached
    assert families.query(
        """
        select goals.programmed_value, goals.achieved_value from marts.fct_indicator_goals as goals
        where goals.source_id = 'ar_carmen_de_areco_rafam' and goals.program_code = '1110114000 19'
        """
    ) == [(Decimal(370), Decimal(1390))]


def test_programmes_of_a_plan_are_counted_against_its_indicators(families: Warehouse) -> None:
    assert sorted(
        families.query(
            """
            select printed_value, recomputed_value, status from marts.fct_reconciliation
            where table_name = 'strategic_lines' and measure = 'program_count'
            """
        )
    ) == [(Decimal(count), Decimal(count), "reconciled") for count in (7, 11, 19, 25, 31, 93)]


def test_where_indicators_are_measured(families: Warehouse) -> None:
    assert families.query("select count(*), count(distinct indicator_key) from marts.bridge_indicator_scopes") == [
        (482, 23)
    ]


def test_every_amount_of_the_wide_table_is_one_of_the_fact_with_a_cell(families: Warehouse) -> None:
    phases = [phase for (phase,) in families.query("select distinct phase_code from marts.fct_budget_amounts")]
    assert {"projected", "prior_years", "cancelled"} <= set(phases)
    for phase in phases:
        ((wide, traced),) = families.query(
            f"""
            select count(*), count(*) filter (
                where facts.amount = wide.{phase}_amount and cells.fact_value = wide.{phase}_amount)
            from marts.mart_budget_by_class as wide
            left join marts.fct_budget_amounts as facts
                on wide.printed_line_key = facts.printed_line_key and facts.phase_code = '{phase}'
            left join (
                select distinct fact_key, fact_value from marts.mart_cell_lineage
                where fact_table = 'fct_budget_amounts' and text_raw is not null
            ) as cells on facts.budget_amount_key = cells.fact_key
            where wide.{phase}_amount is not null
            """
        )
        assert wide == traced > 0, phase


def test_functions_of_other_countries_have_their_counterparts(families: Warehouse) -> None:
    found = dict(
        families.query(
            """
            select function_code, cofog_code || ' ' || cofog_match_type from marts.dim_functions
            where function_code in ('346', '393', '510', '10.305')
            """
        )
    )
    assert found == {"346": "08.1 exact", "393": "05.1 exact", "510": "01.7 exact", "10.305": "07.4 narrow"}
    # what nobody is certain of is in sight, and has no counterpart
    assert families.query(
        """
        select distinct cofog_code, match_type from marts.bridge_function_cofog
        where function_code in ('394', '150', '28.846')
        """
    ) == [("-1", "none")]
    # water and sewers are two groups of COFOG
    assert families.query(
        "select cofog_code, weight from marts.bridge_function_cofog where function_code = '380' order by cofog_code"
    ) == [("05.2", Decimal("0.5")), ("06.3", Decimal("0.5"))]
