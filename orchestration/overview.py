"""`contraste status`: in ten lines what the last refresh did, what is stale and what waits for a person."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import duckdb
from rich.console import Console
from rich.text import Text

from orchestration import figures, release, unmapped
from orchestration.copying import DATABASE
from orchestration.outcomes import Attempt
from orchestration.paths import Paths
from orchestration.standing import Standing
from orchestration.writer import Holder

_WIDTH = 12
_NAMED = 2
Line = tuple[str, str, str]
"""What it is about, the sentence, the style of the sentence."""


def show_overview(console: Console, paths: Paths, stands: Standing, holder: Holder | None) -> None:
    """Ten lines, each as wide as the terminal; `contraste status --all` says the rest."""
    for about, sentence, style in lines(paths, stands, holder):
        text = Text(f"{about:<{_WIDTH}}", style="bold").append(" ".join(sentence.split()), style=style or "not bold")
        console.print(text, no_wrap=True, overflow="ellipsis", crop=True)


def lines(paths: Paths, stands: Standing, holder: Holder | None) -> list[Line]:
    """The ten lines, in the order in which they matter to whoever looks in the morning."""
    attempt = Attempt.load(paths)
    return [
        _served(paths, stands),
        ("Last run", *_last_run(attempt, holder)),
        ("Writing now", f"process {holder.pid}: {holder.task}, since {holder.started_at}" if holder else "nobody", ""),
        ("Stands", stands.sentence, "" if stands.is_up_to_date else "yellow"),
        ("Inbox", *_inbox(paths, stands)),
        *_of_release(stands),
        ("Quarantine", *_quarantine(stands)),
        ("Unmapped", *_unmapped(paths)),
        ("To review", *_reviews(paths)),
    ]


def _served(paths: Paths, stands: Standing) -> Line:
    if stands.served is None:
        return "Served", "no release", "red"
    kept = len(release.kept(paths.published))
    made = datetime.fromisoformat(stands.served.manifest["created_at"])
    opened = paths.published / release.POINTER / DATABASE
    return "Served", f"{stands.served.version}, made {_ago(made)}, {kept} kept: {opened}", "green"


def _last_run(attempt: Attempt | None, holder: Holder | None) -> tuple[str, str]:
    if attempt is None:
        return "no refresh is on record here", "dim"
    began = datetime.fromisoformat(attempt.started_at)
    if attempt.ended_at is None:
        working = "is at work" if holder else "was stopped or killed before it ended"
        return f"{_ago(began)}: {working}", "" if holder else "red"
    seconds = (datetime.fromisoformat(attempt.ended_at) - began).total_seconds()
    counts = f"{attempt.loaded} loaded, {attempt.skipped} skipped, {len(attempt.quarantined)} quarantined"
    if attempt.outcome == "not_published":
        why = attempt.problems[0] if attempt.problems else "it did not say why"
        more = f" (and {len(attempt.problems) - 1} more)" if len(attempt.problems) > 1 else ""
        return f"{_ago(began)}: NOT PUBLISHED after {seconds:.0f} s{more}: {why}", "red"
    came_to = {"published": "published", "same": "came out the same"}.get(attempt.outcome or "", str(attempt.outcome))
    return f"{_ago(began)}: {came_to} in {seconds:.0f} s; {counts}", ""


def _inbox(paths: Paths, stands: Standing) -> tuple[str, str]:
    new = stands.inputs.new
    if not new:
        return f"nothing new in {paths.documents}", "dim"
    return f"{len(new)} new: {_some(new)}", "cyan"


def _of_release(stands: Standing) -> Iterator[Line]:
    """What the figures of the release say: what does not add up, which reports are owed."""
    if stands.served is None:
        yield from (("Adds up", "nothing to add up yet", "dim"), ("Overdue", "nothing to compare with yet", "dim"))
        return
    try:
        counts = figures.reconciliation_counts(stands.served.database)
        findings = sum(found.count for found in figures.findings(stands.served.database))
        discrepant = counts["discrepant"]
        sentence = (
            f"{counts['reconciled']:,} reconciled, {counts['explained']:,} explained, {discrepant:,} discrepant; "
            f"{findings:,} findings"
        )
        yield "Adds up", sentence, "red" if discrepant else ""
    except duckdb.CatalogException:
        yield "Adds up", "the release is of another version of the marts", "yellow"
    try:
        owed = figures.overdue(stands.served.database)
        missing = sum(each.missing_count for each in owed)
        named = [f"{each.source_id} {each.missing_count} ({_reached(each.last_period_end_date)})" for each in owed]
        yield (
            "Overdue",
            f"{missing} reports expected and missing: {_some(named)}" if owed else "nothing",
            ("yellow" if owed else "dim"),
        )
    except (duckdb.CatalogException, duckdb.BinderException):
        yield "Overdue", "the release does not say", "dim"


def _reached(last_day: str | None) -> str:
    return f"figures to {last_day}" if last_day else "no figures yet"


def _quarantine(stands: Standing) -> tuple[str, str]:
    held = stands.inputs.quarantined
    if not held:
        return "empty", "dim"
    return f"{len(held)}: {_some([f'{name} ({reason})' for name, reason in held])}", "red"


def _unmapped(paths: Paths) -> tuple[str, str]:
    waiting = unmapped.waiting(paths)
    if not waiting:
        return "nothing", "dim"
    named = [f"{count} for {mapping}" for mapping, count in waiting.items()]
    return f"{sum(waiting.values())} terms to complete in {paths.unmapped}: {_some(named)}", "red"


def _reviews(paths: Paths) -> tuple[str, str]:
    cells = figures.cells_to_review(paths.raw)
    return (f"{cells:,} cells of scanned pages: contraste review", "yellow") if cells else ("nothing", "dim")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _ago(moment: datetime) -> str:
    """The moment as read off a clock, and how long it is past."""
    hours = (datetime.now(UTC) - moment).total_seconds() / 3600
    past = (
        f"{hours / 24:.0f} days ago"
        if hours >= 48
        else f"{hours:.0f} h ago"
        if hours >= 2
        else f"{hours * 60:.0f} min ago"
    )
    return f"{moment.astimezone():%Y-%m-%d %H:%M} ({past})"
