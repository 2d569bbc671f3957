"""Schedules."""

import dagster as dg

from orchestration.jobs import refresh_job
from orchestration.paths import Paths
from orchestration.standing import standing


@dg.schedule(
    job=refresh_job,
    cron_schedule="0 6 * * *",
    execution_timezone="America/Mexico_City",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every morning at six, if something changed since the release that is served.",
)
def daily_refresh(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Refresh unless nothing is new."""
    stands = standing(Paths.from_environment())
    return dg.SkipReason(stands.sentence) if stands.is_up_to_date else dg.RunRequest()
