"""Periods, dates and coverage: what was expected of whom, what arrived, what is missing."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.built_warehouse import Warehouse

FACTS = (
    "fct_budget_execution",
    "fct_indicator_goals",
    "fct_indicator_values",
    "fct_indicator_variables",
    "fct_indicator_counts",
    "fct_unit_compliance",
    "fct_printed_totals",
    "fct_reconciliation",
)


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_finds_its_period_by_one_whole_number(fact: str, sound: Warehouse) -> None:
    assert sound.query(f"""
        select count(*) > 0, count(*) - count(p.period_key), bool_and(f.period_end_date = p.period_end_date)
        from marts.{fact} as f left join marts.dim_periods as p using (period_key)
    """) == [(True, 0, True)]


def test_the_periods_of_the_five_publications(sound: Warehouse) -> None:
    # 31 + 29 + 31 = 91 days in the first quarter of 2024; 5 * 365 + 2 leap days = 1,827 days from 2020 to 2024
    assert sound.query("""
        select period_key, period_type, month_count, day_count, fiscal_year, period_label, is_ytd
        from marts.dim_periods where is_reported order by period_key
    """) == [
        (201201010366, "year", 12, 366, 2012, "2012", True),
        (202001010366, "year", 12, 366, 2020, "2020", True),
        (202001011827, "multi_year", 60, 1827, 2024, "2020–2024", False),
        (202101010031, "month", 1, 31, 2021, "enero 2021", True),
        (202401010031, "month", 1, 31, 2024, "enero 2024", True),
        (202401010091, "quarter", 3, 91, 2024, "T1 2024", True),
        (202402010029, "month", 1, 29, 2024, "febrero 2024", False),
        (202403010031, "month", 1, 31, 2024, "marzo 2024", False),
    ]


def test_the_calendar_is_whole(sound: Warehouse) -> None:
    assert sound.query("""
        select count(*) filter (where period_type = 'month'), count(*) filter (where period_type = 'quarter'),
            count(*) filter (where period_type = 'semester'), min(period_label) filter (where period_type = 'semester')
        from marts.dim_periods where fiscal_year = 2020
    """) == [(12, 4, 2, "S1 2020")]
    # 2024 was a leap year and began on a Monday
    assert sound.query("""
        select count(*), min(date_key), max(date_key), min(weekday_name) filter (where date_day = date '2024-01-01'),
            max(month_end_date) filter (where month_no = 2)
        from marts.dim_dates where year_no = 2024
    """) == [(366, 20240101, 20241231, "lunes", dt.date(2024, 2, 29))]


def test_the_calendar_plays_three_roles(sound: Warehouse) -> None:
    assert sound.query("""
        select p.period_end_year_month, r.reported_date_key, l.loaded_date = f.loaded_on, count(*)
        from marts.fct_indicator_goals as f
        inner join marts.dim_dates_period_end as p on f.period_end_date = p.period_end_date
        inner join marts.dim_dates_reported as r on f.reported_on = r.reported_date
        inner join marts.dim_dates_loaded as l on f.loaded_on = l.loaded_date
        where f.source_id = 'hn_siafi_productos' group by all order by 2
    """) == [("2021-01", 20210203, True, 73), ("2021-01", 20210205, True, 73)]


def test_what_was_expected_and_did_not_come_can_be_seen(sound: Warehouse) -> None:
    # Guanajuato: four forms a year, here the one to December, and the made-up statements that nobody expects; Honduras:
    # twelve months, here January; El Salvador: four quarters, here the first; one publication each of the other two.
    assert sound.query("""
        select source_id, count(*), count(*) filter (where has_arrived), count(*) filter (where status = 'missing')
        from marts.mart_coverage group by source_id order by source_id
    """) == [
        ("cl_dipres_indicadores", 1, 1, 0),
        ("hn_siafi_productos", 12, 1, 11),
        ("mx_gto_cuenta_publica", 5, 2, 3),
        ("mx_ipab_programa_institucional", 1, 1, 0),
        ("sv_insafocoop_poa", 4, 1, 3),
    ]
    # thirty days after 30 September and 31 December; the form prints no date, so nobody can call it late
    assert sound.query("""
        select period_start_date, period_end_date, due_date, status, reported_on, days_after_due, document_count
        from marts.mart_coverage where institution_code = '3031' and period_end_date >= date '2020-09-30'
        order by period_end_date
    """) == [
        (dt.date(2020, 1, 1), dt.date(2020, 9, 30), dt.date(2020, 10, 30), "missing", None, None, 0),
        (dt.date(2020, 1, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 30), "arrived", None, None, 2),
    ]


def test_how_fresh_each_source_is(sound: Warehouse) -> None:
    assert sound.query("""
        select distinct source_id, source_last_period_end_date, source_last_loaded_on = assessed_on,
            source_quarantined_count
        from marts.mart_coverage where source_id like 'hn%' or source_id like 'sv%' order by source_id
    """) == [
        ("hn_siafi_productos", dt.date(2021, 1, 31), True, 0),
        ("sv_insafocoop_poa", dt.date(2024, 3, 31), True, 0),
    ]
