"""Achievement as printed, recomputed and canonical, and the status under each scheme, worked out by hand."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from orchestration.paths import Paths
from orchestration.transformation import passthrough
from tests.built_warehouse import ROOT, Warehouse, working_database

MART = "(select * from marts.mart_indicator_status where is_latest)"


def goal(sound: Warehouse, code: str, columns: str, basis: str = "programmed") -> tuple[Any, ...]:
    """The goal of a programme of ISSEG on a basis, under the house scheme."""
    (row,) = sound.query(f"""
        select {columns} from {MART}
        where source_id = 'mx_gto_cuenta_publica' and program_code = '{code}' and target_basis = '{basis}'
    """)
    return row


def activity(sound: Warehouse, row_seq: int, columns: str) -> list[tuple[Any, ...]]:
    """The measures of an activity of the plan, under the house scheme."""
    return sound.query(f"""
        select {columns} from {MART} where report_level = 'plan_activity'
        and (scope = 'activity {row_seq}' or scope like 'activity {row_seq} measure %') order by scope
    """)


def unit(sound: Warehouse, code: str, scheme: str, columns: str) -> tuple[Any, ...]:
    """The quarter of a unit under a scheme."""
    (row,) = sound.query(f"""
        select {columns} from {MART}
        where result_kind = 'unit_quarter' and org_unit_code = '{code}' and threshold_scheme_code = '{scheme}'
    """)
    return row


def test_everything_that_can_be_judged_is_judged_by_every_scheme_that_applies(sound: Warehouse) -> None:
    # 15 programmes of ISSEG on two bases; 22 products and 51 activities of Aduanas and 23 measures of INSAFOCOOP on
    # one; 9 indicators of IPAB with 5 yearly targets; 2 of DIPRES with one; 24 units with 3 months and a quarter.
    assert sound.query(f"""
        select source_id, threshold_scheme_code, result_kind = 'indicator', count(*) from {MART}
        group by all order by all
    """) == [
        ("cl_dipres_indicadores", "cl-dipres", True, 2),
        ("cl_dipres_indicadores", "house", True, 2),
        ("hn_siafi_productos", "house", True, 73),
        ("mx_gto_cuenta_publica", "house", True, 30),
        ("mx_ipab_programa_institucional", "house", True, 45),
        ("sv_insafocoop_poa", "house", False, 96),
        ("sv_insafocoop_poa", "house", True, 23),
        ("sv_insafocoop_poa", "sv-insafocoop-poa", False, 96),
    ]


def test_a_goal_moved_during_the_year_is_far_exceeded_and_just_met(sound: Warehouse) -> None:
    columns = "target_value, result_value, as_reported_pct, recomputed_pct, agrees_as_rounded, is_over_achieved, status"
    # 218 / 52 = 4.19230769 and 218 / 217 = 1.00460829; the threshold of over-achievement is 150 %
    assert goal(sound, "G1294", columns) == (52, 218, 419, Decimal("419.230769"), True, True, "met")
    assert goal(sound, "G1294", columns, "adjusted") == (217, 218, 100, Decimal("100.460829"), True, False, "met")


def test_the_print_agrees_after_rounding_half_up(sound: Warehouse) -> None:
    columns = "as_reported_pct, as_reported_decimals, recomputed_pct, difference_pct, agrees_as_rounded"
    # 3.15 / 2 = 157.5, which half up is 158; 290,145,859.11 / 164,438,000 = 176.446964
    assert goal(sound, "P3121", columns) == (158, 0, Decimal("157.5"), 0, True)
    assert goal(sound, "P3123", columns) == (176, 0, Decimal("176.446964"), 0, True)
    # all 30 percentages of the form
    assert sound.query(f"""
        select count(*), count(*) filter (where agrees_as_rounded) from {MART}
        where source_id = 'mx_gto_cuenta_publica'
    """) == [(30, 30)]


def test_over_achievement_is_a_failure_of_the_plan_beside_the_status(sound: Warehouse) -> None:
    assert sound.query(f"""
        select program_code, target_basis, status from {MART}
        where is_over_achieved and source_id = 'mx_gto_cuenta_publica' order by all
    """) == [
        # 140 % of G1290 is below 150
        ("G1294", "programmed", "met"),
        ("P3121", "adjusted", "met"),
        ("P3121", "programmed", "met"),
        ("P3123", "adjusted", "met"),
        ("P3123", "programmed", "met"),
    ]


def test_the_house_bands_are_judged_before_rounding(sound: Warehouse) -> None:
    columns = "canonical_pct, judged_pct_rounded, status, status_if_rounded, flips_on_rounding"
    # 21 / 22, 2,565 / 2,860 and 32,638 / 43,962: met from 100, partly met from 75
    assert goal(sound, "G1293", columns) == (Decimal("95.454545"), 95, "partial", "partial", False)
    assert goal(sound, "P3117", columns) == (Decimal("89.685315"), 90, "partial", "partial", False)
    assert goal(sound, "P3118", columns) == (Decimal("74.241390"), 74, "not_met", "not_met", False)


def test_the_house_scheme_and_the_money_mart_meet_the_same_goals(sound: Warehouse) -> None:
    # A goal is met in mart_program_performance at 100 % of the adjusted target, or of the programmed without one.
    assert sound.query(f"""
        select source_id, count(*) filter (where is_met), count(is_met) from {MART}
        where (source_id = 'mx_gto_cuenta_publica' and target_basis = 'adjusted') or source_id = 'hn_siafi_productos'
        group by source_id order by source_id
    """) == sound.query("""
        select source_id, sum(goals_met_count), sum(goals_judged_count) from marts.mart_program_performance
        where is_latest group by source_id order by source_id
    """)


def test_nothing_programmed_has_no_achievement_but_a_reason(sound: Warehouse) -> None:
    # Programmed 0 and evaluated 41 (contingents under national agreements); seven such activities and one product.
    columns = "target_value, result_value, canonical_pct, status, status_name, is_unplanned_delivery, is_over_achieved"
    assert sound.query(f"select {columns} from {MART} where indicator_name like '%convenios nacionales%'") == [
        (0, 41, None, "unplanned_delivery", "Entrega no programada", True, None)
    ]
    # 0 and 0: six products and three activities, where nothing was planned and nothing came
    assert sound.query(f"""
        select report_level, status, count(*) from {MART}
        where source_id = 'hn_siafi_productos' and canonical_pct is null group by all order by all
    """) == [
        ("activity_category", "target_zero", 3),
        ("activity_category", "unplanned_delivery", 7),
        ("product_category", "target_zero", 6),
        ("product_category", "unplanned_delivery", 1),
    ]


def test_a_report_without_percentages_has_nothing_to_recompute(sound: Warehouse) -> None:
    assert sound.query(f"""
        select distinct as_reported_method_code, as_reported_pct, recomputed_pct, agrees_as_rounded from {MART}
        where source_id = 'hn_siafi_productos'
    """) == [("not_printed", None, None, None)]
    # 3,573.93 / 2,745 = 1.30197814
    assert sound.query(f"""
        select canonical_method_code, canonical_pct, canonical_excess_pct from {MART}
        where source_id = 'hn_siafi_productos' and target_value = 2745
    """) == [("ratio_asc", Decimal("130.197814"), Decimal("30.197814"))]


def test_what_a_plan_caps_stands_beside_what_was_done(sound: Warehouse) -> None:
    columns = """
        as_reported_pct, as_reported_method_code, recomputed_pct, agrees_as_rounded, canonical_pct,
        canonical_capped_pct, canonical_excess_pct, is_over_achieved
    """
    # The synthesis tells 100 % and 82 % more for 995 of 547: 995 / 547 = 1.81901280
    assert activity(sound, 3, columns) == [
        (100, "capped", 100, True, Decimal("181.901280"), 100, Decimal("81.901280"), True)
    ]
    # and 67 % for 2 of 3 requests
    assert activity(sound, 15, columns) == [
        (67, "capped", Decimal("66.666667"), True, Decimal("66.666667"), Decimal("66.666667"), 0, False)
    ]
    # 132.15 % and 20.52 % are results against a goal of 90 %, not achievements of it: 132.15 / 90 and 20.52 / 90
    assert activity(sound, 13, "as_reported_pct, canonical_pct") == [
        (None, Decimal("146.833333")),
        (None, Decimal("22.8")),
    ]


def test_a_report_that_never_came_is_no_result(sound: Warehouse) -> None:
    # 3.1 has one goal and 4.3 two, one of them with a zero printed
    columns = "result_value, as_reported_pct, canonical_pct, status, status_name, is_met"
    not_reported = (None, None, None, "not_reported", "Sin informe", None)
    assert activity(sound, 12, columns) == [not_reported]
    assert activity(sound, 16, columns) == [not_reported] * 2
    # 4.4 held none of 2 events, which is a result, and tells nothing of its two other goals
    assert activity(sound, 17, columns) == [(0, None, 0, "not_met", "No cumplida", False), *[not_reported] * 2]


def test_a_result_of_another_thing_is_not_judged(sound: Warehouse) -> None:
    # Assemblies held and delegates appointed: the synthesis tells 100 %, and there is nothing to recompute it from.
    columns = "as_reported_pct, recomputed_pct, agrees_as_rounded, canonical_pct, status, is_over_achieved"
    assert activity(sound, 4, columns) == [(100, None, None, None, "not_comparable", None)]


def test_a_unit_reaches_its_threshold_only_by_rounding(sound: Warehouse) -> None:
    # (100 + 81 + 88) / 3 = 89.666667, printed as 90
    columns = "as_reported_pct, recomputed_pct, agrees_as_rounded, threshold_pct, status, status_if_rounded"
    assert unit(sound, "UCP", "sv-insafocoop-poa", columns) == (
        *(90, Decimal("89.666667"), True, 90),
        *("immediate_attention", "met"),
    )
    assert sound.query(f"select org_unit_code, threshold_scheme_code from {MART} where flips_on_rounding") == [
        ("UCP", "sv-insafocoop-poa")
    ]
    # the house asks for all of what was programmed
    columns = "status, status_if_rounded, is_met"
    assert unit(sound, "UCP", "house", columns) == ("partial", "partial", False)


def test_a_unit_whose_months_say_otherwise_than_its_quarter(sound: Warehouse) -> None:
    # (84 + 87 + 91) / 3 = 87.333333 rounds to 87 and 88 is printed; it is the only one of 20
    columns = "as_reported_pct, recomputed_pct, difference_pct, agrees_as_rounded"
    assert unit(sound, "UFI", "sv-insafocoop-poa", columns) == (88, Decimal("87.333333"), 1, False)
    assert sound.query(f"""
        select org_unit_code from {MART} where not agrees_as_rounded and threshold_scheme_code = 'house'
    """) == [("UFI",)]


def test_units_are_judged_as_in_the_mart_of_units(sound: Warehouse) -> None:
    assert (
        sound.query(f"""
        select here.org_unit_code, here.status, there.status, here.status_if_rounded, there.status_if_rounded
        from {MART} as here inner join marts.mart_unit_compliance as there on here.judged_key = there.compliance_key
        where here.threshold_scheme_code = there.threshold_scheme_code
        and (here.status <> there.status or here.flips_on_rounding <> there.is_flipped_by_rounding)
    """)
        == []
    )
    # a month prints its percentage and nothing to compute it from
    assert sound.query(f"""
        select distinct as_reported_method_code, canonical_method_code, recomputed_pct, agrees_as_rounded from {MART}
        where result_kind = 'unit_month' and org_unit_code = 'UFI'
    """) == [("as_printed", "as_printed", None, None)]


def test_targets_wait_for_their_results(sound: Warehouse) -> None:
    # DIPRES prints 2012 as a target and 2011 as an estimate; IPAB prints results up to 2018 and targets from 2020.
    assert sound.query(f"""
        select distinct institution_code, fiscal_year, target_value, status, result_document_sha256 from {MART}
        where source_id = 'cl_dipres_indicadores' order by institution_code
    """) == [
        ("GORE-BIOBIO", 2012, 96, "no_result", None),
        ("GORE-COQUIMBO", 2012, 95, "no_result", None),
    ]
    assert sound.query(f"""
        select fiscal_year, period_label, direction_code, is_direction_assumed, canonical_method_code, count(*)
        from {MART} where source_id = 'mx_ipab_programa_institucional' and status = 'no_result'
        group by all order by all
    """) == [(year, str(year), "constant", False, "constant_band", 9) for year in range(2020, 2025)]


def test_a_direction_that_no_form_declares_is_assumed_and_says_so(sound: Warehouse) -> None:
    assert sound.query(f"""
        select source_id, direction_code, is_direction_assumed from {MART} where result_kind = 'indicator'
        group by all order by all
    """) == [
        ("cl_dipres_indicadores", "ascending", True),
        ("hn_siafi_productos", "ascending", True),
        ("mx_gto_cuenta_publica", "ascending", True),
        ("mx_ipab_programa_institucional", "constant", False),
        ("sv_insafocoop_poa", "ascending", True),
    ]


def test_every_row_says_where_it_is_printed(sound: Warehouse) -> None:
    assert sound.query(f"""
        select count(*) from {MART} as mart left join marts.dim_documents as documents using (document_sha256)
        where documents.file_path is null or mart.page_no is null or mart.table_no is null or mart.row_no is null
    """) == [(0,)]
    # G1294 is the fifth programme below the header of the first page
    assert goal(sound, "G1294", "page_no, table_name, scope") == (1, "indicator_results", "program G1294 line 1")


def test_what_a_later_issue_says_is_judged_beside_the_first(sound: Warehouse) -> None:
    # The preliminary issue evaluated 640 of 875 (73.142857), the published one 713 (81.485714).
    assert sound.query("""
        select is_first, is_latest, result_value, canonical_pct, status from marts.mart_indicator_status
        where target_value = 875 order by vintage_seq
    """) == [
        (True, False, 640, Decimal("73.142857"), "not_met"),
        (False, True, 713, Decimal("81.485714"), "partial"),
    ]


def test_no_percentage_adds_up(sound: Warehouse) -> None:
    manifest = json.loads(sound.paths.dbt_manifest.read_text("utf-8"))
    columns = manifest["nodes"]["model.contraste.mart_indicator_status"]["columns"]
    for name, column in columns.items():
        if column["data_type"] == "decimal(24, 6)":
            assert column["meta"]["additivity"] == "non_additive" and not column["meta"].get("additive_over"), name


@pytest.fixture
def ruled(sound: Warehouse, tmp_path: Path) -> Warehouse:
    """The sound warehouse with rules that a test may break."""
    shutil.copytree(sound.paths.build, tmp_path / "build")
    return Warehouse(Paths(ROOT, ROOT / "documents", tmp_path))


def broken(ruled: Warehouse, change: str, *command: str) -> set[str]:
    """Change a seed as it stands in the database and run dbt; the names of what fails, without their arguments."""
    with working_database(ruled.paths, read_only=False) as connection:
        connection.execute(change)
    passthrough(ruled.paths, ["--quiet", *command])
    run = json.loads((ruled.paths.dbt / "target" / "run_results.json").read_text("utf-8"))
    return {result["unique_id"].split(".")[2] for result in run["results"] if result["status"] in ("fail", "error")}


def test_a_rule_cannot_name_a_method_that_nobody_wrote(ruled: Warehouse) -> None:
    change = (
        "update seeds.canonical_achievement_rules set method_code = 'ratio_of_luck' where result_kind = 'unit_month'"
    )
    assert broken(ruled, change, "test", "--select", "canonical_achievement_rules") == {
        "implemented_method_canonical_achievement_rules_method_code"
    }


@pytest.mark.parametrize(
    "change",
    [
        "delete from seeds.achievement_methods where method_code = 'ratio_desc_mirror'",
        "update seeds.achievement_methods set method_code = 'ratio_of_luck' where method_code = 'additional'",
    ],
    ids=["a formula without its line", "a line without its formula"],
)
def test_the_catalogue_and_the_formulas_are_one_list(ruled: Warehouse, change: str) -> None:
    failing = broken(ruled, change, "test", "--select", "achievement_methods,test_name:every_method_implemented")
    assert failing == {"every_method_implemented_achievement_methods_"}


def test_a_source_without_a_rule_stops_the_build(ruled: Warehouse) -> None:
    change = "delete from seeds.reported_achievement_rules where source_id = 'hn_siafi_productos'"
    failing = broken(ruled, change, "build", "--select", "int_achievements__compute", "--exclude", "test_type:unit")
    assert failing == {"not_null_int_achievements__compute_reported_method_code"}
