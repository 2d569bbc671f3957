"""The repository's documents hold a report and the preliminary issue it restates: what each filter gives, by hand.

The SIAFI report of Honduras was run on 05/02/2021. Of 03/02/2021 there is a made-up preliminary issue, in which 15
cells differ (tests/publications/figures/aduanas_2021_01_preliminary.yml); what the office published is the latest.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.built_warehouse import Warehouse

HN = "source_id = 'hn_siafi_productos'"
PUBLISHED = "hn_siafi_productos/aduanas_2021_01_r00824984.pdf"
SCANNED = "hn_siafi_productos/aduanas_2021_01_r00824984_escaneado.pdf"
PRELIMINARY = "hn_siafi_productos/aduanas_2021_01_r00824984_ejemplo_preliminar.pdf"
AS_OF = "known_from <= date '{0}' and (known_until > date '{0}' or known_until is null)"

# evaluated of products 2 and 51 and of activity 22; in force of the products and of the activities
BEFORE = (Decimal("3120.50"), 76, 640, Decimal("50673837.00"), Decimal("49891864.00"))
NOW = (Decimal("3573.93"), 80, 713, Decimal("50773837.00"), Decimal("49991864.00"))
NOTHING = (None, None, None, None, None)


def figures(sound: Warehouse, condition: str) -> tuple[Any, ...]:
    """The figures that were restated, under one filter and no other; None where the filter leaves none."""
    ((products, monitoring, alerts),) = sound.query(f"""
        select max(achieved_value) filter (where scope = 'category 11-01-000-000 product 2'),
            max(achieved_value) filter (where scope = 'category 11-02-000-000 product 51'),
            max(achieved_value) filter (where scope = 'category 11-02-000-001 product 22')
        from marts.fct_indicator_goals where {HN} and {condition}
    """)
    ((final, intermediate),) = sound.query(f"""
        select sum(adjusted_amount) filter (where table_name = 'products'),
            sum(adjusted_amount) filter (where table_name = 'activities')
        from marts.fct_budget_execution where {HN} and {condition}
    """)
    return products, monitoring, alerts, final, intermediate


def test_the_published_report_is_the_second_vintage_and_its_scan_another_form_of_it(sound: Warehouse) -> None:
    assert sound.query(f"""
        select file_path, role, vintage_seq, is_latest, cast(reported_at as text) from marts.dim_documents
        where {HN} order by vintage_seq, role desc
    """) == [
        (PRELIMINARY, "source", 1, False, "2021-02-03 10:12:31"),
        (PUBLISHED, "source", 2, True, "2021-02-05 18:18:13"),
        (SCANNED, "rendition", 2, True, "2021-02-05 18:18:13"),
    ]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("is_first", BEFORE),
        ("is_latest", NOW),
        (AS_OF.format("2021-02-02"), NOTHING),
        (AS_OF.format("2021-02-03"), BEFORE),
        (AS_OF.format("2021-02-04"), BEFORE),
        (AS_OF.format("2021-02-05"), NOW),
        (AS_OF.format("2024-12-31"), NOW),
    ],
)
def test_latest_first_and_as_of_are_one_filter(condition: str, expected: tuple[Any, ...], sound: Warehouse) -> None:
    assert figures(sound, condition) == expected


def test_the_preliminary_issue_stays_whole_beside_the_published_one(sound: Warehouse) -> None:
    # 22 + 51 goals and 3 + 7 lines of money in each; assigned is the same in both
    assert sound.query(f"""
        select vintage_seq, is_first, is_latest, known_from, known_until, count(*)
        from marts.fct_indicator_goals where {HN} group by all order by vintage_seq
    """) == [
        (1, True, False, dt.date(2021, 2, 3), dt.date(2021, 2, 5), 73),
        (2, False, True, dt.date(2021, 2, 5), None, 73),
    ]
    assert sound.query(f"""
        select vintage_seq, table_name, count(*), sum(approved_amount), sum(adjusted_amount)
        from marts.fct_budget_execution where {HN} group by all order by vintage_seq, table_name
    """) == [
        (1, "activities", 7, Decimal("49991864.00"), Decimal("49891864.00")),
        (1, "products", 3, Decimal("50773837.00"), Decimal("50673837.00")),
        (2, "activities", 7, Decimal("49991864.00"), Decimal("49991864.00")),
        (2, "products", 3, Decimal("50773837.00"), Decimal("50773837.00")),
    ]


def test_every_changed_cell_is_a_restatement_and_no_other_is(sound: Warehouse) -> None:
    # 453.43 / 3,120.50 = 14.530684 %, 453.43 / 375.50 = 120.753662 %; 4 / 76 = 5.263158 %, 4 / 7 = 57.142857 %;
    # 73 / 640 = 11.40625 %, 73 / 235 = 31.063830 %; 100,000 / 14,041,118 = 0.712194 %, / 9,157,791 = 1.091966 %,
    # / 50,673,837 = 0.197340 %, / 49,891,864 = 0.200433 %; a difference of 100,000.00 went, -100 %
    more = Decimal("100000.00")
    gone = ("100,000.00", "0.00", -more, Decimal(-100))
    assert sound.query("""
        select table_name, scope, measure, old_raw, new_raw, difference, difference_pct
        from marts.mart_restatements where figure_kind = 'number' order by table_name, scope, measure
    """) == [
        ("activities", "category 11-02-000-001 product 22", *rest)
        for rest in (
            ("achieved_value", "640.00", "713.00", 73, Decimal("11.40625")),
            ("physical_difference", "235.00", "162.00", -73, Decimal("-31.063830")),
        )
    ] + [
        ("activities", "category 11-02-000-003 product 69", *rest)
        for rest in (
            ("adjusted_amount", "9,157,791.00", "9,257,791.00", more, Decimal("1.091966")),
            ("budget_difference", *gone),
        )
    ] + [
        ("activities", "total", "adjusted_amount", "49,891,864.00", "49,991,864.00", more, Decimal("0.200433")),
        ("activities", "total", "budget_difference", *gone),
    ] + [
        ("products", "category 11-01-000-000 product 2", *rest)
        for rest in (
            ("achieved_value", "3,120.50", "3,573.93", Decimal("453.43"), Decimal("14.530684")),
            ("physical_difference", "-375.50", "-828.93", Decimal("-453.43"), Decimal("-120.753662")),
        )
    ] + [
        ("products", "category 11-02-000-000 product 11", *rest)
        for rest in (
            ("adjusted_amount", "14,041,118.00", "14,141,118.00", more, Decimal("0.712194")),
            ("budget_difference", *gone),
        )
    ] + [
        ("products", "category 11-02-000-000 product 51", *rest)
        for rest in (
            ("achieved_value", "76.00", "80.00", 4, Decimal("5.263158")),
            ("physical_difference", "-7.00", "-11.00", -4, Decimal("-57.142857")),
        )
    ] + [
        ("products", "total", "adjusted_amount", "50,673,837.00", "50,773,837.00", more, Decimal("0.197340")),
        ("products", "total", "budget_difference", *gone),
    ]
    assert sound.query("""
        select table_name, scope, measure, change_kind, old_raw, new_raw
        from marts.mart_restatements where figure_kind = 'text'
    """) == [
        (
            *("products", "category 11-03-000-000 product 93", "indicator_name", "changed"),
            "Tableros y reportes dinámicos, diseñados en el sistema de inteligencia aduanera.",
            "Tableros y reportes dinámicos, creados en el sistema de inteligencia aduanera.",
        )
    ]


def test_every_restatement_says_who_changed_it_and_when(sound: Warehouse) -> None:
    assert sound.query("""
        select cause, comparison, restated_on, from_file_path, to_file_path, from_vintage_seq, to_vintage_seq,
            is_latest, count(*)
        from marts.mart_restatements group by all
    """) == [("source_restated", "reissue", dt.date(2021, 2, 5), PRELIMINARY, PUBLISHED, 1, 2, True, 15)]


def test_both_issues_tie_and_keep_the_discrepancy_between_their_levels(sound: Warehouse) -> None:
    # 5,365,498 - 4,583,525 in 11-03 of both; in all 50,673,837 - 49,891,864 and 50,773,837 - 49,991,864
    assert sound.query(f"""
        select vintage_seq, scope, measure, printed_value, status, difference from marts.mart_reconciliation
        where {HN} and status not in ('reconciled', 'nothing_to_compare') order by vintage_seq, scope, measure
    """) == [
        (vintage, scope, measure, printed, "explained", Decimal("781973.00"))
        for vintage, adjusted in ((1, Decimal("50673837.00")), (2, Decimal("50773837.00")))
        for scope, measure, printed in (
            ("programme 11-03", "adjusted_amount", Decimal("5365498.00")),
            ("programme 11-03", "approved_amount", Decimal("5365498.00")),
            ("total", "adjusted_amount", adjusted),
            ("total", "approved_amount", Decimal("50773837.00")),
        )
    ]
