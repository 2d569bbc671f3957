"""Projects of investment and works: their money by phase, and what was built of what was meant to be built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.addresses import when
from portal.amounts import percent
from portal.marts import Row
from portal.material import Material, derived, period
from portal.words import Text, word
from portal.writing import Page, numbered, paged

_ROWS = 45
MOST_TABLES = 300
_TABLE, _KEY = "fct_project_execution", "project_execution_key"
_PHASES = ("approved", "adjusted", "committed", "accrued", "ordered", "paid")
_GOALS = ("programmed_value", "adjusted_value", "achieved_value")
_SHARES = (
    "execution_approved_pct",
    "execution_adjusted_pct",
    "achievement_programmed_pct",
    "achievement_adjusted_pct",
)
_OF_TABLE = (
    "institution_key",
    "project_kind",
    "table_name",
    "document_sha256",
    "currency_code",
    "period_start_date",
    "period_end_date",
)


def address(material: Material) -> list[Row]:
    """The printed tables of projects, the last periods first, each given a page as long as there is room."""
    needed = [f"{phase}_amount" for phase in _PHASES] + list(_GOALS)
    if not material.marts.has(_TABLE, _KEY, "project_name", "project_kind", *needed):
        return []
    columns = ", ".join(f"p.{column}" for column in _OF_TABLE)
    found = material.marts.rows(
        f"select {columns}, i.institution_name, i.institution_code, min(p.page_no) as page_no, "
        f"min(p.table_no) as table_no, max(p.fiscal_year) as fiscal_year from marts.{_TABLE} p "
        "left join marts.dim_institutions i using (institution_key) where p.is_latest group by all "
        f"order by p.period_end_date desc, i.institution_name, p.document_sha256, p.table_name limit {MOST_TABLES}"
    )
    for row in found:
        name = (row["institution_code"], when(row["period_start_date"], row["period_end_date"]), row["table_name"])
        material.addresses.give("proyectos", _key(row), *name)
    return found


def groups(tables: list[Row]) -> list[list[Row]]:
    """The tables that one institution printed of one period."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in tables:
        key = (row["institution_key"], row["currency_code"], row["period_start_date"], row["period_end_date"])
        found.setdefault(key, []).append(row)
    return list(found.values())


def links(material: Material, tables: list[Row]) -> list[tuple[Text, str | None]]:
    """The names of tables with their pages."""
    return [(_name(row), material.addresses.of("proyectos", _key(row))) for row in tables]


def pages(material: Material, tables: list[Row], home: tuple[Text, str]) -> Iterator[Page]:
    """A page for every printed table."""
    for group in groups(tables):
        for row in group:
            yield from _pages_of(material, row, links(material, group), home)


def _pages_of(
    material: Material, table: Row, siblings: list[tuple[Text, str | None]], home: tuple[Text, str]
) -> Iterator[Page]:
    rows = [
        row
        for row in material.marts.rows(
            f"select * from marts.{_TABLE} where document_sha256 = ? and table_name = ? and is_latest "
            f"order by page_no, table_no, row_no, row_seq, {_KEY}",
            [table["document_sha256"], table["table_name"]],
        )
        if all(row[column] == table[column] for column in _OF_TABLE)
    ]
    first = material.addresses.of("proyectos", _key(table)) or ""
    # what the form does not print has no column
    phases = [phase for phase in _PHASES if any(row[f"{phase}_amount"] is not None for row in rows)]
    goals = [goal for goal in _GOALS if any(row[goal] is not None or row[f"{goal}_raw"] for row in rows)]
    shares = [share for share in _SHARES if any(row[f"{share}_printed"] is not None for row in rows)]
    lists = paged(rows, _ROWS)
    paths = [numbered(first, number) for number in range(1, len(lists) + 1)]
    name = _name(table)
    said = period(table)
    title = (f"{name[0]}, {said[0]}", f"{name[1]}, {said[1]}")
    for number, shown in enumerate(lists, 1):
        content = {
            "row": table,
            "name": name,
            "period": said,
            "institution_href": material.institution(table["institution_key"]),
            "document_href": material.origins.at(table["document_sha256"], table["page_no"], table["table_no"], None),
            "siblings": siblings,
            "here": first,
            "phases": [(phase, word("phase", f"{phase}_amount")) for phase in phases],
            "goals": [(goal, word("column", goal)) for goal in goals],
            "shares": [(share, word("column", share)) for share in shares],
            "rows": [_line(material, row, phases, goals, shares) for row in shown],
            "count": len(rows),
            "paths": paths,
            "number": number,
        }
        language = material.language(table["institution_key"])
        yield Page(paths[number - 1], "projects.html", title, "budget", content, [home], language=language)


def _line(material: Material, row: Row, phases: list[str], goals: list[str], shares: list[str]) -> dict[str, Any]:
    return {
        "row": row,
        "amounts": [material.printed_money(_TABLE, row, _KEY, f"{phase}_amount") for phase in phases],
        "goals": [material.printed_number(_TABLE, row, _KEY, goal) for goal in goals],
        "shares": [
            (
                material.printed_percent(_TABLE, row, _KEY, f"{share}_printed"),
                percent(row[f"{share}_recomputed"], derived(_TABLE, f"{share}_recomputed")),
            )
            for share in shares
        ],
    }


def _name(row: Row) -> Text:
    kind, table = word("project_kind", row["project_kind"]), word("project_table", row["table_name"])
    return kind if row["table_name"] not in ("investment_projects", "investment_spending") else table


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[column] for column in _OF_TABLE)
