"""A municipality's follow-up of its development plan, a workbook of six sheets; figures read on the sheets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from extractors.adding.checking import CheckedDocument, check
from tests.extractors.beside import SHARED

SOURCE = "co_municipios_plan"
FILE = SHARED / "documents" / "co-municipios" / "guatape_avance_plan_desarrollo_2024_2027.xlsx"

pytestmark = [
    pytest.mark.skipif(not FILE.is_file(), reason="needs ../shared/documents beside the repository"),
    pytest.mark.usefixtures("in_this_process"),
]

Rows = list[dict[str, str | None]]


@pytest.fixture
def plan() -> CheckedDocument:
    checked = check(FILE, SOURCE)
    assert checked.reason is None
    return checked


def rows(plan: CheckedDocument, name: str) -> Rows:
    return next(table.rows for table in plan.tables if table.name == name)


def number(text: str | None) -> Fraction:
    return Fraction(Decimal((text or "").rstrip("%").replace(",", "")))


def test_ninety_three_programmes_in_five_lines_each_with_four_years(plan: CheckedDocument) -> None:
    goals = rows(plan, "product_indicators")
    lines = {row["line_name"]: row for row in rows(plan, "strategic_lines")}
    assert [row["program_count"] for row in lines.values()] == ["25", "31", "7", "11", "19"]
    assert len(goals) == 93 * 4
    for name, line in lines.items():
        assert sum(row["line_name"] == name for row in goals) == 4 * number(line["program_count"])
    (total,) = rows(plan, "strategic_lines_totals")
    assert (total["program_count"], total["accumulated_pct"]) == ("93", "53%")


def test_one_indicator_as_printed(plan: CheckedDocument) -> None:
    found = [row for row in rows(plan, "product_indicators") if row["product_code"] == "450102800"]
    assert {row["indicator_name"] for row in found} == {"Cámaras de seguridad instaladas"}
    assert [
        (r["goal_label"], r["goal_programmed"], r["goal_achieved"], r["compliance_pct"], r["plan_progress_pct"])
        for r in found
    ] == [
        ("META 2024", "1", "8", "100%", "80%"),
        ("META 2025", "3", "13.00", "100%", "100%"),
        ("META 2026", "3", "0", "0%", "0%"),
        ("META 2027", "3", "0", "0%", "0%"),
    ]
    assert {(r["baseline"], r["final_goal"], r["accumulated_progress"], r["accumulated_pct"]) for r in found} == {
        ("0", "10", "21", "100%")
    }


def test_a_component_merged_over_its_programmes_holds_for_each(plan: CheckedDocument) -> None:
    health = [r for r in rows(plan, "product_indicators") if (r["component_name"] or "").startswith("0104 ")]
    assert len({row["program_name"] for row in health}) == 4


def test_every_percentage_is_what_was_achieved_of_the_goal_and_no_more_than_all(plan: CheckedDocument) -> None:
    for row in rows(plan, "product_indicators"):
        if not number(row["goal_programmed"]):
            assert not row["compliance_pct"]
            continue
        share = 100 * number(row["goal_achieved"]) / number(row["goal_programmed"])
        assert abs(min(Fraction(100), share) - number(row["compliance_pct"])) <= Fraction(1, 2), row


def test_totals_are_the_means_of_the_printed_percentages(plan: CheckedDocument) -> None:
    goals, totals = rows(plan, "product_indicators"), rows(plan, "product_indicators_totals")
    assert len(totals) == 5 * 4
    for total in totals:
        covered = goals[int(total["first_row_seq"] or 0) - 1 : int(total["last_row_seq"] or 0)]
        year = [row for row in covered if row["goal_label"] == total["goal_label"]]
        assert {row["line_name"] for row in year} == {total["line_name"]}
        for column in ("compliance_pct", "plan_progress_pct", "accumulated_pct"):
            means = [number(row[column]) for row in year if row[column]]
            # of rounded percentages, so that their mean may be half a point off, and rounded again
            assert abs(sum(means) / len(means) - number(total[column])) <= 1, (total["line_name"], column)


def test_labels_of_a_year_that_stand_beside_the_goal_of_another_are_told(plan: CheckedDocument) -> None:
    notes = next(str(a["notes"]) for a in plan.accounting if a["table_name"] == "product_indicators")
    assert notes.count("belongs to 'META 2027' by its place") == 8
    assert "SEC. GOBIERNO" not in notes
