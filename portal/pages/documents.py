"""Documents: the list of them, and the pages that show where figures were printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.amounts import grouped, plain
from portal.marts import Row
from portal.material import Material, period
from portal.origins import FEEDS, Cell, SourcePage
from portal.subjects import Subject, subjects
from portal.words import Text, word
from portal.writing import Page, numbered, paged, runs

_ROWS = 150
_AROUND = (105.0, 45.0)
"""Points of the page shown left and right, above and below a cell: its neighbours, and a header just above."""
_ROWS_AROUND, _COLUMNS_AROUND = 1, 2
TITLE: Text = ("Documentos", "Documents")
HOME: tuple[Text, str] = (TITLE, "documentos.html")


def documents(material: Material) -> list[Row]:
    """Every document of the release."""
    if not material.marts.has("dim_documents", "document_sha256", "file_path", "source_id", "format", "title"):
        return []
    return material.marts.rows(
        "select d.*, i.institution_name from marts.dim_documents d left join marts.dim_institutions i "
        "using (institution_key) order by i.institution_name, i.institution_key, d.period_end_date desc, d.file_path"
    )


def pages(material: Material, found: list[Row]) -> Iterator[Page]:
    """The list, and one page for every page of a document that figures were read from."""
    if not found:
        return
    lists = paged(found, _ROWS)
    paths = [numbered("documentos.html", number) for number in range(1, len(lists) + 1)]
    for number, rows in enumerate(lists, 1):
        content = {
            "groups": runs(
                [
                    {
                        "row": row,
                        "href": material.origins.document(row["document_sha256"]),
                        "same_href": row.get("represented_by_sha256")
                        and material.origins.document(row["represented_by_sha256"]),
                        "period": period(row),
                        "institution_href": material.institution(row["institution_key"]),
                    }
                    for row in rows
                ],
                lambda each: (each["row"]["institution_key"], each["row"]["institution_name"]),
            ),
            "paths": paths,
            "number": number,
            "count": len(found),
            "bounds": material.bounds_said(),
        }
        yield Page(paths[number - 1], "documents.html", TITLE, "documents", content)
    about = {row["document_sha256"]: row for row in found}
    named = subjects(material)
    siblings: dict[str, list[SourcePage]] = {}
    for page in material.origins.pages:
        siblings.setdefault(page.document, []).append(page)
    for page in material.origins.pages:
        document = about.get(page.document)
        if document is not None:
            yield _page_of(material, page, document, named, siblings[page.document])


def _page_of(
    material: Material,
    page: SourcePage,
    document: Row,
    named: Mapping[tuple[str, str], Subject],
    siblings: list[SourcePage],
) -> Page:
    first = page.cells[0].row
    picture = None
    if material.archive and first["format"] == "pdf" and first["x0"] is not None and page.page_no is not None:
        # the archive keeps a document under the checksum of its content
        file = material.archive / page.document[:2] / f"{page.document}.pdf"
        if file.is_file():
            picture = material.images.picture(file, page.document, page.page_no)
    size = (plain(first["page_width"]), plain(first["page_height"])) if first["page_width"] else None
    grid = {} if picture else _grid(page.cells)
    content = {
        "source": page,
        "document": document,
        "period": period(document),
        "institution_href": material.institution(document["institution_key"]),
        "picture": picture,
        "size": size,
        "cells": [_cell(cell, named, grid, size) for cell in page.cells],
        "siblings": [(each.path, _where(each)) for each in siblings],
        "where": _where(page),
    }
    where = _where(page)
    name = document["title"] or document["file_path"]
    title = (f"{name}, {where[0]}", f"{name}, {where[1]}")
    language = material.language(document["institution_key"])
    return Page(page.path, "source.html", title, "documents", content, [HOME], is_lasting=True, language=language)


def _where(page: SourcePage) -> Text:
    """The page or sheet in words; a document of one flowing text has tables and no pages."""
    part = f" ({page.part}/{len(page.parts)})" if len(page.parts) > 1 else ""
    if page.sheet_name:
        return (f"hoja {page.sheet_name}{part}", f"sheet {page.sheet_name}{part}")
    if page.cells[0].row["format"] == "pdf":
        return (f"página {page.page_no}{part}", f"page {page.page_no}{part}")
    return (f"tablas{part}", f"tables{part}")


def _cell(
    cell: Cell,
    named: Mapping[tuple[str, str], Subject],
    grid: dict[Any, dict[int, dict[int, Cell]]],
    size: tuple[str, str] | None,
) -> dict[str, Any]:
    row = cell.row
    feeds = []
    for feed in cell.feeds[:FEEDS]:
        name, href = named.get((feed["fact_table"], feed["fact_key"]), ("", None))
        value = feed["fact_value"]
        feeds.append(
            {
                "table": feed["fact_table"],
                "key": feed["fact_key"],
                "column": feed["column_name"],
                "value": grouped(plain(value)) if value is not None else None,
                "name": name,
                "href": href,
            }
        )
    return {
        "id": cell.id,
        "row": row,
        "text": row["text_raw"] or "",
        "column": word("column", row["raw_column"]),
        "subject": next((feed["name"] for feed in feeds if feed["name"]), ""),
        "feeds": feeds,
        "more": max(0, len(cell.feeds) - FEEDS),
        "crop": _crop(cell, size),
        "beside": _beside(cell, grid, named),
    }


def _crop(cell: Cell, size: tuple[str, str] | None) -> dict[str, str] | None:
    """The part of the page around a cell, in points; one picture of the page serves every cell."""
    box = cell.box
    if box is None or size is None:
        return None
    x0, top, x1, bottom = box
    width, height = float(size[0]), float(size[1])
    left, upper = max(0.0, x0 - _AROUND[0]), max(0.0, top - _AROUND[1])
    right, lower = min(width, x1 + _AROUND[0]), min(height, bottom + _AROUND[1])
    return {
        "view": f"{left:g} {upper:g} {right - left:g} {lower - upper:g}",
        "box": f'x="{x0:g}" y="{top:g}" width="{x1 - x0:g}" height="{bottom - top:g}"',
        "x": f"{x0:g}",
        "y": f"{top:g}",
        "w": f"{x1 - x0:g}",
        "h": f"{bottom - top:g}",
    }


def _grid(cells: list[Cell]) -> dict[Any, dict[int, dict[int, Cell]]]:
    """Cells by table, row and column, for documents that have no page to show."""
    grid: dict[Any, dict[int, dict[int, Cell]]] = {}
    for cell in cells:
        row, column = cell.row["row_no"], cell.row["col_no"]
        if row is not None and column is not None:
            grid.setdefault(cell.row["table_no"], {}).setdefault(row, {}).setdefault(column, cell)
    return grid


def _beside(
    cell: Cell, grid: dict[Any, dict[int, dict[int, Cell]]], named: Mapping[tuple[str, str], Subject]
) -> dict[str, Any] | None:
    """The cell among its neighbours: a row above and below, the nearest columns that figures were read from."""
    table = grid.get(cell.row["table_no"])
    here = cell.row["row_no"]
    if not table or here is None:
        return None
    at = sorted(table)
    position = at.index(here)
    rows = at[max(0, position - _ROWS_AROUND) : position + _ROWS_AROUND + 1]
    columns = sorted({column for row in rows for column in table[row]})
    middle = columns.index(cell.row["col_no"]) if cell.row["col_no"] in columns else 0
    columns = columns[max(0, middle - _COLUMNS_AROUND) : middle + _COLUMNS_AROUND + 1]
    titles = {column: next(table[row][column] for row in rows if column in table[row]) for column in columns}
    return {
        "columns": [(column, word("column", titles[column].row["raw_column"])) for column in columns],
        "rows": [
            {
                "number": row,
                "name": _row_name(table[row].values(), named),
                "cells": [table[row].get(column) for column in columns],
            }
            for row in rows
        ],
    }


def _row_name(cells: Any, named: Mapping[tuple[str, str], Subject]) -> str:
    for cell in cells:
        for feed in cell.feeds:
            name = named.get((feed["fact_table"], feed["fact_key"]), ("", None))[0]
            if name:
                return name
    return ""
