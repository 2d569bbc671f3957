"""Indicators over the years: what was, where it starts from, and what is aimed at."""

from __future__ import annotations

from typing import Any

from portal.amounts import Figure
from portal.marts import Row
from portal.material import Material
from portal.words import word

_SERIES = {
    "historical": "past",
    "actual": "past",
    "baseline": "baseline",
    "estimated": "estimated",
    "target": "target",
    "target_intermediate": "target",
    "target_final": "target",
}
_NAMES = {
    "past": ("serie histórica", "historical"),
    "baseline": ("línea base", "baseline"),
    "estimated": ("estimado", "estimate"),
    "target": ("meta", "target"),
}
_FEWEST_YEARS = 3
_MOST_VALUES = 30_000


def series(material: Material, institution_key: Any) -> list[dict[str, Any]]:
    """The values of the indicators of an institution, one entry per indicator, each value with its cell."""
    if not material.marts.has("mart_indicator_trajectory", "value_role", "value_numeric", "is_latest"):
        return []
    return material.once("series", institution_key, lambda: _series(material, institution_key))


def _series(material: Material, institution_key: Any) -> list[dict[str, Any]]:
    read = material.by_institution(
        "mart_indicator_trajectory",
        "indicator_value_key",
        "indicator_name, indicator_key, value_year, value_role, indicator_value_key",
        _MOST_VALUES,
    )
    rows = read(institution_key)
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row["indicator_key"], []).append(row)
    return [_one(material, values) for values in found.values()]


def charted(trends: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those with enough years to draw."""
    return [trend for trend in trends if len({row["year"] for row in trend["chart"]}) >= _FEWEST_YEARS]


def _one(material: Material, rows: list[Row]) -> dict[str, Any]:
    first = rows[0]
    values = [
        {
            "row": row,
            "role": word("role", row["value_role"]),
            "figure": _value(material, row),
        }
        for row in rows
    ]
    return {
        "key": first["indicator_key"],
        "name": first["indicator_name"],
        "href": material.indicator(first["indicator_key"]),
        "values": values,
        "past": _last(values, "historical", "actual", "estimated"),
        "baseline": _last(values, "baseline"),
        "target": _last(values, "target", "target_intermediate", "target_final"),
        "is_on_track": first["is_on_track"],
        "is_below_baseline": first["is_below_baseline"],
        "chart": _chart(rows),
        "span": f"{rows[0]['value_year']}–{rows[-1]['value_year']}",
    }


def _last(values: list[dict[str, Any]], *roles: str) -> dict[str, Any] | None:
    """The latest value of these roles that is one."""
    found = [value for value in values if value["row"]["value_role"] in roles and value["figure"].kind != "missing"]
    return found[-1] if found else None


def _value(material: Material, row: Row) -> Figure:
    figure = material.printed_number(
        "fct_indicator_values",
        {**row, "value_numeric_raw": row["value_raw"], "value_numeric_null_kind": row["value_null_kind"]},
        "indicator_value_key",
        "value_numeric",
    )
    # the form prints the sign of its unit; the value is shown as it does
    if row["value_numeric"] is not None and row["value_raw"]:
        return Figure(" ".join(row["value_raw"].split()), figure.exact, figure.href, figure.kind)
    return figure


def _chart(rows: list[Row]) -> list[dict[str, Any]]:
    points: dict[tuple[int, str], dict[str, Any]] = {}
    for row in rows:
        if row["value_numeric"] is None:
            continue
        kind = _SERIES.get(row["value_role"], "past")
        # the target of the last year and the final target are often the same point
        points[row["value_year"], kind] = {
            "year": row["value_year"],
            "value": float(row["value_numeric"]),
            "series": kind,
            "text": " ".join((row["value_raw"] or "").split()),
            "name": "",
            "shown": False,
            "tip": tuple(
                f"{row['value_year']} · {role}: {row['value_raw']}" for role in word("role", row["value_role"])
            ),
        }
    ordered = [points[key] for key in sorted(points)]
    for kind, name in _NAMES.items():
        of_kind = [point for point in ordered if point["series"] == kind]
        if not of_kind:
            continue
        of_kind[0]["name"] = name if len(of_kind) == 1 else ""
        middle = of_kind[len(of_kind) // 2]
        middle["name"] = name
        changes = [
            point
            for before, point in zip([None, *of_kind], of_kind, strict=False)
            if before is None or before["value"] != point["value"]
        ]
        for point in (*changes, of_kind[-1]):
            point["shown"] = True
    return ordered
