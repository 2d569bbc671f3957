"""The picture of a printed cell shows that cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits
from extractors.readers.opening import open_document
from extractors.readers.page_image import cell_image
from extractors.table import BBox
from tests.extractors.beside import DOCUMENTS

FORM = DOCUMENTS / "mx_gto_cuenta_publica" / "isseg_2020_indicadores_de_resultados.pdf"
RED = (200, 30, 45)


def box_of(text: str) -> tuple[int, BBox]:
    """Page and box of the cell of the form that prints a text."""
    _, pages = open_document(FORM, Budget(Limits.from_environment()))
    cells = ((page.number, cell) for page in pages for table in page.tables for row in table.rows for cell in row)
    return next((number, cell.bbox) for number, cell in cells if cell.text == text and cell.bbox)


def test_the_cell_is_outlined_and_its_print_is_inside() -> None:
    page_no, box = box_of("58,839,363.56")
    picture = cell_image(FORM, page_no, box)
    red = [(x, y) for x in range(picture.width) for y in range(picture.height) if picture.getpixel((x, y)) == RED]
    left, right = min(x for x, _ in red), max(x for x, _ in red)
    top, bottom = min(y for _, y in red), max(y for _, y in red)
    # 180 dots per inch, 2.5 for each point
    assert abs((right - left) - 2.5 * (box[2] - box[0])) <= 2
    assert abs((bottom - top) - 2.5 * (box[3] - box[1])) <= 2
    inside = picture.crop((left + 5, top + 5, right - 5, bottom - 5)).convert("L")
    assert min(inside.tobytes()) < 60  # near black
    assert picture.width > right - left
    assert picture.height > bottom - top


def test_a_page_that_is_not_there() -> None:
    with pytest.raises(UnreadableDocument, match="has 2 pages; there is no page 3"):
        cell_image(FORM, 3, (0, 0, 10, 10))


def test_a_file_that_is_no_pdf(tmp_path: Path) -> None:
    letter = tmp_path / "carta.pdf"
    letter.write_text("Estimado señor:", "utf-8")
    with pytest.raises(UnreadableDocument, match=r"carta\.pdf does not open as a PDF"):
        cell_image(letter, 1, (0, 0, 10, 10))
