"""Finds the tables without rules that a source declares and puts them into the pages as tables of cells.

Their columns are inferred once over all pages of a document, because one page may leave a column blank or fill the
white between two. If they are not as many as declared, the document stops: nothing is dealt out by guess.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from extractors.errors import LayoutMismatch
from extractors.headers import read_header
from extractors.labels import fold, latin
from extractors.near_labels import label_repaired, nearest_label
from extractors.spec import SourceSpec, TableSpec, Unruled
from extractors.table import BBox, Cell, Line, Page, Table, TextLine, Word
from extractors.unruled.columns import GridColumn, find_columns, header_words
from extractors.unruled.numbers import NumberWords
from extractors.unruled.rows import BodyLine, RowBuilder, body_line, box_of, cells_of, text_of
from extractors.unruled.scanned_lines import left_of_numbers, parted_from_scribble, with_percent_signs

_HEADER_LINES = 9
"""The last line of the column labels stands at most this many lines below the first one."""
_LONGEST_LINE = 2_000
_LONG_WORD = 6
"""A word of a column label with fewer letters is not put right: another word may be as near."""
_TEXT_WIDTH = 0.75
"""A text column takes at least this share of the width up to the next column: texts that end before are not broken."""
_MARGIN = 1.5
"""Paper (points) kept around what a cell of a scan prints."""
_STRAY_NUMBERS = 2
"""A line outside the tables that prints this many of their numbers is taken for a row that was missed."""

_PrintedLine = tuple[Word, ...]
_Declared = Sequence[tuple[str, TableSpec, Unruled]]


@dataclass(slots=True)
class _Piece:
    """One printed piece of a table on one page: the lines of its labels (none where it goes on) and of its rows."""

    name: str
    page: int
    header: list[_PrintedLine]
    body: list[_PrintedLine]
    box: Table | None = None
    """The ruled box it stands in, whose column rules part its columns."""
    lines: list[BodyLine] = field(default_factory=list)
    """Its body by column, once the columns are known."""
    is_scan: bool = False
    beside: list[_PrintedLine] = field(default_factory=list)
    """Lines of a scan that stand among its rows and are none of them."""


def lay_out(pages: Iterable[Page], source: SourceSpec) -> Iterable[Page]:
    """The pages with the declared tables that draw no rules among their items.

    Ruled boxes that such a table stands in or over are no tables of their own. Raises LayoutMismatch when columns are
    not as many as declared, or when a page prints rows outside of every table.
    """
    if not source.has_unruled_tables:
        return pages
    kept = [_joined(page) if page.is_scan else page for page in pages]
    pieces = _pieces(kept, source)
    if not pieces:
        return kept
    tables = _Tables(source, pieces)
    by_page: dict[int, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        by_page[piece.page].append(piece)
    return [_page(page, by_page[page.number], tables) if page.words else page for page in kept]


def _joined(page: Page) -> Page:
    return replace(page, words=tuple(map(with_percent_signs, page.words)))


# ------------------------------------------------------------------- pieces


def _pieces(pages: Sequence[Page], source: SourceSpec) -> list[_Piece]:
    declared = [(name, table, table.unruled) for name, table in source.tables.items() if table.unruled]
    boxed = [each for each in declared if each[2].boxed]
    free = [each for each in declared if not each[2].boxed]
    pieces: list[_Piece] = []
    for page in pages:
        for box in page.tables if boxed else ():
            pieces += _found(page, _inside(page.words, box), boxed, box)
        found = _found(page, page.words, free) if free else []
        if not found and pieces:
            found += _continued(page, pieces[-1].name, source.tables[pieces[-1].name], free)
        pieces += found
    return pieces


def _found(page: Page, lines: Sequence[_PrintedLine], declared: _Declared, box: Table | None = None) -> list[_Piece]:
    """The pieces of tables whose labels stand among these lines."""
    words = _words_of_labels(declared) if page.is_scan else {}
    texts = [_text(line, words) for line in lines]
    tables = {name: table for name, table, _ in declared}
    found: list[_Piece] = []
    index = 0
    while index < len(lines):
        begun = _header_at(texts, index, declared)
        if begun is None:
            index += 1
            continue
        name, last = begun
        stop = _stop(texts, last + 1, tables[name], declared)
        header, body = list(lines[index : last + 1]), list(lines[last + 1 : stop])
        found.append(_Piece(name, page.number, header, body, box, is_scan=page.is_scan))
        index = stop
    return found


def _inside(lines: Sequence[_PrintedLine], box: Table) -> list[_PrintedLine]:
    edges = _box(box)
    inside = (tuple(word for word in line if _holds(edges, word)) for line in lines)
    return [line for line in inside if line]


def _text(line: Sequence[Word], known: Mapping[str, str] = {}) -> str:
    """What a line prints; on a scan with the words of column labels that miss a character put right."""
    if known:
        return latin(" ".join(nearest_label(word.text, known) or word.text for word in line))[:_LONGEST_LINE]
    return latin(text_of(line))[:_LONGEST_LINE]


def _words_of_labels(declared: _Declared) -> dict[str, str]:
    labels = [h.label for _, table, _ in declared for c in table.columns.values() for h in c.headers if h.label]
    return {fold(word): word for label in labels for word in label.split() if len(word) >= _LONG_WORD}


def _header_at(texts: Sequence[str], index: int, declared: _Declared) -> tuple[str, int] | None:
    """The table whose labels begin on this line, and the last line of them."""
    found: list[tuple[int, str, TableSpec]] = []
    for name, table, unruled in declared:
        if not re.search(unruled.first, texts[index], re.IGNORECASE):
            continue
        for last in range(index, min(index + _HEADER_LINES, len(texts))):
            if re.search(unruled.last, texts[last], re.IGNORECASE):
                found.append((last, name, table))
                break
    if not found:
        return None
    nearest = min(last for last, _, _ in found)
    names = {name: table for last, name, table in found if last == nearest}
    names = _titled(names, texts[:index])
    if len(names) == 1:
        return next(iter(names)), nearest
    header = texts[index : nearest + 1]
    return min(names, key=lambda name: _foreign_words(header, names[name])), nearest


def _titled(names: dict[str, TableSpec], above: Sequence[str]) -> dict[str, TableSpec]:
    """Of these tables those that the nearest line above names; all of them where no line does."""
    for text in reversed(above):
        named = {n: t for n, t in names.items() if any(re.search(p, text, re.IGNORECASE) for p in t.titled)}
        if named:
            return named
    return names


def _foreign_words(header: Sequence[str], table: TableSpec) -> int:
    """How many words of labels are printed or declared, but not both: tables may begin and end their labels alike."""
    printed = Counter(fold(word) for line in header for word in line.split())
    labels = [column.headers[0].printed for column in table.columns.values()]
    labels += [*(rule.header for rule in table.ignore_columns), *table.header_groups]
    declared = Counter(fold(word) for label in labels for word in label.split())
    return ((printed - declared) + (declared - printed)).total()


def _stop(texts: Sequence[str], start: int, table: TableSpec, declared: _Declared) -> int:
    """The first line from `start` on that is no longer in the table."""
    for index in range(start, len(texts)):
        if any(re.search(pattern, texts[index], re.IGNORECASE) for pattern in table.end):
            return index
        if _header_at(texts, index, declared) is not None:
            return index
    return len(texts)


def _continued(page: Page, name: str, table: TableSpec, declared: _Declared) -> Iterable[_Piece]:
    """The piece of a page that prints no labels and goes on with the table before."""
    unruled = table.unruled
    if unruled is None or unruled.continues_after is None:
        return
    texts = [_text(line) for line in page.words]
    above = [i for i, text in enumerate(texts) if re.search(unruled.continues_after, text, re.IGNORECASE)]
    if not above:
        return
    start = above[0] + 1
    stop = _stop(texts, start, table, declared)
    if stop > start:
        yield _Piece(name, page.number, [], list(page.words[start:stop]), is_scan=page.is_scan)


# ------------------------------------------------------------------- tables


@dataclass(frozen=True, slots=True)
class _Geometry:
    """The columns of a table, the lines of its labels, and where the text of its first column ends at most."""

    columns: list[GridColumn]
    header: list[_PrintedLine]
    widest: float


class _Tables:
    """Makes tables of the pieces of one document; columns without rules are inferred once for all pieces of a table."""

    def __init__(self, source: SourceSpec, pieces: Sequence[_Piece]) -> None:
        self.source = source
        scanned = {piece.name for piece in pieces if piece.is_scan}
        self.numbers = {
            name: NumberWords(table, misread=name in scanned) for name, table in source.tables.items() if table.unruled
        }
        names = dict.fromkeys(piece.name for piece in pieces)
        self._headings = {name: self._closed(name, [piece for piece in pieces if piece.name == name]) for name in names}
        self._inferred = {
            name: self._infer(name, [piece for piece in pieces if piece.name == name])
            for name in dict.fromkeys(piece.name for piece in pieces if piece.box is None)
        }

    @property
    def of_open_tables(self) -> dict[str, NumberWords]:
        """How numbers look in the tables of the document that no box encloses: lines of them may have been missed."""
        return {name: self.numbers[name] for name in self._inferred}

    def _closed(self, name: str, pieces: Sequence[_Piece]) -> frozenset[str]:
        """The headings, folded, that totals of a table bear."""
        outline = self.source.tables[name].outline
        if outline is None or outline.by != "totals":
            return frozenset()
        letters = str.maketrans({rule.printed: rule.means for rule in self.source.repairs})
        numbers = self.numbers[name]
        found: set[str] = set()
        for line in (line for piece in pieces for line in piece.body):
            words = " ".join(word.text for word in line if not numbers.is_number(word)).translate(letters)
            if match := re.fullmatch(outline.total, words[:_LONGEST_LINE], re.IGNORECASE):
                found.add(fold(match["name"]))
        return frozenset(found)

    def _infer(self, name: str, pieces: Sequence[_Piece]) -> _Geometry:
        spec, numbers = self.source.tables[name], self.numbers[name]
        first = next(piece for piece in pieces if piece.header)
        header, _ = header_words(first.header, spec.group_labels)
        left = left_of_numbers([line for piece in pieces for line in piece.body], numbers)
        for piece in pieces:
            if piece.is_scan:
                piece.body, piece.beside = parted_from_scribble(piece.body, numbers, left)
            piece.body = [numbers.parted(line) for line in piece.body]
        body = [line for piece in pieces for line in piece.body]
        columns = find_columns(body, header, numbers)
        _check_count(columns, spec, name, first.page)
        return _Geometry(columns, first.header, _dealt_out(pieces, columns, numbers))

    def _boxed(self, piece: _Piece, box: Table) -> _Geometry:
        """The geometry that the rules of its box give a piece."""
        spec, numbers = self.source.tables[piece.name], self.numbers[piece.name]
        header, _ = header_words(piece.header, spec.group_labels)
        edges = [cell.bbox for cell in max(box.rows, key=lambda row: sum(cell.bbox is not None for cell in row))]
        rules = [edge[0] for edge in edges[1:] if edge] if piece.is_scan else []
        piece.body = [numbers.parted(line, rules) for line in piece.body]
        words = [word for line in header for word in line]
        columns = [
            GridColumn(x0, x1, tuple(word for word in words if x0 <= (word.x0 + word.x1) / 2 < x1), is_number=False)
            for x0, _, x1, _ in filter(None, edges)
        ]
        _check_count(columns, spec, piece.name, piece.page)
        row = self._labels(header, columns, 1, True)
        labels = Table(piece.page, box.table_no, (self._mended(row, spec) if piece.is_scan else row,))
        kinds = {i: spec.columns[name].kind for name, at in read_header(labels, 0, spec).positions.items() for i in at}
        columns = [replace(column, is_number=kinds.get(i) == "number") for i, column in enumerate(columns)]
        return _Geometry(columns, piece.header, _dealt_out([piece], columns, numbers))

    def table(self, piece: _Piece, page: Page, table_no: int) -> Table:
        """The piece as a table of cells, its labels in the first rows."""
        spec = self.source.tables[piece.name]
        unruled = spec.unruled
        assert unruled is not None
        geometry = self._boxed(piece, piece.box) if piece.box else self._inferred[piece.name]
        row_no = count(1)
        rows = self._header_rows(piece, spec, geometry, row_no)
        header = Table(page.number, table_no, tuple(rows))
        anchor = read_header(header, len(rows) - 1, spec).positions.get(unruled.anchor, (0,))[0]
        headings = self._headings[piece.name]
        builder = RowBuilder(unruled, anchor, geometry.columns, geometry.widest, headings, is_scan=piece.is_scan)
        built = builder.rows(piece.lines)
        rows += [cells_of(row, next(row_no), geometry.columns) for row in built]
        if piece.is_scan:
            rows = [tuple(map(_with_margin, row)) for row in rows]
        return Table(page.number, table_no, tuple(rows), page_width=page.width, page_height=page.height)

    def _header_rows(
        self, piece: _Piece, spec: TableSpec, geometry: _Geometry, row_no: Iterator[int]
    ) -> list[tuple[Cell, ...]]:
        """The labels of each column, under a row of the group labels where there are any.

        A piece that prints none of its own has those of the first piece, without a place on its page.
        """
        columns = geometry.columns
        lines, groups = header_words(piece.header or geometry.header, spec.group_labels)
        rows: list[tuple[Cell, ...]] = []
        if groups:
            number = next(row_no)
            over = {_column_at((box_of(run)[0] + box_of(run)[2]) / 2, columns): (text, run) for text, run in groups}
            rows.append(
                tuple(
                    Cell(over[i][0], number, i + 1, bbox=box_of(over[i][1])) if i in over else Cell("", number, i + 1)
                    for i in range(len(columns))
                )
            )
        labels = self._labels(lines, columns, next(row_no), bool(piece.header))
        return [*rows, self._mended(labels, spec) if piece.is_scan else labels]

    def _labels(
        self, lines: Sequence[Sequence[Word]], columns: Sequence[GridColumn], row_no: int, is_printed: bool
    ) -> tuple[Cell, ...]:
        labels: list[list[list[Word]]] = [[] for _ in columns]
        for line in lines:
            shares: dict[int, list[Word]] = {}
            for word in line:
                shares.setdefault(_label_at(word, columns), []).append(word)
            for index, share in shares.items():
                labels[index].append(share)
        cells = []
        for index, own in enumerate(labels):
            shown = tuple(Line(share[0].baseline, text_of(share)) for share in own)
            box = box_of([word for share in own for word in share]) if own and is_printed else None
            cells.append(Cell("\n".join(line.text for line in shown), row_no, index + 1, bbox=box, lines=shown))
        return tuple(cells)

    def _mended(self, labels: tuple[Cell, ...], spec: TableSpec) -> tuple[Cell, ...]:
        """The labels of a scan, those put right that miss a declared one by a character or two."""
        declared = {fold(h.label): h.label for c in spec.columns.values() for h in c.headers if h.label}
        return tuple(label_repaired(cell, declared) for cell in labels)


def _with_margin(cell: Cell) -> Cell:
    """The cell of a scan with paper around its words: boxes that OCR finds end in the ink."""
    if cell.bbox is None or not cell.text:
        return cell
    x0, top, x1, bottom = cell.bbox
    return replace(cell, bbox=(x0 - _MARGIN, top - _MARGIN, x1 + _MARGIN, bottom + _MARGIN))


def _dealt_out(pieces: Iterable[_Piece], columns: Sequence[GridColumn], numbers: NumberWords) -> float:
    """Deal the words of pieces out to their columns; returns where the text of the first column ends at most: with any
    line of it, or as far as a text column reaches."""
    first = columns[0]
    widest = first.x0 + _TEXT_WIDTH * (columns[1].x0 - first.x0)
    for piece in pieces:
        piece.lines = [body_line(line, columns, numbers) for line in piece.body]
        widest = max([widest, *(word.x1 for line in piece.lines for word in line.words.get(0, ()))])
    return widest


def _label_at(word: Word, columns: Sequence[GridColumn]) -> int:
    """The column whose label stands where the word does."""
    x = (word.x0 + word.x1) / 2
    spans = {index: box_of(column.label) for index, column in enumerate(columns) if column.label}
    return min(spans, key=lambda index: max(spans[index][0] - x, x - spans[index][2], 0.0))


def _column_at(x: float, columns: Sequence[GridColumn]) -> int:
    return min(range(len(columns)), key=lambda i: abs((columns[i].x0 + columns[i].x1) / 2 - x))


def _check_count(columns: Sequence[GridColumn], spec: TableSpec, name: str, page: int) -> None:
    declared = len(spec.columns) + len(spec.ignore_columns)
    optional = sum(column.optional for column in spec.columns.values())
    least, most = declared - optional, declared
    if spec.unruled and spec.unruled.column_count:
        least = most = spec.unruled.column_count
    if least <= len(columns) <= most and len(columns) > 1 and any(column.label for column in columns):
        return
    expected = str(most) if least == most else f"{least} to {most}"
    shown = ", ".join(repr(text_of(column.label)) if column.label else "one without a label" for column in columns[:14])
    raise LayoutMismatch(
        f"page {page}: the white between the printed words parts table {name} into {len(columns)} columns ({shown}), "
        f"but source.yml declares {expected}; check the page, or the columns and `unruled` of the table."
    )


# -------------------------------------------------------------------- pages


def _page(page: Page, pieces: Sequence[_Piece], tables: _Tables) -> Page:
    free = [piece for piece in pieces if piece.box is None]
    boxes = [piece.box for piece in pieces if piece.box is not None]
    claimed = {id(word) for piece in free for line in piece.header for word in line}
    beside = {id(line[0]) for piece in free for line in piece.beside}
    spans = [(lines[0][0].baseline, lines[-1][0].baseline) for p in free if (lines := [*p.header, *p.body])]
    ruled = [
        table
        for table in page.tables
        if not any(table is box for box in boxes) and not any(_meets(table, span) for span in spans)
    ]
    taken = [_box(table) for table in (*ruled, *boxes)]
    placed: list[tuple[float, TextLine | Table]] = [(_box(table)[1], table) for table in ruled]
    numbers = count(max((table.table_no or 0 for table in ruled), default=0) + 1)
    for piece in pieces:
        top = _box(piece.box)[1] if piece.box else [*piece.header, *piece.body][0][0].baseline
        placed.append((top, tables.table(piece, page, next(numbers))))
    for line in page.words:
        baseline = line[0].baseline
        in_table = any(top <= baseline <= bottom for top, bottom in spans)
        if id(line[0]) in claimed or (in_table and id(line[0]) not in beside):
            continue
        outside = [word for word in line if not any(_holds(box, word) for box in taken)]
        if outside:
            _check_stray(outside, page, tables)
            read = [word.confidence for word in outside if word.confidence is not None]
            placed.append((baseline, TextLine(page.number, text_of(outside), confidence=min(read, default=None))))
    return replace(page, items=tuple(item for _, item in sorted(placed, key=lambda pair: pair[0])))


def _check_stray(line: Sequence[Word], page: Page, tables: _Tables) -> None:
    text = _text(line)
    if any(re.search(rule.pattern, text, re.IGNORECASE) for rule in tables.source.ignore_tables):
        return
    for name, numbers in tables.of_open_tables.items():
        if sum(numbers.is_number(word) for word in numbers.parted(line)) >= _STRAY_NUMBERS:
            raise LayoutMismatch(
                f"page {page.number}: the line {text[:80]!r} prints numbers of table {name} outside of every table; "
                "check its `unruled` and `end` in source.yml, or name the line under ignore_tables."
            )


def _box(table: Table) -> BBox:
    boxes = [cell.bbox for row in table.rows for cell in row if cell.bbox]
    return (
        min((box[0] for box in boxes), default=0.0),
        min((box[1] for box in boxes), default=0.0),
        max((box[2] for box in boxes), default=0.0),
        max((box[3] for box in boxes), default=0.0),
    )


def _meets(table: Table, span: tuple[float, float]) -> bool:
    _, top, _, bottom = _box(table)
    return top <= span[1] and span[0] <= bottom


def _holds(box: BBox, word: Word) -> bool:
    x0, top, x1, bottom = box
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return x0 <= x <= x1 and top <= y <= bottom
