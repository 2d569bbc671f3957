"""Findings: what documents say against themselves, each with its evidence and its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.amounts import count
from portal.blocks import Blocks
from portal.marts import Row
from portal.material import Material, period
from portal.words import Text
from portal.writing import Page, numbered, paged, runs

_ROWS = 70
MOST_ROWS = 3_500
TITLE: Text = ("Hallazgos", "Findings")
COLUMNS = ("rule_id", "severity", "finding_title", "finding_title_en", "evidence", "evidence_en")
COLUMNS += ("document_sha256", "is_latest", "subject")


def blocks(material: Material) -> Blocks:
    """Where the findings of a rule and of an institution begin."""
    return material.once("blocks of findings", None, lambda: _blocks(material))


def _blocks(material: Material) -> Blocks:
    found = Blocks()
    if material.marts.has("mart_findings", *COLUMNS):
        rows = material.marts.rows(
            "select severity, rule_id, institution_name, institution_key, count(*) as n from marts.mart_findings "
            "where is_latest group by severity, rule_id, institution_name, institution_key "
            "order by severity <> 'error', severity <> 'warning', rule_id, "
            "institution_name, institution_key"
        )
        groups = (((row["rule_id"], row["institution_key"]), row["n"]) for row in rows)
        found.add("hallazgos.html", groups, _ROWS, MOST_ROWS)
    return found


def pages(material: Material) -> Iterator[Page]:
    """The rules that found something, and every finding of the latest vintages."""
    if not material.marts.has("mart_findings", *COLUMNS):
        return
    rules = material.marts.rows(
        "select rule_id, severity, any_value(finding_title) as title, "
        "any_value(finding_title_en) as title_en, count(*) as n from marts.mart_findings "
        "where is_latest group by rule_id, severity "
        "order by severity <> 'error', severity <> 'warning', n desc, rule_id"
    )
    rows = material.marts.rows(
        "select * from marts.mart_findings where is_latest order by severity <> 'error', severity <> 'warning', "
        "rule_id, institution_name, institution_key, file_path, page_no, table_no, row_no, finding_id "
        f"limit {MOST_ROWS}"
    )
    lists = paged(rows, _ROWS)
    paths = [numbered("hallazgos.html", number) for number in range(1, len(lists) + 1)]
    begin = blocks(material)
    for number, shown in enumerate(lists, 1):
        taken: set[str] = set()
        content = {
            "rules": [{**rule, "count": count(rule["n"], begin.href(rule["rule_id"]))} for rule in rules]
            if number == 1
            else [],
            "groups": runs(
                [_finding(material, row, paths[number - 1], taken) for row in shown],
                lambda each: each["row"]["rule_id"],
            ),
            "count": sum(rule["n"] for rule in rules),
            "paths": paths,
            "number": number,
        }
        yield Page(paths[number - 1], "findings.html", TITLE, "findings", content)


def _finding(material: Material, row: Row, path: str, taken: set[str]) -> dict[str, Any]:
    return {
        "row": row,
        "anchors": blocks(material).anchors(path, (row["rule_id"], row["institution_key"]), taken),
        "period": period(row),
        "href": material.origins.at(row["document_sha256"], row["page_no"], row["table_no"], row["row_no"]),
        "institution_href": material.institution(row["institution_key"]),
    }
