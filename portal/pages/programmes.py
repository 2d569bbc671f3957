"""Programmes: the list of them and a page for each, over all its years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from portal.amounts import percent
from portal.marts import Row
from portal.material import PHASES, Material, period
from portal.pages.goals import bullets, goals, limits_said, of_last_period
from portal.pages.institutions import MONEY, money_of, programme_lines, waterfall
from portal.words import Text, same
from portal.writing import Page, numbered, paged, runs

_ROWS = 120
MOST_PAGES = 1_500
"""Programmes with a page of their own, those with the most money first; the others stand in the lists."""
MOST_LISTED = 20_000
_MOST_LINES = 6_000
_MOST_FINDINGS = 5_000
HOME: tuple[Text, str] = (("Programas", "Programmes"), "programas.html")


def address(material: Material) -> list[Row]:
    """The programmes with money, those with the most first, each given a page as long as there is room."""
    if not material.marts.has(*MONEY):
        return []
    found = material.marts.rows(
        "select institution_key, program_code, any_value(institution_code) as institution_code, "
        "any_value(institution_name) as institution_name, max_by(program_name, period_end_date) as program_name, "
        "max(approved_amount) as approved from marts.mart_program_performance where program_code is not null "
        "group by institution_key, program_code order by approved desc nulls last, institution_code, program_code "
        f"limit {MOST_LISTED}"
    )
    paged_here = [row for row in found if row["institution_key"] not in material.left_out_institutions]
    for row in paged_here[:MOST_PAGES]:
        material.addresses.give(
            "programa", (row["institution_key"], row["program_code"]), row["institution_code"], row["program_code"]
        )
    return found


def pages(material: Material, programmes: list[Row]) -> Iterator[Page]:
    """The list, by institution and code, and the pages."""
    if not programmes:
        return
    lines = material.marts.rows(
        "select * from marts.mart_program_performance where is_latest and is_last_period "
        "order by institution_name, institution_key, period_end_date desc, report_level, program_code, budget_line_key "
        f"limit {_MOST_LINES}"
    )
    lists = paged(lines, _ROWS)
    paths = [numbered("programas.html", number) for number in range(1, len(lists) + 1)]
    for number, rows in enumerate(lists, 1):
        content = {
            "groups": [
                (material.institution(group[0]["institution_key"]), programme_lines(material, group))
                for group in runs(rows, lambda row: row["institution_key"])
            ],
            "paths": paths,
            "number": number,
            "count": len(programmes),
        }
        yield Page(paths[number - 1], "programmes.html", HOME[0], "programmes", content)
    for row in sorted(programmes, key=lambda row: row["institution_key"]):
        if material.programme(row["institution_key"], row["program_code"]):
            yield _page_of(material, row)


def _page_of(material: Material, programme: Row) -> Page:
    key, code = programme["institution_key"], programme["program_code"]
    rows = _by_code(material, key).get(code, [])
    last = rows[0] if rows else None
    judged = _goals_of(material, key).get(code, [])
    content: dict[str, Any] = {
        "programme": programme,
        "institution_href": material.institution(key),
        "lines": [_line(material, row) for row in rows],
        "last": last,
        "last_period": period(last) if last else None,
        "chart": waterfall({phase: last[phase] for phase in PHASES}, last["currency_code"]) if last else [],
        "goals": judged,
        "bullets": bullets(of_last_period(judged)),
        "limits": limits_said(material),
        "findings": _findings(material, rows),
    }
    name = programme["program_name"] or code
    title = name if name == code else f"{code} {name}"
    trail = [HOME]
    href = material.institution(key)
    if href:
        trail = [(same(programme["institution_name"]), href)]
    path = material.programme(key, code) or ""
    language = material.language(key)
    return Page(path, "programme.html", same(title), "programmes", content, trail, True, True, language)


def _by_code(material: Material, institution_key: Any) -> dict[Any, list[Row]]:
    """The lines of an institution by programme, the last period and what is in totals first."""

    def made() -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = {}
        lines = sorted(money_of(material, institution_key), key=lambda line: not line["is_in_totals"])
        for line in sorted(lines, key=lambda line: line["period_end_date"] or date.min, reverse=True):
            found.setdefault(line["program_code"], []).append(line)
        return found

    return material.once("by_code", institution_key, made)


def _goals_of(material: Material, institution_key: Any) -> dict[Any, list[dict[str, Any]]]:
    """The goals of an institution by programme."""

    def made() -> dict[Any, list[dict[str, Any]]]:
        found: dict[Any, list[dict[str, Any]]] = {}
        for goal in goals(material, institution_key):
            found.setdefault(goal["row"]["program_code"], []).append(goal)
        return found

    return material.once("goals by code", institution_key, made)


def _findings_of(material: Material, institution_key: Any) -> dict[Any, list[Row]]:
    """The findings of an institution by the row they are in."""

    def made() -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = {}
        read = material.by_institution(
            "mart_findings", "finding_id", "severity <> 'warning', rule_id, finding_id", _MOST_FINDINGS
        )
        for row in read(institution_key):
            found.setdefault(_row_of(row), []).append(row)
        return found

    return material.once("findings", institution_key, made)


def _row_of(row: Row) -> tuple[Any, ...]:
    return (row["document_sha256"], row["page_no"], row["table_no"], row["row_no"])


def _line(material: Material, row: Row) -> dict[str, Any]:
    [line] = programme_lines(material, [row])
    table, key = "fct_budget_execution", "budget_line_key"
    printed = {
        "approved": ("execution_approved_pct_printed", "execution_approved_pct_recomputed"),
        "adjusted": ("execution_adjusted_pct_printed", "execution_adjusted_pct_recomputed"),
    }
    return {
        **line,
        "phases": [(phase, material.printed_money(table, row, key, phase)) for phase in PHASES],
        "pcts": {
            name: (
                material.printed_percent(table, row, key, shown),
                percent(row[computed], f"metodo.html#{table}.{computed}"),
            )
            for name, (shown, computed) in printed.items()
        },
        "quadrant": ("quadrant", f"{row['efficacy']} {row['spend']}") if row.get("quadrant_name") else None,
    }


def _findings(material: Material, rows: list[Row]) -> list[dict[str, Any]]:
    """What the documents say against themselves in the rows of the programme."""
    if not material.marts.has("mart_findings", "document_sha256", "institution_key", "row_no", "evidence_en"):
        return []
    places = {_row_of(row): None for row in rows}
    by_row = _findings_of(material, rows[0]["institution_key"]) if rows else {}
    return [
        {"row": finding, "href": material.origins.at(*place)} for place in places for finding in by_row.get(place, [])
    ][:20]
