"""What `contraste probe` shows of a document."""

from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractors.adding.probe import ProbeReport

NEAREST = 3
"""Sources that a document does not fit are shown up to this number, the nearest first."""


def show_probe(console: Console, found: ProbeReport, *, with_draft: bool = True) -> None:
    """Pages, lines, tables, the nearest sources and, when none fits, a draft layout."""
    pages = "page" if found.pages == 1 else "pages"
    console.print(Text(f"{found.file.name}: {found.format}, {found.pages} {pages}", style="bold"))
    if found.lines:
        console.print(Text("\nText around the tables", style="bold"))
        for line in found.lines:
            console.print(Text(f"  {line}"))
    console.print(Text("\nTables", style="bold"))
    if not found.tables:
        console.print(Text("  none found"))
    for table in found.tables:
        console.print(Text(f"  {table.place}: {table.rows} rows, {table.columns} columns"))
        console.print(Text(f"    {' | '.join(table.headers)}", style="dim"))
    console.print(Text("\nSources", style="bold"))
    matches = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for header in ("", "source", "headers found", "what it reads, or what is in the way"):
        matches.add_column(header)
    fitting = [match for match in found.matches if match.fits]
    for match in fitting or found.matches[:NEAREST]:
        matches.add_row(
            Text("fits", style="green") if match.fits else Text("no", style="dim"),
            Text(match.source_id),
            f"{match.labels_found} of {match.labels_declared}",
            Text(match.sentence),
        )
    console.print(matches)
    farther = len(found.matches) - NEAREST
    if farther > 0 and not fitting:
        console.print(Text(f"  and {farther} that are farther off", style="dim"))
    if found.draft_yaml and with_draft:
        console.print(Text("No source reads this document. A draft layout to start from:\n", style="bold"))
        console.print(Text(found.draft_yaml), soft_wrap=True)
        console.print(Text("contraste probe FILE --draft SOURCE_ID begins a source with it.", style="dim"))


def show_saved(console: Console, file: Path) -> None:
    """Where the draft is now and what comes next."""
    console.print(Text(f"The draft is in {file}: complete what it says at its top, then `contraste check FILE`."))
