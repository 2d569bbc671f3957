"""A plan of several years is plausible; an annual form that claims several is not."""

from __future__ import annotations

import pytest

from tests.built_warehouse import Warehouse
from tests.expectations.damage import Edit


def implausible(warehouse: Warehouse) -> int:
    return next(result.failing_count for result in warehouse.validate().results if result.rule_id == "period_plausible")


def test_a_plan_that_prints_its_first_and_last_year_is_plausible(sound: Warehouse) -> None:
    assert sound.query("""
        select period_start_date::varchar, period_end_date::varchar, fiscal_year from marts.dim_documents
        where source_id = 'mx_ipab_programa_institucional'
    """) == [("2020-01-01", "2024-12-31", 2024)]
    assert implausible(sound) == 0


@pytest.mark.parametrize(
    ("source_id", "period_start_date"),
    [
        # the form prints the days of 2020 only
        ("mx_gto_cuenta_publica", "2019-01-01"),
        # the programme prints 2020-2024
        ("mx_ipab_programa_institucional", "2019-01-01"),
        # whole years only
        ("mx_ipab_programa_institucional", "2020-02-01"),
    ],
)
def test_years_that_the_document_does_not_print_are_not(
    source_id: str, period_start_date: str, damaged: Warehouse
) -> None:
    Edit("documents", {"source_id": source_id}, {"period_start_date": period_start_date}).apply(damaged.raw)
    damaged.build_models()
    assert implausible(damaged) >= 1
