"""What a run in this process writes to Dagster's history is what Dagster itself would have written."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from sqlalchemy import Engine, event

from orchestration import instance
from orchestration.paths import Paths

ASSETS = 5


@dg.multi_asset(
    specs=[dg.AssetSpec(f"table_{number}") for number in range(ASSETS)],
    check_specs=[dg.AssetCheckSpec("adds_up", asset=f"table_{number}") for number in range(ASSETS)],
)
def tables() -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    for number in range(ASSETS):
        yield dg.MaterializeResult(f"table_{number}", metadata={"rows": number})
        yield dg.AssetCheckResult(asset_key=f"table_{number}", check_name="adds_up", passed=number != 3)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """The databases that were opened, by name, each time one is."""
    found: list[str] = []

    def remember(connection: sqlite3.Connection, _: object) -> None:
        found.extend(Path(file).name for _, _, file in connection.execute("pragma database_list"))

    event.listen(Engine, "connect", remember)
    yield found
    event.remove(Engine, "connect", remember)


def test_dagster_reads_a_history_that_was_written_through_one_connection(paths: Paths, opened: list[str]) -> None:
    with instance.instance(paths) as ours:
        opened.clear()
        run = dg.materialize([tables], instance=ours)
        assert run.success and len(ours.all_logs(run.run_id)) > 4 * ASSETS
        assert opened.count(f"{run.run_id}.db") == 1
    # nothing is left beside the databases: the last one to close a write-ahead log takes it away
    assert list(paths.dagster.rglob("runs/*-wal")) == []
    with dg.DagsterInstance.from_config(str(paths.dagster)) as theirs:
        assert theirs.get_run_by_id(run.run_id) is not None
        materialized = theirs.get_latest_materialization_event(dg.AssetKey("table_4"))
        assert materialized is not None and materialized.asset_materialization is not None
        assert materialized.asset_materialization.metadata["rows"].value == 4
        checked = theirs.event_log_storage.get_latest_asset_check_execution_by_key(
            [dg.AssetCheckKey(dg.AssetKey(f"table_{number}"), "adds_up") for number in range(ASSETS)]
        )
        assert sorted(
            key.asset_key.to_user_string() for key, each in checked.items() if each.status.value == "FAILED"
        ) == ["table_3"]
