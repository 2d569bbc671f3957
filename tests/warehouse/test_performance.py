"""Money beside its goals, worked out from the documents by hand: efficacy, spend, cost per unit and how they belong."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from tests.built_warehouse import Warehouse

SAME_MONEY = "institution_key, currency_code"
PHASES = ("approved_amount", "adjusted_amount", "committed_amount", "accrued_amount", "paid_amount")


def line(sound: Warehouse, code: str, columns: str) -> tuple[Any, ...]:
    """The budget line of a programme or category, as the last issue prints it."""
    (row,) = sound.query(f"""
        select {columns} from marts.mart_program_performance where program_code = '{code}' and is_latest
    """)
    return row


def test_it_has_the_lines_of_the_budget_and_no_other(sound: Warehouse) -> None:
    # 11 + 4 programmes of ISSEG; 3 categories of the first report of Aduanas and 7 of the second, in each of two issues
    keys = "select budget_line_key from marts."
    assert sound.query(f"select count(*) from ({keys}mart_program_performance)") == [(35,)]
    assert sound.query(f"{keys}mart_program_performance except {keys}fct_budget_execution") == []
    assert sound.query(f"{keys}fct_budget_execution except {keys}mart_program_performance") == []


def test_totals_are_those_of_the_leaf_lines(sound: Warehouse) -> None:
    sums = ", ".join(f"sum({phase})" for phase in PHASES)

    def totals(table: str, where: str) -> list[tuple[Any, ...]]:
        return sound.query(f"select {SAME_MONEY}, {sums} from marts.{table} where {where} group by all order by all")

    leaf = totals("fct_budget_execution", "is_latest and is_leaf and is_last_period")
    assert totals("mart_program_performance", "is_in_totals") == leaf
    # The programmes of ISSEG, and the second report of Aduanas without the first, which tells the same money again.
    assert sound.query(f"""
        select institution_code, currency_code, {sums} from marts.mart_program_performance where is_in_totals
        group by all order by currency_code
    """) == [
        ("ADUANAS-HN", "HNL", Decimal("49991864.00"), Decimal("49991864.00"), None, None, None),
        (
            *("3031", "MXN", Decimal("7322661467.96"), Decimal("7370272328.52")),
            *(None, Decimal("6758751766.74"), None),
        ),
    ]


def test_every_goal_of_a_form_belongs_to_one_line(sound: Warehouse) -> None:
    # 15 rows of ISSEG, 22 products and 51 activities of Aduanas; the activities of a plan have no money
    assert sound.query("""
        select source_id, sum(goal_count), sum(goals_with_result_count) from marts.mart_program_performance
        where is_latest group by source_id order by source_id
    """) == [("hn_siafi_productos", 73, 73), ("mx_gto_cuenta_publica", 15, 15)]
    assert sound.query("""
        select count(*) from marts.mart_program_performance as mart
        inner join marts.fct_budget_execution as fact using (budget_line_key)
        where mart.goal_count > fact.printed_row_count
    """) == [(0,)]


def test_nearly_all_the_money_for_a_hundredth_of_the_goal(sound: Warehouse) -> None:
    # 122,301.63 of 15,646,000 pesos of profit; 60,574,224.49 of 63,292,585.14 approved and of 81,178,250.56 adjusted
    columns = "achievement_pct, execution_approved_pct_recomputed, execution_approved_pct_printed, efficacy, spend"
    assert line(sound, "P3120", columns) == (
        *(Decimal("0.781680"), Decimal("95.705088"), 96),
        *("not_met", "fully_spent"),
    )
    assert line(sound, "P3120", "spend_adjusted, execution_adjusted_pct_printed, quadrant_name") == (
        *("under_spent", 75),
        "Meta no cumplida, gasto completo",
    )
    # a goal in pesos has no cost per peso
    assert line(sound, "P3120", "unit_kind, planned_cost_per_unit, accrued_cost_per_unit") == ("money", None, None)


def test_what_a_policy_was_to_cost_and_cost(sound: Warehouse) -> None:
    # 3,388,639,819.60 / 2,860 and 3,260,879,143.37 / 2,565
    columns = "link_quality, goal_count, programmed_value, adjusted_value, achieved_value"
    assert line(sound, "P3117", columns) == ("same_row", 1, 2860, 2860, 2565)
    assert line(sound, "P3117", "planned_cost_per_unit, accrued_cost_per_unit") == (
        *(Decimal("1184839.097762"), Decimal("1271297.911645")),
    )
    assert line(sound, "P3117", "unit_name_raw, program_name, function_code, period_label, country_code") == (
        *("NÚMERO DE SEGUROS OTORGADOS", "OPTIMIZACIÓN DEL PROCESO DE OTORGAMIENTO Y PAGO DE SEGUROS"),
        *("2.6.9", "2020", "MX"),
    )


def test_a_goal_moved_during_the_year_is_judged_as_adjusted(sound: Warehouse) -> None:
    # 218 / 52 prints as 419 %, 218 / 217 as 100 %
    columns = "achievement_programmed_pct_recomputed, achievement_adjusted_pct_recomputed, achievement_pct, efficacy"
    assert line(sound, "G1294", columns) == (
        *(Decimal("419.230769"), Decimal("100.460829"), Decimal("100.460829")),
        "met",
    )


def test_what_is_met_and_spent_is_judged_before_rounding(sound: Warehouse) -> None:
    # 3,567,379.57 / 3,755,419.26 = 94.99 prints as 95 %; 21 of 22 reports print as 95 %
    assert line(sound, "G1292", "execution_approved_pct_printed, spend") == (95, "under_spent")
    # 58,839,363.56 is 111 % of the 53,031,303.36 approved and 86 % of the 68,530,339.48 adjusted
    assert line(sound, "G1293", "efficacy, spend, spend_adjusted") == ("not_met", "over_spent", "under_spent")
    # Not met: 21 / 22 (G1293), 2,565 / 2,860 (P3117), 32,638 / 43,962 (P3118), P3120 and 815 / 850 millions (P3122)
    assert sound.query("""
        select efficacy, spend, count(*) from marts.mart_program_performance
        where institution_code = '3031' group by all order by all
    """) == [
        ("met", "under_spent", 10),
        ("not_met", "fully_spent", 2),
        ("not_met", "over_spent", 1),
        ("not_met", "under_spent", 2),
    ]


def test_money_of_a_category_is_not_split_between_its_products(sound: Warehouse) -> None:
    columns = """
        approved_amount, accrued_amount, link_quality, goal_count, goals_with_target_count, goals_judged_count,
        goals_met_count, unplanned_delivery_count, efficacy, spend, indicator_name, planned_cost_per_unit, quadrant_name
    """
    unknown = ("no_figure", None, None, None)
    # 31 / 31, 31 / 31, 1 / 1 and 1 / 2
    assert line(sound, "11-01-000-001", columns) == (
        *(Decimal("31267221.00"), None, "category", 4, 4, 4, 3, 0, "not_met"),
        *unknown,
    )
    # 7 / 2, 156 / 63, 713 / 875 and 1 / 1; 41, 1, 2, 1 and 21 delivered and 0 / 0 where nothing was programmed
    assert line(sound, "11-02-000-001", columns) == (
        *(Decimal("3130755.00"), None, "category", 10, 4, 4, 3, 5, "not_met"),
        *unknown,
    )
    # 11 / 8 and 10 / 7 and 1 / 1; the fourth is 0 / 0
    assert line(sound, "11-03-000-001", columns) == (
        *(Decimal("1355643.00"), None, "category", 4, 3, 3, 3, 0, "met"),
        *unknown,
    )


def test_a_category_with_one_product_has_its_money_on_that_row(sound: Warehouse) -> None:
    # 0 programmed and 0 evaluated, and the form prints no unit: nothing to meet, nothing that costs
    columns = "approved_amount, link_quality, goal_count, goals_with_result_count, programmed_value, achieved_value"
    assert line(sound, "11-03-000-003", columns) == (Decimal("2698885.00"), "same_row", 1, 1, 0, 0)
    columns = "unit_code, achievement_pct, planned_cost_per_unit, accrued_cost_per_unit, efficacy"
    assert line(sound, "11-03-000-003", columns) == ("not_stated", None, None, None, "no_goal")


def test_categories_of_the_first_report_tell_the_same_money_again(sound: Warehouse) -> None:
    assert sound.query("""
        select program_code, is_in_totals, approved_amount, goal_count, goals_judged_count, goals_met_count
        from marts.mart_program_performance where report_level = 'product_category' and is_latest order by program_code
    """) == [
        # 3,573.93 / 2,745 is met and 1 / 2 is not; one is 0 / 0
        ("11-01-000-000", False, Decimal("31267221.00"), 3, 2, 1),
        # all but 0 / 0 (four times) and 3 of none
        ("11-02-000-000", False, Decimal("14141118.00"), 13, 8, 8),
        # 0 / 1 is not met, 0 / 0 is not judged
        ("11-03-000-000", False, Decimal("5365498.00"), 6, 5, 4),
    ]


def test_every_number_says_over_what_it_adds_up(sound: Warehouse) -> None:
    manifest = json.loads(sound.paths.dbt_manifest.read_text("utf-8"))
    columns = manifest["nodes"]["model.contraste.mart_program_performance"]["columns"]
    for name, column in columns.items():
        if name.endswith(("_amount", "_pct", "_count", "_value", "_per_unit", "_printed", "_recomputed")):
            meta = column["meta"]
            assert meta["additivity"] in ("additive", "semi_additive", "non_additive"), name
            assert (meta["additivity"] == "semi_additive") == bool(meta.get("additive_over")), name
            assert set(meta.get("additive_over", [])) <= set(columns), name
