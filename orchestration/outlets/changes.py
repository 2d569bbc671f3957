"""What a release says otherwise than the one served before it, by table and source: `changes.json`, `CHANGES.md`.

Rows are compared as wholes: a row of which one cell changed counts once as new and once as gone. Amounts are compared
where they may be added up (the `additive_where` of the table), so that a difference means money.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import duckdb

from orchestration.copying import DATABASE
from orchestration.memory import memory_limit
from orchestration.outlets.changelog import changelog
from orchestration.outlets.datapackage import Described
from orchestration.quoting import named, quoted
from orchestration.release import Draft, Outlet, Release

CHANGES = "changes.json"
CHANGELOG = "CHANGES.md"
_MONEY = "DECIMAL(18,2)"


@dataclass(frozen=True)
class Amount:
    """The sum of one money column over the rows that add up, before and now; decimals as text."""

    column: str
    currency_code: str | None
    before: str | None
    after: str | None
    difference: str


@dataclass(frozen=True)
class SourceChange:
    """One table, the rows of one source (None: of rows that belong to no source)."""

    source_id: str | None
    rows_before: int
    rows_after: int
    rows_added: int
    rows_removed: int
    amounts: Sequence[Amount] = ()


@dataclass(frozen=True)
class TableChange:
    """One table that is not what it was. A table that came or went has only its rows."""

    table: str
    change: str
    rows_before: int
    rows_after: int
    columns_added: Sequence[str] = ()
    columns_removed: Sequence[str] = ()
    sources: Sequence[SourceChange] = ()


@dataclass(frozen=True)
class Changes:
    """Everything that changed since the release `since`; None where there was none before.

    `not_compared` says why the tables could not be set against each other, if they could not.
    """

    version: str
    since: str | None
    code_before: str | None = None
    code_after: str | None = None
    documents_added: Sequence[Mapping[str, Any]] = ()
    documents_removed: Sequence[Mapping[str, Any]] = ()
    documents_changed: Sequence[Mapping[str, Any]] = ()
    tables: Sequence[TableChange] = field(default_factory=list)
    unchanged_tables: int = 0
    not_compared: str | None = None


def change_log(described: Described) -> Outlet:
    """The outlet that writes both files."""

    def write(draft: Draft) -> None:
        changes = compare(draft, described)
        text = json.dumps(asdict(changes), indent=1, ensure_ascii=False, default=str)
        (draft.folder / CHANGES).write_text(text + "\n", encoding="utf-8")
        (draft.folder / CHANGELOG).write_text(changelog(changes, described), encoding="utf-8")

    return write


def compare(draft: Draft, described: Described) -> Changes:
    """Set a release in the making against the one that is served."""
    served = draft.served
    if served is None:
        return Changes(draft.version, None, code_after=draft.provenance.git_commit)
    before = {document["document_sha256"]: document for document in served.manifest.get("documents", ())}
    after = {document["document_sha256"]: document for document in draft.provenance.documents}
    try:
        tables, unchanged = _tables(draft, served, described)
        reason = None
    except (duckdb.Error, KeyError) as error:
        tables, unchanged, reason = [], 0, " ".join(str(error).split())
    return Changes(
        version=draft.version,
        since=served.version,
        code_before=served.manifest.get("git_commit"),
        code_after=draft.provenance.git_commit,
        documents_added=[_document(after[sha]) for sha in after if sha not in before],
        documents_removed=[_document(before[sha]) for sha in before if sha not in after],
        documents_changed=[
            _document(document) | {"was": {key: before[sha].get(key) for key in _STANDING}}
            for sha, document in after.items()
            if sha in before and any(document.get(key) != before[sha].get(key) for key in _STANDING)
        ],
        tables=tables,
        unchanged_tables=unchanged,
        not_compared=reason,
    )


# what may become of a document that is known already
_STANDING = ("status", "role", "vintage_seq", "is_latest")


def _document(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: document.get(key) for key in ("source_id", "file_path", "document_sha256", *_STANDING)}


def _tables(draft: Draft, served: Release, described: Described) -> tuple[list[TableChange], int]:
    old, new = served.manifest["tables"], draft.tables
    found = [TableChange(name, "added", 0, new[name]["rows"]) for name in new if name not in old]
    found += [TableChange(name, "removed", old[name]["rows"], 0) for name in old if name not in new]
    differing = [name for name in new if name in old and new[name]["sha256"] != old[name]["sha256"]]
    spilled = draft.folder / ".spilled"
    with duckdb.connect(config={"memory_limit": memory_limit(), "temp_directory": str(spilled)}) as connection:
        connection.execute(f"attach {quoted(served.database)} as before (read_only)")
        connection.execute(f"attach {quoted(draft.folder / DATABASE)} as after (read_only)")
        connection.execute("create table documents (document_sha256 varchar, source_id varchar)")
        known = {d["document_sha256"]: d["source_id"] for d in served.manifest.get("documents", ())}
        known |= {d["document_sha256"]: d["source_id"] for d in draft.provenance.documents}
        if known:
            connection.executemany("insert into documents values (?, ?)", list(known.items()))
        for name in differing:
            change = _table(connection, name, old[name], new[name], described)
            if change is not None:
                found.append(change)
    compared = {change.table for change in found}
    return sorted(found, key=lambda change: change.table), len([name for name in new if name not in compared])


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    described: Described,
) -> TableChange | None:
    """How a table changed; None when only the order of its rows did."""
    columns = [column for column in new["columns"] if column in old["columns"]]
    source, join = _source_of(columns)
    content = ", ".join(f"t.{named(column)}" for column in columns)
    sides = " union all ".join(
        f"select {source} as source_id, hash({content}) as content, {was} as was, {now} as now "
        f"from {side}.{table['schema']}.{named(name)} as t {join}"
        for side, table, was, now in (("before", old, 1, 0), ("after", new, 0, 1))
    )
    rows = connection.execute(
        f"""
        select
            source_id, sum(was)::bigint, sum(now)::bigint,
            sum(greatest(now - was, 0))::bigint, sum(greatest(was - now, 0))::bigint
        from (select source_id, content, sum(was) as was, sum(now) as now from ({sides}) group by all)
        group by all order by all
        """
    ).fetchall()
    amounts = _amounts(connection, name, old, new, described)
    changed = [row for row in rows if row[3] or row[4] or amounts.get(row[0])]
    columns_added = [column for column in new["columns"] if column not in old["columns"]]
    columns_removed = [column for column in old["columns"] if column not in new["columns"]]
    if not changed and not columns_added and not columns_removed:
        return None
    return TableChange(
        name,
        "changed",
        old["rows"],
        new["rows"],
        columns_added,
        columns_removed,
        [SourceChange(*row, amounts=amounts.get(row[0], ())) for row in changed],
    )


def _amounts(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    described: Described,
) -> dict[str | None, list[Amount]]:
    """The money columns whose sums differ, by source. Only tables that say which rows add up have sums."""
    about = described.tables.get(name)
    where = about.meta.get("additive_where") if about else None
    shared = [column for column in new["columns"] if column in old["columns"]]
    money = [column for column in shared if new["columns"][column] == old["columns"][column] == _MONEY]
    if not where or not money:
        return {}
    source, join = _source_of(shared)
    currency = "t.currency_code" if "currency_code" in shared else "null"
    try:
        rows = connection.execute(
            " union all ".join(
                f"select {source} as source_id, {currency} as currency_code, '{side}' as side, "
                f"{', '.join(f'sum(t.{named(column)})' for column in money)} "
                f"from {side}.{table['schema']}.{named(name)} as t {join} where {where} group by all"
                for side, table in (("before", old), ("after", new))
            )
        ).fetchall()
    except duckdb.BinderException:
        # the rows that add up are told by a column that the release before did not have
        return {}
    sums: dict[tuple[Any, Any], dict[str, tuple]] = {}
    for source_id, currency_code, side, *totals in rows:
        sums.setdefault((source_id, currency_code), {})[side] = tuple(totals)
    found: dict[str | None, list[Amount]] = {}
    nothing = (None,) * len(money)
    for (source_id, currency_code), sides in sorted(sums.items(), key=str):
        for column, before, after in zip(money, sides.get("before", nothing), sides.get("after", nothing), strict=True):
            if before != after:
                found.setdefault(source_id, []).append(
                    Amount(
                        column,
                        currency_code,
                        None if before is None else str(before),
                        None if after is None else str(after),
                        str((after or 0) - (before or 0)),
                    )
                )
    return found


def _source_of(columns: Sequence[str]) -> tuple[str, str]:
    """The expression that gives the source of a row `t`, and the join it needs."""
    if "source_id" in columns:
        return "t.source_id", ""
    if "document_sha256" in columns:
        return "d.source_id", "left join documents as d on d.document_sha256 = t.document_sha256"
    return "cast(null as varchar)", ""
