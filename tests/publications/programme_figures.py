"""The figures of an institutional programme as printed: objectives, their alignment, actions, sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.publications.printed_figures import load_form

# the parts of a sheet each of its tables holds, by how many tables it is set in
TABLES = {
    2: (("heading", "attributes", "application"), ("values",)),
    3: (("heading",), ("attributes",), ("application", "values")),
}


@dataclass(frozen=True)
class FormRow:
    """A row of a sheet: how it is divided (see programme_docx), its texts, and which of them are labels."""

    division: str
    texts: tuple[str, ...]
    labels: tuple[int, ...] = ()


@dataclass(frozen=True)
class FormTable:
    """One table of a sheet: its rows, and on how many grid columns they stand."""

    columns: int
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class Sheet:
    """One indicator sheet: its figures by key and the tables it is set in."""

    figures: Mapping[str, Any]
    tables: tuple[FormTable, ...]


@dataclass(frozen=True)
class Programme:
    """The document, from its heading to the last sheet."""

    title: str
    heading: tuple[str, ...]
    abbreviations: Mapping[str, str]
    objectives_heading: str
    objectives: tuple[str, ...]
    alignment_headings: tuple[str, ...]
    institutional_objectives: tuple[str, ...]
    national_objective: str
    actions_heading: str
    actions: tuple[tuple[str, ...], ...]
    sheets: tuple[Sheet, ...]


def load_programme(name: str) -> Programme:
    """The programme `figures/<name>.yml`."""
    form = load_form(name)
    return Programme(
        title=form["title"],
        heading=tuple(form["heading"]),
        abbreviations=form["abbreviations"],
        objectives_heading=form["priority_objectives"]["heading"],
        objectives=tuple(form["priority_objectives"]["items"]),
        alignment_headings=tuple(form["alignment"]["headings"]),
        institutional_objectives=tuple(form["alignment"]["institutional"]),
        national_objective=form["alignment"]["national"],
        actions_heading=form["actions"]["heading"],
        actions=tuple(tuple(table) for table in form["actions"]["tables"]),
        sheets=tuple(Sheet(figures, _tables(form["form"], figures)) for figures in form["sheets"]),
    )


def _tables(form: Mapping[str, Any], sheet: Mapping[str, Any]) -> tuple[FormTable, ...]:
    parts = {
        "heading": [_caption([form["heading"]])],
        "attributes": [_attributes(pairs, sheet) for pairs in form["attributes"]],
        "application": _application(form, sheet),
        "values": _values({**form, **sheet.get("captions", {})}, sheet),
    }
    grids = sheet["grid"]
    return tuple(
        FormTable(columns, tuple(row for name in names for row in parts[name]))
        for columns, names in zip(grids, TABLES[len(grids)], strict=True)
    )


def _attributes(pairs: Mapping[str, str], sheet: Mapping[str, Any]) -> FormRow:
    """A row of one or two attributes, each a label and its value."""
    texts = tuple(text for label, key in pairs.items() for text in (label, sheet[key]))
    return FormRow("pair" if len(pairs) == 1 else "pairs", texts, labels=tuple(range(0, len(texts), 2)))


def _application(form: Mapping[str, Any], sheet: Mapping[str, Any]) -> list[FormRow]:
    rows = [_caption(form["application"])]
    for number, variable in enumerate(sheet["variables"], start=1):
        labels = (f"{label} {number}" for label in form["variable"])
        values = (variable[key] for key in ("name", "value", "source"))
        texts = tuple(text for pair in zip(labels, values, strict=True) for text in pair)
        rows.append(FormRow("variable", texts, labels=(0, 2, 4)))
    return [*rows, FormRow("pair", (form["substitution"], sheet["substitution"]), labels=(0,))]


def _values(form: Mapping[str, Any], sheet: Mapping[str, Any]) -> list[FormRow]:
    """Baseline and last target with their notes, history and yearly targets."""
    baseline, note, value, year = form["baseline"]
    printed = sheet["baseline"]
    return [
        _caption(form["values"]),
        FormRow("note", (baseline, note), labels=(0, 1)),
        FormRow("baseline value", (value, printed["value"], printed["note"]), labels=(0,)),
        FormRow("baseline year", (year, printed["year"]), labels=(0,)),
        FormRow("note", tuple(form["target"]), labels=(0, 1)),
        FormRow("note", (sheet["target"]["value"], sheet["target"]["note"])),
        *_series("history", form["history"], form["history_years"], sheet["history"]),
        *_series("targets", form["targets"], form["target_years"], sheet["targets"]),
    ]


def _series(division: str, caption: Sequence[str], years: Sequence[str], values: Sequence[str]) -> list[FormRow]:
    labels = tuple(range(len(years)))
    return [_caption(caption), FormRow(division, tuple(years), labels), FormRow(division, tuple(values))]


def _caption(lines: Sequence[str]) -> FormRow:
    return FormRow("whole", ("\n".join(lines),), labels=(0,))
