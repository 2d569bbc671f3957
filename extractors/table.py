"""The one type every reader returns: pages of text lines and tables, whose cells carry printed text and its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

OPEN_BELOW = "open_below"
"""Flag of the cells of a last row that no rule closes: the page ends in it."""

BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom in points, in displayed page space (origin top left, page rotation applied)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line inside a cell.

    `baseline` is where it stands: points below the top of the page, or the number of the line in a text file.
    `continues_word` marks a line that begins inside a word broken by a narrow cell. `mark` is the number that a tagged
    PDF gives to all that one of its cells or paragraphs prints.
    """

    baseline: float
    text: str
    continues_word: bool = False
    mark: int | None = field(default=None, compare=False)
    x0: float | None = field(default=None, compare=False)
    """Where it begins, where the reader of tables without rules found it."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a cell over several grid columns prints inside one of them, and that column's edges."""

    x0: float
    x1: float
    lines: tuple[Line, ...]


def join_lines(lines: Sequence[Line]) -> str:
    """The text of lines, one line break each, broken words made whole."""
    text = ""
    for line in lines:
        text += line.text if line.continues_word or not text else "\n" + line.text
    return text


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word of a page and its box; `starts` is where each of its characters begins, `confidence` the least of
    its characters where OCR read it."""

    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    text: str
    starts: tuple[float, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One grid position of a printed table.

    `text` is the printed text with its line breaks; '' is a printed blank and None a position covered by the
    span of another cell, so that blank, merged and missing stay three different things. `row_no` and `col_no`
    count from 1 inside the table; for text files `row_no` is the line of the file. `native_value` and
    `number_format` are what a workbook stores behind the displayed text. `char_start` and `char_end` are
    offsets inside the line of a text file; of a cell over several lines (`row_span`), inside its first and last.
    """

    text: str | None
    row_no: int
    col_no: int
    row_span: int = 1
    col_span: int = 1
    bbox: BBox | None = None
    native_value: str | None = None
    number_format: str | None = None
    char_start: int | None = None
    char_end: int | None = None
    owner: tuple[int, int] | None = None
    """(row_no, col_no) of the spanning cell that covers this position."""
    lines: tuple[Line, ...] = ()
    """The printed lines with their baselines, where the reader knows them."""
    parts: tuple[Part, ...] = ()
    """One per grid column, for a cell over several columns whose text never stands across a column line."""
    method: str = "digital"
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    printed: str | None = None
    """What is printed, where `text` is a repair of it."""
    is_outside_print_area: bool = False
    """A workbook holds it beyond the area that it would print."""

    @property
    def is_blank(self) -> bool:
        """True for a printed blank and for a covered position."""
        return self.text is None or not self.text.strip()

    @property
    def joined(self) -> str | None:
        """The text on one line: line breaks and runs of white space become one space."""
        return None if self.text is None else " ".join(self.text.split())


def is_read_by_ocr(cell: Cell) -> bool:
    """True for what OCR read and no person reviewed."""
    return cell.method in ("ocr", "ocr_reread")


def over_lines(cell: Cell, lines: Sequence[Line]) -> Cell:
    """A cell of a text file with these lines as its text, the first of them its own; blank lines below are left off."""
    last = max((index for index, line in enumerate(lines) if line.text.strip()), default=0)
    return replace(
        cell,
        text="\n".join(line.text for line in lines[: last + 1]).strip(),
        row_span=last + 1,
        char_end=len(lines[last].text) + (0 if last else cell.char_start or 0),
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangular grid of cells found on one page or sheet.

    `is_flat` marks forms without span information (text with separators): there a blank header cell may
    belong to the label on its left.
    """

    page_no: int
    table_no: int | None
    """Counted on its page or sheet; None for the lines of text outside of tables that a sheet is read from."""
    rows: tuple[tuple[Cell, ...], ...]
    sheet_name: str | None = None
    page_width: float | None = None
    page_height: float | None = None
    is_flat: bool = False
    is_stream: bool = False
    """Rows of one cell each, in reading order, because the file does not say where a printed row ends. The `lines` of
    its cells hold every line up to the next cell, also blank ones and those that belong to no cell."""
    left_out: tuple[str, ...] = ()
    """What the file holds beside the table and does not print, place and reason each."""

    @property
    def column_count(self) -> int:
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text outside every table: titles, periods, page counts, notes.

    `line_no` and `char_start` say where it begins in a text file. `confidence` is the least of its characters where
    OCR read it.
    """

    page_no: int
    text: str
    line_no: int | None = None
    char_start: int | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, sheet or text file: lines and tables in reading order."""

    number: int
    items: tuple[TextLine | Table, ...]
    words: tuple[tuple[Word, ...], ...] = ()
    """Every printed word, line by line from the top, also those inside tables; only where the reader was asked."""
    width: float | None = None
    height: float | None = None
    notes: tuple[str, ...] = ()
    """What the accounting should say of the reading of this page."""
    is_scan: bool = False
    """Read from its picture: its text is what OCR took it for."""

    @property
    def tables(self) -> Iterator[Table]:
        return (item for item in self.items if isinstance(item, Table))
