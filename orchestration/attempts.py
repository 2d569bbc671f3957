"""What the last refresh did, kept for whoever asks later, and told to whoever wants to know at once.

A refresh of the command line writes it itself; one that Dagster's daemon started is written by a sensor when its run
has ended (see `sensors`).
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from orchestration import alerts, release
from orchestration.outcomes import Attempt, Extraction
from orchestration.paths import Paths

TAG = "contraste/written_by"
"""Marks a run whose attempt the process that runs it writes."""


def begin(paths: Paths, started_at: datetime | None = None) -> Attempt:
    """Say that a refresh began; what was in quarantine before it is kept to be compared with."""
    before = Attempt.load(paths)
    moment = (started_at or datetime.now(UTC)).isoformat(timespec="seconds")
    attempt = Attempt(moment, quarantined=before.quarantined if before else ())
    attempt.save(paths)
    return attempt


def end(paths: Paths, attempt: Attempt, outcome: str, problems: Sequence[str]) -> list[str]:
    """Say what a refresh came to and tell it; one sentence for every alert that reached nobody."""
    extraction, served = Extraction.load(paths), release.current(paths.published)
    quarantined = attempt.quarantined
    if extraction:
        quarantined = [(each.file_path, each.reason or "") for each in extraction.of("quarantined")]
    ended = Attempt(
        started_at=attempt.started_at,
        ended_at=datetime.now(UTC).isoformat(timespec="seconds"),
        outcome=outcome,
        version=served.version if served else None,
        loaded=len(extraction.of("loaded")) if extraction else 0,
        skipped=len(extraction.of("skipped")) if extraction else 0,
        quarantined=quarantined,
        newly_quarantined=[each for each in quarantined if each not in set(attempt.quarantined)],
        problems=list(problems),
    )
    ended.save(paths)
    return alerts.tell(paths, ended)
