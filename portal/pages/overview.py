"""The first page: what is loaded, what reconciles, how fresh it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.amounts import Figure, count
from portal.marts import Row
from portal.material import Material
from portal.pages import coverage, findings, reconciliation
from portal.pages.institutions import phases
from portal.words import Text, word
from portal.writing import Page

TITLE: Text = (
    "Dinero público, metas públicas y de dónde sale cada cifra",
    "Public money, public goals, and where each figure comes from",
)
_INSTITUTIONS = 60


def pages(material: Material, institutions: list[Row], documents: list[Row], existing: set[str]) -> Iterator[Page]:
    """One page; `existing` are the sections the site has, so that nothing leads nowhere."""
    tally = reconciliation.counts(material)
    content = {
        "bounds": material.bounds_said(),
        "heads": _heads(material, documents, institutions, tally, existing),
        "standing": _standing(material),
        "tally": _tally(material, tally),
        "money": _money(material, institutions),
        "fresh": coverage.freshness(material)[:_INSTITUTIONS],
        "findings": _findings(material),
        "sections": existing,
    }
    yield Page("index.html", "overview.html", TITLE, "overview", content, has_charts=True)


def _tally(material: Material, tally: dict[str, int]) -> list[tuple[str, Figure]]:
    """Checks by how they came out; each number leads to where its checks begin."""
    begin = reconciliation.blocks(material)
    where = {status: path for path, statuses, _ in reconciliation.LISTS.values() for status in statuses}
    return [
        (status, count(tally.get(status, 0), begin.href(status) or where[status]))
        for status in ("reconciled", "explained", "discrepant", "nothing_to_compare")
    ]


def _heads(
    material: Material,
    documents: list[Row],
    institutions: list[Row],
    tally: dict[str, int],
    existing: set[str],
) -> list[tuple[Figure, list[Text | Figure]]]:
    """The figures at the head of the page, each with its words; a number among the words leads somewhere as well."""
    heads: list[tuple[Figure, list[Text | Figure]]] = []
    if "documents" in existing:
        loaded = sum(row.get("status") in (None, "loaded") for row in documents)
        heads.append((count(loaded, "documentos.html"), [("documentos leídos por completo", "documents read in full")]))
    if "institutions" in existing:
        heads.append((count(len(institutions), "instituciones.html"), [("instituciones", "institutions")]))
    if material.marts.has("mart_cell_lineage", "lineage_key"):
        cells = material.marts.rows("select count(*) as n from marts.mart_cell_lineage")[0]["n"]
        heads.append(
            (count(cells, "documentos.html"), [("cifras con su celda impresa", "figures with their printed cell")])
        )
    if "reconciliation" in existing and tally:
        compared = sum(number for status, number in tally.items() if status != "nothing_to_compare")
        heads.append(
            (
                count(tally.get("reconciled", 0), "conciliacion-cuadra.html"),
                [("de", "of"), count(compared, "conciliacion.html"), ("verificaciones cuadran", "checks reconcile")],
            )
        )
        differ, discrepant = tally.get("explained", 0) + tally.get("discrepant", 0), tally.get("discrepant", 0)
        heads.append(
            (
                count(differ, "conciliacion.html"),
                [
                    ("diferencias,", "differences,"),
                    count(discrepant, "conciliacion.html"),
                    ("sin explicar", "unexplained"),
                ],
            )
        )
    if "findings" in existing:
        number = material.marts.rows("select count(*) as n from marts.mart_findings where is_latest")[0]["n"]
        heads.append((count(number, "hallazgos.html"), [("hallazgos en los documentos", "findings in the documents")]))
    return heads


def _standing(material: Material) -> list[dict[str, Any]]:
    """The rows of the chart: checks of every institution by how they came out."""
    if not material.marts.has("mart_reconciliation", "institution_name", "status", "is_latest", "institution_key"):
        return []
    rows = material.marts.rows(
        "select institution_key, institution_name, status, count(*) as n from marts.mart_reconciliation "
        "where is_latest group by all order by institution_name"
    )
    groups: dict[Any, dict[str, int]] = {}
    names: dict[Any, str] = {}
    for row in rows:
        groups.setdefault(row["institution_key"], {})[row["status"]] = row["n"]
        names[row["institution_key"]] = row["institution_name"] or "—"
    ordered = sorted(groups, key=lambda key: (-sum(groups[key].values()), names[key]))[:20]
    marks: list[dict[str, Any]] = []
    for order, key in enumerate(ordered, 1):
        at, compared = 0, sum(n for status, n in groups[key].items() if status != "nothing_to_compare")
        for status in ("reconciled", "explained", "discrepant", "nothing_to_compare"):
            n = groups[key].get(status, 0)
            if not n:
                continue
            words = word("status", status)
            marks.append(
                {
                    "order": order,
                    "label": names[key],
                    "status": status,
                    "a": at,
                    "b": at + n,
                    "first": at == 0,
                    "text": f"{groups[key].get('reconciled', 0):,} / {compared:,}",
                    "tip": (f"{names[key]}: {n:,} {words[0]}", f"{names[key]}: {n:,} {words[1]}"),
                }
            )
            at += n
    return marks


def _money(material: Material, institutions: list[Row]) -> list[dict[str, Any]]:
    found = []
    with_page = [row for row in institutions if material.institution(row["institution_key"])]
    for row in with_page[:_INSTITUTIONS]:
        for entry in phases(material, row["institution_key"])[:1]:
            amounts = dict(zip((name[0] for name, _ in entry["figures"]), entry["figures"], strict=True))
            found.append(
                {
                    "row": row,
                    "href": f"{material.institution(row['institution_key'])}",
                    "entry": entry,
                    "amounts": [
                        amounts.get(word("phase", phase)[0], (None, None))[1]
                        for phase in ("approved_amount", "adjusted_amount", "accrued_amount")
                    ],
                }
            )
    return found


def _findings(material: Material) -> list[Row]:
    if not material.marts.has("mart_findings", *findings.COLUMNS):
        return []
    rows = material.marts.rows(
        "select rule_id, severity, any_value(finding_title) as title, "
        "any_value(finding_title_en) as title_en, count(*) as n, "
        "count(distinct institution_name) as institutions from marts.mart_findings where is_latest "
        "group by rule_id, severity order by severity <> 'error', severity <> 'warning', n desc, rule_id limit 8"
    )
    begin = findings.blocks(material)
    return [{**row, "count": count(row["n"], begin.href(row["rule_id"]) or "hallazgos.html")} for row in rows]
