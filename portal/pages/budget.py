"""Budgets by classification: what the money is spent on and where it comes from, line by line as printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from portal.addresses import when
from portal.amounts import Figure, missing, money, percent
from portal.marts import Row
from portal.material import Material, period
from portal.pages import projects
from portal.words import Text, word
from portal.writing import Page, clip, numbered, paged, runs

_ROWS = 60
_LINES = 65
"""Lines of a table that one page shows: each has an amount and a link for every phase."""
_BARS = 24
MOST_TABLES = 1_200
"""Printed tables with a page of their own, the last periods first; the release holds the others."""
HOME: tuple[Text, str] = (("Presupuesto", "Budget"), "presupuesto.html")
_COLUMNS = ("budget_class_key", "classification", "flow", "phase_code", "amount", "amount_null_kind", "scope", "row_no")
_PLANNED = {"spending": ("approved",), "revenue": ("estimated", "approved")}
_DONE = {"spending": ("accrued",), "revenue": ("collected", "accrued")}
_NOT_PRINTED = (word("no_value", "not_on_page"), word("no_value", "not_on_form"))
_ORDER = (
    "object",
    "functional",
    "administrative",
    "institutional_sector",
    "economic_type",
    "program_category",
    "revenue_item",
    "revenue_source",
    "revenue_type",
)
"""The classifications as tabs stand side by side; one that is not named here comes last."""
_OF_TABLE = (
    "institution_key",
    "flow",
    "classification",
    "table_name",
    "document_sha256",
    "currency_code",
    "fiscal_year",
    "period_start_date",
    "period_end_date",
)


@dataclass
class Line:
    """One line of a table or one class above its lines; `exact` are its amounts by phase, `figures` as shown."""

    code: str
    name: str
    anchor: str
    figures: dict[str, Figure] = field(default_factory=dict)
    exact: dict[str, Decimal] = field(default_factory=dict)
    sums: dict[str, Figure] = field(default_factory=dict)
    rate: Figure | None = None
    below: list[Line] = field(default_factory=list)
    depth: int = 0

    def lines(self) -> Iterator[Line]:
        """Everything below, in the order of the document, each with how deep it stands."""
        for line in self.below:
            line.depth = self.depth + 1
            yield line
            yield from line.lines()


def address(material: Material) -> list[Row]:
    """The printed tables of budgets, the last periods first, each given a page as long as there is room."""
    if not (material.marts.has("fct_budget_amounts", *_COLUMNS) and material.marts.has("dim_budget_classes")):
        return []
    columns = ", ".join(f"a.{column}" for column in _OF_TABLE)
    found = material.marts.rows(
        f"select {columns}, i.institution_name, i.institution_code, min(a.page_no) as page_no, "
        "min(a.table_no) as table_no from marts.fct_budget_amounts a "
        "left join marts.dim_institutions i using (institution_key) where a.is_latest group by all "
        f"order by a.period_end_date desc, i.institution_name, a.document_sha256, a.table_name limit {MOST_TABLES}"
    )
    found.sort(key=lambda row: _ORDER.index(row["classification"]) if row["classification"] in _ORDER else len(_ORDER))
    found.sort(key=lambda row: row["period_end_date"], reverse=True)
    for row in found:
        name = (row["institution_code"], when(*_dates(row)), row["classification"])
        material.addresses.give("presupuesto", _key(row), *name)
    return found


def pages(material: Material, tables: list[Row]) -> Iterator[Page]:
    """The list of what was budgeted and spent, a page for every printed table, and the projects."""
    works = projects.address(material)
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in tables:
        groups.setdefault(_group(row), []).append(row)
    listed = [_entry(material, rows) for rows in groups.values()]
    listed += [
        {
            "row": work[0],
            "period": period(work[0]),
            "flow": "projects",
            # the tables of projects repeat the money of the others, and each other's
            "figures": [None, None, None],
            "rate": None,
            "tables": projects.links(material, work),
        }
        for work in projects.groups(works)
    ]
    if not listed:
        return
    order = ("spending", "revenue", "projects")
    listed.sort(key=lambda entry: order.index(entry["flow"]) if entry["flow"] in order else len(order))
    listed.sort(key=lambda entry: str(entry["row"]["period_end_date"]), reverse=True)
    listed.sort(key=lambda entry: str(entry["row"]["institution_name"]))
    lists = paged(listed, _ROWS)
    paths = [numbered(HOME[1], number) for number in range(1, len(lists) + 1)]
    for number, rows in enumerate(lists, 1):
        content = {
            "groups": [
                (material.institution(group[0]["row"]["institution_key"]), group)
                for group in runs(rows, lambda each: each["row"]["institution_key"])
            ],
            "paths": paths,
            "number": number,
            "count": len(listed),
        }
        yield Page(paths[number - 1], "budget.html", HOME[0], "budget", content)
    for rows in groups.values():
        for row in rows:
            yield from _pages_of(material, row, rows)
    yield from projects.pages(material, works, HOME)


def of_institution(material: Material, tables: list[Row], institution_key: Any) -> list[tuple[Text, Text, str]]:
    """What the page of an institution leads to: period, classification, address."""
    return [
        (period(row), word("classification", row["classification"]), material.addresses.of("presupuesto", _key(row)))
        for row in tables
        if row["institution_key"] == institution_key
    ]  # type: ignore[return-value]


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[column] for column in _OF_TABLE)


def _group(row: Row) -> tuple[Any, ...]:
    return (row["institution_key"], row["flow"], row["currency_code"], *_dates(row))


def _dates(row: Row) -> tuple[Any, Any]:
    return (row["period_start_date"], row["period_end_date"])


def _entry(material: Material, rows: list[Row]) -> dict[str, Any]:
    """One line of the list: the total of the first table that has one, and the tables that give the same money."""
    first = rows[0]
    total = _total(material, first, _tree(material, first))
    planned, done = _phase(_PLANNED, first, total), _phase(_DONE, first, total)
    return {
        "row": first,
        "period": period(first),
        "flow": first["flow"],
        "figures": [total.figures.get(phase) if phase else None for phase in (planned, "adjusted", done)],
        "rate": total.rate,
        "tables": [
            (word("classification", row["classification"]), material.addresses.of("presupuesto", _key(row)))
            for row in rows
        ],
    }


def _pages_of(material: Material, row: Row, siblings: list[Row]) -> Iterator[Page]:
    first = material.addresses.of("presupuesto", _key(row)) or ""
    roots = _tree(material, row)
    total = _total(material, row, roots)
    phases = _phases(material, roots, total)
    # one class above all others says nothing that the total does not say
    heading = []
    while len(roots) == 1 and roots[0].below:
        heading.append(roots[0].name)
        roots = roots[0].below
    places = _lay_out(roots)
    paths = [numbered(first, number) for number in range(1, len(places) + 1)]
    where = {
        root.anchor: path for path, place in zip(paths, places, strict=True) for root, _, part in place if not part
    }
    _add_up(roots, row, {anchor: f"{path}#{anchor}" for anchor, path in where.items()}, first)
    tops = paged(roots, _LINES)
    name = word("classification", row["classification"])
    title = (f"{name[0]}, {period(row)[0]}", f"{name[1]}, {period(row)[1]}")
    for number, path in enumerate(paths, 1):
        content = {
            "row": row,
            "name": name,
            "period": period(row),
            "heading": heading,
            "institution_href": material.institution(row["institution_key"]),
            "document_href": material.origins.at(row["document_sha256"], row["page_no"], row["table_no"], None),
            "siblings": [
                (word("classification", each["classification"]), material.addresses.of("presupuesto", _key(each)))
                for each in siblings
            ],
            "here": first,
            "phases": [(phase, word("phase", f"{phase}_amount")) for phase in phases],
            "roots": [(root, where.get(root.anchor)) for root in tops[number - 1]] if number <= len(tops) else [],
            "total": total if number == 1 else None,
            "blocks": places[number - 1],
            "is_short": sum(len(part) for place in places for _, part, _ in place) <= _LINES,
            "chart": _chart(roots, row) if number == 1 else [],
            "planned": _first_phase(_PLANNED, row),
            "done": _first_phase(_DONE, row),
            "paths": paths,
            "number": number,
        }
        language = material.language(row["institution_key"])
        yield Page(path, "budget_table.html", title, "budget", content, [HOME], number == 1, language=language)


# the lines and the classes above them -------------------------------------------------------------------------


def _tree(material: Material, table: Row) -> list[Line]:
    """The lines of a printed table under their classes, in the order of the document."""
    rows = material.marts.rows(
        "select * from marts.fct_budget_amounts where document_sha256 = ? and table_name = ? and is_latest "
        "order by page_no, table_no, row_no, row_seq, budget_amount_key",
        [table["document_sha256"], table["table_name"]],
    )
    classes = _classes(material)
    printed = _printed(material, table)
    found: dict[Any, Line] = {}
    roots: list[Line] = []

    def line_of(key: Any, scope: str, name: str | None) -> Line:
        if (key, scope) in found:
            return found[key, scope]
        about = classes.get(key, {})
        code = str(about.get("class_code") or "")
        label = printed.get(scope, {}).get("label") or name or about.get("class_name") or scope
        line = found[key, scope] = Line(code, str(label), f"c{len(found) + 1}")
        for phase, (amount, href) in printed.get(scope, {}).get("amounts", {}).items():
            line.exact[phase], line.figures[phase] = amount, money(amount, href)
        above = about.get("parent_budget_class_key")
        if above in classes:
            over = f"{table['classification']} {classes[above]['class_code']}".lower()
            line_of(above, over, None).below.append(line)
        else:
            roots.append(line)
        return line

    for row in rows:
        if any(row[column] != table[column] for column in _OF_TABLE):
            continue
        line = line_of(row["budget_class_key"], row["scope"].lower(), row["term_raw"])
        line.figures[row["phase_code"]] = _figure(material, row)
        if row["amount"] is not None:
            line.exact[row["phase_code"]] = row["amount"]
    for line in found.values():
        line.rate = _rate(line, table)
    return roots


def _figure(material: Material, row: Row) -> Figure:
    href = material.origins.of("fct_budget_amounts", row["budget_amount_key"], "amount", row["document_sha256"])
    if row["amount"] is not None:
        return money(row["amount"], href)
    raw, why = (row["amount_raw"] or "").strip(), row["amount_null_kind"]
    if raw and why in (None, "words"):
        return Figure(raw, raw, href, "printed")
    return missing(word("no_value", why) if why else None, href)


def _classes(material: Material) -> dict[Any, Row]:
    return material.once(
        "budget classes",
        None,
        lambda: {
            row["budget_class_key"]: row
            for row in material.marts.rows(
                "select budget_class_key, class_code, class_name, parent_budget_class_key "
                "from marts.dim_budget_classes where budget_class_key > 0"
            )
        },
    )


def _printed(material: Material, table: Row) -> dict[str, dict[str, Any]]:
    """The subtotals and the total that a table prints, by what they are of: label, and amount and cell by phase."""
    if not material.marts.has("fct_printed_totals", "scope", "measure", "label_raw", "figure_kind"):
        return {}
    rows = material.marts.rows(
        "select * from marts.fct_printed_totals where document_sha256 = ? and table_name = ? and is_latest "
        "and figure_kind in ('total', 'subtotal') and printed_value is not null order by row_no, printed_total_key",
        [table["document_sha256"], table["table_name"]],
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["period_end_date"] != table["period_end_date"]:
            continue
        entry = found.setdefault(row["scope"].lower(), {"label": (row["label_raw"] or "").strip(), "amounts": {}})
        key = row["printed_total_key"]
        href = material.origins.of("fct_printed_totals", key, "printed_value", row["document_sha256"])
        entry["amounts"].setdefault(row["measure"].removesuffix("_amount"), (row["printed_value"], href))
    return found


def _total(material: Material, table: Row, roots: list[Line]) -> Line:
    """The total that the table prints; what it does not print is added up, and leads to the lines."""
    href = material.addresses.of("presupuesto", _key(table))
    total = Line("", "", "total", below=list(roots))
    known = {phase for line in total.lines() for phase in line.figures}
    for phase, (amount, cell) in _printed(material, table).get("total", {}).get("amounts", {}).items():
        if phase in known:
            total.exact[phase], total.figures[phase] = amount, money(amount, cell)
    _add_up_one(total, f"{href}#lineas")
    total.rate = _rate(total, table)
    return total


def _add_up(roots: list[Line], table: Row, hrefs: dict[str, str], first: str) -> None:
    """Give every class above lines the sums of its lines; each leads to them."""
    for root in roots:
        href = hrefs.get(root.anchor, f"{first}#lineas")
        for line in [*root.lines(), root]:
            _add_up_one(line, href)
            line.rate = _rate(line, table)


def _add_up_one(line: Line, href: str) -> None:
    """What is not printed of a class is the sum of its lines; what is printed otherwise has the sum beside it."""
    sums: dict[str, Decimal] = {}
    for leaf in _leaves(line):
        for phase, amount in leaf.exact.items():
            sums[phase] = sums.get(phase, Decimal(0)) + amount
    for phase, amount in sums.items() if line.below else ():
        if phase not in line.exact:
            line.exact[phase], line.figures[phase] = amount, money(amount, href, "computed")
        elif line.exact[phase] != amount:
            line.sums[phase] = money(amount, href, "computed")


def _leaves(line: Line) -> Iterator[Line]:
    for below in line.below:
        if below.below:
            yield from _leaves(below)
        else:
            yield below


def _phase(which: dict[str, tuple[str, ...]], table: Row, line: Line) -> str | None:
    return next((phase for phase in which.get(table["flow"], ()) if phase in line.exact), None)


def _first_phase(which: dict[str, tuple[str, ...]], table: Row) -> Text | None:
    """What heads the rate; None for a flow (what earlier years left to be paid) that nothing was planned of."""
    return next((word("phase", f"{phase}_amount") for phase in which.get(table["flow"], ())), None)


def _rate(line: Line, table: Row) -> Figure | None:
    """Accrued of approved, or collected of estimated."""
    planned, done = _phase(_PLANNED, table, line), _phase(_DONE, table, line)
    if planned is None or done is None or not line.exact[planned]:
        return None
    return percent(100 * line.exact[done] / line.exact[planned], "metodo.html#clasificaciones")


def _phases(material: Material, roots: list[Line], total: Line) -> list[str]:
    """The phases of a table in the order in which money goes through them."""
    lines = [total, *(line for root in roots for line in (root, *root.lines()))]
    # a phase that no line of the page prints has no column; one that is printed blank has
    found = {phase for line in lines for phase, figure in line.figures.items() if figure.why not in _NOT_PRINTED}
    order: dict[str, int] = {}
    if material.marts.has("dim_budget_phases", "phase_code", "phase_order"):
        rows = material.marts.rows("select phase_code, phase_order from marts.dim_budget_phases")
        order = {row["phase_code"]: row["phase_order"] for row in rows}
    return sorted(found, key=lambda phase: (order.get(phase, 999), phase))


# pages ----------------------------------------------------------------------------------------------------------


def _lay_out(roots: list[Line]) -> list[list[tuple[Line, list[Line], int]]]:
    """The classes and their lines by the page they stand on: class, lines, which part of its lines it is."""
    places: list[list[tuple[Line, list[Line], int]]] = [[] for _ in paged(roots, _LINES)]
    # the first pages hold the table of the classes as well
    taken = [len(part) for part in paged(roots, _LINES)]
    at = 0
    for root in roots:
        for part, lines in enumerate(paged(list(root.lines()), _LINES)):
            if not lines:
                continue
            while at < len(taken) and taken[at] and taken[at] + len(lines) > _LINES:
                at += 1
            if at == len(taken):
                taken.append(0)
                places.append([])
            places[at].append((root, list(lines), part))
            taken[at] += len(lines)
    return places


def _chart(roots: list[Line], table: Row) -> list[dict[str, Any]]:
    """The rows of the chart: of every class what was planned and what was done of it; none where either is blank."""
    rows = []
    for root in roots:
        planned, done = _phase(_PLANNED, table, root), _phase(_DONE, table, root)
        # nothing planned and nothing done is no bar; the table says 0
        if planned is None or done is None or not (root.exact[planned] or root.exact[done]):
            continue
        label = f"{root.code} {root.name}".strip()
        figures = root.figures[planned].text, root.figures[done].text
        rows.append(
            {
                "label": clip(label, 90),
                "zero": 0,
                "planned": float(root.exact[planned]),
                "done": float(root.exact[done]),
                "adjusted": float(root.exact["adjusted"]) if "adjusted" in root.exact else None,
                "text": root.rate.text if root.rate else figures[1],
                "tip": (
                    f"{label}: {word('phase', f'{planned}_amount')[0]} {figures[0]}, "
                    f"{word('phase', f'{done}_amount')[0]} {figures[1]}",
                    f"{label}: {word('phase', f'{planned}_amount')[1]} {figures[0]}, "
                    f"{word('phase', f'{done}_amount')[1]} {figures[1]}",
                ),
            }
        )
    rows.sort(key=lambda row: -row["planned"])
    return [{"order": order, **row} for order, row in enumerate(rows[:_BARS], 1)]
