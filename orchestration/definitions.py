"""Everything Dagster is to know, put together."""

import dagster as dg

from orchestration import logs
from orchestration.assets.marts import mart_assets
from orchestration.assets.raw import raw_assets
from orchestration.assets.release import release_asset
from orchestration.checks import rule_checks
from orchestration.copying import SCHEMAS
from orchestration.jobs import LOGGER, refresh_job
from orchestration.paths import Paths
from orchestration.resources import Warehouse
from orchestration.schedules import daily_refresh
from orchestration.sensors import failed_refresh_sensor, finished_refresh_sensor, inbox_sensor, lost_refresh_sensor


def build_definitions(paths: Paths, *, force: bool = False) -> dg.Definitions:
    """The definitions for these paths. With `force`, runs do everything again unless told otherwise."""
    raw = raw_assets()
    marts = mart_assets(paths, {key for assets in raw for key in assets.keys})
    published = [key for key in sorted(marts.keys) if key.path[0] in SCHEMAS]
    return dg.Definitions(
        assets=[*raw, marts, release_asset(published)],
        asset_checks=[rule_checks({key.path[-1]: key for key in published})],
        jobs=[refresh_job],
        schedules=[daily_refresh],
        sensors=[inbox_sensor, failed_refresh_sensor, finished_refresh_sensor, lost_refresh_sensor],
        resources={"warehouse": Warehouse.at(paths, force=force)},
        executor=dg.in_process_executor,
        loggers={LOGGER: logs.dagster_logger(paths)},
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` and the command line load."""
    return build_definitions(Paths.from_environment())
