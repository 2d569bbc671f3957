"""A Word document (DOCX) written part by part: paragraphs in a few styles, tables with merged cells.

Measures are twentieths of a point, as the format has them; 1440 are an inch. The bytes depend on what the
document says alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from tests.publications.office_package import package
from tests.publications.table_cells import Cell, Placed, place

LETTER = (12240, 15840)
MARGIN = 1080
SHADE = "D9D9D9"
UNDATED = datetime(1980, 1, 1)  # the first day a zip archive knows
STYLES = ("Title", "Heading1", "Heading2", "Normal", "Cell")

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE_RELATION = f"{_RELATIONS}/metadata/core-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in one of STYLES; with `on_new_page` the page before it ends there."""

    text: str = ""
    style: str = "Normal"
    on_new_page: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells on a grid of columns; Word repeats the first `header_rows` of them on each page."""

    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    header_rows: int = 0


@dataclass(frozen=True)
class Document:
    """What a file holds: its title and date (if any) and, in order, paragraphs and tables."""

    title: str
    dated: datetime | None
    body: Sequence[Paragraph | Table]
    landscape: bool = False


def text_width(landscape: bool = False) -> int:
    """The width between the margins of a page."""
    return (LETTER[1] if landscape else LETTER[0]) - 2 * MARGIN


def write(document: Document) -> bytes:
    """The DOCX file. Raises ValueError when a style is unknown or cells do not fill their grid."""
    return package(
        (
            ("[Content_Types].xml", _content_types()),
            ("_rels/.rels", _file_relations()),
            ("docProps/core.xml", _properties(document)),
            ("word/document.xml", _main(document)),
            ("word/_rels/document.xml.rels", _document_relations()),
            ("word/styles.xml", _styles()),
        ),
        document.dated or UNDATED,
    )


def _main(document: Document) -> str:
    body = []
    for block in document.body:
        if isinstance(block, Table):
            # Word joins tables that touch, and a body must not end with one
            body += [_table(block), _paragraph("", "Cell")]
        else:
            body.append(_paragraph(block.text, block.style, on_new_page=block.on_new_page))
    width, height = reversed(LETTER) if document.landscape else LETTER
    orientation = {"orient": "landscape"} if document.landscape else {}
    page = _w("pgSz", w=width, h=height, **orientation)
    margins = _w("pgMar", top=MARGIN, right=MARGIN, bottom=MARGIN, left=MARGIN, header=567, footer=567, gutter=0)
    content = _w("body", *body, _w("sectPr", page, margins))
    return f'<w:document xmlns:w="{_WORD}">{content}</w:document>'


def _table(table: Table) -> str:
    spots = {
        (spot.row + down, spot.column): spot
        for spot in place(table.rows, len(table.widths))
        for down in range(spot.cell.rows)
    }
    properties = _w(
        "tblPr",
        _w("tblStyle", val="TableGrid"),
        _w("tblW", w=sum(table.widths), type="dxa"),
        _w("tblLayout", type="fixed"),
    )
    grid = _w("tblGrid", *(_w("gridCol", w=width) for width in table.widths))
    rows = (
        _w(
            "tr",
            _w("trPr", _w("cantSplit"), *([_w("tblHeader")] if row < table.header_rows else [])),
            *(_cell(spots[row, column], row, table.widths) for column in sorted(c for r, c in spots if r == row)),
        )
        for row in range(len(table.rows))
    )
    return _w("tbl", properties, grid, *rows)


def _cell(spot: Placed, row: int, widths: Sequence[int]) -> str:
    """The cell on one of the rows it covers; below its first row it only continues, without a text."""
    cell = spot.cell
    properties = [_w("tcW", w=sum(widths[spot.column : spot.column + cell.columns]), type="dxa")]
    if cell.columns > 1:
        properties.append(_w("gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(_w("vMerge", val="restart" if row == spot.row else "continue"))
    if cell.shaded:
        properties.append(_w("shd", val="clear", color="auto", fill=SHADE))
    properties.append(_w("vAlign", val="center"))
    lines = cell.text.split("\n") if row == spot.row else [""]
    return _w(
        "tc",
        _w("tcPr", *properties),
        *(_paragraph(line, "Cell", align=cell.align, bold=cell.bold, italic=cell.italic) for line in lines),
    )


def _paragraph(
    text: str,
    style: str,
    *,
    align: str = "left",
    bold: bool = False,
    italic: bool = False,
    on_new_page: bool = False,
) -> str:
    if style not in STYLES:
        raise ValueError(f"A paragraph has the style '{style}'; these are known: {', '.join(STYLES)}.")
    properties = [] if style == "Normal" else [_w("pStyle", val=style)]
    if on_new_page:
        properties.append(_w("pageBreakBefore"))
    if align != "left":
        properties.append(_w("jc", val=align))
    face = [_w(name) for name, wanted in (("b", bold), ("i", italic)) if wanted]
    run = [_w("rPr", *face)] if face else []
    run.append(f'<w:t xml:space="preserve">{escape(text)}</w:t>')
    return _w("p", *([_w("pPr", *properties)] if properties else []), *([_w("r", *run)] if text else []))


def _w(name: str, *content: str, **attributes: str | int) -> str:
    """An element of WordprocessingML."""
    written = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<w:{name}{written}>{''.join(content)}</w:{name}>"


def _styles() -> str:
    fonts = _w("rFonts", ascii="Arial", hAnsi="Arial", cs="Arial")
    defaults = _w(
        "docDefaults",
        _w("rPrDefault", _w("rPr", fonts, _w("sz", val=20), _w("lang", val="es"))),
        _w("pPrDefault", _w("pPr", _w("spacing", before=0, after=120))),
    )
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (_w(edge, val="single", sz=4, space=0, color="auto") for edge in edges)
    margins = (_w(edge, w=70, type="dxa") for edge in ("left", "right"))
    table = _w(
        "style",
        _w("name", val="Table Grid"),
        _w("tblPr", _w("tblBorders", *borders), _w("tblCellMar", *margins)),
        type="table",
        styleId="TableGrid",
    )
    styles = (
        defaults,
        _w("style", _w("name", val="Normal"), type="paragraph", default=1, styleId="Normal"),
        *_heading_styles(),
        _style("Cell", "Table Cell", _w("spacing", before=0, after=0), _w("sz", val=16)),
        table,
    )
    return f'<w:styles xmlns:w="{_WORD}">{"".join(styles)}</w:styles>'


def _heading_styles() -> Iterator[str]:
    headings = (("Title", "Title", 30, "center"), ("Heading1", "heading 1", 24, "left"))
    for level, (style, name, size, align) in enumerate((*headings, ("Heading2", "heading 2", 21, "left"))):
        outline = [_w("outlineLvl", val=level - 1)] if level else []
        spacing = _w("spacing", before=160, after=120)
        paragraph = "".join((_w("keepNext"), spacing, _w("jc", val=align), *outline))
        yield _style(style, name, paragraph, _w("b") + _w("sz", val=size))


def _style(identifier: str, name: str, paragraph: str, run: str) -> str:
    return _w(
        "style",
        _w("name", val=name),
        _w("basedOn", val="Normal"),
        _w("pPr", paragraph),
        _w("rPr", run),
        type="paragraph",
        styleId=identifier,
    )


def _properties(document: Document) -> str:
    stamps = ""
    if document.dated:
        moment = f"{document.dated:%Y-%m-%dT%H:%M:%SZ}"
        for name in ("created", "modified"):
            stamps += f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title>"
        "<dc:subject>Compuesto de nuevo a partir de las cifras publicadas</dc:subject>"
        f"{stamps}</cp:coreProperties>"
    )


def _content_types() -> str:
    parts = {
        "/word/document.xml": f"{_CONTENT}.document.main+xml",
        "/word/styles.xml": f"{_CONTENT}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    overrides = "".join(f'<Override PartName="{name}" ContentType="{type_}"/>' for name, type_ in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _file_relations() -> str:
    return _relations(
        (f"{_OFFICE_RELATION}/officeDocument", "word/document.xml"), (_CORE_RELATION, "docProps/core.xml")
    )


def _document_relations() -> str:
    return _relations((f"{_OFFICE_RELATION}/styles", "styles.xml"))


def _relations(*targets: tuple[str, str]) -> str:
    written = "".join(
        f'<Relationship Id="rId{number}" Type="{type_}" Target="{target}"/>'
        for number, (type_, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{written}</Relationships>'
