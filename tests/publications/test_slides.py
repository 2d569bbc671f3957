"""The slides: every cell against the text as received, and every share and ratio worked out again."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pdfplumber
import pytest
from pdfplumber.page import Page as PrintedPage

from tests.publications.build import DIPRES_2011, DOCUMENTS
from tests.publications.printed_figures import Page, load_slides
from tests.publications.received_text import slides_text
from tests.publications.texts_as_received import received

SLIDES = load_slides(DIPRES_2011)
TITLE, COUNTS, *RATIOS = SLIDES.pages
FILE = DOCUMENTS / "cl_dipres_indicadores" / f"{DIPRES_2011}.pdf"
COUNT_KEYS = ("total_count", "result_count", "output_count", "process_count")
YEARS = ("year_2008", "year_2009", "year_2010", "year_2011", "year_2012")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1), ROUND_HALF_UP)


def figures(page: Page, keys: tuple[str, ...], kind: str = "data") -> list[list[Decimal]]:
    rows = [row for row in page.rows if row.kind == kind]
    return [[Decimal(row.cells[key].rstrip("% ")) for key in keys] for row in rows]


class TestAgainstTheTextAsReceived:
    def test_all_tables_to_the_letter(self) -> None:
        prose, tables = received("003").split("www.gob.cl\n\n")
        assert "\t" not in prose
        first = "\n".join(line for (line,) in TITLE.heading)
        assert slides_text(SLIDES) == f"{first}\n\n\n\n{tables.rstrip()}"

    def test_the_title_slide_is_the_first_one_without_its_authors(self) -> None:
        lines = received("003").partition("1. Presupuesto Basado")[0].splitlines()
        at = [lines.index(line) for (line,) in TITLE.heading]
        assert at == sorted(at)

    def test_only_this_header_was_broken_by_its_column(self) -> None:
        changed = [page.received.labels for page in SLIDES.pages if page.received.labels]
        assert changed == [{"year_2011": "2011 Estima do"}] * 2


class TestCountedByHand:
    def test_rows(self) -> None:
        assert [[row.kind for row in page.rows] for page in SLIDES.pages] == [
            [],
            ["data", "data", "data", "data", "total", "share"],
            ["section", "data", "data", "data"],
            ["section", "data", "data", "data"],
        ]

    def test_figures(self) -> None:
        cells = {
            page.heading[0][0]: [
                text for row in page.rows for key, text in row.cells.items() if key in COUNT_KEYS + YEARS and text
            ]
            for page in SLIDES.pages[1:]
        }
        # 4 products, total and share by 4 columns; 3 rows by 5 years, twice
        assert {name: len(texts) for name, texts in cells.items()} == {
            "Gobierno Regional Antofagasta": 24,
            "Gobierno Regional Coquimbo": 15,
            "Gobierno Regional Bio Bio": 15,
        }
        assert sum(text.endswith("%") for texts in cells.values() for text in texts) == 4 + 5 + 5
        assert sum(text.endswith(" %") for texts in cells.values() for text in texts) == 5 + 2


class TestEverythingTies:
    def test_each_product_is_the_sum_of_its_areas_and_the_totals_of_their_columns(self) -> None:
        rows, (total,) = figures(COUNTS, COUNT_KEYS), figures(COUNTS, COUNT_KEYS, "total")
        assert all(whole == sum(areas) for whole, *areas in (*rows, total))
        assert total == [sum(column) for column in zip(*rows, strict=True)] == [8, 0, 6, 2]

    def test_shares_of_the_total(self) -> None:
        (total,), (share,) = figures(COUNTS, COUNT_KEYS, "total"), figures(COUNTS, COUNT_KEYS, "share")
        assert share == [count * 100 / total[0] for count in total] == [100, 0, 75, 25]

    @pytest.mark.parametrize(
        ("page", "unrounded"),
        [
            (RATIOS[0], ["71.03", "92.02", "93.24", "93.92", "95.42"]),
            (RATIOS[1], ["82.00", "94.40", "95.43", "100.00", "96.00"]),
        ],
    )
    def test_each_percentage_is_its_numerator_over_its_denominator(self, page: Page, unrounded: list[str]) -> None:
        printed, numerators, denominators = figures(page, YEARS)
        ratios = [n * 100 / d for n, d in zip(numerators, denominators, strict=True)]
        assert [str(ratio.quantize(Decimal("0.01"), ROUND_HALF_UP)) for ratio in ratios] == unrounded
        assert [rounded(ratio) for ratio in ratios] == printed

    def test_one_target_is_below_the_estimate_of_the_year_before_it(self) -> None:
        last = {page.heading[0][0]: figures(page, YEARS)[0][-2:] for page in RATIOS}
        assert last == {"Gobierno Regional Coquimbo": [94, 95], "Gobierno Regional Bio Bio": [100, 96]}


def printed_tables(slide: PrintedPage) -> list[list[list[str | None]]]:
    """The slide's tables; its coloured block looks like one, but holds no text."""
    return [table for table in slide.extract_tables() if any(cell for row in table for cell in row)]


class TestPrintedSlides:
    def test_every_cell_of_every_slide(self) -> None:
        with pdfplumber.open(FILE) as pdf:
            assert len(pdf.pages) == len(SLIDES.pages) == 4
            for printed, page in zip(pdf.pages, SLIDES.pages, strict=True):
                text = printed.extract_text()
                assert all(line in text for (line,) in page.heading)
                assert printed.width > printed.height
                tables = printed_tables(printed)
                assert len(tables) == bool(page.columns)
                for table in tables:
                    below = table[-len(page.rows) :]
                    for cells, row in zip(below, page.rows, strict=True):
                        shown = [cell.replace("\n", " ") for cell in cells if cell]
                        texts = [cell.replace("<i>", "").replace("</i>", "") for cell in row.texts(page.columns)]
                        assert shown == [cell for cell in texts if cell]

    def test_headers_and_merged_cells(self) -> None:
        with pdfplumber.open(FILE) as pdf:
            counts, coquimbo, bio_bio = (printed_tables(page)[0] for page in pdf.pages[1:])
        assert counts[:2] == [
            ["N°", "Producto Estratégico", "Número de Indicadores - Ámbitos de Control", None, None, None],
            [None, None, "Total", "Resultado", "Producto", "Proceso"],
        ]
        assert [row[1] for row in counts[-2:]] == [None, None]
        for table in (coquimbo, bio_bio):
            assert table[0] == ["Indicador", "2008", "2009", "2010", "2011\nEstimado", "2012 Meta"]
            assert table[1][1:] == [None] * 5

    def test_italics_are_those_of_the_text(self) -> None:
        with pdfplumber.open(FILE) as pdf:
            slanted = [
                "".join(c["text"] for c in page.chars if c["fontname"].endswith("Oblique")).replace(" ", "")
                for page in pdf.pages
            ]
        marked = [
            "".join(row.cells["indicator_name"] for row in page.rows if "<i>" in row.cells["indicator_name"])
            for page in RATIOS
        ]
        expected = [text.replace("<i>", "").replace("</i>", "").replace(" ", "") for text in marked]
        assert slanted == ["", "", *expected]
        assert [text.count("<i>") for text in marked] == [3, 1]
