"""Compliance of units, month by month: a unit that did not report is not a unit at 0 %."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.amounts import percent, plain
from portal.marts import Row
from portal.material import Material, derived, month, span
from portal.words import Text
from portal.writing import Page, numbered, paged

_UNITS = 80
_MOST_REPORTS = 40_000
TITLE: Text = ("Cumplimiento mensual", "Monthly compliance")
_COLUMNS = ("compliance_key", "org_unit_name", "period_type", "report_status", "compliance_pct_printed", "is_latest")


def pages(material: Material) -> Iterator[Page]:
    """One table per institution and year, units by month, the months of a year and the quarters beside them."""
    if not material.marts.has("mart_unit_compliance", *_COLUMNS, "threshold_pct", "org_unit_key"):
        return
    rows = material.marts.rows(
        "select * from marts.mart_unit_compliance where is_latest "
        "order by fiscal_year desc, institution_name, org_unit_name, org_unit_key, period_end_date, period_type "
        f"limit {_MOST_REPORTS}"
    )
    if not rows:
        return
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["institution_key"], row["institution_name"], row["fiscal_year"]), []).append(row)
    tables = [table for key, found in groups.items() for table in _tables(material, key, found)]
    paths = [numbered("cumplimiento.html", number) for number in range(1, len(tables) + 1)]
    for number, table in enumerate(tables, 1):
        content = {**table, "paths": paths, "number": number, "overall": _overall(material, table)}
        language = material.language(table["institution_key"])
        yield Page(paths[number - 1], "compliance.html", TITLE, "compliance", content, language=language)


def _tables(material: Material, key: tuple[Any, ...], rows: list[Row]) -> Iterator[dict[str, Any]]:
    periods = sorted(
        {(row["period_end_date"], row["period_type"] != "month", row["period_start_date"]) for row in rows},
    )
    units: dict[Any, list[Row]] = {}
    for row in rows:
        units.setdefault(row["org_unit_key"], []).append(row)
    for shown in paged(list(units.values()), _UNITS):
        yield {
            "institution_key": key[0],
            "institution": key[1],
            "institution_href": material.institution(key[0]),
            "year": key[2],
            "periods": [
                (month(end) if not is_longer else span(start, end), is_longer) for end, is_longer, start in periods
            ],
            "threshold": _threshold(rows),
            "units": [_unit(material, unit, periods) for unit in shown],
            "never": sum(all(row["report_status"] == "not_reported" for row in unit) for unit in units.values()),
            "count": len(units),
        }


def _threshold(rows: list[Row]) -> str | None:
    limits = {row["threshold_pct"] for row in rows if row["threshold_pct"] is not None}
    return plain(limits.pop()) if len(limits) == 1 else None


def _unit(material: Material, rows: list[Row], periods: list[tuple[Any, ...]]) -> dict[str, Any]:
    by_period = {(row["period_end_date"], row["period_type"] != "month", row["period_start_date"]): row for row in rows}
    last = rows[-1]
    reason = next((row for row in reversed(rows) if row.get("justification")), None)
    return {
        "name": last["org_unit_name"],
        "cells": [_cell(material, by_period.get(each)) for each in periods],
        "justification": reason["justification"] if reason else None,
        "justification_status": _reason(rows),
    }


def _reason(rows: list[Row]) -> str | None:
    """Whether the last report that asks for a reason has one; who reached the threshold owes none."""
    for row in reversed(rows):
        status = row.get("justification_status")
        if status not in (None, "not_on_form"):
            return None if status == "blank" and row.get("is_met_before_rounding") else status
    return None


def _cell(material: Material, row: Row | None) -> dict[str, Any]:
    if row is None:
        return {"kind": "absent", "figure": None}
    table, key = "fct_unit_compliance", "compliance_key"
    figure = material.printed_percent(table, row, key, "compliance_pct_printed")
    cell: dict[str, Any] = {"figure": figure, "kind": "low", "recomputed": None}
    value, threshold = row["compliance_pct_printed"], row["threshold_pct"]
    if row["report_status"] == "not_reported":
        cell["kind"] = "unreported"
    elif value is None:
        cell["kind"] = "absent"
    elif value == 0:
        cell["kind"] = "zero"
    elif threshold is None:
        cell["kind"] = "plain"
    elif value >= threshold:
        cell["kind"] = "met"
    elif value >= threshold - 15:
        cell["kind"] = "near"
    recomputed = row.get("compliance_pct_recomputed")
    if recomputed is not None and recomputed != value:
        cell["recomputed"] = percent(recomputed, derived(table, "compliance_pct_recomputed"))
    return cell


def _overall(material: Material, table: dict[str, Any]) -> list[dict[str, Any]]:
    """The mean of the institution under each denominator, beside what is printed."""
    if not material.marts.has("mart_institution_compliance", "denominator_rule", "unit_sum", "denominator_count"):
        return []
    rows = material.marts.rows(
        "select * from marts.mart_institution_compliance where institution_key = ? and fiscal_year = ? and is_latest "
        "order by period_end_date, period_type <> 'month', denominator_rule",
        [table["institution_key"], table["year"]],
    )
    names = {
        "all_units": ("todas las unidades", "all units"),
        "reporting_units": ("unidades que informaron", "units that reported"),
        "implied_base": ("la base que supone lo impreso", "the base that the print implies"),
    }
    found = []
    for row in rows:
        start, end = row["period_start_date"], row["period_end_date"]
        href = material.origins.at(
            row["document_sha256"], row["page_no"], row["table_no"], row["row_no"], "compliance_pct"
        )
        found.append(
            {
                "row": row,
                "period": month(end) if row["period_type"] == "month" else span(start, end),
                "rule": names.get(row["denominator_rule"], (row["denominator_rule"],) * 2),
                "sum": plain(row["unit_sum"]),
                "printed": percent(row["compliance_pct_printed"], href, "printed"),
                "recomputed": percent(row["compliance_pct_recomputed"], "metodo.html#cumplimiento"),
                "difference": percent(row["difference_pct"], "metodo.html#cumplimiento"),
            }
        )
    return found
