"""Every rule catches its own damage, and no other rule cries with it.

The raw tables of the repository's documents are damaged as a wrong document or a wrong reading would damage them; the
warehouse is built again and all rules are run. What changes against the sound warehouse must be the rule the damage
is made for, and a second one only where the same figure takes part in its arithmetic.

One build tries one damage of each source: no rule compares the figures of two sources, so they cannot meet, and a
build takes as long as hundreds of rules do.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from expectations.catalogue import load_rules
from extractors.extraction import extract
from tests.built_warehouse import Warehouse
from tests.expectations.damage import ACTIVITIES, MX, PRODUCTS, Edit
from tests.expectations.mutations_budgets import BUDGETS
from tests.expectations.mutations_compliance import COMPLIANCE, MENDED
from tests.expectations.mutations_indicators import INDICATORS
from tests.publications import damaged as documents

_SUBTOTAL = {"total_kind": "subtotal", "total_no": 1}
_TOTAL = {"total_kind": "total"}


def program(code: str, **values: str) -> Edit:
    return Edit(MX, {"program_code": code}, values)


def subtotal(**values: str) -> Edit:
    return Edit(f"{MX}_totals", _SUBTOTAL, values)


def product(number: int, name: str, folder: str = PRODUCTS, **values: str) -> Edit:
    """The row of a SIAFI product; `name` is how its printed name begins."""
    return Edit(folder, {"row_seq": number}, values)


EXPECTATIONS: dict[str, tuple[list[Edit], set[str]]] = {
    "subtotal_equals_rows": ([subtotal(approved_amount="3,814,140,988.78")], set()),
    # 3,814,140,987.78 + 3,508,520,480.18 = 7,322,661,467.96; the printed total is 1.01 above it.
    "total_equals_rows": ([Edit(f"{MX}_totals", _TOTAL, {"approved_amount": "7,322,661,468.97"})], set()),
    "total_equals_subtotals": (
        [
            subtotal(approved_amount="3,814,140,988.78"),
            Edit(f"{MX}_totals", {"total_kind": "subtotal", "total_no": 2}, {"approved_amount": "3,508,520,480.18"}),
            Edit(f"{MX}_totals", _TOTAL, {"approved_amount": "7,322,661,467.96"}),
        ],
        {"subtotal_equals_rows"},
    ),
    "total_percentage": ([subtotal(execution_approved_pct="95%")], set()),
    "achievement_percentage": ([program("G1290", achievement_programmed_pct="141%")], set()),
    "execution_percentage": ([program("G1290", execution_approved_pct="77%")], set()),
    "physical_difference": ([product(1, "2-Ingresos", physical_difference="-828.92")], set()),
    # The column of differences has a total of its own, 0.00.
    "budget_difference": ([product(1, "2-Ingresos", budget_difference="1.00")], {"total_equals_rows"}),
    # One lempira wanders from programme 11-01 to 11-02, in both phases: every total still ties.
    "levels_agree": (
        [
            product(1, "3-Informes", ACTIVITIES, assigned_amount="31,267,220.00", in_force_amount="31,267,220.00"),
            product(5, "12-Procesos", ACTIVITIES, assigned_amount="3,130,756.00", in_force_amount="3,130,756.00"),
        ],
        set(),
    ),
    "renditions_agree": (
        [
            Edit(MX, {"program_code": "G1290"}, {"approved_amount": "22,859,651.85"}, form="xlsx"),
            Edit(f"{MX}_totals", _SUBTOTAL, {"approved_amount": "3,814,140,988.78"}, form="xlsx"),
        ],
        set(),
    ),
    "pages_complete": ([Edit("accounting", {"table_name": "products"}, {"pages_declared_raw": "4"})], set()),
    # 70,000,000.00 more accrued by G1291 than it was given, in the row, the subtotal and every percentage of both.
    "phases_in_order": (
        [
            program(
                "G1291", accrued_amount="95,519,843.40", execution_approved_pct="263%", execution_adjusted_pct="260%"
            ),
            subtotal(accrued_amount="3,640,750,461.33", execution_approved_pct="95%", execution_adjusted_pct="95%"),
        ],
        set(),
    ),
    # 3,814,140,987.78 - 2 x 3,755,419.26 = 3,806,630,149.26
    "amounts_not_negative": (
        [
            program("G1292", approved_amount="-3,755,419.26", execution_approved_pct="-95%"),
            subtotal(approved_amount="3,806,630,149.26"),
        ],
        set(),
    ),
    "category_money_once": (
        [
            product(1, "2-Ingresos", assigned_amount="31,267,220.00", in_force_amount="31,267,220.00"),
            product(2, "6-Ingresos", assigned_amount="1.00", in_force_amount="1.00"),
        ],
        set(),
    ),
    "category_codes_ascending": ([product(22, "109-Participaciones", category_code="11-01-000-000")], set()),
    "period_plausible": (
        [Edit("documents", {"source_id": "mx_gto_cuenta_publica"}, {"period_start_date": "2021-01-01"})],
        set(),
    ),
    # 6035 of 4324.5 is still 140 %.
    "units_agree_with_values": (
        [program("G1290", goal_programmed="4324.5", goal_adjusted="4324.5")],
        {"unit_contradicts_values"},
    ),
    # 3035 is another institute of the same state.
    "unit_belongs_to_institution": ([program("G1290", unit_code="3035")], set()),
    "achievement_plausible": (
        [
            program(
                "G1291",
                goal_programmed="2",
                goal_adjusted="2",
                achievement_programmed_pct="1300%",
                achievement_adjusted_pct="1300%",
            )
        ],
        {"over_achievement"},
    ),
    "printed_total_to_compare": (
        [
            Edit(
                f"{folder}_totals",
                _TOTAL,
                dict.fromkeys(("assigned_amount", "in_force_amount", "budget_difference"), ""),
            )
            for folder in (PRODUCTS, ACTIVITIES)
        ],
        set(),
    ),
    # A table that a layout reads and no model knows.
    "loaded_tables_reach_marts": (
        [Edit("accounting", {"table_name": "objective_alignment"}, {"table_name": "annexes"})],
        set(),
    ),
}

EXPECTATIONS |= INDICATORS | COMPLIANCE | BUDGETS

DBT: dict[str, list[Edit]] = {
    "no_unparsed_values": [program("G1290", approved_amount="22,859,650,85")],
    "no_unmapped_keys": [
        Edit("documents", {"source_id": "mx_gto_cuenta_publica"}, {"institution_name_raw": "INSTITUTO DESCONOCIDO"})
    ],
    "row_counts_match_ledger": [Edit(PRODUCTS, {"row_seq": 22}, drop=True)],
    # The subtotal is printed right: the recorded difference of 30.00 is gone.
    "known_discrepancies_still_match": [subtotal(accrued_amount="3,570,750,431.33")],
}

EXTRACTORS: dict[str, Callable[[Path], Path]] = {
    "every_cell_accounted_for": documents.pdf_with_a_stray_row,
    "header_complete": lambda target: documents.pdf_lacking_a_column(target, "accrued_amount"),
    "one_publication_per_document": documents.pdf_with_contradicting_periods,
}
_SAYS = {
    "every_cell_accounted_for": "is neither data",
    "header_complete": "the header lacks 'Devengado'",
    "one_publication_per_document": "the period is printed with two values",
}


def batches() -> list[list[str]]:
    """The mutations as lists of rules of which no two damage the same source."""
    found: list[tuple[list[str], set[str]]] = []
    for rule_id, (edits, _) in EXPECTATIONS.items():
        sources = {edit.source_id for edit in edits}
        rules, taken = next((batch for batch in found if not batch[1] & sources), ([], set()))
        if not rules:
            found.append((rules, taken))
        rules.append(rule_id)
        taken |= sources
    return [rules for rules, _ in found]


def counts(warehouse: Warehouse) -> dict[str, int]:
    return {result.rule_id: result.failing_count for result in warehouse.validate().results}


@pytest.fixture(scope="session")
def sound_counts(sound: Warehouse) -> dict[str, int]:
    return counts(sound)


def test_every_rule_has_its_mutation() -> None:
    by_home = {"expectations": EXPECTATIONS | MENDED, "dbt": DBT, "extractors": EXTRACTORS}
    for home, mutations in by_home.items():
        assert set(mutations) == {rule.id for rule in load_rules() if rule.home == home}


def test_the_sound_documents_fail_no_rule_that_stops_publishing(sound: Warehouse) -> None:
    assert [result.rule_id for result in sound.validate().blocking] == []


@pytest.mark.parametrize("rules", batches(), ids=" ".join)
def test_only_the_right_rules_see_the_damage(
    rules: list[str], damaged: Warehouse, sound_counts: dict[str, int]
) -> None:
    for edit in (edit for rule_id in rules for edit in EXPECTATIONS[rule_id][0]):
        edit.apply(damaged.raw)
    damaged.build_models()
    seen = {rule for rule, count in counts(damaged).items() if count > sound_counts[rule]}
    assert seen == {*rules}.union(*(EXPECTATIONS[rule_id][1] for rule_id in rules))


def test_what_is_mended_is_not_found(damaged: Warehouse, sound_counts: dict[str, int]) -> None:
    for edit in (edit for edits in MENDED.values() for edit in edits):
        edit.apply(damaged.raw)
    damaged.build_models()
    after = counts(damaged)
    assert all(sound_counts[rule] for rule in MENDED)
    assert {rule: after[rule] for rule in MENDED} == dict.fromkeys(MENDED, 0)


@pytest.mark.parametrize("rule_id", DBT)
def test_only_the_right_dbt_test_sees_the_damage(rule_id: str, damaged: Warehouse) -> None:
    for edit in DBT[rule_id]:
        edit.apply(damaged.raw)
    assert damaged.failing_dbt_tests() == {rule_id}


@pytest.mark.parametrize("rule_id", EXTRACTORS)
def test_the_extractors_refuse_the_damaged_document(rule_id: str, tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "mx_gto_cuenta_publica"
    folder.mkdir(parents=True)
    EXTRACTORS[rule_id](folder / "damaged.pdf")
    result = extract(tmp_path / "inbox", tmp_path / "raw", tmp_path / "archive")
    (document,) = result.documents
    assert document.action == "quarantined"
    assert document.reason is not None and _SAYS[rule_id] in document.reason
