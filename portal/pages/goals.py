"""Goals: what was programmed, what was achieved, and how a threshold judges it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from portal.amounts import grouped, percent, plain
from portal.marts import Row
from portal.material import Material, derived, period
from portal.words import Text
from portal.writing import clip

_TOP = 150.0
"""Per cent at which a bar of the chart ends; what is more is written beside it."""
MOST_GOALS, _FEWEST_GOALS = 15_000, 1_500
"""Goals of one institution that its pages and those of its indicators are made of, the last periods first: its share of
what the site has room for, within these two."""
_PCT = ("achievement_programmed_pct", "achievement_adjusted_pct")


def goals(material: Material, institution_key: Any) -> list[dict[str, Any]]:
    """The goals of the latest vintages of an institution, each figure with its cell."""
    if not material.marts.has("fct_indicator_goals", "goal_key", "programmed_value", "is_latest", "institution_key"):
        return []
    return material.once("goals", institution_key, lambda: _goals(material, institution_key))


def _goals(material: Material, institution_key: Any) -> list[dict[str, Any]]:
    read = material.by_institution(
        "fct_indicator_goals",
        "goal_key",
        "period_end_date desc, report_level, page_no, table_no, row_no, goal_key",
        material.share(_FEWEST_GOALS, MOST_GOALS),
        beside=", i.indicator_name, i.indicator_code, u.unit_name",
        joined="left join marts.dim_indicators i using (indicator_key) "
        "left join marts.dim_units_of_measure u on u.unit_code = t.unit_code",
    )
    rows = read(institution_key)
    status = _statuses(material, institution_key)
    return [_goal(material, row, status.get(row["goal_key"], {})) for row in rows]


def of_last_period(judged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The goals of the last period there is."""
    last = max((goal["row"]["period_end_date"] for goal in judged if goal["row"]["period_end_date"]), default=None)
    return [goal for goal in judged if goal["row"]["period_end_date"] == last]


def bullets(judged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the chart of goals, those furthest from their goal first."""
    shown = [goal for goal in judged if goal["pct"] is not None and goal["limits"]]
    shown.sort(key=lambda goal: (goal["pct"], goal["name"]))
    rows = []
    for goal in shown:
        low, full = goal["limits"]
        value = min(max(float(goal["pct"]), 0.0), _TOP)
        text = percent(goal["pct"]).text + (" ▸" if float(goal["pct"]) > _TOP else "")
        rows.append(
            {
                "order": len(rows) + 1,
                "label": clip(goal["name"], 90),
                "status": goal["status"] if goal["status"] in ("met", "partial", "not_met") else "other",
                "zero": 0,
                "value": value,
                "b1": float(low),
                "b2": float(full),
                "top": _TOP,
                "text": text,
                "tip": f"{clip(goal['name'], 160)}: {text}",
                **({"href": goal["href"]} if goal["href"] else {}),
            }
        )
    return rows


def _goal(material: Material, row: Row, status: Row) -> dict[str, Any]:
    pct: Decimal | None = status.get("canonical_pct")
    table, key = "fct_indicator_goals", "goal_key"
    name = row["indicator_name"] or ""
    return {
        "row": row,
        "name": name,
        "href": material.indicator(row["indicator_key"]),
        "period": period(row),
        "programmed": material.printed_number(table, row, key, "programmed_value"),
        "adjusted": material.printed_number(table, row, key, "adjusted_value")
        if row["adjusted_value_raw"] is not None
        else None,
        "achieved": material.printed_number(table, row, key, "achieved_value"),
        "printed": [material.printed_percent(table, row, key, f"{column}_printed") for column in _PCT],
        "recomputed": [percent(row[f"{column}_recomputed"], derived(table, f"{column}_recomputed")) for column in _PCT],
        "canonical": percent(pct, "metodo.html#cumplimiento"),
        "pct": pct,
        "status": status.get("status"),
        "limits": status.get("limits"),
    }


def _statuses(material: Material, key: Any) -> dict[Any, Row]:
    """What the scheme that is the same for every country says of each goal, against the last of its targets."""
    if not material.marts.has(
        "mart_indicator_status", "judged_key", "threshold_scheme_code", "canonical_pct", "institution_key"
    ):
        return {}
    limits = _limits(material)
    judged = material.marts.keep(
        "judged_goals",
        "select institution_key, judged_key, status, canonical_pct, target_basis from marts.mart_indicator_status "
        "where is_latest and threshold_scheme_code = 'house' "
        "and judged_key in (select goal_key from temp.first_fct_indicator_goals) order by institution_key",
    )
    rows = material.marts.rows(
        f"select judged_key, status, canonical_pct from {judged} where institution_key = ? "
        "order by judged_key, target_basis = 'adjusted'",
        [key],
    )
    return {row["judged_key"]: {**row, "limits": limits} for row in rows}


def _limits(material: Material) -> tuple[Decimal, Decimal] | None:
    return material.once("limits", None, lambda: _read_limits(material))


def _read_limits(material: Material) -> tuple[Decimal, Decimal] | None:
    """Where the bands of the house scheme end."""
    if not material.marts.has("dim_threshold_schemes", "scheme_code", "band_code", "lower_bound_pct"):
        return None
    found = {
        row["band_code"]: row["lower_bound_pct"]
        for row in material.marts.rows(
            "select band_code, lower_bound_pct from marts.dim_threshold_schemes where scheme_code = 'house'"
        )
    }
    if found.get("partial") is None or found.get("met") is None:
        return None
    return (found["partial"], found["met"])


def limits_said(material: Material) -> Text | None:
    """The thresholds in words."""
    found = _limits(material)
    if found is None:
        return None
    low, full = (grouped(plain(limit)) for limit in found)
    return (
        f"Umbrales: cumplida desde {full} %, parcial desde {low} %.",
        f"Thresholds: met from {full} %, partly met from {low} %.",
    )
