"""MetricFlow's answers are those of the marts: a metric is defined once, and ratios divide sums by sums."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

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


def test_metrics_by_programme_are_the_columns_of_the_mart(metricflow: MetricFlow, sound: Warehouse) -> None:
    answers = {
        row["budget_line__program_code"]: row
        for row in metricflow.query(
            "execution_rate_approved,cost_per_unit,goals_met,goals_judged",
            "--group-by", "budget_line__program_code",
            "--where", "{{ Dimension('budget_line__country_code') }} = 'MX'",
        )
    }  # fmt: skip
    programmes = sound.query("""
        select
            program_code, accrued_amount / approved_amount, accrued_cost_per_unit, goals_met_count, goals_judged_count
        from marts.mart_program_performance where is_in_totals and country_code = 'MX'
    """)
    # each of the 15 programmes has one line
    assert answers.keys() == {code for code, *_ in programmes} and len(answers) == 15
    for code, execution, cost, met, judged in programmes:
        answer = answers[code]
        assert abs(float(answer["execution_rate_approved"]) - execution) < 1e-12
        assert (answer["goals_met"], answer["goals_judged"]) == (str(met), str(judged))
        assert (
            answer["cost_per_unit"] == "" if cost is None else abs(float(answer["cost_per_unit"]) - float(cost)) < 1e-5
        )


def test_reconciliation_counts_what_could_be_compared(metricflow: MetricFlow) -> None:
    # All 10 ratios, 3 columns of counts and everything else that the Chilean slides print ties; of El Salvador's
    # figures the institution's over 23 units (three months and the quarter) do not, and a unit printed 88 for 87.33
    rates = {
        row["check__source_id"]: row
        for row in metricflow.query(
            "reconciliation_rate,reconciled_figures,compared_figures", "--group-by", "check__source_id"
        )
    }
    assert near(rates["cl_dipres_indicadores"]["reconciliation_rate"], Decimal(1))
    salvador = rates["sv_insafocoop_poa"]
    assert int(salvador["compared_figures"]) - int(salvador["reconciled_figures"]) == 5
    assert near(
        salvador["reconciliation_rate"],
        Decimal(salvador["reconciled_figures"]) / Decimal(salvador["compared_figures"]),
    )


def test_the_definitions_are_valid(metricflow: MetricFlow) -> None:
    assert "ERRORS: 0" in metricflow.run("validate-configs", "--skip-dw")
