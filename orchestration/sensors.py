"""Sensors."""

import time
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from orchestration import attempts, inputs
from orchestration.holding import hold_back_new
from orchestration.jobs import refresh_job
from orchestration.paths import Paths
from orchestration.refresh import problems_of
from orchestration.writer import writing

# a document that changed this recently may still be on its way into the inbox
SETTLING_SECONDS = 5


@dg.sensor(
    job=refresh_job,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Refreshes when a document arrives in the inbox or changes there.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One run for what is new, keyed by content: a changed document is asked for again, the same is not."""
    paths = Paths.from_environment()
    inbox = inputs.examine(paths)
    if not inbox.new:
        return dg.SkipReason("Nothing new in the inbox.")
    arriving = [file_path for file_path in inbox.new if _is_arriving(paths.documents / file_path)]
    if arriving:
        return dg.SkipReason(f"{len(arriving)} documents changed just now; waiting until they are complete.")
    return dg.RunRequest(
        run_key=f"inbox:{inbox.new_key}",
        tags={"contraste/new_documents": str(len(inbox.new))},
    )


def _is_arriving(document: Path) -> bool:
    # a document whose layout changed may have left the inbox long ago and is read from the archive
    return document.exists() and time.time() - document.stat().st_mtime < SETTLING_SECONDS


@dg.run_failure_sensor(
    monitored_jobs=[refresh_job],
    request_job=refresh_job,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Holds back new documents that closed the gate and asks for a run without them; "
    "else keeps what the failed refresh said, and tells it where an alert is set.",
)
def failed_refresh_sensor(context: dg.RunFailureSensorContext) -> dg.RunRequest | dg.SkipReason | None:
    """A refresh that the daemon started and that published nothing."""
    paths = Paths.from_environment()
    if attempts.TAG not in context.dagster_run.tags:
        with writing(paths.writer_lock, "holding back documents"):
            held = hold_back_new(paths)
        if held:
            tags = {"contraste/held_back": str(len(held))}
            return dg.RunRequest(run_key=f"without:{context.dagster_run.run_id}", tags=tags)
    try:
        problems = problems_of(paths, context.get_step_failure_events())
    except KeyboardInterrupt:
        problems = ["The run was stopped."]
    return _conclude(context, "not_published", problems)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[refresh_job],
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Keeps what a refresh did, and tells of documents it put into quarantine where an alert is set.",
)
def finished_refresh_sensor(context: dg.RunStatusSensorContext) -> dg.SkipReason | None:
    """A refresh that the daemon started and that came to its end."""
    return _conclude(context, "published", [])


def _conclude(context: dg.RunStatusSensorContext, outcome: str, problems: list[str]) -> dg.SkipReason | None:
    run = context.dagster_run
    if attempts.TAG in run.tags:
        return dg.SkipReason("The command line keeps and tells this one itself.")
    paths = Paths.from_environment()
    record = context.instance.get_run_record_by_id(run.run_id)
    began = datetime.fromtimestamp(record.start_time, UTC) if record and record.start_time else None
    for sentence in attempts.end(paths, attempts.begin(paths, began), outcome, problems):
        context.log.warning(sentence)
    return None
