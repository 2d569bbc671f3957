"""Efficacy × spend: what was achieved of the goal against what was accrued of the approved money."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from portal.amounts import grouped, percent, plain
from portal.marts import Row
from portal.material import Material, derived, period
from portal.words import Text, word
from portal.writing import Page, numbered, paged

_ROWS = 150
_MOST_ROWS = 4_500
_POINTS = 160
TITLE: Text = ("Resultados y gasto", "Results and spending")
_COLUMNS = ("quadrant_name", "efficacy", "spend", "achievement_pct", "execution_approved_pct_recomputed", "is_latest")


def pages(material: Material) -> Iterator[Page]:
    """One list of every line that has both a result and an execution, with the chart on its first page."""
    if not material.marts.has("mart_program_performance", *_COLUMNS):
        return
    rows = material.marts.rows(
        "select * from marts.mart_program_performance where is_latest and is_in_totals "
        "and achievement_pct is not null and execution_approved_pct_recomputed is not null "
        f"order by approved_amount desc nulls last, program_code, budget_line_key limit {_MOST_ROWS}"
    )
    # of several years the chart shows the last of each institution
    last: dict[Any, int] = {}
    for row in rows:
        last[row["institution_key"]] = max(row["fiscal_year"], last.get(row["institution_key"], 0))
    shown_last = [row for row in rows if row["fiscal_year"] == last[row["institution_key"]]]
    apart = material.marts.rows(
        "select count(*) as n from marts.mart_program_performance where is_latest and is_in_totals "
        "and (achievement_pct is null or execution_approved_pct_recomputed is null)"
    )[0]["n"]
    lists = paged(sorted(rows, key=_by_outcome), _ROWS)
    # the size of a point is the printed budget: without one there is no size, and none is made up
    sized = [row for row in shown_last if row["approved_amount"] is not None]
    paths = [numbered("cuadrante.html", number) for number in range(1, len(lists) + 1)]
    for number, shown in enumerate(lists, 1):
        content = {
            "chart": _labelled([_point(material, row) for row in sized[:_POINTS]]) if number == 1 else [],
            "rows": [_line(material, row) for row in shown],
            "apart": apart,
            "limits": _limits(rows),
            "count": len(rows),
            "drawn": min(len(sized), _POINTS),
            "unsized": len(shown_last) - len(sized),
            "paths": paths,
            "number": number,
        }
        yield Page(paths[number - 1], "quadrant.html", TITLE, "quadrant", content, has_charts=number == 1)


def _by_outcome(row: Row) -> tuple[Any, ...]:
    """In the order of the table: by quadrant, the most money first, what prints no budget last."""
    approved = row["approved_amount"]
    return (row["efficacy"], row["spend"], approved is None, 0 if approved is None else -approved)


def _limits(rows: list[Row]) -> dict[str, str] | None:
    if not rows:
        return None
    return {
        name: grouped(plain(rows[0][column]))
        for name, column in (
            ("met", "goal_met_from_pct"),
            ("low", "fully_spent_from_pct"),
            ("high", "fully_spent_to_pct"),
        )
        if rows[0].get(column) is not None
    }


def _labelled(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give labels to the points with room for one, those with the most money first, on a wide and a narrow chart."""
    for name, width in (("wide", 860.0), ("narrow", 320.0)):
        most = max((point["size"] for point in points), default=0.0) or 1.0
        taken = [(*_at(point, width), 9.0, 7.0) for point in points]
        for point in points:
            x, y = _at(point, width)
            half = 3.6 * len(point["label"])
            point[name] = ""
            # a circle of much money is so large that its label must stand off
            is_large = point["size"] > most / 8
            sides = (("high", -25.0), ("low", 26.0)) if is_large else (("above", -14.0), ("below", 15.0))
            for side, shift in sides:
                box = (x, y + shift, half, 6.0)
                others = [other for other in taken if other[:2] != (x, y)]
                if not any(_overlap(box, other) for other in others):
                    point[name] = side
                    taken.append(box)
                    break
    return points


def _at(point: dict[str, Any], width: float) -> tuple[float, float]:
    """Where a point lies on a chart of this width, in pixels."""
    return min(point["x"], 130.0) / 130 * width, (200 - min(point["y"], 200.0)) / 200 * 440


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


def _point(material: Material, row: Row) -> dict[str, Any]:
    spent, achieved = percent(row["execution_approved_pct_recomputed"]), percent(row["achievement_pct"])
    name = f"{row['program_code']} {row['program_name']}"
    href = material.programme(row["institution_key"], row["program_code"])
    return {
        "x": float(row["execution_approved_pct_recomputed"]),
        "y": float(row["achievement_pct"]),
        "size": float(row["approved_amount"]),
        "label": row["program_code"],
        "status": row["efficacy"] if row["efficacy"] in ("met", "not_met") else "other",
        "tip": (
            f"{name}: devengado {spent.text} de lo aprobado, alcanzado {achieved.text} de la meta",
            f"{name}: accrued {spent.text} of approved, achieved {achieved.text} of the goal",
        ),
        **({"href": href} if href else {}),
    }


def _line(material: Material, row: Row) -> dict[str, Any]:
    table, key = "fct_budget_execution", "budget_line_key"
    return {
        "row": row,
        "href": material.programme(row["institution_key"], row["program_code"]),
        "period": period(row),
        "name": word("quadrant", f"{row['efficacy']} {row['spend']}"),
        "approved": material.printed_money(table, row, key, "approved_amount"),
        "accrued": material.printed_money(table, row, key, "accrued_amount"),
        "spent": percent(row["execution_approved_pct_recomputed"], derived(table, "execution_approved_pct_recomputed")),
        "achieved": percent(row["achievement_pct"], "metodo.html#cumplimiento"),
    }
