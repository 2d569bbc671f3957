"""Where figures were printed: every cell the marts were read from, its page, and the address of both on the site.

A site shows so many documents and cells and no more (`Limits`): those with differences come first, then the latest,
and a figure of a document that is left out leads to the page that says how to look it up in the release.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.limits import Limits
from portal.marts import Marts

CELLS_A_PAGE = {"pdf": 70}
"""So many cells fit a page of 150 KB with what is made of them; fewer where their neighbours are written out."""
_CELLS_IN_WORDS = 40
FEEDS = 6
"""Facts a cell names; of more it says how many."""
_SHOWN = 700
"""Characters of a cell that its page shows at most."""
NOT_SHOWN = "metodo.html#origen"

Place = tuple[str, Any, Any, Any, Any]
"""Document, page or sheet, table, row, column as the raw table names it."""


@dataclass
class Cell:
    """One printed cell; `feeds` are the columns of facts that were read from it."""

    id: str
    row: dict[str, Any]
    href: str = ""
    feeds: list[dict[str, Any]] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """Left, top, right and bottom in points of the page."""
        if self.row["x0"] is None:
            return None
        return tuple(float(self.row[edge]) for edge in ("x0", "top", "x1", "bottom"))  # type: ignore[return-value]


@dataclass
class SourcePage:
    """One page of the site: a page or sheet of a document, or a part of it when it holds many cells."""

    document: str
    page_no: int | None
    sheet_name: str | None
    path: str
    cells: list[Cell]
    part: int = 1
    parts: Sequence[str] = ()


class Origins:
    """Every cell that is shown, found by figure and by place."""

    def __init__(self, marts: Marts, limits: Limits | None = None) -> None:
        self.pages: list[SourcePage] = []
        self.left_out: set[str] = set()
        self._by_figure: dict[tuple[str, str, str], Cell] = {}
        self._by_place: dict[Place, Cell] = {}
        self._by_row: dict[tuple[Any, ...], str] = {}
        self._first: dict[str, str] = {}
        if marts.has("mart_cell_lineage", "fact_table", "x0", "text_raw") and marts.has("dim_documents", "is_latest"):
            self._read(marts, limits or Limits())

    def of(self, table: str, key: Any, column: str, document: str | None = None) -> str | None:
        """The address of the cell a figure of a fact was read from; how to look it up if its `document` is left out."""
        cell = self._by_figure.get((table, str(key), column))
        if cell is None and document in self.left_out:
            return NOT_SHOWN
        return cell.href if cell else None

    def at(self, document: str, page: Any, table: Any, row: Any, column: Any = None) -> str | None:
        """The address of a place in a document: its cell, else the first cell of its row, else its page."""
        cell = self._by_place.get((document, page, table, row, column))
        if cell:
            return cell.href
        for known in ((document, page, table, row), (document, page, table), (document, page)):
            if known in self._by_row:
                return self._by_row[known]
        return self.document(document)

    def document(self, document: str) -> str | None:
        """The first page of a document that the site shows."""
        if document in self.left_out:
            return NOT_SHOWN
        return self._first.get(document)

    def cells_of(self, document: str) -> Iterator[SourcePage]:
        """The pages of one document."""
        return (page for page in self.pages if page.document == document)

    @property
    def shown(self) -> set[str]:
        """The documents that have pages on the site."""
        return set(self._first)

    def _read(self, marts: Marts, limits: Limits) -> None:
        differs = "select null as document_sha256 where false"
        if marts.has("mart_reconciliation", "document_sha256", "status"):
            differs = (
                "select distinct document_sha256 from marts.mart_reconciliation "
                "where status in ('discrepant', 'explained')"
            )
        ends = "max(period_end_date)" if marts.has("dim_documents", "period_end_date") else "null"
        counted = marts.rows(
            "select document_sha256, count(*) as cells, bool_or(is_latest) as is_latest, min(source_id) as source_id, "
            f"document_sha256 in ({differs}) as differs, {ends} as ends "
            "from marts.mart_cell_lineage join marts.dim_documents using (document_sha256) "
            "group by document_sha256 "
            "order by differs desc, is_latest desc, ends desc nulls last, source_id, document_sha256"
        )
        shown: list[str] = []
        room = limits.cells
        for document in counted:
            if len(shown) < limits.documents and document["cells"] <= room:
                room -= document["cells"]
                shown.append(document["document_sha256"])
            else:
                self.left_out.add(document["document_sha256"])
        rows = marts.rows(
            "select * from marts.mart_cell_lineage where document_sha256 in (select unnest(?)) "
            "order by document_sha256, page_no, sheet_name, table_no, row_no, col_no, raw_column, char_start, "
            "fact_table, fact_key, column_name",
            [shown],
        )
        cells: dict[tuple[Any, ...], dict[tuple[Any, ...], Cell]] = {}
        for row in rows:
            page = cells.setdefault((row["document_sha256"], row["page_no"], row["sheet_name"]), {})
            place = (row["table_no"], row["row_no"], row["col_no"], row["raw_column"], row["char_start"])
            cell = page.get(place)
            if cell is None:
                cell = page[place] = Cell(f"c{len(page) + 1}", row)
            cell.feeds.append(row)
        sheets: dict[str, int] = {}
        for (document, page_no, sheet_name), found in cells.items():
            sheets[document] = sheets.get(document, 0) + 1
            name = f"p{page_no}" if sheet_name is None and page_no is not None else f"h{sheets[document]}"
            self._lay_out(document, page_no, sheet_name, name, list(found.values()))

    def _lay_out(self, document: str, page_no: Any, sheet_name: Any, name: str, cells: list[Cell]) -> None:
        parts = _parts(cells)
        paths = [
            f"documento/{document[:12]}/{name}{f'-{number}' if number > 1 else ''}.html"
            for number in range(1, len(parts) + 1)
        ]
        for number, (path, part) in enumerate(zip(paths, parts, strict=True), 1):
            self.pages.append(SourcePage(document, page_no, sheet_name, path, part, number, paths))
            self._first.setdefault(document, path)
            self._by_row.setdefault((document, page_no), path)
            for cell in part:
                cell.href = f"{path}#{cell.id}"
                row = cell.row
                place = (document, page_no, row["table_no"], row["row_no"])
                self._by_row.setdefault((document, page_no, row["table_no"]), path)
                self._by_row.setdefault(place, cell.href)
                self._by_place.setdefault((*place, row["raw_column"]), cell)
                for feed in cell.feeds:
                    self._by_place.setdefault((*place, feed["column_name"]), cell)
                    self._by_figure.setdefault((feed["fact_table"], feed["fact_key"], feed["column_name"]), cell)


def _parts(cells: list[Cell]) -> list[list[Cell]]:
    """Cells by the page of the site they stand on; one with a long text or of many facts takes more room."""
    most = CELLS_A_PAGE.get(cells[0].row["format"], _CELLS_IN_WORDS)
    parts: list[list[Cell]] = [[]]
    taken = 0.0
    for cell in cells:
        room = 1 + min(len(cell.row["text_raw"] or ""), _SHOWN) / _SHOWN + 0.3 * (min(len(cell.feeds), FEEDS) - 1)
        if parts[-1] and taken + room > most * 1.1:
            parts.append([])
            taken = 0.0
        parts[-1].append(cell)
        taken += room
    return parts
