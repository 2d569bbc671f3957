"""Indicators: a page for each, with its goals, its years and the variables behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.marts import Row
from portal.material import Material, period
from portal.pages.goals import bullets, goals, limits_said
from portal.pages.series import charted, series
from portal.words import Text, word
from portal.writing import Page, numbered, paged, runs

_ROWS = 150
MOST_PAGES = 3_000
MOST_LISTED = 20_000
_MOST_VARIABLES = 30_000
HOME: tuple[Text, str] = (("Indicadores", "Indicators"), "indicadores.html")
_COLUMNS = ("indicator_key", "indicator_name", "institution_key", "indicator_code", "definition_text", "formula")


def address(material: Material) -> list[Row]:
    """The indicators, each given a page as long as there is room."""
    if not material.marts.has("dim_indicators", *_COLUMNS):
        return []
    found = material.marts.rows(
        "select i.*, n.institution_name, n.institution_code from marts.dim_indicators i "
        "left join marts.dim_institutions n using (institution_key) where i.indicator_key > 0 "
        f"order by n.institution_name, n.institution_key, i.indicator_name, i.indicator_key limit {MOST_LISTED}"
    )
    paged_here = [row for row in found if row["institution_key"] not in material.left_out_institutions]
    for row in paged_here[:MOST_PAGES]:
        name = (row["institution_code"], row["indicator_code"], (row["indicator_name"] or "")[:40])
        material.addresses.give("indicador", row["indicator_key"], *name)
    return found


def pages(material: Material, indicators: list[Row]) -> Iterator[Page]:
    """The list, by institution, and the pages."""
    if not indicators:
        return
    lists = paged(indicators, _ROWS)
    paths = [numbered("indicadores.html", number) for number in range(1, len(lists) + 1)]
    for number, rows in enumerate(lists, 1):
        content = {
            "groups": [
                (
                    material.institution(group[0]["institution_key"]),
                    [{"row": row, "href": material.indicator(row["indicator_key"])} for row in group],
                )
                for group in runs(rows, lambda row: row["institution_key"])
            ],
            "paths": paths,
            "number": number,
            "count": len(indicators),
        }
        yield Page(paths[number - 1], "indicators.html", HOME[0], "indicators", content)
    for row in sorted(indicators, key=lambda row: row["institution_key"]):
        if material.indicator(row["indicator_key"]):
            yield _page_of(material, row)


def _page_of(material: Material, row: Row) -> Page:
    key = row["indicator_key"]
    institution = row["institution_key"]
    judged = _by_indicator(material, institution, "goals").get(key, [])
    trends = _by_indicator(material, institution, "series").get(key, [])
    content: dict[str, Any] = {
        "row": row,
        "institution_href": material.institution(row["institution_key"]),
        "programme_href": material.programme(row["institution_key"], row["program_code"]),
        "goals": judged,
        "bullets": bullets(judged)[:24],
        "limits": limits_said(material),
        "series": trends,
        "charted": charted(trends),
        "variables": _by_indicator(material, institution, "variables").get(key, []),
    }
    name = str(row["indicator_name"] or "")
    href = material.institution(row["institution_key"])
    trail = [((row["institution_name"], row["institution_name"]), href)] if href else [HOME]
    path = material.indicator(key) or ""
    language = material.language(institution)
    return Page(path, "indicator.html", (name, name), "indicators", content, trail, True, True, language)


def _by_indicator(material: Material, institution_key: Any, what: str) -> dict[Any, list[dict[str, Any]]]:
    """Goals, series or variables of an institution by indicator."""

    def made() -> dict[Any, list[dict[str, Any]]]:
        found: dict[Any, list[dict[str, Any]]] = {}
        if what == "series":
            for trend in series(material, institution_key):
                found.setdefault(trend["key"], []).append(trend)
        else:
            read = goals if what == "goals" else _variables
            for each in read(material, institution_key):
                found.setdefault(each["row"]["indicator_key"], []).append(each)
        return found

    return material.once(f"{what} by indicator", institution_key, made)


def _variables(material: Material, key: Any) -> list[dict[str, Any]]:
    if not material.marts.has("fct_indicator_variables", "variable_name", "value_numeric", "value_role", "is_latest"):
        return []
    read = material.by_institution(
        "fct_indicator_variables",
        "indicator_variable_key",
        "value_year, value_role, variable_no, indicator_variable_key",
        _MOST_VARIABLES,
        beside=", t.value_raw as value_numeric_raw, t.value_null_kind as value_numeric_null_kind",
    )
    return [
        {
            "row": row,
            "role": word("role", row["value_role"]),
            "period": period(row),
            "figure": material.printed_number(
                "fct_indicator_variables", row, "indicator_variable_key", "value_numeric"
            ),
        }
        for row in read(key)
    ]
