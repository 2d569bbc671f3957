"""Sensors."""

import time
from pathlib import Path

import dagster as dg

from orchestration import inputs
from orchestration.jobs import refresh_job
from orchestration.paths import Paths

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
