"""Institutions: the list of them and a page for each, money first, then goals, series and what to watch."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from portal.amounts import Figure, count, grouped, money, percent
from portal.marts import Row
from portal.material import PHASES, Material, period
from portal.pages import findings, reconciliation
from portal.pages.budget import of_institution
from portal.pages.goals import bullets, goals, of_last_period
from portal.pages.series import charted, series
from portal.words import Text, same, word
from portal.writing import Page, numbered, paged

_ROWS = 150
_BULLETS, _PERIODS = 24, 6
MOST_ROWS, _FEWEST_ROWS = 3_000, 500
"""Lines and goals that the pages of one institution list, within these two; the release holds the others."""
MONEY = ("mart_program_performance", "is_in_totals", "is_latest", "program_name", *PHASES)
_FINDINGS = ("mart_findings", "institution_key", "finding_id", "severity", "finding_title", "finding_title_en")
_FINDINGS += ("is_latest",)
HOME: tuple[Text, str] = (("Instituciones", "Institutions"), "instituciones.html")


def address(material: Material) -> list[Row]:
    """The institutions that documents say something of, each given a page."""
    if not material.marts.has("dim_institutions", "institution_key", "institution_name", "institution_code"):
        return []
    found = material.marts.rows(
        "select * from marts.dim_institutions where institution_key > 0 order by institution_name, institution_key"
    )
    shown = [row for row in found if row.get("has_documents") or _says(material, row["institution_key"])]
    for row in _most_relevant(material, shown):
        material.addresses.give("institucion", row["institution_key"], row["institution_code"])
    material.left_out_institutions |= {
        row["institution_key"] for row in shown if not material.institution(row["institution_key"])
    }
    return shown


def _most_relevant(material: Material, institutions: list[Row]) -> list[Row]:
    """Those that have a page: all of them as long as there is room, else those first whose documents the site shows."""
    most = material.limits.institutions
    if len(institutions) <= most:
        return institutions
    files = material.marts.rows("select institution_key, document_sha256 from marts.dim_documents")
    shown = {row["institution_key"] for row in files if row["document_sha256"] in material.origins.shown}
    return sorted(institutions, key=lambda row: row["institution_key"] not in shown)[:most]


def pages(material: Material, institutions: list[Row], tables: list[Row]) -> Iterator[Page]:
    """The list and the pages; `tables` are the printed tables of budgets."""
    if not institutions:
        return
    lines = [_line(material, row) for row in institutions]
    lists = paged(lines, _ROWS)
    paths = [numbered("instituciones.html", number) for number in range(1, len(lists) + 1)]
    for number, rows in enumerate(lists, 1):
        content = {"rows": rows, "paths": paths, "number": number, "count": len(lines)}
        yield Page(paths[number - 1], "institutions.html", HOME[0], "institutions", content)
    room = material.limits.lines
    for row in institutions:
        if material.institution(row["institution_key"]):
            most = min(most_lines(material), max(room, _ROWS))
            room -= min(most, _lines(material, row["institution_key"]))
            yield from _pages_of(material, row, most, of_institution(material, tables, row["institution_key"]))


_STILL_TO: dict[str, Text] = {
    "committed_amount": ("sin comprometer", "not committed"),
    "accrued_amount": ("sin devengar", "not accrued"),
    "paid_amount": ("sin pagar", "not paid"),
}


def most_lines(material: Material) -> int:
    """Lines of one institution that its pages and those of its programmes are made of."""
    return material.share(_FEWEST_ROWS, MOST_ROWS)


def money_of(material: Material, institution_key: Any) -> list[Row]:
    """Budget lines of the latest vintages of an institution, the last periods first, no more than the site lists."""
    if not material.marts.has(*MONEY):
        return []
    read = material.by_institution(
        "mart_program_performance",
        "budget_line_key",
        "period_end_date desc, report_level, program_code, budget_line_key",
        most_lines(material),
    )
    return material.once("money", institution_key, lambda: read(institution_key))


def phases(material: Material, institution_key: Any) -> list[dict[str, Any]]:
    """Totals by phase of all rows that add up, one entry per period and currency, the last period first."""
    if not material.marts.has(*MONEY, "period_label", "period_start_date", "period_end_date", "currency_code"):
        return []
    sums = ", ".join(f"sum({phase}) as {phase}" for phase in PHASES)
    rows = _of_each(
        material,
        "phases",
        f"select institution_key, period_end_date, period_start_date, period_label, currency_code, count(*) as lines, "
        f"{sums} from marts.mart_program_performance where is_latest and is_in_totals group by 1, 2, 3, 4, 5 "
        f"qualify row_number() over (partition by 1 order by 2 desc, 3, 5) <= {_PERIODS} order by 1, 2 desc, 3, 5",
        institution_key,
    )
    found = []
    for row in rows:
        currency = row["currency_code"]
        totals = {phase: row[phase] for phase in PHASES}
        figures = [
            (word("phase", phase), money(amount, "metodo.html#sumas", "computed")) for phase, amount in totals.items()
        ]
        found.append(
            {
                "period": period(row),
                "currency": currency,
                "lines": row["lines"],
                "totals": totals,
                "figures": [(name, figure) for name, figure in figures if figure.kind != "missing"],
                "rate": rate(totals),
                "chart": waterfall(totals, currency),
            }
        )
    return found


def rate(totals: dict[str, Decimal | None]) -> Figure | None:
    """Accrued of approved, sums divided by sums."""
    approved, accrued = totals.get("approved_amount"), totals.get("accrued_amount")
    if not approved or accrued is None:
        return None
    return percent(100 * accrued / approved, "metodo.html#sumas")


def waterfall(totals: dict[str, Decimal | None], currency: str | None) -> list[dict[str, Any]]:
    """The rows of the chart of money by phase: levels in full, and the steps between them."""
    known = [(phase, amount) for phase, amount in totals.items() if amount is not None]
    if len(known) < 2:
        return []
    rows: list[dict[str, Any]] = []

    def add(label: Text, kind: str, start: Decimal, end: Decimal, text: str) -> None:
        shown = f"{text} {currency or ''}".strip()
        rows.append(
            {
                "order": len(rows) + 1,
                "label": label,
                "kind": kind,
                "a": float(start),
                "b": float(end),
                "text": text,
                "tip": (f"{label[0]}: {shown}", f"{label[1]}: {shown}"),
            }
        )

    previous: tuple[str, Decimal] | None = None
    for phase, amount in known:
        name = word("phase", phase)
        if previous is not None:
            change = amount - previous[1]
            if phase == "adjusted_amount":
                words: Text = (
                    ("ampliaciones netas", "net increases") if change >= 0 else ("reducciones netas", "net reductions")
                )
                kind = "up" if change >= 0 else "down"
            else:
                words = _STILL_TO.get(phase, ("resto", "rest"))
                kind = "rest"
                if change > 0:
                    words, kind = (("por encima de lo anterior", "above the phase before"), "up")
            if change:
                sign = "+" if change > 0 else ""
                low, high = sorted((previous[1], amount))
                add(words, kind, low, high, sign + grouped(format(change, ".2f")))
        add(name, "total", Decimal(0), amount, grouped(format(amount, ".2f")))
        previous = (phase, amount)
    return rows


def programme_lines(material: Material, lines: list[Row]) -> list[dict[str, Any]]:
    """The rows of a table of programmes, every amount with its cell."""
    return [
        {
            "row": line,
            "href": material.programme(line["institution_key"], line["program_code"]),
            "period": period(line),
            "level": word("report_level", line["report_level"]),
            "amounts": [
                material.printed_money("fct_budget_execution", line, "budget_line_key", phase)
                for phase in ("approved_amount", "adjusted_amount", "accrued_amount")
            ],
            "rate": percent(
                line["execution_approved_pct_recomputed"],
                "metodo.html#fct_budget_execution.execution_approved_pct_recomputed",
            ),
        }
        for line in lines
    ]


def _line(material: Material, row: Row) -> dict[str, Any]:
    key = row["institution_key"]
    href = material.institution(key)
    programmes = _count(material, "mart_program_performance", "program_code", key, "is_latest")
    indicators = _count(material, "dim_indicators", "indicator_key", key)
    found = _findings(material, key)
    # one that has no page of its own stands in the lists
    return {
        "row": row,
        "country": material.country(row["country_code"], row["country_name"]),
        "href": href,
        "programmes": count(programmes, (f"{href}#programas" if href else "programas.html") if programmes else None),
        "indicators": count(indicators, (href or "indicadores.html") if indicators else None),
        "findings": count(found, (f"{href}#hallazgos" if href else "hallazgos.html") if found else None),
    }


def _pages_of(material: Material, row: Row, most: int, budgets: list[tuple[Text, Text, str]]) -> Iterator[Page]:
    """The pages of one institution, with so many lines and so many goals at most, and its printed tables."""
    key = row["institution_key"]
    first = material.institution(key) or ""
    lines = money_of(material, key)[:most]
    judged = goals(material, key)
    trends = series(material, key)
    lists = paged(programme_lines(material, lines), _ROWS)
    goal_lists = paged(judged[:most], _ROWS)
    paths = [numbered(first, number) for number in range(1, max(len(lists), len(goal_lists)) + 1)]
    for number, path in enumerate(paths, 1):
        content = {
            "row": row,
            "country": material.country(row["country_code"], row["country_name"]),
            "number": number,
            "paths": paths,
            "documents": _documents(material, key) if number == 1 else [],
            "money": phases(material, key) if number == 1 else [],
            "budgets": _by_period(budgets) if number == 1 else [],
            "programmes": lists[number - 1] if number <= len(lists) else [],
            "bullets": bullets(of_last_period(judged))[:_BULLETS] if number == 1 else [],
            "goals": goal_lists[number - 1] if number <= len(goal_lists) else [],
            "series": charted(trends)[:_BULLETS] if number == 1 else [],
            "trends": trends[:_ROWS] if number == 1 else [],
            "has_compliance": number == 1
            and _count(material, "mart_unit_compliance", "org_unit_key", key, "is_latest") > 0,
            "findings": _findings_by_rule(material, key) if number == 1 else [],
            "checks": _checks(material, key) if number == 1 else [],
            "left_out": _lines(material, key) - len(lines) + max(0, len(judged) - most),
        }
        name, language = same(row["institution_name"]), material.language(key)
        # what follows the first page is rows, and says nothing of the release
        yield Page(path, "institution.html", name, "institutions", content, [HOME], True, number > 1, language)


def _by_period(budgets: list[tuple[Text, Text, str]]) -> list[tuple[Text, list[tuple[Text, str]]]]:
    found: dict[Text, list[tuple[Text, str]]] = {}
    for when, name, href in budgets:
        found.setdefault(when, []).append((name, href))
    return list(found.items())


def _says(material: Material, key: Any) -> bool:
    return any(
        _count(material, table, "institution_key", key)
        for table in ("mart_program_performance", "dim_indicators", "mart_unit_compliance", "fct_indicator_counts")
    )


def _count(material: Material, table: str, column: str, institution_key: Any, condition: str = "true") -> int:
    if not material.marts.has(table, column, "institution_key"):
        return 0
    # asked of all institutions at once: one by one the table would be read through for each
    sql = f'select institution_key, count(distinct "{column}") as n from marts.{table} where {condition} group by all'
    counted = material.once(
        f"{table}.{column} where {condition}",
        None,
        lambda: {row["institution_key"]: row["n"] for row in material.marts.rows(sql)},
    )
    return counted.get(institution_key, 0)


def _of_each(material: Material, what: str, sql: str, institution_key: Any) -> list[Row]:
    """The rows of an institution, of a query that was asked of all of them at once."""

    def made() -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = {}
        for row in material.marts.rows(sql):
            found.setdefault(row["institution_key"], []).append(row)
        return found

    return material.once(what, None, made).get(institution_key, [])


def _findings(material: Material, key: Any) -> int:
    if not material.marts.has(*_FINDINGS):
        return 0
    return _count(material, "mart_findings", "finding_id", key, "is_latest")


def _findings_by_rule(material: Material, key: Any) -> list[Row]:
    if not material.marts.has(*_FINDINGS):
        return []
    begin = findings.blocks(material)
    rows = _of_each(
        material,
        "findings by rule",
        "select institution_key, rule_id, severity, any_value(finding_title) as title, "
        "any_value(finding_title_en) as title_en, count(*) as n from marts.mart_findings "
        "where is_latest group by institution_key, rule_id, severity "
        "order by severity <> 'error', severity <> 'warning', n desc, rule_id",
        key,
    )
    return [{**row, "count": count(row["n"], begin.href(row["rule_id"], key) or "hallazgos.html")} for row in rows]


def _checks(material: Material, key: Any) -> list[dict[str, Any]]:
    """The rules that its documents were held to, and how often each came out how."""
    if not material.marts.has("mart_reconciliation", "institution_key", "status", "rule_id", "is_latest"):
        return []
    rows = _of_each(
        material,
        "checks",
        "select institution_key, rule_id, status, count(*) as n from marts.mart_reconciliation where is_latest "
        "group by institution_key, rule_id, status "
        "order by status = 'discrepant' desc, status = 'explained' desc, rule_id",
        key,
    )
    begin = reconciliation.blocks(material)
    found: dict[str, dict[str, Figure]] = {}
    for row in rows:
        href = begin.href(row["status"], row["rule_id"], key)
        found.setdefault(row["rule_id"], {})[row["status"]] = count(row["n"], href or "conciliacion.html")
    return [
        {"rule_id": rule_id, "sentence": material.rule(rule_id), "counts": counts} for rule_id, counts in found.items()
    ]


def _lines(material: Material, key: Any) -> int:
    if not material.marts.has(*MONEY):
        return 0
    return _count(material, "mart_program_performance", "budget_line_key", key, "is_latest")


def _documents(material: Material, key: Any) -> list[dict[str, Any]]:
    if not material.marts.has("dim_documents", "institution_key", "file_path", "title", "role", "is_latest"):
        return []
    rows = material.marts.rows(
        "select * from marts.dim_documents where institution_key = ? order by period_end_date desc, file_path", [key]
    )
    return [
        {"row": row, "href": material.origins.document(row["document_sha256"]), "period": period(row)} for row in rows
    ]
