"""Jobs."""

import dagster as dg

REFRESH = "refresh"
LOGGER = "file"

# Everything, with every check: raw, marts, rules, release. One process: a second one costs more than it does.
refresh_job = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all() | dg.AssetSelection.all_asset_checks(),
    description="From the documents in the inbox to a published release.",
    executor_def=dg.in_process_executor,
    # without naming a logger Dagster prints every event to the terminal
    config={"loggers": {LOGGER: {}}},
)
