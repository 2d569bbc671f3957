"""The charts of the site: one specification of each kind, in both languages; pages carry only the rows.

Colours are custom properties of the style sheet, so that the light, the dark and the printed page need no other chart.
Doubles appear here and nowhere else: the exact figure stands as text beside every mark, and in the table below.
"""

from __future__ import annotations

import json
from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

from portal.words import LANGUAGES, Text, in_language

_INK, _SOFT, _LINE = "var(--ink)", "var(--soft)", "var(--line)"
_MONEY, _UP, _DOWN = "var(--blue)", "var(--teal)", "var(--ochre)"
# the chart library measures text before it draws it, and knows no custom property of the page
_FONT = "'Source Sans 3', 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', system-ui, sans-serif"
_RESULTS = {
    "met": "var(--blue)",
    "partial": "var(--ochre)",
    "not_met": "var(--brick)",
    "other": "var(--soft)",
}

Spec = dict[str, Any]


def script() -> str:
    """The script that holds every specification by language and name."""
    # what is built here never changes at run time, and a test holds it against the schema
    with debug_mode(False):
        made = specifications()
    return f"window.CONTRASTE_CHARTS={json.dumps(made, ensure_ascii=False, separators=(',', ':'))};\n"


def specifications() -> dict[str, dict[str, Spec]]:
    """Every specification by language and name."""
    return {language: {name: make(language) for name, make in _KINDS.items()} for language in LANGUAGES}


def _waterfall(language: str) -> Spec:
    """Money by phase: what was approved, how it changed, what was accrued. Rows: order, label, kind, a, b, text."""
    base = _rows().encode(y=_bands())
    bars = base.mark_bar(height=15, cornerRadius=1.5, yOffset=10).encode(
        x=_hidden_x("a", zero=True),
        x2="b:Q",
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=["total", "up", "down", "rest"], range=[_MONEY, _UP, _DOWN, "var(--pale)"]),
            legend=None,
        ),
        tooltip=alt.Tooltip("tip:N"),
    )
    return _finished(alt.layer(bars, *_captions(base)), step=46)


def _bullet(language: str) -> Spec:
    """Achievement against thresholds. Rows: order, label, status, value (clamped), b1, b2, top, text, href."""
    base = _rows().encode(y=_bands())
    thickness, offset = 15, 10
    bands = [
        base.mark_bar(height=thickness, yOffset=offset, color=colour).encode(x=_hidden_x(start), x2=f"{end}:Q")
        for start, end, colour in (
            ("zero", "b1", "var(--band1)"),
            ("b1", "b2", "var(--band2)"),
            ("b2", "top", "var(--band3)"),
        )
    ]
    achieved = base.mark_bar(height=6, yOffset=offset).encode(
        x=_hidden_x("zero"),
        x2="value:Q",
        color=_result_colour("status"),
        href="href:N",
        tooltip=alt.Tooltip("tip:N"),
    )
    goal = base.mark_tick(thickness=2.5, size=21, yOffset=offset, color=_INK).encode(x=_hidden_x("b2"))
    return _finished(alt.layer(*bands, achieved, goal, *_captions(base)), step=46)


def _trajectory(language: str) -> Spec:
    """A value over the years. Rows: year, value, series (past, baseline, estimated, target), text, name."""
    base = _rows().encode(
        x=alt.X(
            "year:Q",
            scale=alt.Scale(zero=False, nice=False, padding=14),
            axis=alt.Axis(
                title=None, format="d", tickMinStep=1, tickCount=6, grid=False, ticks=False, domainColor=_LINE
            ),
        ),
        y=alt.Y(
            "value:Q",
            scale=alt.Scale(zero=True, nice=True),
            axis=alt.Axis(title=None, tickCount=4, domain=False, ticks=False, gridColor=_LINE, format=",~r"),
        ),
        detail="series:N",
    )
    series = alt.Scale(
        domain=["past", "baseline", "estimated", "target"],
        range=["var(--blue)", "var(--ink)", "var(--soft)", "var(--ochre)"],
    )
    colour = alt.Color("series:N", scale=series, legend=None)
    lines = base.transform_filter("datum.series === 'past' || datum.series === 'target'").mark_line(strokeWidth=2)
    lines = lines.encode(
        color=colour,
        strokeDash=alt.StrokeDash(
            "series:N", scale=alt.Scale(domain=["past", "target"], range=[[1, 0], [5, 4]]), legend=None
        ),
    )
    points = base.mark_point(filled=True, size=64, opacity=1).encode(
        color=colour,
        shape=alt.Shape(
            "series:N",
            scale=alt.Scale(
                domain=["past", "baseline", "estimated", "target"],
                range=["circle", "diamond", "square", "triangle-up"],
            ),
            legend=None,
        ),
        tooltip=alt.Tooltip("tip:N"),
    )
    texts: list[alt.Chart] = []
    for test, field, dy, weight in (
        ("datum.shown", "text:N", -12, 400),
        ("datum.name !== '' && datum.series !== 'baseline'", "name:N", 18, 600),
        ("datum.name !== '' && datum.series === 'baseline'", "name:N", -26, 600),
    ):
        chosen = base.transform_filter(test)
        style: dict[str, Any] = {"dy": dy, "fontSize": 11, "font": _FONT, "fontWeight": weight}
        # a rim of paper keeps the words apart from the lines under them
        rim = chosen.mark_text(**style, stroke="var(--paper)", strokeWidth=3, color="var(--paper)")
        texts += [rim.encode(text=field), chosen.mark_text(**style).encode(text=field, color=colour)]
    return _finished(alt.layer(lines, points, *texts), height=210)


def _quadrant(language: str) -> Spec:
    """Efficacy × spend. Rows: x (spent of the approved), y (achieved of the goal), size, label, tip, href, status."""
    x_title: Text = ("Devengado, % de lo aprobado →", "Accrued, % of approved →")
    y_title: Text = ("↑ Alcanzado, % de la meta", "↑ Achieved, % of the goal")
    base = _rows()
    x_axis = alt.Axis(title=in_language(x_title, language), tickCount=6, titleAnchor="end", gridColor=_LINE)
    y_axis = alt.Axis(
        title=in_language(y_title, language),
        tickCount=6,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="end",
        titleY=-14,
        titleX=-30,
        gridColor=_LINE,
    )
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 130], clamp=True), axis=x_axis)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, 200], clamp=True), axis=y_axis)
    meets: Text = ("meta cumplida", "goal met")
    misses: Text = ("meta no cumplida", "goal not met")
    goal = alt.Chart(alt.InlineData(values=[{"y": 100}])).mark_rule(color=_INK, strokeWidth=1.5).encode(y="y:Q")
    spent = (
        alt.Chart(alt.InlineData(values=[{"x": 95, "x2": 105}]))
        .mark_rect(color="var(--band2)", opacity=0.7)
        .encode(x=alt.X("x:Q", axis=x_axis), x2="x2:Q")
    )
    corners = (
        alt.Chart(
            alt.InlineData(
                values=[
                    {"x": 1, "y": 193, "t": in_language(meets, language)},
                    {"x": 1, "y": 6, "t": in_language(misses, language)},
                ]
            )
        )
        .mark_text(align="left", fontSize=12, fontStyle="italic", color=_SOFT, font=_FONT)
        .encode(x="x:Q", y="y:Q", text="t:N")
    )
    points = base.mark_circle(opacity=0.82, stroke="var(--paper)", strokeWidth=1).encode(
        x=x,
        y=y,
        size=alt.Size("size:Q", scale=alt.Scale(type="sqrt", rangeMin=70, rangeMax=1100), legend=None),
        color=_result_colour("status"),
        href="href:N",
        tooltip=alt.Tooltip("tip:N"),
    )
    # which labels have room is known where the rows are made, for a wide and a narrow chart
    labels = [
        base.transform_filter(f"width >= 560 ? datum.wide === '{side}' : datum.narrow === '{side}'")
        .mark_text(dy=dy, fontSize=11, font=_FONT, color=_INK)
        .encode(x=x, y=y, text="label:N")
        for side, dy in (("above", -14), ("below", 15), ("high", -25), ("low", 26))
    ]
    return _finished(alt.layer(spent, goal, corners, points, *labels), height=440)


def _standing(language: str) -> Spec:
    """How the checks of each source came out. Rows: order, label, text, status, a, b."""
    base = _rows().encode(y=_bands())
    bars = base.mark_bar(height=15, yOffset=10).encode(
        x=_hidden_x("a", zero=True),
        x2="b:Q",
        color=alt.Color(
            "status:N",
            scale=alt.Scale(
                domain=["reconciled", "explained", "discrepant", "nothing_to_compare"],
                range=["var(--blue)", "var(--ochre)", "var(--brick)", "var(--pale)"],
            ),
            legend=None,
        ),
        tooltip=alt.Tooltip("tip:N"),
    )
    return _finished(alt.layer(bars, *_captions(base.transform_filter("datum.first"))), step=46)


def _budget(language: str) -> Spec:
    """What was done of what was planned. Rows: order, label, zero, planned, adjusted, done, text, tip."""
    base = _rows().encode(y=_bands())
    planned = base.mark_bar(height=15, yOffset=10, color="var(--band1)").encode(
        x=_hidden_x("zero", zero=True), x2="planned:Q", tooltip=alt.Tooltip("tip:N")
    )
    done = base.mark_bar(height=6, yOffset=10, color=_MONEY).encode(
        x=_hidden_x("zero", zero=True), x2="done:Q", tooltip=alt.Tooltip("tip:N")
    )
    adjusted = base.transform_filter("isValid(datum.adjusted)").mark_tick(
        thickness=2.5, size=21, yOffset=10, color=_INK
    )
    return _finished(
        alt.layer(planned, done, adjusted.encode(x=_hidden_x("adjusted", zero=True)), *_captions(base)), step=46
    )


_KINDS = {
    "budget": _budget,
    "waterfall": _waterfall,
    "bullet": _bullet,
    "trajectory": _trajectory,
    "quadrant": _quadrant,
    "standing": _standing,
}


def _rows() -> alt.Chart:
    # the page puts its rows here by this name
    return alt.Chart(alt.NamedData(name="rows"))


def _bands() -> alt.Y:
    return alt.Y("order:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _hidden_x(column: str, *, zero: bool = False) -> alt.X:
    return alt.X(f"{column}:Q", axis=None, scale=alt.Scale(nice=False, zero=zero or alt.Undefined))


def _captions(base: alt.Chart) -> list[alt.Chart]:
    """The name of a row above its bar, its figure at the right end: legible at the width of a telephone."""
    # the figure first: the name gives way to it
    name = base.mark_text(
        align="left", dy=-11, fontSize=12.5, font=_FONT, color=_INK, limit=alt.ExprRef("max(80, width - 150)")
    ).encode(x=alt.value(0), text="label:N")
    figure = base.mark_text(align="right", dy=-11, fontSize=12.5, font=_FONT, fontWeight=600, color=_INK).encode(
        x=alt.value("width"), text="text:N"
    )
    return [name, figure]


def _result_colour(column: str) -> alt.Color:
    return alt.Color(
        f"{column}:N",
        scale=alt.Scale(domain=list(_RESULTS), range=list(_RESULTS.values())),
        legend=None,
    )


def _finished(chart: alt.LayerChart | alt.FacetChart, *, step: int | None = None, height: int | None = None) -> Spec:
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    chart = chart.properties(width="container", height=alt.Step(step) if step else height, autosize=fit)
    chart = chart.configure(background="transparent", font=_FONT)
    chart = chart.configure_view(stroke=None).configure_axis(
        labelColor=_SOFT, titleColor=_INK, tickColor=_LINE, labelFontSize=11.5, titleFontSize=12, titleFontWeight=500
    )
    spec = chart.to_dict(validate=False)
    # the schema names a version by an address; nothing on the site refers to an address
    spec.pop("$schema", None)
    return spec
