"""Dagster's home of this warehouse: history, and the settings that keep it calm."""

from typing import TYPE_CHECKING

from orchestration.paths import Paths

if TYPE_CHECKING:
    from dagster import DagsterInstance

CONFIGURATION = """\
# Written by Contraste at each start; change orchestration/instance.py instead.
telemetry:
  enabled: false
nux:
  enabled: false
# One refresh at a time; the writer lock guards against those that are not in the queue.
concurrency:
  runs:
    max_concurrent_runs: 1
run_monitoring:
  enabled: true
  start_timeout_seconds: 180
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days:
      skipped: 7
      failure: 90
      success: 90
"""


def prepare(paths: Paths) -> None:
    """Make the home and its dagster.yaml."""
    paths.dagster.mkdir(parents=True, exist_ok=True)
    configuration = paths.dagster / "dagster.yaml"
    if not configuration.is_file() or configuration.read_text(encoding="utf-8") != CONFIGURATION:
        configuration.write_text(CONFIGURATION, encoding="utf-8")


def instance(paths: Paths) -> "DagsterInstance":
    """The instance of this home for a run in this very process. Close it (it is a context manager)."""
    from dagster import DagsterInstance
    from dagster._core.instance.ref import InstanceRef

    prepare(paths)
    instead = {
        # Dagster would pass the terminal's output through a second process to keep a copy of it.
        "compute_logs": {"module": "dagster._core.storage.noop_compute_log_manager", "class": "NoOpComputeLogManager"},
        "event_log_storage": {
            "module": "orchestration.event_log",
            "class": "OpenEventLog",
            # where Dagster keeps them by itself
            "config": {"base_dir": str(paths.dagster / "history" / "runs")},
        },
    }
    return DagsterInstance.from_ref(InstanceRef.from_dir(str(paths.dagster), overrides=instead))
