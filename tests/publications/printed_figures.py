"""The figures of a publication as printed: pages, their headers, rows and cells, all of them text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

FIGURES = Path(__file__).parent / "figures"


@dataclass(frozen=True)
class Column:
    """One printed column: its key in the figures and the words of its header."""

    key: str
    label: str
    group: str = ""  # printed over several columns
    pair: str = ""  # printed over this column and its neighbour
    grid: int = 1  # grid columns it stands on


@dataclass(frozen=True)
class Row:
    """One printed row of `kind` data, header, blank, section, subtotal, total, share or stray.

    A column missing in `cells` is blank.
    """

    kind: str
    cells: Mapping[str, str]

    def texts(self, columns: tuple[Column, ...]) -> list[str]:
        """The cells in the order of `columns`."""
        return [self.cells.get(column.key, "") for column in columns]


@dataclass(frozen=True)
class Received:
    """What the text form, as received, made of a page; printed forms never show it."""

    heading: tuple[str, ...] = ()
    fields: int = 0
    groups_at: tuple[int, ...] = ()
    total_label: tuple[str, ...] = ()
    blank_categories: frozenset[str] = frozenset()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """One printed page: lines of header fields, one table (none without `columns`) and the line below it."""

    heading: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    closing: str
    received: Received = field(default_factory=Received)


@dataclass(frozen=True)
class Publication:
    """A printed document: the pages in order and the title its file carries."""

    title: str
    pages: tuple[Page, ...]


def load_indicator_results(name: str) -> Publication:
    """The form `figures/<name>.yml` with the rows of `figures/<name>.tsv`."""
    form = load_form(name)
    rows = load_rows(name)
    columns = [Column(**column) for column in form["columns"]]
    pages = []
    for number, page in enumerate(form["pages"], start=1):
        labels, grid = page.get("labels", {}), page.get("grid", {})
        received = page["received_text"]
        pages.append(
            Page(
                heading=tuple((line,) for line in form["heading"]),
                columns=tuple(
                    replace(column, label=labels.get(column.key, column.label), grid=grid.get(column.key, 1))
                    for column in columns
                ),
                rows=rows[number],
                closing=form["closing"],
                received=Received(fields=received["fields"], groups_at=tuple(received["groups_at"])),
            )
        )
    return Publication(form["title"], tuple(pages))


def load_siafi(name: str) -> Publication:
    """The reports of `figures/<name>.yml`, one after the other, with rows of `figures/<name>_<table>.tsv`."""
    form = load_form(name)
    columns = tuple(Column(**column) for column in form["columns"])
    pages = []
    for report in form["reports"]:
        rows = load_rows(f"{name}_{report['table']}")
        for number, page in enumerate(report["pages"], start=1):
            received = Received(
                heading=tuple(page["received_heading"]),
                total_label=tuple(report["received_total_label"]),
                blank_categories=frozenset(map(str, report["received_blank_categories"])),
            )
            heading = tuple(tuple(line) for line in page["heading"])
            pages.append(Page(heading, columns, rows[number], page["closing"], received))
    return Publication(form["title"], tuple(pages))


def load_slides(name: str) -> Publication:
    """The slides `figures/<name>.yml`, those with a table with the rows of `figures/<name>_<table>.tsv`."""
    form = load_form(name)
    tables = {table: [Column(**column) for column in columns] for table, columns in form["tables"].items()}
    rows = {table: load_rows(f"{name}_{table}") for table in tables}
    pages = []
    for number, slide in enumerate(form["slides"], start=1):
        table = slide.get("table", "")
        pages.append(
            Page(
                heading=tuple((line,) for line in slide["heading"]),
                columns=tuple(tables.get(table, ())),
                rows=rows[table][number] if table else (),
                closing=form["closing"],
                received=Received(labels=slide.get("received_labels", {})),
            )
        )
    return Publication(form["title"], tuple(pages))


def load_form(name: str) -> dict[str, Any]:
    """What `figures/<name>.yml` holds."""
    return yaml.safe_load((FIGURES / f"{name}.yml").read_text(encoding="utf-8"))


def load_rows(name: str) -> dict[int, tuple[Row, ...]]:
    r"""The rows of a figures file by page number; a line break inside a cell is written \n."""
    pages: dict[int, tuple[Row, ...]] = {}
    with (FIGURES / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        for cells in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True):
            page, kind = int(cells.pop("page")), cells.pop("kind")
            texts = {key: text.replace("\\n", "\n") for key, text in cells.items()}
            pages[page] = (*pages.get(page, ()), Row(kind, texts))
    return pages
