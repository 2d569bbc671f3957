"""Findings: what documents say against themselves, each with its evidence and its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.marts import Row
from portal.material import Material, period
from portal.words import Text
from portal.writing import Page, numbered, paged

_ROWS = 70
MOST_ROWS = 3_500
TITLE: Text = ("Hallazgos", "Findings")
COLUMNS = ("rule_id", "severity", "evidence", "evidence_en", "document_sha256", "is_latest", "subject")


def pages(material: Material) -> Iterator[Page]:
    """The rules that found something, and every finding of the latest vintages."""
    if not material.marts.has("mart_findings", *COLUMNS):
        return
    rules = material.marts.rows(
        "select rule_id, severity, any_value(finding_title) as title, count(*) as n from marts.mart_findings "
        "where is_latest group by rule_id, severity "
        "order by severity <> 'error', severity <> 'warning', n desc, rule_id"
    )
    rows = material.marts.rows(
        "select * from marts.mart_findings where is_latest order by severity <> 'error', severity <> 'warning', "
        f"rule_id, institution_name, file_path, page_no, table_no, row_no, finding_id limit {MOST_ROWS}"
    )
    lists = paged(rows, _ROWS)
    paths = [numbered("hallazgos.html", number) for number in range(1, len(lists) + 1)]
    first_page: dict[str, str] = {}
    for path, shown in zip(paths, lists, strict=True):
        for row in shown:
            first_page.setdefault(row["rule_id"], path)
    for number, shown in enumerate(lists, 1):
        firsts: set[str] = set()
        content = {
            "rules": [{**rule, "path": first_page.get(rule["rule_id"])} for rule in rules] if number == 1 else [],
            "rows": [_finding(material, row, firsts, first_page[row["rule_id"]] == paths[number - 1]) for row in shown],
            "count": sum(rule["n"] for rule in rules),
            "paths": paths,
            "number": number,
        }
        yield Page(paths[number - 1], "findings.html", TITLE, "findings", content)


def _finding(material: Material, row: Row, firsts: set[str], is_first_page: bool) -> dict[str, Any]:
    anchor = row["rule_id"] if is_first_page and row["rule_id"] not in firsts else None
    firsts.add(row["rule_id"])
    return {
        "row": row,
        "anchor": anchor,
        "period": period(row),
        "href": material.origins.at(row["document_sha256"], row["page_no"], row["table_no"], row["row_no"]),
        "institution_href": material.institution(row["institution_key"]),
    }
