"""`make accuracy`: how many printed amounts are read right, family by family, as a table and as JSON."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from extractors.spec import load_sources
from extractors.version import extractor_version
from tests.accuracy.comparing import Score
from tests.accuracy.families import REPOSITORY, families
from tests.accuracy.score import FamilyScore, score_family

SHOWN_EXAMPLES = 12


def main(arguments: list[str] | None = None) -> int:
    """Score every family, or those named; returns 1 when an amount is wrong, missing or extra and nothing flags it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sources", nargs="*", help="only these sources")
    parser.add_argument("--json", type=Path, default=REPOSITORY / "warehouse" / "accuracy.json")
    chosen = parser.parse_args(arguments)
    console = Console()
    sources = load_sources()
    known = frozenset(chosen.sources or sources)
    scores = []
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*bar, console=console, transient=True) as progress:
        for family in families(known):
            task = progress.add_task(f"{family.source_id} ({family.place})", total=len(family.files))
            scores.append(
                score_family(
                    family,
                    sources[family.source_id],
                    lambda done, task=task: progress.update(task, completed=done.done),
                )
            )
            progress.remove_task(task)
    console.print(table(scores))
    show_rest(console, scores)
    write(chosen.json, scores)
    console.print(f"Everything, with every amount that is not right: {chosen.json}")
    return int(any(score.wrong or score.missing or score.extra for each in scores for score in each.against.values()))


def table(scores: list[FamilyScore]) -> Table:
    """A row for each family and kind of truth; a family without any truth has its own row, without a score."""
    drawn = Table(title="Accuracy, amount by amount", title_justify="left", box=None, padding=(0, 1))
    for name in ("family", "documents", "read", "quarantined", "truth", "of documents"):
        drawn.add_column(name, justify="left" if name in ("family", "documents", "truth") else "right")
    for name in ("amounts", "right", "wrong", "missing", "extra", "flagged", "right %", "not printed"):
        drawn.add_column(name, justify="right")
    for each in scores:
        head = [each.source_id, each.place, f"{each.read:,}", f"{len(each.quarantined):,}"]
        for truth, score in each.against.items():
            drawn.add_row(*head, truth, f"{each.documents_against[truth]:,}", *_counts(score))
            head = [""] * 4
        if not each.against:
            drawn.add_row(*head, "[dim]none[/]", "", f"[dim]{each.amounts:,}[/]")
    return drawn


def _counts(score: Score) -> list[str]:
    bad = [f"[red]{count:,}[/]" if count else "0" for count in (score.wrong, score.missing, score.extra)]
    share = f"{100 * score.right / score.expected:.2f}" if score.expected else ""
    return [f"{score.expected:,}", f"{score.right:,}", *bad, f"{score.flagged:,}", share, f"{score.unprinted:,}"]


def show_rest(console: Console, scores: list[FamilyScore]) -> None:
    """Some of the amounts that are not right, and the reasons of what was quarantined."""
    examples = [example for each in scores for score in each.against.values() for example in score.examples]
    for example in examples[:SHOWN_EXAMPLES]:
        console.print(f"  [red]{example}[/]", highlight=False)
    if len(examples) > SHOWN_EXAMPLES:
        console.print(f"  … and {len(examples) - SHOWN_EXAMPLES:,} more")
    for each in scores:
        for name, reason in each.quarantined.items():
            console.print(f"  [yellow]{each.source_id}, {name}:[/] {reason[:200]}", highlight=False)


def write(file: Path, scores: list[FamilyScore]) -> None:
    """The scores as JSON with the day and the version of the extractors."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "scored_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "extractor_version": extractor_version(),
        "families": [each.as_json() for each in scores],
    }
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
