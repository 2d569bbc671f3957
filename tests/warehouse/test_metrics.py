"""MetricFlow's answers are those of the marts: a metric is defined once, and ratios divide sums by sums."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.built_warehouse import ROOT, Warehouse

Rows = list[dict[str, str]]


class MetricFlow:
    """`mf` over the models of a built warehouse. It looks for dbt's target inside the project: it gets a copy."""

    def __init__(self, warehouse: Warehouse, folder: Path) -> None:
        self.project = folder / "dbt_project"
        shutil.copytree(ROOT / "dbt_project", self.project, ignore=shutil.ignore_patterns("target", "logs"))
        (self.project / "target").symlink_to(warehouse.paths.dbt_manifest.parent)
        self.answer = folder / "answer.csv"
        self.environment = (
            os.environ
            | warehouse.paths.environment()
            | {
                "DBT_PROFILES_DIR": str(ROOT),
                "DBT_LOG_PATH": str(folder),
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            }
        )

    def run(self, *arguments: str) -> str:
        command = [str(Path(sys.executable).with_name("mf")), *arguments]
        done = subprocess.run(
            command, cwd=self.project, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def query(self, metrics: str, *more: str) -> Rows:
        self.run("query", "--metrics", metrics, "--csv", str(self.answer), *more)
        with self.answer.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def metricflow(sound: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> MetricFlow:
    return MetricFlow(sound, tmp_path_factory.mktemp("metricflow"))


def asked(warehouse: Warehouse, question: str, where: str) -> list[dict[str, Any]]:
    """The rows of one of the twenty questions."""
    sql = (ROOT / "dbt_project" / "analyses" / "questions" / f"{question}.sql").read_text("utf-8")
    with duckdb.connect(str(warehouse.paths.build_database), read_only=True) as connection:
        answer = connection.execute(f"select * from ({sql}) where {where}")
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def same(text: str, rounded: Decimal) -> bool:
    """A metric and a column that is rounded to six decimals (of a percentage: eight of the ratio)."""
    return abs(Decimal(text) - rounded) <= Decimal("0.0000005")


def near(text: str, exact: Decimal) -> bool:
    """MetricFlow divides in floating point: 15 figures are right."""
    return abs(Decimal(text) - exact) <= abs(exact) * Decimal("1e-12")


def test_execution_divides_sums_of_money(metricflow: MetricFlow) -> None:
    # Cuenta Pública 2020 of ISSEG, rows added up: approved, adjusted, accrued
    approved, adjusted, accrued = Decimal("7322661467.96"), Decimal("7370272328.52"), Decimal("6758751766.74")
    rows = metricflow.query(
        "execution_rate_approved,execution_rate_adjusted",
        "--group-by", "budget_line__institution_code,budget_line__currency_code",
        "--where", "{{ Dimension('budget_line__country_code') }} = 'MX'",
    )  # fmt: skip
    ((row),) = rows
    assert near(row["execution_rate_approved"], accrued / approved)
    assert near(row["execution_rate_adjusted"], accrued / adjusted)


def test_metrics_by_programme_answer_as_the_questions_do(metricflow: MetricFlow, sound: Warehouse) -> None:
    answers = {
        row["budget_line__program_code"]: row
        for row in metricflow.query(
            "execution_rate_approved,execution_rate_adjusted,cost_per_unit,goals_met_rate",
            "--group-by", "budget_line__program_code",
            "--where", "{{ Dimension('budget_line__country_code') }} = 'MX'",
        )
    }  # fmt: skip
    # each of the 15 programmes has one line
    execution = asked(sound, "q01_execution_rate", "country_code = 'MX'")
    assert answers.keys() == {row["program_code"] for row in execution} and len(answers) == 15
    for row in execution:
        answer = answers[row["program_code"]]
        assert same(answer["execution_rate_approved"], row["accrued_of_approved_pct"] / 100)
        assert same(answer["execution_rate_adjusted"], row["accrued_of_adjusted_pct"] / 100)
    costs = {row["program_code"]: row["accrued_cost_per_unit"] for row in asked(sound, "q06_cost_per_unit", "true")}
    assert costs
    for code, answer in answers.items():
        assert answer["cost_per_unit"] == "" if code not in costs else same(answer["cost_per_unit"], costs[code])
    for row in asked(sound, "q05_efficacy_and_spend", "true"):
        assert float(answers[row["program_code"]]["goals_met_rate"]) == (1 if row["efficacy"] == "met" else 0)


def test_reconciliation_counts_what_could_be_compared(metricflow: MetricFlow, sound: Warehouse) -> None:
    # All 10 ratios, 3 columns of counts and everything else that the Chilean slides print ties; of El Salvador's
    # figures the institution's over 23 units (three months and the quarter) do not, and a unit printed 88 for 87.33
    rates = {
        row["check__institution_code"]: row
        for row in metricflow.query(
            "reconciliation_rate,reconciled_figures,compared_figures", "--group-by", "check__institution_code"
        )
    }
    assert near(rates["DIPRES"]["reconciliation_rate"], Decimal(1))
    not_tying = Counter(row["institution_code"] for row in asked(sound, "q18_totals_that_do_not_reconcile", "true"))
    assert not_tying["INSAFOCOOP"] == 5
    for institution, rate in rates.items():
        compared, reconciled = int(rate["compared_figures"]), int(rate["reconciled_figures"])
        assert compared - reconciled == not_tying[institution]
        assert near(rate["reconciliation_rate"], Decimal(reconciled) / Decimal(compared))


def test_the_definitions_are_valid(metricflow: MetricFlow) -> None:
    assert "ERRORS: 0" in metricflow.run("validate-configs", "--skip-dw")
