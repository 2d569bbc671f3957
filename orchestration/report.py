"""What a person reads at the end of a command.

Text that comes from documents is data: it is shown through `Text`, never as markup.
"""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import duckdb
from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from orchestration import figures, release
from orchestration.copying import DATABASE
from orchestration.outcomes import Extraction, Gate, Node, Rule, Transformation
from orchestration.outlets.postgres import Copied
from orchestration.parquet import PARQUET
from orchestration.paths import Paths
from orchestration.refresh import Refreshed
from orchestration.site import SITE
from orchestration.standing import Standing
from orchestration.writer import Holder

# more than this is a query, not a report
LISTED = 12
_EVIDENCE = 160
_ALL_OF_THEM = " in marts.mart_reconciliation (status 'discrepant' or 'explained')"
_FINDINGS = "mart_findings"
_STATUS_STYLE = {
    "reconciled": "green",
    "explained": "yellow",
    "discrepant": "red",
    "nothing_to_compare": "dim",
}
_STATUS_WORDS = {
    "reconciled": "printed figures reconciled (cuadran)",
    "explained": "explained: a recorded discrepancy (diferencia conocida)",
    "discrepant": "discrepant (no cuadran)",
    "nothing_to_compare": "nothing to compare: no figure to hold against it (nada que comparar)",
}


def show_refresh(console: Console, paths: Paths, refreshed: Refreshed) -> None:
    """The report of a refresh."""
    for sentence in refreshed.untold:
        console.print(Text(sentence, style="red"))
    if refreshed.outcome == "nothing_new":
        console.print(Text(refreshed.sentence))
        _show_quarantined(console, refreshed.quarantined)
        _show_reviews(console, paths)
        return
    console.print()
    if refreshed.extraction:
        _show_extraction(console, refreshed.extraction)
    if refreshed.problems:
        _show_problems(console, paths, refreshed)
    elif refreshed.served:
        _show_figures(console, refreshed.served.database)
        _show_gate(console, refreshed.gate, refreshed.transformation)
        _show_reviews(console, paths)
        _show_release(console, refreshed)


def show_extraction(console: Console, extraction: Extraction) -> None:
    """The report of `contraste extract`."""
    console.print()
    _show_extraction(console, extraction)


def show_standing(console: Console, paths: Paths, stands: Standing, holder: Holder | None) -> None:
    """The report of `contraste status --all`."""
    facts = Table.grid(padding=(0, 2))
    facts.add_row("Inbox", Text(str(paths.documents)))
    facts.add_row("Warehouse", Text(str(paths.home)))
    if holder:
        facts.add_row("Writing now", Text(f"process {holder.pid}: {holder.task}, since {holder.started_at}"))
    facts.add_row("Stands", Text(stands.sentence))
    for file_path in stands.inputs.new[:LISTED]:
        facts.add_row("", Text(f"new: {file_path}", style="cyan"))
    if stands.served:
        facts.add_row("Served", Text(f"{stands.served.version}, made {stands.served.manifest['created_at']}"))
        facts.add_row("", Text(str(paths.published / release.POINTER / DATABASE), overflow="fold"))
    versions = [each.version for each in release.kept(paths.published)]
    facts.add_row("Kept", Text(", ".join(versions) or "no release"))
    console.print(_section("Status", facts))
    _show_quarantined(console, stands.inputs.quarantined, listed=len(stands.inputs.quarantined))
    _show_reviews(console, paths)
    if stands.served:
        try:
            _show_figures(console, stands.served.database)
        except duckdb.CatalogException:
            console.print(Text("The release served is of another version of the marts; its figures are not shown."))


def show_rollback(console: Console, served: release.Release) -> None:
    """What `contraste rollback` did."""
    console.print(Text(f"Release {served.version} is served again (made {served.manifest['created_at']})."))
    console.print(Text("It stays until something new arrives, or until contraste refresh --force.", style="dim"))


def show_copied(console: Console, copied: Copied) -> None:
    """What `contraste publish-postgres` did."""
    console.print(
        Text(
            f"{copied.tables} tables, {copied.rows:,} rows of release {copied.version} are served in the schema "
            f"{copied.schema} of {copied.server}."
        )
    )


# parts ------------------------------------------------------------------------------------------------------


def _show_extraction(console: Console, extraction: Extraction) -> None:
    line = Text()
    for action, style in (("loaded", "green"), ("skipped", "dim"), ("quarantined", "red")):
        count = len(extraction.of(action))
        line.append(f"{count} {action}", style=style if count else "dim").append("   ")
    loaded = extraction.of("loaded")
    table = _table("document", "source", ">rows")
    for document in loaded[:LISTED]:
        table.add_row(Text(document.file_path), Text(document.source_id or ""), f"{document.rows:,}")
    parts: list[RenderableType] = [line, *([table] if loaded else []), *_more(len(loaded))]
    if not loaded:
        known = "every document is known already" if extraction.documents else "the inbox is empty"
        parts.append(Text(f"Nothing was loaded: {known}.", style="dim"))
    console.print(_section("Documents", *parts))
    _show_quarantined(console, [(d.file_path, d.reason or "") for d in extraction.of("quarantined")])


def _show_quarantined(console: Console, quarantined: Sequence[tuple[str, str]], listed: int = LISTED) -> None:
    if not quarantined:
        return
    table = _table("document", "why it was not loaded")
    for file_path, reason in quarantined[:listed]:
        table.add_row(Text(file_path), Text(reason, style="red"))
    more = [Text(f"and {len(quarantined) - listed:,} more: contraste status", style="dim")]
    console.print(_section("In quarantine", table, *(more if len(quarantined) > listed else [])))


def _show_reviews(console: Console, paths: Paths) -> None:
    """What waits for a person, and how to get at it; nothing when nothing waits."""
    cells = figures.cells_to_review(paths.raw)
    if not cells:
        return
    waiting = f"{cells:,} cells of scanned pages that nothing confirms wait" if cells > 1 else "One cell waits"
    how = Text("contraste review", style="cyan").append(" writes them out, each with a picture", style="dim")
    how.append("; complete the queue, then contraste review --apply QUEUE", style="dim")
    console.print(_section("To review", Text(f"{waiting} for a person.", style="yellow"), how))


def _show_figures(console: Console, database: Path) -> None:
    facts = _table("fact", ">rows")
    for name, rows in figures.fact_rows(database).items():
        facts.add_row(name, f"{rows:,}")
    console.print(_section("Facts", facts))
    counts = Table.grid(padding=(0, 2))
    counts.add_column(justify="right")
    for status, count in figures.reconciliation_counts(database).items():
        style = _STATUS_STYLE.get(status, "") if count else "dim"
        counts.add_row(Text(f"{count:,}", style=style), Text(_STATUS_WORDS.get(status, status), style=style))
    found = figures.disagreements(database)
    table = [_disagreements(found)] if found else []
    console.print(_section("Does it add up?", counts, *table, *_more(len(found), _ALL_OF_THEM)))
    if findings := figures.findings(database):
        console.print(_section("What the documents say against themselves (hallazgos)", _findings(findings)))


def _disagreements(found: Sequence[figures.Comparison]) -> Table:
    table = _table("", "figure", ">printed", ">recomputed", ">difference")
    for each in found[:LISTED]:
        figure = Text(f"{each.measure} · {each.scope}\n")
        figure.append(_place(each), style="dim")
        if each.cause_en:
            figure.append(f"\n{each.cause_en}\n{each.cause_es}", style="dim italic")
        table.add_row(
            Text(each.status, style=_STATUS_STYLE[each.status]),
            figure,
            _amount(each.printed_value),
            _amount(each.recomputed_value),
            _amount(each.difference),
        )
    return table


def _findings(found: Sequence[figures.Finding]) -> Table:
    table = _table("rule", ">findings", "for instance")
    for each in found:
        example = Text(each.evidence if len(each.evidence) <= _EVIDENCE else f"{each.evidence[:_EVIDENCE]}…")
        example.append(f"\n{Path(each.file_path).name}", style="dim")
        table.add_row(Text(each.rule_id, style="yellow"), f"{each.count:,}", example)
    return table


def _place(found: figures.Comparison) -> str:
    page = f", page {found.page_no}" if found.page_no else ""
    row = f", row {found.row_no}" if found.row_no else ""
    return f"{Path(found.file_path).name}{page}{row}"


def _show_gate(console: Console, gate: Gate | None, transformation: Transformation | None) -> None:
    if gate is None:
        return
    # a finding speaks of the plan that was published, not of the reading of it: it has a section of its own
    rules = [rule for rule in gate.rules if rule.subject != _FINDINGS]
    passed = sum(rule.passed for rule in rules)
    line = Text(f"{passed} of {len(rules)} rules hold", style="green" if passed == len(rules) else "yellow")
    nodes = ", ".join(f"{count} {status}" for status, count in gate.transformation_counts.items())
    line.append(f"   dbt: {nodes}", style="dim")
    if transformation and transformation.documents:
        line.append(
            f"   built the rows of {transformation.built_documents:,} of {transformation.documents:,} documents",
            style="dim",
        )
    warnings = [rule for rule in rules if not rule.passed]
    console.print(_section("Gate", line, *([_rules(warnings)] if warnings else [])))


def _rules(rules: Sequence[Rule]) -> Table:
    table = _table("rule", "what it asks", ">failing rows")
    for rule in rules:
        table.add_row(
            Text(rule.rule_id, style="red" if rule.blocks else "yellow"),
            Text(f"{rule.sentence_en}\n{rule.sentence_es}"),
            f"{rule.failing_count:,}",
        )
    return table


def _show_problems(console: Console, paths: Paths, refreshed: Refreshed) -> None:
    parts: list[RenderableType] = [Text(problem, style="red") for problem in refreshed.problems]
    failed = refreshed.transformation.failed if refreshed.transformation else []
    if failed:
        parts.append(_failed_nodes(failed))
    if refreshed.gate and refreshed.gate.failing:
        parts.append(_rules(refreshed.gate.failing))
        parts += [_failing_rows(rule) for rule in refreshed.gate.failing if rule.failing_rows]
    console.print(_section("Nothing was published", *parts))
    served = (
        f"Release {refreshed.served.version} is served as before."
        if refreshed.served
        else "There is no earlier release to serve."
    )
    console.print(Padding(Text(f"{served} What the libraries said is in {paths.logs}."), (0, 0, 1, 2)))


def _failed_nodes(failed: Sequence[Node]) -> Table:
    table = _table("dbt node", ">failing rows", "message")
    for node in failed[:LISTED]:
        table.add_row(Text(node.name), str(node.failures or ""), Text(" ".join((node.message or "").split())))
    return table


def _failing_rows(rule: Rule) -> Group:
    columns = list(rule.failing_rows[0])
    table = _table(*columns)
    for row in rule.failing_rows[:LISTED]:
        table.add_row(*[Text("" if row.get(name) is None else str(row[name])) for name in columns])
    return Group(Text(f"Rows of {rule.rule_id}"), table, *_more(rule.failing_count))


def _show_release(console: Console, refreshed: Refreshed) -> None:
    served = refreshed.served
    if served is None:
        return
    # readers open the pointer, so that the next release is theirs without a change
    opened = served.folder.parent.parent / release.POINTER
    new = "" if refreshed.outcome == "published" else " (the build came out the same, so it stays)"
    table = Table.grid(padding=(0, 2))
    table.add_row("version", Text(f"{served.version}{new}"))
    table.add_row("DuckDB", Text(str(opened / DATABASE), overflow="fold"))
    table.add_row("Parquet", Text(str(opened / PARQUET), overflow="fold"))
    if "site" in served.manifest:
        table.add_row("site", Text(str(opened / SITE / "index.html"), overflow="fold"))
        not_drawn = served.manifest["site"].get("not_drawn") or []
        for sentence in not_drawn[:LISTED]:
            table.add_row("", Text(sentence, style="yellow"))
    opening = f"duckdb.connect('{opened / DATABASE}', read_only=True)"
    table.add_row("open it", Text(opening, style="cyan", overflow="fold"))
    console.print(_section("Release", table))
    console.print(Padding(Text(f"Done in {refreshed.seconds:.1f} s.", style="dim"), (0, 0, 0, 2)))


def _section(title: str, *parts: RenderableType) -> Group:
    return Group(Text(title, style="bold"), *[Padding(part, (0, 0, 0, 2)) for part in parts], Text())


def _table(*headers: str) -> Table:
    """A plain table; a header that starts with `>` is of a column of numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for header in headers:
        number = header.startswith(">")
        table.add_column(
            Text(header.removeprefix(">")),
            justify="right" if number else "left",
            no_wrap=number,
            overflow="fold",
        )
    return table


def _more(count: int, where: str = "") -> list[RenderableType]:
    return [Text(f"and {count - LISTED:,} more{where}", style="dim")] if count > LISTED else []


def _amount(value: Decimal | None) -> str:
    """Exact: without decimals when there are none to show, else with two at least."""
    if value is None:
        return ""
    whole, _, decimals = f"{value:,f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals:0<2}" if decimals else whole
