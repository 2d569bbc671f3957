"""Damage to the made-up statements: money by classification, revenue, projects.

They share a source with the form of indicators and none of its figures, so both are damaged in one build.
"""

from __future__ import annotations

from tests.expectations.damage import Edit

_GTO = "mx_gto_cuenta_publica"
SALES = "Ingresos por Venta de Bienes, Prestación de Servicios y Otros Ingresos"


def line(table: str, concept: str, **values: str) -> Edit:
    """The line of a statement that prints this concept."""
    return Edit(f"{_GTO}/{table}", {"concept": concept}, values)


BUDGETS: dict[str, tuple[list[Edit], set[str]]] = {
    # 600,000.00 + 1,450,000.00 = 2,050,000.00; no other figure follows from what a chapter paid.
    "parent_equals_children": ([line("spending_by_object", "Servicios Generales", paid_amount="2,050,001.00")], set()),
    # 5,100,000.00 - 5,000,000.00 = 100,000.00, which the total adds up.
    "amended_equals_change": (
        [line("spending_by_unit", "0101 Dirección General", amended_amount="100,001.00")],
        {"differences_add_up"},
    ),
    # 5,100,000.00 - 5,020,000.50 = 79,999.50
    "underspent_equals_rest": (
        [line("spending_by_unit", "0101 Dirección General", underspent_amount="79,998.50")],
        {"differences_add_up"},
    ),
    # A line that prints nothing else: the total of amendments is one peso short of its lines.
    "differences_add_up": ([line("spending_by_economic_type", "Participaciones", amended_amount="1.00")], set()),
    # 380,000.00 - 400,000.00 = -20,000.00
    "revenue_difference": (
        [line("revenue_by_item", SALES, difference_amount="-20,001.00")],
        {"differences_add_up"},
    ),
    # One peso more of capital spending, in its line and in the total of that statement alone.
    "classifications_agree": (
        [
            line("spending_by_economic_type", "Gasto de Capital", paid_amount="1,800,001.00"),
            Edit(f"{_GTO}/spending_by_economic_type_totals", {"total_kind": "total"}, {"paid_amount": "9,570,001.50"}),
        ],
        set(),
    ),
}
