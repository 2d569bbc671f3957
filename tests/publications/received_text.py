"""The text forms as received: tab-separated tables between title lines, with the damage OCR did to them."""

from __future__ import annotations

from itertools import groupby

from tests.publications.printed_figures import Column, Page, Publication, Row


def indicator_results_text(publication: Publication) -> str:
    """The form Indicadores de Resultados as text, one tab-separated field per grid column of the page."""
    pages = []
    for page in publication.pages:
        table = [_groups(page), _labels(page), *(_spread(page, row.texts(page.columns)) for row in page.rows)]
        title = "  \n".join(" ".join(line) for line in page.heading)
        pages.append(f"{title}\n\n" + "\n".join(table) + f"\n\n{page.closing}")
    return "\n\n" + "\n\n".join(pages)


def siafi_text(publication: Publication) -> str:
    """The SIAFI reports as text, without the memorandum they were attached to."""
    pages = []
    for page in publication.pages:
        table = [
            "\t".join(column.label for column in page.columns),
            *(_siafi_row(page, row) for row in page.rows),
        ]
        parts = [*page.received.heading, "\n".join(table)]
        if page.rows[-1].kind == "total":
            parts.append(page.closing)
        pages.append("\n\n".join(parts))
    return "\n\n\n\n".join(pages)


def _groups(page: Page) -> str:
    fields = [""] * page.received.fields
    groups = [group for group, _ in groupby(column.group for column in page.columns)]
    for place, group in zip(page.received.groups_at, groups, strict=True):
        fields[place] = group
    return "\t".join(fields)


def _labels(page: Page) -> str:
    """Column names; a pair's heading and its two names run together in the first field of the pair."""
    labels = []
    for pair, run in groupby(page.columns, lambda column: column.pair):
        names = [column.label for column in run]
        labels += [f"{pair} {' '.join(names)}", *[""] * (len(names) - 1)] if pair else names
    return _spread(page, labels)


def _spread(page: Page, texts: list[str]) -> str:
    """The texts on the page's grid columns, blank fields behind."""
    fields: list[str] = []
    for column, text in zip(page.columns, texts, strict=True):
        fields += [text, *[""] * (column.grid - 1)]
    return "\t".join(fields + [""] * (page.received.fields - len(fields)))


def _siafi_row(page: Page, row: Row) -> str:
    cells = dict(row.cells)
    if cells["product_name"].partition("-")[0] in page.received.blank_categories:
        cells["category_code"] = ""
    if row.kind == "total":
        cells |= zip(_label_keys(page.columns, row), page.received.total_label, strict=True)
    return "\t".join(cells[column.key] for column in page.columns)


def _label_keys(columns: tuple[Column, ...], row: Row) -> list[str]:
    """The keys of the two columns a total's label stands over."""
    first = next(place for place, column in enumerate(columns) if row.cells[column.key])
    return [column.key for column in columns[first : first + 2]]
