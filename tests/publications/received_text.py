"""The text forms as received: tab-separated tables between title lines, with the damage OCR did to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tests.publications.followup_figures import MERGED, FollowUp, FollowUpTable
from tests.publications.printed_figures import Column, Page, Publication, Row
from tests.publications.programme_figures import Programme


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


def followup_text(followup: FollowUp) -> str:
    """The follow-up as text: the monthly table in tab-separated lines, the others a line for each cell."""
    blocks = []
    for block in followup.blocks:
        text = _followup_table(block) if isinstance(block, FollowUpTable) else block.received
        blocks.append("\n" * block.blank_before + text)
    return "\n".join(blocks)


def _followup_table(table: FollowUpTable) -> str:
    """The rows as received: merged cells look blank, and a last cell that is blank is missing."""
    rows = [["" if text == MERGED else text for text in row.cells.values()] for row in table.rows]
    if table.name == "monthly":
        return "\n".join("\t".join(cells) for cells in rows)
    text = "\n".join("".join(f"\t{cell}\n" for cell in cells) for cells in rows).rstrip()
    if table.received_spaces:
        after = table.received_spaces["after"]
        return text.replace(f"{after} ", after + " " * table.received_spaces["count"])
    return text


def slides_text(publication: Publication) -> str:
    """The slides as text: the title slide, then each table in tab-separated lines under its heading."""
    title, *tables = publication.pages
    slides = ["\n".join(line for (line,) in title.heading)]
    for page in tables:
        heading = "\n\n".join(line for (line,) in page.heading)
        rows = ["\t".join(cells) for cells in (*_slide_header(page), *(r.texts(page.columns) for r in page.rows))]
        slides.append(f"{heading}\n\n\n\n" + "\n".join(rows))
    return "\n\n\n\n".join(slides)


def _slide_header(page: Page) -> list[list[str]]:
    """The names; a common heading stands over the first of its columns, their names below it."""
    labels = [page.received.labels.get(column.key, column.label) for column in page.columns]
    if not any(column.group for column in page.columns):
        return [labels]
    upper = []
    for group, run in groupby(zip(page.columns, labels, strict=True), lambda pair: pair[0].group):
        names = [label for _, label in run]
        upper += [group, *[""] * (len(names) - 1)] if group else names
    return [
        upper,
        [label if column.group else "" for column, label in zip(page.columns, labels, strict=True)],
    ]


def programme_text(programme: Programme) -> str:
    """The programme's tables as text, a line for each row and a bar behind every grid column; no heading."""
    lines = [_piped([short, meaning]) for short, meaning in programme.abbreviations.items()]
    lines += [_piped([programme.objectives_heading]), _piped([" ".join(programme.objectives)])]
    lines.append(_piped(list(programme.alignment_headings)))
    first, *middle, last = programme.institutional_objectives
    lines += [
        _piped([first, programme.national_objective]),
        *(_piped([objective], columns=2) for objective in middle),
        _piped([last]),  # the received text ends the merged cell a row early
    ]
    for actions in programme.actions:
        lines += [_piped([text]) for text in (programme.actions_heading, *actions)]
    for sheet in programme.sheets:
        lines += [_piped(row.texts, table.columns) for table in sheet.tables for row in table.rows]
    return "\n".join(lines)


def _piped(texts: Sequence[str], columns: int = 0) -> str:
    """A row: its cells, then bars for the grid columns it has no cells for."""
    cells = "".join(f" {text} |" if text else " |" for text in (text.replace("\n", " ") for text in texts))
    missing = columns - len(texts)
    return f"|{cells}" + (f" {'|' * missing}" if missing > 0 else "")
