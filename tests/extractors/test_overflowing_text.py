"""Text that does not fit into its cell, printed over the edge or hidden behind the next cell; and text in white."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from extractors.table import TextLine
from tests.extractors.drawn_pdf import Drawing, draw, marked, only_table, read_alike, ruled, texts, together


def table(*more: Drawing, rows: Sequence[Sequence[str]] = (("Concepto", "Monto"), ("", "1.00"))) -> Drawing:
    return together(ruled(rows, widths=(60, 80)), *more)


def text(words: str, x: float, y: float, mark: int | None = None, grey: float = 0.0) -> Drawing:
    """A text drawn in one go, with the number of a tagged page."""

    def drawing(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.setFillGray(grey)
        marked(canvas, mark, x, y, words)
        canvas.setFillGray(0)

    return drawing


def cells(path: Path, *drawings: Drawing) -> list[list[str | None]]:
    return texts(only_table(read_alike(draw(path / "x.pdf", together(*drawings)))))


def test_a_word_over_the_edge_stays_in_one_cell(tmp_path: Path) -> None:
    # the cell ends at 100, the word at about 106
    assert cells(tmp_path, table(text("Especialidades", 43, 222)))[1] == ["Especialidades", "1.00"]


def test_words_over_the_edge_of_a_tagged_page_stay_in_one_cell(tmp_path: Path) -> None:
    found = cells(tmp_path, table(text("Salas de los de allá", 43, 222, mark=1)))
    assert found[1] == ["Salas de los de allá", "1.00"]


def test_two_cells_whose_texts_touch_stay_two(tmp_path: Path) -> None:
    # the first ends where the second begins
    found = cells(
        tmp_path,
        ruled([["A", "B"], ["", ""]], widths=(60, 80)),
        text("Especiales", 58, 222, mark=1),
        text("Otras", 101, 222, mark=2),
    )
    assert found[1] == ["Especiales", "Otras"]


def test_a_line_that_its_cell_cuts_off_goes_back_to_the_others_of_its_mark(tmp_path: Path) -> None:
    # the third line of the header lies, unseen, over the code of the row below
    header = (text("Clave del", 43, 240, mark=1), text("Proyecto", 43, 231, mark=1))
    found = cells(
        tmp_path,
        ruled([["", "Monto"], ["", "1.00"]], widths=(60, 80)),
        *header,
        text("G1025", 48, 229.5, mark=2),
    )
    assert found == [["Clave del Proyecto", "Monto"], ["G1025", "1.00"]]


def test_a_text_drawn_again_under_another_mark_is_read_once(tmp_path: Path) -> None:
    twice = (text("NO APLICA", 43, 222, mark=1), text("NO APLICA", 43.3, 222, mark=2))
    assert cells(tmp_path, table(*twice))[1] == ["NO APLICA", "1.00"]


class TestWhite:
    def test_on_paper_it_is_not_there(self, tmp_path: Path) -> None:
        assert cells(tmp_path, table(text("51", 43, 222, grey=1)))[1] == ["", "1.00"]

    def test_on_a_dark_cell_it_is(self, tmp_path: Path) -> None:
        def dark(canvas: Canvas) -> None:
            canvas.setFillGray(0.2)
            canvas.rect(41, 217, 58, 15, stroke=0, fill=1)

        assert cells(tmp_path, dark, table(text("51", 43, 222, grey=1)))[1] == ["51", "1.00"]

    def test_on_one_of_several_boxes_of_a_path_it_is(self, tmp_path: Path) -> None:
        def dark(canvas: Canvas) -> None:
            canvas.setFillGray(0.2)
            path = canvas.beginPath()
            path.rect(41, 217, 58, 15)
            path.rect(300, 20, 20, 20)
            canvas.drawPath(path, stroke=0, fill=1)

        found = read_alike(
            draw(
                tmp_path / "x.pdf",
                together(
                    dark, table(text("51", 43, 222, grey=1)), text("no", 200, 100, grey=1), text("sí", 302, 25, grey=1)
                ),
            )
        )
        assert texts(only_table(found))[1] == ["51", "1.00"]
        assert [item.text for item in found[0].items if isinstance(item, TextLine)] == ["sí"]
