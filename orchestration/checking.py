"""What `contraste check` shows of a document."""

from pathlib import Path

from rich.console import Console
from rich.text import Text

from extractors.adding.checking import CheckedDocument, CheckedTable

PREVIEW = 2


def show_check(console: Console, document: CheckedDocument, *, whole: bool) -> None:
    """The accounting and the first rows of each table (all of them when `whole`), or what is in the way."""
    if document.reason is not None:
        console.print(Text(f"{document.file.name} would be quarantined:", style="bold red"))
        console.print(Text(document.reason))
        return
    console.print(Text(f"{document.file.name} is read by {document.source_id}.", style="bold green"))
    for name, fact in document.facts.items():
        console.print(Text(f"  {name:<12} {fact}"))
    for account in document.accounting:
        counts = ", ".join(
            f"{account[name]:,} {words}"
            for name, words in (
                ("data_rows", "data rows"),
                ("total_rows", "totals"),
                ("header_rows", "header rows"),
                ("blank_rows", "blank"),
                ("ignored_rows", "left out"),
            )
        )
        console.print(Text(f"\n{account['table_name']}: {counts}; {account['mapped_columns']} columns", style="bold"))
        if account["notes"]:
            console.print(Text(f"left out: {account['notes']}", style="dim"))
    for table in document.tables:
        _show_rows(console, table, len(table.rows) if whole else PREVIEW)


def show_frozen(console: Console, written: list[Path]) -> None:
    """Which files hold the expected rows now."""
    console.print(Text(f"\nFrozen as expected in {written[0].parent}:" if written else "\nNo rows to freeze."))
    for file in written:
        console.print(Text(f"  {file.name}"))


def show_departures(console: Console, found: list[str] | None) -> None:
    """How the rows compare with the frozen ones."""
    if found is None:
        console.print(
            Text("\nNo rows are frozen for it: read them beside the document (--all), then freeze them (--freeze).")
        )
    elif found:
        console.print(Text(f"\n{len(found)} differences from the frozen rows:", style="bold red"))
        for sentence in found:
            console.print(Text(f"  {sentence}"))
    else:
        console.print(Text("\nThe rows are the frozen ones.", style="green"))


def _show_rows(console: Console, table: CheckedTable, count: int) -> None:
    width = max(map(len, table.columns))
    for number, row in enumerate(table.rows[:count], 1):
        console.print(Text(f"\n{table.name}, row {number} of {len(table.rows)}", style="bold"))
        for column in table.columns:
            text = row[column]
            shown = Text("not on the page", style="dim") if text is None else Text(text or "(blank)")
            console.print(Text(f"  {column:<{width}}  "), shown, sep="", soft_wrap=True)
