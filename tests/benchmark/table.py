"""What was measured, as one table: a row per figure, a column per size, and how often it grew from size to size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

SHOWN_TABLES = 8
SHOWN_NODES = 15
_REFRESHES = {
    "full": "full build",
    "one_document": "one new document",
    "nothing_new": "nothing new",
}


def show(console: Console, results: Sequence[Mapping[str, Any]], *, nodes: bool = False) -> None:
    """Draw the table; with `nodes` also the slowest dbt nodes of the full build of each size."""
    table = Table(title="How cost grows", title_justify="left", box=None, padding=(0, 2))
    table.add_column("")
    for number, result in enumerate(results):
        table.add_column(str(result["size"]), justify="right")
        if number:
            table.add_column("growth", justify="right", style="dim")
    for group, figures in grouped(results):
        table.add_row(f"[bold]{group}")
        for name, unit, values in figures:
            table.add_row(f"  {name}", *_cells(values, unit))
    console.print(table)
    if nodes:
        for result in results:
            console.print(_nodes(result))


def grouped(results: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[tuple[str, str, list[float | None]]]]]:
    """The figures of all sizes in their groups: name, unit and one value per size, None where a size has none."""
    columns = [dict(_figures(result)) for result in results]
    names = list(dict.fromkeys(name for column in columns for name in column))
    for group in dict.fromkeys(name[0] for name in names):
        yield (
            group,
            [
                (name, unit, [column.get((of, name, unit)) for column in columns])
                for of, name, unit in names
                if of == group
            ],
        )


def growth(before: float | None, after: float | None) -> str:
    """How often as much it is, such as ×12; nothing where there is nothing to compare."""
    if not before or after is None:
        return ""
    factor = after / before
    return f"×{factor:,.0f}" if factor >= 10 else f"×{factor:.1f}"


def _figures(result: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], float]]:
    yield ("what it is", "budget rows", ""), result["rows"]
    yield ("what it is", "documents", ""), result["documents"]
    yield ("what it is", "generated in (nothing when it was there)", "s"), result["generate_seconds"]
    for key, title in _REFRESHES.items():
        refresh = result[key]
        yield (title, "seconds in all", "s"), refresh["seconds"]
        for part, seconds in refresh["parts"].items():
            yield (title, part, "s"), seconds
        for part, megabytes in refresh["peak_megabytes"].items():
            yield (title, f"peak memory, {part}", "MB"), megabytes
    for name, count in result["bytes"].items():
        yield ("on disk", name, "MB"), count / 1e6
    for name, rows in list(result["table_rows"].items())[:SHOWN_TABLES]:
        yield ("rows of the largest tables", name, ""), rows
    for name, milliseconds in result.get("questions", {}).items():
        if not isinstance(milliseconds, str):
            yield ("questions", name, "ms"), milliseconds


def _cells(values: Sequence[float | None], unit: str) -> Iterator[str]:
    for number, value in enumerate(values):
        yield "" if value is None else _text(value, unit)
        if number:
            yield growth(values[number - 1], value)


def _text(value: float, unit: str) -> str:
    shown = f"{value:,.1f}" if unit in ("s", "ms") else f"{value:,.0f}"
    return f"{shown} {unit}".strip()


def _nodes(result: Mapping[str, Any]) -> Table:
    table = Table(title=f"Slowest dbt nodes at {result['size']}", title_justify="left", box=None, padding=(0, 2))
    table.add_column("node")
    table.add_column("type")
    table.add_column("seconds", justify="right")
    for node in result["full"]["nodes"][:SHOWN_NODES]:
        table.add_row(node["name"], node["type"], f"{node['seconds']:,.1f}")
    return table
