"""Ruled pages to cells: drawn documents, each with one difficulty, read alike by both back ends."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import UnreadableDocument
from extractors.readers.scan import engine
from extractors.table import TextLine
from tests.extractors.drawn_pdf import (
    HEIGHT,
    WIDTH,
    draw,
    line,
    only_table,
    read,
    read_alike,
    ruled,
    seen,
    texts,
    together,
)

ROWS = [["Clave", "Programa", "Monto"], ["A001", "Salas de cera", "1,234.56"], ["A002", "", "-0.50"]]


def picture(x: float, y: float, width: float, height: float):
    def drawing(canvas: Canvas) -> None:
        data = BytesIO()
        Image.new("L", (8, 8), 128).save(data, "PNG")
        data.seek(0)
        canvas.drawImage(ImageReader(data), x, y, width, height)

    return drawing


def test_cells_and_lines_in_reading_order(tmp_path: Path) -> None:
    file = draw(tmp_path / "x.pdf", together(line("Título"), ruled(ROWS), line("Nota al pie", y=40)))
    (page,) = read_alike(file)
    assert [item.text if isinstance(item, TextLine) else "table" for item in page.items] == [
        "Título",
        "table",
        "Nota al pie",
    ]
    table = only_table([page])
    assert texts(table) == ROWS
    assert (table.page_width, table.page_height) == (WIDTH, HEIGHT)
    # the second cell of the second row: 110 points right of x = 40, one row of 17 points below the top at 50
    assert table.rows[1][1].bbox == pytest.approx((150, 67, 260, 84), abs=0.5)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_displayed(tmp_path: Path, rotation: int) -> None:
    drawing = together(line("Título arriba"), ruled(ROWS))
    upright = draw(tmp_path / "upright.pdf", drawing)
    turned = draw(tmp_path / "turned.pdf", drawing, rotation=rotation)
    assert seen(read_alike(turned)) == seen(read(upright))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_places_are_those_of_the_displayed_page_where_it_is_cropped(tmp_path: Path, rotation: int) -> None:
    drawing = together(line("Título arriba"), ruled(ROWS))

    def cropped(canvas: Canvas) -> None:
        # cut 30 left, 10 bottom, 20 right, 12 top of the page as displayed upright
        margins = (30, 10, 20, 12)
        cut = {0: margins, 90: (12, 30, 10, 20), 180: (20, 12, 30, 10), 270: (10, 20, 12, 30)}[rotation]
        width, height = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
        canvas.setCropBox((cut[0], cut[1], width - cut[2], height - cut[3]))
        drawing(canvas)

    (page,) = read_alike(draw(tmp_path / "x.pdf", cropped, rotation=rotation))
    table = only_table([page])
    assert (table.page_width, table.page_height) == pytest.approx((WIDTH - 50, HEIGHT - 22))
    assert table.rows[1][1].bbox == pytest.approx((120, 55, 230, 72), abs=0.5)


def test_a_page_whose_box_does_not_begin_at_zero(tmp_path: Path) -> None:
    file = draw(tmp_path / "x.pdf", together(line("Título"), ruled(ROWS)))
    data = file.read_bytes()
    moved = data.replace(b"/MediaBox [ 0 0 420 300 ]", b"/MediaBox [ 9 7 420 300 ]")
    assert moved != data
    file.write_bytes(moved)
    table = only_table(read_alike(file))
    assert texts(table) == ROWS
    assert table.rows[0][0].bbox == pytest.approx((31, 50, 141, 67), abs=0.5)


def test_two_tables_side_by_side_lend_each_other_no_lines(tmp_path: Path) -> None:
    left = ruled([["Mes", "Monto"], ["Enero", "10"], ["Febrero", "20"]], x=30, widths=(60, 60))
    right = ruled([["Año", "Meta", "Real"], ["2020", "5\ncinco", "4"]], x=200, widths=(50, 50, 50))
    (page,) = read_alike(draw(tmp_path / "x.pdf", together(left, right)))
    one, other = page.tables
    assert texts(one) == [["Mes", "Monto"], ["Enero", "10"], ["Febrero", "20"]]
    assert texts(other) == [["Año", "Meta", "Real"], ["2020", "5 cinco", "4"]]
    assert (one.table_no, other.table_no) == (1, 2)


def test_merged_blank_and_missing_are_three_things(tmp_path: Path) -> None:
    rows = [["METAS", None, "Nota"], ["Plan", "Real", ""], ["10", "9", "ok"]]
    table = only_table(read_alike(draw(tmp_path / "x.pdf", ruled(rows))))
    top = table.rows[0]
    assert (top[0].text, top[0].col_span) == ("METAS", 2)
    assert (top[1].text, top[1].owner, top[1].bbox) == (None, (1, 1), None)
    blank = table.rows[1][2]
    assert (blank.text, blank.owner, blank.is_blank) == ("", None, True)


def test_a_cell_over_two_rows(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for x, y, width, height, text in [
            (40, 200, 80, 40, "Eje"),
            (120, 220, 160, 20, "METAS"),
            (120, 200, 80, 20, "Plan"),
            (200, 200, 80, 20, "Real"),
        ]:
            canvas.rect(x, y, width, height)
            canvas.drawString(x + 3, y + 6, text)

    table = only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))
    assert texts(table) == [["Eje", "METAS", None], [None, "Plan", "Real"]]
    assert (table.rows[0][0].row_span, table.rows[1][0].owner) == (2, (1, 1))


def test_a_last_row_that_the_page_leaves_open(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        ruled([["Mes", "Monto", "Nota"], ["Enero", "10", "ok"]], widths=(80, 80, 80))(canvas)
        for x in (40, 120, 200, 280):
            canvas.line(x, 216, x, 196)
        canvas.drawString(43, 204, "Febrero")
        canvas.drawString(123, 204, "20")

    table = only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))
    assert texts(table) == [["Mes", "Monto", "Nota"], ["Enero", "10", "ok"], ["Febrero", "20", ""]]
    assert {cell.flags for cell in table.rows[-1]} == {("open_below",)}
    assert {cell.flags for row in table.rows[:-1] for cell in row} == {()}


def test_column_lines_drawn_a_little_too_long_make_no_row(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        ruled([["Mes", "Monto", "Nota"], ["Enero", "10", "ok"]], widths=(80, 80, 80))(canvas)
        for x in (40, 120, 200, 280):
            canvas.line(x, 216, x, 211)

    assert len(only_table(read_alike(draw(tmp_path / "x.pdf", drawing))).rows) == 2


def test_a_word_broken_by_a_narrow_cell_is_made_whole_where_the_page_prints_it_whole(tmp_path: Path) -> None:
    rows = [["Denominació\nn", "Salas\nde cera", "Programad\na"], ["1", "2", "3"]]
    page = together(line("Denominación de la meta Programada"), ruled(rows))
    table = only_table(read_alike(draw(tmp_path / "x.pdf", page)))
    assert texts(table)[0] == ["Denominación", "Salas de cera", "Programada"]
    alone = only_table(read_alike(draw(tmp_path / "y.pdf", ruled(rows))))
    assert texts(alone)[0] == ["Denominació n", "Salas de cera", "Programad a"]


def test_padding_spaces_printed_over_the_digits(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        ruled([["Monto", "Nota"], ["1,250.00", "dos palabras"]])(canvas)
        # the accounting format fills the cell with spaces, which the printer sets over the number
        for step in range(0, 36, 2):
            canvas.drawString(43 + step, 222, " ")

    table = only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))
    assert texts(table)[1] == ["1,250.00", "dos palabras"]


@pytest.mark.parametrize("offset", [0.0, 0.1, 0.25, 0.4, 0.6, 0.9])
def test_bold_printed_as_two_strokes_is_one_text(tmp_path: Path, offset: float) -> None:
    rows = [["Total", "11,223.00"], ["ll", "1,111,111.11"]]

    def drawing(canvas: Canvas) -> None:
        ruled(rows)(canvas)
        canvas.translate(offset, -offset / 2)
        ruled(rows)(canvas)

    # the rules of both strokes are one rule as well
    assert texts(only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))) == rows


def test_small_type_keeps_its_equal_neighbours(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        ruled([["", ""], ["", ""]])(canvas)
        canvas.setFont("Helvetica", 3)
        canvas.drawString(43, 240, "Willl 1,111.11")

    assert texts(only_table(read_alike(draw(tmp_path / "x.pdf", drawing))))[0] == ["Willl 1,111.11", ""]


def test_a_table_drawn_in_a_form_object(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        canvas.beginForm("table", lowerx=0, lowery=0, upperx=WIDTH, uppery=HEIGHT)
        ruled(ROWS, x=0, top=200)(canvas)
        canvas.endForm()
        canvas.translate(40, 50)
        canvas.doForm("table")

    table = only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))
    assert texts(table) == ROWS
    assert table.rows[1][1].bbox == pytest.approx((150, 67, 260, 84), abs=0.5)


def test_all_rules_drawn_as_one_path(tmp_path: Path) -> None:
    rows = [[f"{row}.{column}" for column in range(10)] for row in range(12)]

    def drawing(canvas: Canvas) -> None:
        path = canvas.beginPath()
        canvas.setFont("Helvetica", 6)
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                path.rect(20 + 38 * x, 270 - 20 * y, 38, 20)
                canvas.drawString(22 + 38 * x, 276 - 20 * y, text)
        canvas.drawPath(path)  # 120 boxes: 600 segments

    assert texts(only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))) == rows


def test_rules_drawn_as_thin_filled_boxes(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        for y in (200, 220, 240):
            canvas.rect(40, y - 0.25, 200, 0.5, stroke=0, fill=1)
        for x in (40, 140, 240):
            canvas.rect(x - 0.25, 200, 0.5, 40, stroke=0, fill=1)
        for x, y, text in [(43, 226, "a"), (143, 226, "b"), (43, 206, "1"), (143, 206, "2")]:
            canvas.drawString(x, y, text)

    assert texts(only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))) == [["a", "b"], ["1", "2"]]


def test_a_drawing_of_many_lines_is_no_table(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.moveTo(60, 100)
        for step in range(500):
            path.lineTo(60 + step % 50 * 5, 100 + step % 37 * 4)
        canvas.drawPath(path)
        line("Firma del titular")(canvas)

    (page,) = read(draw(tmp_path / "x.pdf", drawing))
    assert [item.text for item in page.items if isinstance(item, TextLine)] == ["Firma del titular"]
    assert list(page.tables) == []


def test_a_box_inside_a_cell_is_decoration(tmp_path: Path) -> None:
    def drawing(canvas: Canvas) -> None:
        ruled([["Sí", "No", "Nota"], ["\n\n", "", ""]])(canvas)
        for x in (60, 70):
            for y in (210, 216):
                canvas.rect(x, y, 10, 6)

    assert texts(only_table(read_alike(draw(tmp_path / "x.pdf", drawing)))) == [
        ["Sí", "No", "Nota"],
        ["", "", ""],
    ]


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that would go to OCR are refused, which says that they would."""
    monkeypatch.setattr(engine, "_PACKAGES", ("no_such_engine",))


def test_a_page_that_is_picture_goes_to_ocr_and_a_logo_does_not(tmp_path: Path, no_engine: None) -> None:
    scan = draw(tmp_path / "scan.pdf", together(line("Título"), ruled(ROWS)), picture(5, 5, 410, 290))
    for backend in ("pdfium", "pdfplumber"):
        with pytest.raises(UnreadableDocument, match="it is scanned, and the OCR engine is not installed"):
            read(scan, backend)
    cover = draw(tmp_path / "cover.pdf", together(picture(20, 220, 60, 60), line("Anexo")), ruled(ROWS))
    assert texts(only_table(read_alike(cover))) == ROWS


def test_a_scan_inside_a_form_object_is_a_scan(tmp_path: Path, no_engine: None) -> None:
    def drawing(canvas: Canvas) -> None:
        canvas.beginForm("scan", lowerx=0, lowery=0, upperx=WIDTH, uppery=HEIGHT)
        picture(5, 5, 410, 290)(canvas)
        canvas.endForm()
        canvas.doForm("scan")

    with pytest.raises(UnreadableDocument, match="it is scanned"):
        read(draw(tmp_path / "x.pdf", drawing))


def test_a_document_of_blank_pages(tmp_path: Path) -> None:
    pages = read_alike(draw(tmp_path / "x.pdf", lambda canvas: None, lambda canvas: None))
    assert [(page.number, page.items) for page in pages] == [(1, ()), (2, ())]
