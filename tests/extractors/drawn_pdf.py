"""Small PDFs drawn for one test each, and what both back ends read in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from extractors.limits import Budget, Limits
from extractors.readers.pdf import Backend, read_pdf
from extractors.table import BBox, Cell, Page, Table

WIDTH, HEIGHT = 420.0, 300.0
Drawing = Callable[[Canvas], None]

# where a page of WIDTH by HEIGHT as displayed lies in the space of a page that is turned clockwise
_TURNED = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, 1, -1, 0, HEIGHT, 0),
    180: (-1, 0, 0, -1, WIDTH, HEIGHT),
    270: (0, -1, 1, 0, 0, WIDTH),
}


class Box:
    """A box that equals every box less than a point away from it."""

    def __init__(self, edges: BBox) -> None:
        self.edges = edges

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Box):
            return NotImplemented
        return all(abs(one - two) < 1 for one, two in zip(self.edges, other.edges, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Box{tuple(round(edge, 1) for edge in self.edges)}"


class SeenCell(NamedTuple):
    """What a cell must have in common between back ends."""

    text: str | None
    row_span: int
    col_span: int
    owner: tuple[int, int] | None
    box: Box | None


def draw(path: Path, *drawings: Drawing, rotation: int = 0) -> Path:
    """A PDF with one page per drawing, each displayed upright whatever the page's rotation."""
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), invariant=1)
    for drawing in drawings:
        canvas.setPageRotation(rotation)
        canvas.transform(*_TURNED[rotation])
        drawing(canvas)
        canvas.showPage()
    canvas.save()
    return path


def ruled(
    rows: Sequence[Sequence[str | None]],
    x: float = 40,
    top: float = 250,
    widths: Sequence[float] = (110, 110, 80),
) -> Drawing:
    """A table with a rule around every cell; None lets the cell on its left reach over it."""

    def drawing(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        high = top
        for row in rows:
            low = high - 11 * max((text or "").count("\n") + 1 for text in row) - 6
            for column, text in enumerate(row):
                if text is None:
                    continue
                span = next(
                    (n for n, right in enumerate(row[column + 1 :]) if right is not None),
                    len(row) - column - 1,
                )
                left = x + sum(widths[:column])
                canvas.rect(left, low, sum(widths[column : column + span + 1]), high - low)
                for number, line in enumerate(text.split("\n")):
                    canvas.drawString(left + 3, high - 11 * (number + 1), line)
            high = low

    return drawing


def line(text: str, x: float = 40, y: float = 275) -> Drawing:
    """One line of text."""

    def drawing(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(x, y, text)

    return drawing


def marked(canvas: Canvas, mark: int | None, x: float, y: float, text: str) -> None:
    """A text that a tagged page gives a number, as a spreadsheet gives one to each of its cells; None gives it none."""
    code = canvas.__dict__["_code"]  # the library has no call for it
    if mark is not None:
        code.append(f"/P <</MCID {mark}>> BDC")
    canvas.drawString(x, y, text)
    if mark is not None:
        code.append("EMC")


def together(*drawings: Drawing) -> Drawing:
    """Several drawings on one page."""

    def drawing(canvas: Canvas) -> None:
        for each in drawings:
            each(canvas)

    return drawing


def read(path: Path, backend: Backend = "pdfium") -> list[Page]:
    """The pages of a PDF under the default limits."""
    return list(read_pdf(path, Budget(Limits()), backend))


def seen(pages: Sequence[Page]) -> list[list[str | list[list[SeenCell]]]]:
    """Pages as lines and cells."""
    return [
        [
            [[_cell(cell) for cell in row] for row in item.rows] if isinstance(item, Table) else item.text
            for item in page.items
        ]
        for page in pages
    ]


def _cell(cell: Cell) -> SeenCell:
    return SeenCell(cell.joined, cell.row_span, cell.col_span, cell.owner, Box(cell.bbox) if cell.bbox else None)


def read_alike(path: Path) -> list[Page]:
    """The pages as pdfium gives them, after checking that pdfplumber gives the same."""
    pages = read(path)
    assert seen(pages) == seen(read(path, "pdfplumber"))
    return pages


def texts(table: Table) -> list[list[str | None]]:
    """The printed texts of a table; None where a cell is covered by another."""
    return [[cell.joined for cell in row] for row in table.rows]


def only_table(pages: Sequence[Page]) -> Table:
    """The one table of a document."""
    (table,) = (table for page in pages for table in page.tables)
    return table
