"""What Dagster is told: assets from the layouts, checks from dbt and the catalogue, and what starts a run."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from extractors.spec import load_sources
from orchestration import alerts, attempts, checks, validation
from orchestration.definitions import build_definitions
from orchestration.instance import instance
from orchestration.outcomes import Attempt
from orchestration.paths import Paths
from orchestration.refresh import refresh
from orchestration.schedules import daily_refresh
from orchestration.sensors import SETTLING_SECONDS, finished_refresh_sensor, inbox_sensor
from tests.orchestration import miniature

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENT = REPOSITORY / "documents" / "hn_siafi_productos" / "aduanas_2021_01_r00824984.pdf"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return miniature.make(tmp_path_factory.mktemp("definitions"), [])


@pytest.fixture(autouse=True)
def the_miniature(monkeypatch: pytest.MonkeyPatch, paths: Paths) -> Iterator[None]:
    monkeypatch.setattr(checks, "load_rules", lambda *_: miniature.RULES)
    monkeypatch.setattr(checks, "validate", miniature.validate_with([]))
    monkeypatch.setattr(validation, "prepare", lambda _: None)
    for module in ("orchestration.sensors", "orchestration.schedules"):
        monkeypatch.setattr(f"{module}.Paths.from_environment", lambda: paths)
    yield


@pytest.fixture(scope="module")
def graph(paths: Paths) -> AssetGraph:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "load_rules", lambda *_: miniature.RULES)
        definitions = build_definitions(paths)
        dg.Definitions.validate_loadable(definitions)
        return definitions.resolve_asset_graph()


def put(paths: Paths, content: bytes, name: str = "informe.pdf") -> Path:
    document = paths.documents / "hn_siafi_productos" / name
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_bytes(content)
    settled = time.time() - SETTLING_SECONDS - 1
    os.utime(document, (settled, settled))
    return document


def ask_sensor() -> dg.RunRequest | dg.SkipReason:
    answer = inbox_sensor(dg.build_sensor_context())
    assert isinstance(answer, dg.RunRequest | dg.SkipReason)
    return answer


def test_every_table_of_every_layout_is_an_asset(graph: AssetGraph) -> None:
    raw = {key.to_user_string() for key in graph.get_all_asset_keys() if key.path[0] == "raw"}
    tables = {f"raw/{source}/{table}" for source, spec in load_sources().items() for table in spec.raw_tables}
    of_all = ("documents", "accounting", "cells", "scanned_cells", "readings", "mended_values")
    assert raw == tables | {f"raw/{name}" for name in of_all}
    steps = {graph.get(dg.AssetKey(key.split("/"))).assets_def.op.name for key in tables}
    assert steps == {f"extract_{source}" for source in load_sources()}


def test_models_hang_on_the_raw_family_whichever_of_its_tables_they_read(graph: AssetGraph) -> None:
    assert graph.get(dg.AssetKey(["staging", "stg_lines"])).parent_keys == {
        dg.AssetKey(["raw", "hn_siafi_productos", "products"])
    }
    assert graph.get(dg.AssetKey(["marts", "dim_documents"])).parent_keys == {dg.AssetKey(["raw", "documents"])}


def test_dbt_tests_and_rules_are_checks_and_error_severity_blocks(graph: AssetGraph) -> None:
    blocking = {key.name: graph.get_check_spec(key).blocking for key in graph.asset_check_keys}
    assert blocking == {
        "every_document_is_loaded": False,
        "not_null_fct_lines_document_sha256": True,
        "unique_fct_lines_product_name": False,
        "no_unmapped_keys": True,
        "it_adds_up": True,
        "it_is_plausible": False,
    }
    [rule] = [key for key in graph.asset_check_keys if key.name == "it_adds_up"]
    assert rule.asset_key == dg.AssetKey(["marts", "mart_reconciliation"])
    description = graph.get_check_spec(rule).description or ""
    assert "Everything adds up." in description and "Todo cuadra." in description


def test_the_release_waits_for_everything_that_is_published(graph: AssetGraph) -> None:
    parents = {key.to_user_string() for key in graph.get(dg.AssetKey("published_release")).parent_keys}
    assert parents == {
        "marts/fct_lines",
        "marts/dim_documents",
        "marts/mart_reconciliation",
        "marts/mart_findings",
        "audit/audit_unmapped_keys",
    }


def test_a_dbt_source_that_no_layout_writes_is_refused(tmp_path: Path) -> None:
    paths = miniature.make(tmp_path, [])
    models = paths.dbt_project / "models" / "models.yml"
    models.write_text(models.read_text().replace("name: products_totals", "name: services_totals"))
    lines = paths.dbt_project / "models" / "staging" / "stg_lines.sql"
    lines.write_text(lines.read_text().replace("products_totals", "services_totals"))
    with pytest.raises(dg.DagsterInvalidDefinitionError, match=r"hn_siafi_productos\.services_totals"):
        build_definitions(paths)


def test_the_home_is_calm_and_remembers_a_run(paths: Paths) -> None:
    put(paths, DOCUMENT.read_bytes())
    assert refresh(paths).outcome == "published"
    with instance(paths) as dagster:
        assert dagster.telemetry_enabled is False
        queue = dagster.get_concurrency_config().run_queue_config
        assert queue and queue.max_concurrent_runs == 1
        [run] = dagster.get_runs()
        assert (run.job_name, run.status) == ("refresh", dg.DagsterRunStatus.SUCCESS)
        made = dagster.get_latest_materialization_event(dg.AssetKey("published_release"))
    assert made and made.asset_materialization
    shown = {name: value.value for name, value in made.asset_materialization.metadata.items()}
    # one document, whose only printed total the miniature says does not add up
    assert (shown["documents loaded"], shown["documents quarantined"]) == (1, 0)
    assert (shown["printed figures reconciled"], shown["discrepancies unexplained"]) == (0, 1)
    assert shown["rules that hold"] == "2 of 2"
    assert str(shown["open data package"]).startswith("file:///")
    assert str(shown["site"]).endswith("site/index.html")
    # the miniature has no catalogue of rules, and so no page of it
    assert "quality" not in shown


def test_a_refresh_of_the_daemon_is_kept_and_told_and_one_of_the_command_line_is_not_told_twice(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Attempt] = []
    monkeypatch.setattr(alerts, "tell", lambda _, attempt: told.append(attempt) or [])
    job = build_definitions(paths).resolve_job_def("refresh")
    with instance(paths) as dagster:
        for tags in ({attempts.TAG: "refresh"}, {}):
            run = job.execute_in_process(instance=dagster, tags=tags).dagster_run
            [event] = [
                each.dagster_event
                for each in dagster.all_logs(run.run_id)
                if each.dagster_event and each.dagster_event.event_type == dg.DagsterEventType.RUN_SUCCESS
            ]
            finished_refresh_sensor(dg.build_run_status_sensor_context("finished_refresh_sensor", event, dagster, run))
    [attempt] = told
    assert (attempt.outcome, attempt.skipped) == ("published", 1)
    assert Attempt.load(paths) == attempt


def test_the_sensor_asks_once_for_new_content(paths: Paths) -> None:
    skipped = ask_sensor()
    assert isinstance(skipped, dg.SkipReason)
    assert skipped.skip_message == "Nothing new in the inbox."

    document = put(paths, b"first", "otro.pdf")
    first = ask_sensor()
    assert isinstance(first, dg.RunRequest)
    again = ask_sensor()
    assert isinstance(again, dg.RunRequest) and again.run_key == first.run_key

    put(paths, b"second", "otro.pdf")
    changed = ask_sensor()
    assert isinstance(changed, dg.RunRequest) and changed.run_key != first.run_key

    os.utime(document)
    arriving = ask_sensor()
    assert isinstance(arriving, dg.SkipReason) and "waiting" in (arriving.skip_message or "")
    document.unlink()


def test_the_schedule_runs_only_when_something_changed(paths: Paths) -> None:
    assert daily_refresh.cron_schedule == "0 6 * * *"
    assert daily_refresh.execution_timezone == "America/Mexico_City"

    def ask() -> object:
        with dg.DagsterInstance.ephemeral() as ephemeral:
            return daily_refresh(dg.build_schedule_context(instance=ephemeral))

    skipped = ask()
    assert isinstance(skipped, dg.SkipReason) and (skipped.skip_message or "").startswith("Nothing new")
    document = put(paths, b"new", "otro.pdf")
    assert isinstance(ask(), dg.RunRequest)
    document.unlink()


def test_nothing_names_a_source() -> None:
    names = [name for source in load_sources() for name in (source, source.split("_")[1])]
    for path in (REPOSITORY / "orchestration").rglob("*.py"):
        content = path.read_text(encoding="utf-8")
        assert not [name for name in names if name in content], path
