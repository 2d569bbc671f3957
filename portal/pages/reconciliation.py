"""Every printed total beside the recomputed one: what differs first, what ties, what has nothing to compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.amounts import Figure, count, missing, number, with_decimals_of
from portal.blocks import Blocks
from portal.marts import Row
from portal.material import Material, period
from portal.words import Text, scope, word
from portal.writing import Page, numbered, paged, runs

_ROWS = 55
MOST_ROWS = 4_500
TITLE: Text = ("Conciliación", "Reconciliation")
_COLUMNS = ("rule_id", "status", "printed_raw", "recomputed_value", "tolerance", "document_sha256", "column_name")
_COLUMNS += ("cause_es", "cause_en")
LISTS: dict[str, tuple[str, tuple[str, ...], Text]] = {
    "differences": ("conciliacion.html", ("discrepant", "explained"), ("Diferencias", "Differences")),
    "reconciled": ("conciliacion-cuadra.html", ("reconciled",), ("Lo que cuadra", "What reconciles")),
    "nothing": (
        "conciliacion-sin-comparar.html",
        ("nothing_to_compare",),
        ("Nada que comparar", "Nothing to compare"),
    ),
}


def counts(material: Material) -> dict[str, int]:
    """Checks of the latest vintages by how they came out."""
    if not material.marts.has("mart_reconciliation", "status", "is_latest"):
        return {}
    found = material.marts.rows(
        "select status, count(*) as n from marts.mart_reconciliation where is_latest group by status"
    )
    return {row["status"]: row["n"] for row in found}


def blocks(material: Material) -> Blocks:
    """Where the checks of a status, of a rule and of an institution begin."""
    return material.once("blocks of checks", None, lambda: _blocks(material))


def _blocks(material: Material) -> Blocks:
    found = Blocks()
    if not material.marts.has("mart_reconciliation", *_COLUMNS):
        return found
    for first, statuses, _ in LISTS.values():
        rows = material.marts.rows(
            "select status, rule_id, institution_name, institution_key, count(*) as n from marts.mart_reconciliation "
            "where is_latest and status in (select unnest(?)) group by all "
            "order by status, rule_id, institution_name, institution_key",
            [list(statuses)],
        )
        groups = (((row["status"], row["rule_id"], row["institution_key"]), row["n"]) for row in rows)
        found.add(first, groups, _ROWS, MOST_ROWS)
    return found


def pages(material: Material) -> Iterator[Page]:
    """Three lists, each over as many pages as it takes."""
    if not material.marts.has("mart_reconciliation", *_COLUMNS):
        return
    summary = _by_rule(material)
    tally = counts(material)
    for name, (first, statuses, title) in LISTS.items():
        size = sum(tally.get(status, 0) for status in statuses)
        rows = _rows(material, statuses)
        lists = paged(rows, _ROWS)
        paths = [numbered(first, at) for at in range(1, len(lists) + 1)]
        for at, shown in enumerate(lists, 1):
            taken: set[str] = set()
            checks = [_check(material, row, paths[at - 1], taken) for row in shown]
            content = {
                "groups": runs(checks, lambda each: (each["row"]["status"], each["row"]["rule_id"])),
                "compared": [check for check in checks if check["difference"].kind != "missing"],
                "name": name,
                "lists": [
                    (key, path, label, sum(tally.get(each, 0) for each in codes))
                    for key, (path, codes, label) in LISTS.items()
                ],
                "summary": summary if name == "differences" and at == 1 else [],
                "tally": tally,
                "paths": paths,
                "number": at,
                "count": size,
                "left_out": max(0, size - len(rows)),
            }
            heading = TITLE if name == "differences" else (f"{TITLE[0]}: {title[0]}", f"{TITLE[1]}: {title[1]}")
            yield Page(paths[at - 1], "reconciliation.html", heading, "reconciliation", content)


def _by_rule(material: Material) -> list[Row]:
    found = material.marts.rows(
        "select rule_id, count(*) as n, "
        "count(*) filter (where status = 'reconciled') as reconciled, "
        "count(*) filter (where status = 'explained') as explained, "
        "count(*) filter (where status = 'discrepant') as discrepant, "
        "count(*) filter (where status = 'nothing_to_compare') as nothing "
        "from marts.mart_reconciliation where is_latest group by rule_id "
        "order by discrepant desc, explained desc, n desc, rule_id"
    )
    begin = blocks(material)
    counted = {"reconciled": "reconciled", "explained": "explained", "discrepant": "discrepant"}
    return [
        {
            **row,
            "sentence": material.rule(row["rule_id"]),
            "counts": [
                # what the lists leave out is in the files
                count(row[column], (begin.href(status, row["rule_id"]) or "descargas.html") if row[column] else None)
                for column, status in (*counted.items(), ("nothing", "nothing_to_compare"))
            ],
        }
        for row in found
    ]


def _rows(material: Material, statuses: tuple[str, ...]) -> list[Row]:
    # the fact knows which printed total a check is about; the wide table knows names
    key = "f.printed_total_key" if material.marts.has("fct_reconciliation", "printed_total_key") else "null"
    joined = "left join marts.fct_reconciliation f using (check_id)" if key != "null" else ""
    return material.marts.rows(
        f"select m.*, {key} as printed_total_key from marts.mart_reconciliation m {joined} "
        "where m.is_latest and m.status in (select unnest(?)) "
        "order by m.status, m.rule_id, m.institution_name, m.institution_key, m.source_id, m.file_path, m.page_no, "
        f"m.table_no, m.row_no, m.check_id limit {MOST_ROWS}",
        [list(statuses)],
    )


def _check(material: Material, row: Row, path: str, taken: set[str]) -> dict[str, Any]:
    href = row["printed_total_key"] and material.origins.of(
        "fct_printed_totals", row["printed_total_key"], "printed_value"
    )
    if not href:
        href = material.origins.at(
            row["document_sha256"], row["page_no"], row["table_no"], row["row_no"], row["column_name"]
        )
    raw = " ".join((row["printed_raw"] or "").split())
    printed = missing(word("no_value", "not_printed"), href)
    if raw:
        exact = number(row["printed_value"]).exact if row["printed_value"] is not None else raw
        printed = Figure(raw if len(raw) < 40 else f"{raw[:38]}…", exact, href, "printed")
    rule = f"reglas.html#{row['rule_id']}"
    return {
        "row": row,
        "href": href,
        "institution_href": material.institution(row["institution_key"]),
        "period": period(row),
        "printed": printed,
        "sentence": material.rule(row["rule_id"]),
        "recomputed": with_decimals_of(number(row["recomputed_value"], rule, "computed"), raw),
        "difference": with_decimals_of(_difference(row, path), raw),
        "anchors": blocks(material).anchors(path, (row["status"], row["rule_id"], row["institution_key"]), taken),
        "derived": derived_at(row["check_id"]),
        "table_href": material.origins.at(row["document_sha256"], row["page_no"], row["table_no"], None),
        "measure": word("column", row["measure"]),
        "scope": scope(row["scope"]),
        "cause": (row["cause_es"], row["cause_en"]) if row["cause_es"] else None,
    }


def derived_at(key: str) -> str:
    """The anchor of the line that says how a difference comes about."""
    return f"d-{key[:16]}"


def _difference(row: Row, path: str) -> Figure:
    if row["difference"] is None:
        return missing()
    figure = number(row["difference"], f"{path}#{derived_at(row['check_id'])}", "computed")
    if row["difference"] > 0:
        return Figure("+" + figure.text, figure.exact, figure.href, figure.kind)
    return figure
