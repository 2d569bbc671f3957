"""One refresh in a process of its own, as the command line runs it, and what each part of it cost.

    python -m tests.benchmark.measure REPOSITORY DOCUMENTS HOME RESULT.json

The parts end when orchestration leaves its records (`orchestration.outcomes`), so nothing in it is touched.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from orchestration.outcomes import Extraction, Gate, Record, Transformation
from orchestration.paths import Paths
from orchestration.progress import Advance, Stage, heard_by
from orchestration.refresh import refresh

PARTS: tuple[tuple[str, type[Record]], ...] = (
    ("extract", Extraction),
    ("build", Transformation),
    ("rules", Gate),
)


def measure(paths: Paths) -> dict[str, Any]:
    """Refresh, and say what came of it: seconds by part, peak memory of this process, nodes of the dbt build."""
    peaks: dict[str, int] = {}

    def on_advance(at: Advance) -> None:
        # what the process took by the time a stage begins is the peak of those before it
        peaks.setdefault(at.stage.name.lower(), _peak_megabytes())

    began = time.time()
    with heard_by(on_advance):
        done = refresh(paths)
    ended = time.time()
    transformation = done.transformation
    return {
        "outcome": done.outcome,
        "problems": list(done.problems),
        "seconds": round(ended - began, 2),
        "parts": _parts(paths, began, ended) if done.outcome != "nothing_new" else {},
        "peak_megabytes": {
            "build": peaks.get(Stage.CHECK.name.lower(), _peak_megabytes()),
            "refresh": _peak_megabytes(),
        },
        "nodes": [
            {"name": node.name, "type": node.resource_type, "status": node.status, "seconds": node.seconds}
            for node in sorted(transformation.nodes if transformation else (), key=lambda node: -node.seconds)
        ],
        "failing_rules": [rule.rule_id for rule in done.gate.failing] if done.gate else [],
    }


def _parts(paths: Paths, began: float, ended: float) -> dict[str, float]:
    """Seconds until each record was left, the last one until the end: publishing."""
    seconds, before = {}, began
    for name, record in PARTS:
        file = record.path(paths)
        if file.is_file() and file.stat().st_mtime >= before:
            seconds[name] = round(file.stat().st_mtime - before, 2)
            before = file.stat().st_mtime
    return {**seconds, "publish": round(ended - before, 2)}


def _peak_megabytes() -> int:
    """Of this process, since it began; Linux counts kilobytes, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_048_576 if sys.platform == "darwin" else 1_024)


def main() -> None:
    """Measure and write the result beside."""
    repository, documents, home, result = map(Path, sys.argv[1:])
    found = measure(Paths(repository.resolve(), documents.resolve(), home.resolve()))
    result.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
