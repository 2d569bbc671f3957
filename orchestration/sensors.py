"""Sensors."""

import time
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from orchestration import attempts, inputs
from orchestration.holding import hold_back_new
from orchestration.jobs import REFRESH, refresh_job
from orchestration.paths import Paths
from orchestration.refresh import problems_of
from orchestration.writer import holder, writing

# a document that changed this recently may still be on its way into the inbox
SETTLING_SECONDS = 5
# a run that began this recently may not have the writer lock yet
STARTING_SECONDS = 60
# what a run that gave the lock back may still need to say that it is over
ENDING_SECONDS = 5
AGAIN = "contraste/again_for"
"""Marks a run that does again what another was cut off from, by the id of that run."""


@dg.sensor(
    job=refresh_job,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Refreshes when a document arrives in the inbox or changes there.",
)
def inbox_sensor(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One run for what is new, keyed by content: a changed document is asked for again, the same is not."""
    paths = Paths.from_environment()
    if at_work := holder(paths.writer_lock):
        # a run would be turned away, and its key is used up
        return dg.SkipReason(f"Process {at_work.pid} is writing ({at_work.task}); waiting until it ends.")
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


@dg.sensor(
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Ends refreshes whose process is gone, killed or with the machine: "
    "Dagster would take them to be at work for ever and start no other.",
)
def lost_refresh_sensor(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Who is at work holds the writer lock, and the system takes it from whoever is gone."""
    lock = Paths.from_environment().writer_lock

    def lost() -> list[dg.DagsterRun]:
        if holder(lock):
            return []
        at_work = context.instance.get_run_records(
            dg.RunsFilter(job_name=REFRESH, statuses=[dg.DagsterRunStatus.STARTED])
        )
        return [each.dagster_run for each in at_work if time.time() - (each.start_time or 0) > STARTING_SECONDS]

    if not lost():
        return dg.SkipReason("No refresh is lost.")
    time.sleep(ENDING_SECONDS)
    ended = lost()
    for run in ended:
        context.instance.report_run_failed(run, "The process of this run was gone before it ended.")
    return dg.SkipReason(f"{len(ended)} refreshes ended whose process was gone.")


@dg.run_failure_sensor(
    monitored_jobs=[refresh_job],
    request_job=refresh_job,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Holds back new documents that closed the gate and asks for a run without them; asks once more for a "
    "run that was cut off; else keeps what the failed refresh said, and tells it where an alert is set.",
)
def failed_refresh_sensor(context: dg.RunFailureSensorContext) -> dg.RunRequest | dg.SkipReason | None:
    """A refresh that the daemon started and that published nothing."""
    paths, run = Paths.from_environment(), context.dagster_run
    failures = context.get_step_failure_events()
    try:
        problems = problems_of(paths, failures)
        was_cut_off = not failures
    except KeyboardInterrupt:
        problems, was_cut_off = ["The run was stopped."], True
    if attempts.TAG not in run.tags:
        if was_cut_off and AGAIN not in run.tags:
            # what it had read by then is new to no sensor any more
            return dg.RunRequest(run_key=f"again:{run.run_id}", tags={AGAIN: run.run_id})
        with writing(paths.writer_lock, "holding back documents"):
            held = [] if was_cut_off else hold_back_new(paths)
        if held:
            tags = {"contraste/held_back": str(len(held))}
            return dg.RunRequest(run_key=f"without:{run.run_id}", tags=tags)
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
