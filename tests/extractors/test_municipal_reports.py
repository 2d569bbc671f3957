"""The quarterly reports and the budget of a municipality of Oaxaca, fourteen files; figures read on the pages."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

import pytest

from extractors.adding.checking import CheckedDocument, check
from tests.extractors.beside import SHARED

SOURCE = "mx_oax_loxicha"
FOLDER = SHARED / "documents" / "mx-oax-loxicha"
FILES = sorted(FOLDER.glob("*.*"))

pytestmark = [
    pytest.mark.skipif(not FOLDER.is_dir(), reason="needs ../shared/documents beside the repository"),
    pytest.mark.usefixtures("in_this_process"),
]

Row = dict[str, str | None]
APPROVED, ADJUSTED, PAID = Decimal("186685365.02"), Decimal("188461884.90"), Decimal("8810052.56")


@cache
def read(name: str) -> CheckedDocument:
    checked = check(FOLDER / name, SOURCE)
    assert checked.reason is None
    return checked


def rows(name: str, table: str) -> list[Row]:
    return next(found.rows for found in read(name).tables if found.name == table)


def number(text: str | None) -> Decimal:
    """`$ 1,000.00`, `( 4.50 )`, `$ -4.50`, `% 17.85`; a blank counts nothing."""
    digits = "".join(character for character in text or "" if character.isdigit() or character == ".")
    value = Decimal(digits or 0)
    return -value if text and ("(" in text or "-" in text) else value


def total(lines: list[Row], column: str) -> Decimal:
    return sum((number(row[column]) for row in lines), Decimal(0))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_file_is_read(file) -> None:
    facts = read(file.name).facts
    assert facts["institution"].lower().replace("í", "i") == "municipio de san agustin loxicha"
    quarter = facts["period"].startswith("2024-01-01 to 2024-03-31")
    # the law of revenue, its calendar (whose title still says the year before) and a projection are of whole years
    assert quarter == (file.name not in ("89.pdf", "93.xlsx", "97.pdf"))


def test_there_are_fourteen() -> None:
    assert len(FILES) == 14


def test_signature_pages_are_left_out_by_name() -> None:
    signed = [file.name for file in FILES if "hoja de firma" in str(read(file.name).accounting[0]["notes"])]
    assert signed == ["17.pdf", "21.pdf", "25.pdf", "29.pdf", "33.pdf", "37.pdf", "57.pdf", "77.pdf", "81.pdf"]


class TestBudgets:
    @pytest.mark.parametrize(
        ("name", "table"),
        [
            ("25.pdf", "spending_by_unit"),
            ("29.pdf", "spending_by_economic_type"),
            ("57.pdf", "spending_by_program_category"),
        ],
    )
    def test_lines_add_up_to_the_printed_total(self, name: str, table: str) -> None:
        (printed,) = rows(name, f"{table}_totals")
        lines = rows(name, table)
        for column in ("approved_amount", "amended_amount", "adjusted_amount", "paid_amount", "underspent_amount"):
            assert total(lines, column) == number(printed[column]), column
        assert (number(printed["approved_amount"]), number(printed["paid_amount"])) == (APPROVED, PAID)

    def test_a_reduction_is_printed_between_parentheses(self) -> None:
        (agency,) = [row for row in rows("25.pdf", "spending_by_unit") if row["concept"] == "AGENCIA MUNICIPAL"]
        assert agency["amended_amount"] == "( 4,528.84 )"

    def test_the_page_without_a_header_goes_on_with_chapters_and_concepts(self) -> None:
        lines = rows("33.pdf", "spending_by_object")
        assert [row["concept"] for row in lines[-6:]] == [
            "DEUDA PUBLICA",
            "AMORTIZACION DE LA DEUDA PUBLICA",
            "INTERESES DE LA DEUDA PUBLICA",
            "COMISIONES DE LA DEUDA PUBLICA",
            "GASTOS DE LA DEUDA PUBLICA",
            "ADEUDOS DE EJERCICIOS FISCALES ANTERIORES (ADEFAS)",
        ]
        # chapters and their concepts each add up to the whole
        (printed,) = rows("33.pdf", "spending_by_object_totals")
        assert total(lines, "adjusted_amount") == 2 * number(printed["adjusted_amount"]) == 2 * ADJUSTED

    def test_items_add_up_at_each_of_four_levels(self) -> None:
        lines = rows("21.pdf", "spending_by_item")
        codes = [row["object_code"] or "" for row in lines]
        assert len(lines) == len(set(codes)) == 226
        levels = [lambda c: c.endswith("000"), lambda c: c.endswith("00"), lambda c: c.endswith("0"), lambda c: True]
        seen: set[str] = set()
        for level in levels:
            own = [row for row, code in zip(lines, codes, strict=True) if level(code) and code not in seen]
            seen |= {row["object_code"] or "" for row in own}
            months = sum((total(own, f"paid_month_{month}_amount") for month in (1, 2, 3)), Decimal(0))
            assert (total(own, "approved_amount"), total(own, "scheduled_amount"), months) == (APPROVED, ADJUSTED, PAID)

    def test_a_name_that_the_page_cuts(self) -> None:
        (row,) = [row for row in rows("21.pdf", "spending_by_item") if row["object_code"] == "2492"]
        assert row["object_name"] == "OTROS MATERIALES Y ARTICULOS DE CONSTRUCCION Y REPARACION"
        assert (row["approved_amount"], row["progress_pct"]) == ("$ 359,000.00", "% 0.00")
        assert "row 1 of page 2, table 1: goes on with the last row of page 1" in str(
            read("21.pdf").accounting[0]["notes"]
        )

    def test_revenue_by_item_and_by_source(self) -> None:
        by_item, by_source = rows("17.pdf", "revenue_by_item"), rows("17.pdf", "revenue_by_source")
        parts = ("CORRIENTE", "CAPITAL")
        for lines, name in ((by_item, "revenue_by_item_totals"), (by_source, "revenue_by_source_totals")):
            whole = [row for row in lines if row["concept"] not in parts]
            printed = next(row for row in rows("17.pdf", name) if row["total_kind"] == "total")
            for column in ("estimated_amount", "amended_amount", "adjusted_amount", "accrued_amount"):
                assert total(whole, column) == number(printed[column])
        assert {row["source_group_name"] for row in by_source[-1:]} == {"INGRESOS DERIVADOS DE FINANCIAMIENTO"}

    def test_the_law_of_revenue_and_its_calendar_say_the_same(self) -> None:
        law, calendar = rows("89.pdf", "estimated_revenue"), rows("97.pdf", "monthly_revenue")
        (whole,) = rows("89.pdf", "estimated_revenue_totals")
        assert number(whole["estimated_amount"]) == APPROVED
        assert len(calendar) == 12 * 58 and len(law) == 58
        for index, line in enumerate(law):
            months = calendar[12 * index : 12 * index + 12]
            assert {row["annual_amount"] for row in months} == {line["estimated_amount"]}
            assert total(months, "estimated_amount") == number(line["estimated_amount"]), line["concept"]

    def test_text_that_runs_into_the_row_below_stays_with_its_own(self) -> None:
        concepts = [row["concept"] for row in rows("97.pdf", "monthly_revenue")[::12]]
        assert "Cuotas y Aportaciones de Seguridad Social" in concepts
        assert "Ingresos Derivados de Financiamientos" in concepts

    def test_earmarked_and_other_spending_make_the_whole(self) -> None:
        lines = rows("152.xlsx", "spending_by_object_and_earmark")
        parts = [row for row in lines if (row["concept"] or "").startswith(("I. GASTO", "II. GASTO"))]
        letters = [row for row in lines if (row["concept"] or "")[1:2] == "."]
        (printed,) = rows("152.xlsx", "spending_by_object_and_earmark_totals")
        assert len(parts) == 2
        for column in ("approved_amount", "adjusted_amount", "paid_amount"):
            assert total(parts, column) == number(printed[column])
        # the chapters A to I of both parts
        assert total([row for row in letters if row not in parts], "paid_amount") == PAID

    def test_projected_spending_by_year(self) -> None:
        lines = rows("93.xlsx", "projected_spending")
        for printed in rows("93.xlsx", "projected_spending_totals"):
            year = [row for row in lines if row["year_label"] == printed["year_label"]]
            parts = [row for row in year if (row["concept_code"] or "").endswith(".-")]
            assert total(parts, "projected_amount") == number(printed["projected_amount"])
            assert total(year, "projected_amount") == 2 * number(printed["projected_amount"])

    def test_the_balance_follows_from_its_parts(self) -> None:
        lines = {(row["concept"] or "").split(" ")[0]: row for row in rows("144.xlsx", "budget_balance")}
        accrued = {name: number(row["accrued_amount"]) for name, row in lines.items()}
        assert accrued["A."] - accrued["B."] + accrued["C."] == accrued["I."] == Decimal("43936591.89")


class TestIndicators:
    def test_results_follow_from_numerator_and_denominator(self) -> None:
        lines = rows("77.pdf", "financial_indicators")
        assert len(lines) == 2 * (16 + 12)
        odd = []
        for above, below in zip(lines[::2], lines[1::2], strict=True):
            assert (above["variable_role"], below["variable_role"]) == ("numerator", "denominator")
            assert above["record_no"] == below["record_no"]
            first, _, less = (above["variable_value"] or "").partition(" - ")
            share = 100 * (number(first) - number(less)) / (number(below["variable_value"]) or 1)
            if share.quantize(Decimal("0.01"), ROUND_HALF_UP) != number(above["result_value"]):
                odd.append(above["indicator_name"])
        assert odd == []

    def test_the_row_that_the_page_cuts_is_read_whole(self) -> None:
        above = rows("77.pdf", "financial_indicators")[24]
        assert (above["indicator_name"], above["variable_name"], above["variable_value"], above["result_value"]) == (
            "EROGACIONES DEL FORTAMUN- D.F EN MODERNIZACIÓN DEL SISTEMA DE RECAUDACIÓN",
            "Monto Ejercido en Modernización del Sistema de Recaudación",
            "0.00",
            "0.00",
        )


class TestProgrammes:
    def test_sixteen_projects_of_five_programmes(self) -> None:
        sheets = rows("81.pdf", "project_sheets")
        programs = [(row["program_name"] or "")[:4] for row in sheets]
        assert {code: programs.count(code) for code in programs} == {
            **{"0202": 5, "0501": 1, "0502": 5, "0504": 4, "0505": 1}
        }
        # the code of the project begins with that of its component, and that with the programme's
        assert all((r["project_name"] or "").startswith((r["component_name"] or "")[:8]) for r in sheets)
        assert all((r["component_name"] or "").startswith(code) for r, code in zip(sheets, programs, strict=True))

    def test_quarters_add_up_to_what_is_printed_for_the_year(self) -> None:
        goals, sums = rows("81.pdf", "program_goals"), rows("81.pdf", "program_goals_totals")
        for printed in sums:
            own = [
                row
                for row in goals
                if (row["record_no"], row["beneficiary_group"]) == (printed["record_no"], printed["beneficiary_group"])
            ]
            assert len(own) == 4
            assert total(own, "goal_programmed") == number(printed["goal_programmed"]) == 100
            assert total(own, "goal_achieved") == number(printed["goal_achieved"])
        assert {row["record_no"] for row in sums} == {str(n) for n in range(1, 17)}

    def test_a_project_as_printed(self) -> None:
        first = rows("81.pdf", "project_sheets")[0]
        assert first["project_name"] == (
            "02020102003001 - AC01 FORTALECIMIENTO DE LA ADMINISTRACIÓN PÚBLICA MUNICIPAL (PRESIDENCIA)"
        )
        assert (first["goal_unit"], first["value_type"], first["measure_value"]) == ("PORCENTAJE", "PORCENTAJE", "100")
        assert (first["beneficiary_count"], first["beneficiaries_planned"]) == ("5461", "25881")
        goals = [row for row in rows("81.pdf", "program_goals") if row["record_no"] == "1"]
        assert [
            (r["quarter_name"], r["goal_programmed"], r["goal_achieved"], r["achievement_pct"]) for r in goals[::2]
        ] == [
            ("Primero", "25", "25", "100 %"),
            ("Segundo", "25", "0", "0 %"),
            ("Tercero", "25", "0", "0 %"),
            ("Cuarto", "25", "0", "0 %"),
        ]
        assert {row["beneficiary_group"] for row in goals} == {"12891 HOMBRES", "12990 MUJERES"}
