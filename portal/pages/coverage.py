"""Coverage: which reports are expected, which arrived, and how fresh every source is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.amounts import count
from portal.blocks import Blocks
from portal.marts import Row
from portal.material import Material, span
from portal.words import Text
from portal.writing import Page, numbered, paged, runs

_ROWS = 150
MOST_ROWS = 6_000
TITLE: Text = ("Cobertura", "Coverage")
_COLUMNS = ("source_id", "report_title", "institution_name", "status", "period_end_date", "is_expected", "has_arrived")


def freshness(material: Material) -> list[dict[str, Any]]:
    """One entry per source and institution: last period, reports arrived of those expected, what lies in quarantine."""
    if not material.marts.has("mart_coverage", *_COLUMNS, "source_last_loaded_on", "source_quarantined_count"):
        return []
    rows = material.marts.rows(
        "select source_id, institution_key, institution_name, country_code, any_value(report_title) as report_title, "
        "any_value(frequency) as frequency, max(period_end_date) filter (where has_arrived) as last_period_end, "
        "max_by(period_start_date, period_end_date) filter (where has_arrived) as last_period_start, "
        "max(loaded_on) as last_loaded_on, "
        "count(*) filter (where has_arrived) as arrived, count(*) filter (where is_expected and status <> 'not_due') "
        "as expected, count(*) filter (where status = 'missing') as missing, "
        "max(source_quarantined_count) as quarantined "
        "from marts.mart_coverage group by source_id, institution_key, institution_name, country_code "
        "order by institution_name, source_id"
    )
    begin = _blocks(material)
    found = []
    for row in rows:
        href = begin.href(row["institution_key"], row["source_id"])
        found.append(
            {
                "row": row,
                "href": material.institution(row["institution_key"]),
                "period": span(row["last_period_start"], row["last_period_end"]) if row["last_period_end"] else None,
                "list": href or "cobertura.html",
                "arrived": count(row["arrived"], href if row["arrived"] else None),
                "missing": count(row["missing"], href if row["missing"] else None),
                "quarantined": count(row["quarantined"] or 0, "documentos.html" if row["quarantined"] else None),
            }
        )
    return found


def _blocks(material: Material) -> Blocks:
    """Where the reports of an institution and of a source begin."""

    def made() -> Blocks:
        found = Blocks()
        rows = material.marts.rows(
            "select institution_name, institution_key, source_id, count(*) as n from marts.mart_coverage group by all "
            "order by institution_name, institution_key, source_id"
        )
        groups = (((row["institution_key"], row["source_id"]), row["n"]) for row in rows)
        found.add("cobertura.html", groups, _ROWS, MOST_ROWS)
        return found

    return material.once("blocks of coverage", None, made)


def pages(material: Material) -> Iterator[Page]:
    """Freshness by source, then every expected or arrived report."""
    fresh = freshness(material)
    if not fresh:
        return
    rows = material.marts.rows(
        "select * from marts.mart_coverage order by institution_name, institution_key, source_id, report_title, "
        f"period_end_date desc, coverage_key limit {MOST_ROWS}"
    )
    lists = paged(rows, _ROWS)
    paths = [numbered("cobertura.html", number) for number in range(1, len(lists) + 1)]
    for number, shown in enumerate(lists, 1):
        taken: set[str] = set()
        content = {
            "fresh": fresh[:200] if number == 1 else [],
            "groups": runs(
                [_report(material, row, paths[number - 1], taken) for row in shown],
                lambda each: (each["row"]["institution_key"], each["row"]["source_id"], each["row"]["report_title"]),
            ),
            "paths": paths,
            "number": number,
            "count": len(rows),
        }
        yield Page(paths[number - 1], "coverage.html", TITLE, "coverage", content)


def _report(material: Material, row: Row, path: str, taken: set[str]) -> dict[str, Any]:
    return {
        "row": row,
        "anchors": _blocks(material).anchors(path, (row["institution_key"], row["source_id"]), taken),
        "vintages": count(row["vintage_count"], "documentos.html" if row["vintage_count"] else None),
        "href": material.institution(row["institution_key"]),
        "period": span(row["period_start_date"], row["period_end_date"]),
    }
