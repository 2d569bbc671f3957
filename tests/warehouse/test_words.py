"""What people read is in Spanish and in English, and the build fails on what is in one of them only."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from orchestration.paths import Paths
from orchestration.transformation import passthrough
from tests.built_warehouse import ROOT, Warehouse, working_database

SEEDS = ("known_discrepancies", "achievement_methods", "threshold_schemes", "check_causes", "null_kinds")


def test_a_known_discrepancy_is_told_in_both_languages(sound: Warehouse) -> None:
    # 84, 87 and 91 of the months of the UFI: 262 / 3 = 87.33
    assert sound.query("""
        select cause, cause_es, cause_en from marts.mart_reconciliation
        where rule_id = 'unit_quarter_equals_months' and status = 'explained'
    """) == [
        (
            "known_discrepancy",
            "Imprime 88 donde sus meses, 84, 87 y 91, dan 262 / 3 = 87.33; las otras 23 unidades sí resultan de sus "
            "meses",
            "Prints 88 where its months 84, 87 and 91 give 262 / 3 = 87.33; the other 23 units follow from their "
            "months",
        )
    ]


def test_a_cause_that_is_a_code_is_told_in_both_languages(sound: Warehouse) -> None:
    assert sound.query("""
        select distinct cause, cause_es, cause_en from marts.mart_reconciliation
        where cause in ('words', 'not_printed') order by cause
    """) == [("not_printed", "No se imprime", "Not printed"), ("words", "Se imprime con palabras", "Printed in words")]


def test_what_is_in_one_language_only_fails_its_test(sound: Warehouse, tmp_path: Path) -> None:
    shutil.copytree(sound.paths.home / "build", tmp_path / "build")
    (tmp_path / "raw").symlink_to(sound.raw)
    paths = Paths(ROOT, ROOT / "documents", tmp_path)
    with working_database(paths, read_only=False) as connection:
        connection.execute("update seeds.known_discrepancies set reason_es = '' where measure = 'compliance_pct'")
        connection.execute("update seeds.achievement_methods set caveat_es = '' where method_code = 'capped'")
        connection.execute("update seeds.threshold_schemes set source_es = '' where scheme_code = 'house'")
        connection.execute("update seeds.check_causes set cause_en = '' where cause_code = 'unexplained'")
        # a kind of missing number that may stand where a total should, and a cause without words
        connection.execute("delete from seeds.check_causes where cause_code = 'dash'")
        connection.execute("update marts.fct_reconciliation set cause_es = null where cause = 'words'")
    assert not passthrough(paths, ["test", "--quiet", "--select", *SEEDS, "fct_reconciliation"])
    results = json.loads((paths.dbt_manifest.parent / "run_results.json").read_text("utf-8"))["results"]
    failed = {result["unique_id"].split(".")[2] for result in results if result["status"] == "fail"}
    assert {re.sub(r"^(mapping_key_[a-z]+_[a-z]+)_.*", r"\1", name) for name in failed} == {
        "mapping_key_known_discrepancies",
        "mapping_key_achievement_methods",
        "mapping_key_threshold_schemes",
        "mapping_key_check_causes",
        "null_kinds_that_stop_a_comparison_have_words",
        "fct_reconciliation_causes_have_words",
    }
