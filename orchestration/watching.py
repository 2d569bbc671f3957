"""Progress bars of the command line, drawn from what the steps report."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from orchestration.progress import Advance, Stage, heard_by


@contextmanager
def watching(console: Console) -> Iterator[None]:
    """Draw one bar per stage while the block runs."""
    bars = Progress(
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[label]}", markup=True),
        console=console,
        disable=not console.is_terminal,
    )
    tasks: dict[Stage, TaskID] = {}

    def draw(at: Advance) -> None:
        if at.stage not in tasks:
            # whatever came before is over, or this one could not have begun
            for task in tasks.values():
                bars.update(task, total=bars.tasks[task].completed, label="")
            tasks[at.stage] = bars.add_task(at.stage, total=at.total, label="")
        bars.update(tasks[at.stage], completed=at.done, total=at.total)
        if at.pages is not None:
            bars.update(tasks[at.stage], label=f"{at.pages:,} pages")

    with bars, heard_by(draw):
        yield
