"""A refresh of the daemon whose process is gone neither blocks the next one nor is forgotten."""

import os
import time
from collections.abc import Iterator

import dagster as dg
import pytest
from dagster import DagsterEvent, DagsterEventType, DagsterInstance, DagsterRun

from orchestration import alerts, attempts, sensors
from orchestration.instance import instance
from orchestration.outcomes import Attempt
from orchestration.paths import Paths
from orchestration.sensors import AGAIN, SETTLING_SECONDS, failed_refresh_sensor, inbox_sensor, lost_refresh_sensor
from orchestration.writer import writing


@dg.job(name="refresh")
def job() -> None:
    pass


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch, paths: Paths) -> None:
    monkeypatch.setattr("orchestration.sensors.Paths.from_environment", lambda: paths)
    monkeypatch.setattr(sensors, "ENDING_SECONDS", 0)


@pytest.fixture
def dagster(paths: Paths) -> Iterator[DagsterInstance]:
    with instance(paths) as made:
        yield made


def begin(dagster: DagsterInstance, **tags: str) -> DagsterRun:
    """A run that says that it began, and never anything more."""
    run = dagster.create_run_for_job(job, tags={name.replace("__", "/"): value for name, value in tags.items()})
    dagster.report_dagster_event(DagsterEvent(DagsterEventType.RUN_START.value, "refresh"), run.run_id)
    return run


def status(dagster: DagsterInstance, run: DagsterRun) -> dg.DagsterRunStatus:
    record = dagster.get_run_by_id(run.run_id)
    assert record
    return record.status


def look(dagster: DagsterInstance) -> None:
    assert isinstance(lost_refresh_sensor(dg.build_sensor_context(instance=dagster)), dg.SkipReason)


def ask_after(dagster: DagsterInstance, run: DagsterRun) -> object:
    """What the failure sensor does about a run that failed."""
    [event] = [
        entry.dagster_event
        for entry in dagster.all_logs(run.run_id)
        if entry.dagster_event and entry.dagster_event.event_type == DagsterEventType.RUN_FAILURE
    ]
    return failed_refresh_sensor(dg.build_run_status_sensor_context("failed", event, dagster, run).for_run_failure())


def test_a_run_is_lost_when_nobody_holds_the_lock_and_only_then(
    dagster: DagsterInstance, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin(dagster)
    look(dagster)
    assert status(dagster, run) == dg.DagsterRunStatus.STARTED  # it may be about to take the lock
    monkeypatch.setattr(sensors, "STARTING_SECONDS", -1)
    with writing(paths.writer_lock, "a refresh"):
        look(dagster)
    assert status(dagster, run) == dg.DagsterRunStatus.STARTED
    look(dagster)
    assert status(dagster, run) == dg.DagsterRunStatus.FAILURE


def test_a_lost_run_is_asked_for_once_more_and_then_told(
    dagster: DagsterInstance, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensors, "STARTING_SECONDS", -1)
    told: list[Attempt] = []
    monkeypatch.setattr(alerts, "tell", lambda _, attempt: told.append(attempt) or [])
    first = begin(dagster)
    look(dagster)
    again = ask_after(dagster, first)
    assert isinstance(again, dg.RunRequest) and again.tags == {AGAIN: first.run_id}
    assert told == []
    second = begin(dagster, contraste__again_for=first.run_id)
    look(dagster)
    assert ask_after(dagster, second) is None
    assert [attempt.outcome for attempt in told] == ["not_published"]
    kept = Attempt.load(paths)
    assert kept and kept.outcome == "not_published"


def test_one_of_the_command_line_is_left_to_whoever_started_it(
    dagster: DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sensors, "STARTING_SECONDS", -1)
    run = begin(dagster, **{attempts.TAG: "refresh"})
    look(dagster)
    assert status(dagster, run) == dg.DagsterRunStatus.FAILURE
    assert isinstance(ask_after(dagster, run), dg.SkipReason)


def test_what_arrives_while_somebody_writes_is_asked_for_afterwards(paths: Paths) -> None:
    document = paths.documents / "informe.pdf"
    document.write_bytes(b"new")
    settled = time.time() - SETTLING_SECONDS - 1
    os.utime(document, (settled, settled))
    with writing(paths.writer_lock, "a refresh"):
        waiting = inbox_sensor(dg.build_sensor_context())
    assert isinstance(waiting, dg.SkipReason) and "is writing (a refresh)" in (waiting.skip_message or "")
    assert isinstance(inbox_sensor(dg.build_sensor_context()), dg.RunRequest)
