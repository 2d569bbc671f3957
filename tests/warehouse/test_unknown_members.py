"""A fact without a programme, a function, a unit or an indicator joins to a row that says why, so no join loses it."""

from __future__ import annotations

import pytest

from tests.built_warehouse import Warehouse

JOINS = [
    ("fct_indicator_goals", "dim_programs", "program_key"),
    ("fct_indicator_goals", "dim_functions", "function_key"),
    ("fct_indicator_goals", "dim_org_units", "org_unit_key"),
    ("fct_budget_execution", "dim_functions", "function_key"),
    ("fct_budget_execution", "dim_indicators", "indicator_key"),
]


@pytest.mark.parametrize(("fact", "dimension", "key"), JOINS)
def test_a_plain_join_loses_no_fact(fact: str, dimension: str, key: str, sound: Warehouse) -> None:
    assert sound.query(f"""
        select count(*) = (select count(*) from marts.{fact}), count(*) > 0
        from marts.{fact} as f inner join marts.{dimension} as d using ({key})
    """) == [(True, True)]


def test_the_unknown_member_says_why(sound: Warehouse) -> None:
    # The categories of Honduras have no functional code and their money no indicator; the activities of El Salvador
    # belong to a line of the plan and not to a programme.
    assert sound.query("""
        select g.source_id, p.program_name, f.function_name
        from marts.fct_indicator_goals as g
        inner join marts.dim_programs as p using (program_key)
        inner join marts.dim_functions as f using (function_key)
        where g.source_id in ('hn_siafi_productos', 'sv_insafocoop_poa') and (p.program_key < 0)
        group by all
    """) == [("sv_insafocoop_poa", "No aplica", "No aplica")]
    assert sound.query("""
        select distinct b.source_id, f.function_name, i.indicator_name
        from marts.fct_budget_execution as b
        inner join marts.dim_functions as f using (function_key)
        inner join marts.dim_indicators as i using (indicator_key)
        where f.function_key < 0
    """) == [("hn_siafi_productos", "No aplica", "No aplica")]
