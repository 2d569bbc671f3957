"""dbt's unit tests judge the code of the models, so they run here and not in every refresh."""

import json

import pytest

from orchestration.extraction import read_inbox
from orchestration.paths import Paths
from orchestration.transformation import passthrough


def test_every_unit_test_of_the_dbt_project_passes(paths: Paths, capfd: pytest.CaptureFixture[str]) -> None:
    # an empty inbox: the models need their tables, the unit tests bring their own rows
    read_inbox(paths, run_id="unit tests")
    for command in (["seed"], ["run"], ["test", "--select", "test_type:unit"]):
        assert passthrough(paths, command), capfd.readouterr().out
    results = json.loads((paths.dbt / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    outcomes = {each["unique_id"]: each["status"] for each in results if each["unique_id"].startswith("unit_test.")}
    manifest = json.loads(paths.dbt_manifest.read_text(encoding="utf-8"))
    assert outcomes and set(outcomes) == set(manifest["unit_tests"])
    assert set(outcomes.values()) == {"pass"}
