"""The catalogue of rules and their implementations are the same set."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import yaml

from expectations.catalogue import load_rules
from expectations.suites import ALL_CHECKS

ROOT = Path(__file__).parents[2]


def test_every_expectation_rule_has_exactly_one_check() -> None:
    implemented = [check.rule_id for check in ALL_CHECKS]
    declared = [rule.id for rule in load_rules() if rule.home == "expectations"]
    assert sorted(implemented) == sorted(declared)


def test_every_dbt_rule_is_a_test_of_its_name_on_its_subject() -> None:
    tests = {}
    for file in (ROOT / "dbt_project" / "models").rglob("*.yml"):
        for model in (yaml.safe_load(file.read_text("utf-8")) or {}).get("models", []):
            for test in model.get("data_tests", []):
                body = next(iter(test.values())) if isinstance(test, dict) else {}
                if isinstance(body, dict) and "name" in body:
                    tests[body["name"]] = model["name"]
    for rule in load_rules():
        if rule.home == "dbt":
            assert tests.get(rule.id) == rule.subject


def test_every_rule_of_the_reconciliation_and_every_finding_is_in_the_catalogue() -> None:
    declared = {rule.id for rule in load_rules() if rule.subject in ("mart_reconciliation", "mart_findings")}
    used = set()
    for file in (ROOT / "dbt_project" / "models").rglob("*.sql"):
        used |= set(re.findall(r"'([a-z_]+)'\s+as\s+rule_id", file.read_text("utf-8")))
    assert used == declared


def test_findings_have_the_severity_the_catalogue_gives_them() -> None:
    with (ROOT / "dbt_project" / "seeds" / "finding_rules.csv").open(encoding="utf-8", newline="") as file:
        seeded = {row["rule_id"]: row["severity"] for row in csv.DictReader(file)}
    assert seeded == {rule.id: rule.severity for rule in load_rules() if rule.subject == "mart_findings"}
    assert "error" not in seeded.values()


def test_every_rule_speaks_spanish_and_english() -> None:
    for rule in load_rules():
        assert rule.sentence_es.endswith(".") and rule.sentence_en.endswith(".")
        assert rule.sentence_es != rule.sentence_en
        # what is left out is 0 in both
        assert (rule.tolerance == "0") == (rule.tolerance_es == "0"), rule.id


def test_a_rule_that_stands_twice_is_refused(tmp_path: Path) -> None:
    rule = load_rules()[0].model_dump()
    catalogue = tmp_path / "rules.yml"
    catalogue.write_text(yaml.safe_dump({"rules": [rule, rule]}), "utf-8")
    with pytest.raises(ValueError, match=f"{rule['id']} stands twice"):
        load_rules(catalogue)
