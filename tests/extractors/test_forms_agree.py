"""One publication in several forms gives the same rows: text as received, PDF and workbook."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from extractors import extraction
from extractors.extraction import extract
from extractors.spec import load_sources
from tests.extractors.beside import DOCUMENTS, SEEDS, filings, needs_filings, needs_seeds, seed
from tests.extractors.conftest import Place
from tests.publications.build import ADUANAS_2021_01, ISSEG_2020
from tests.publications.printed_figures import Publication, load_indicator_results, load_siafi

MX, HN = "mx_gto_cuenta_publica", "hn_siafi_productos"
ISSEG_PDF, ISSEG_XLSX = (f"{MX}/{ISSEG_2020}{ending}" for ending in (".pdf", ".xlsx"))
ADUANAS_PDF = f"{HN}/{ADUANAS_2021_01}_r00824984.pdf"

Row = dict[str, str | None]


def values(place: Place, name: str, table: str) -> list[Row]:
    """Rows of a document in every declared column, filled values in place of the blanks they fill."""
    row = place.manifest()[name]
    columns = load_sources()[row["source_id"]].tables[table].columns
    found = []
    for leaf in place.rows(f"{row['source_id']}/{table}"):
        if leaf["document_sha256"] == row["document_sha256"]:
            filled = {column: leaf.get(f"{column}__filled") for column in columns}
            found.append({column: filled[column] or leaf[column] for column in columns})
    return found


def totals(place: Place, name: str, table: str) -> list[dict[str, Any]]:
    row = place.manifest()[name]
    kept = ("total_kind", "total_no", "first_row_seq", "last_row_seq", "approved_amount", "adjusted_amount")
    kept += (
        "accrued_amount",
        "execution_approved_pct",
        "execution_adjusted_pct",
        "assigned_amount",
        "in_force_amount",
    )
    return [
        {column: total[column] for column in kept if column in total}
        for total in place.rows(f"{row['source_id']}/{table}_totals")
        if total["document_sha256"] == row["document_sha256"]
    ]


def money(rows: list[Row], column: str) -> Decimal:
    return sum((Decimal((row[column] or "0").replace(",", "")) for row in rows), Decimal(0))


def figures(publication: Publication, pages: slice = slice(None)) -> list[Row]:
    """The data rows of a publication as its figures say them."""
    return [dict(row.cells) for page in publication.pages[pages] for row in page.rows if row.kind == "data"]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The publications of the repository and, where they are, the texts as received and other filings."""
    place = Place(tmp_path_factory.mktemp("forms"))
    for name in (ISSEG_PDF, ISSEG_XLSX, ADUANAS_PDF):
        place.put(name, DOCUMENTS / name)
    if SEEDS.is_dir():
        place.put(f"{MX}/seed.txt", seed("000"))
        place.put(f"{HN}/seed.txt", seed("004"))
    for pdf, workbook in filings(2018, 2019, 2020):
        quarter = f"{MX}/{pdf.parts[-3]}/7.3"
        place.put(f"{quarter}.pdf", pdf)
        place.put(f"{quarter}.xlsx", workbook)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "_run", lambda jobs, *rest: (extraction._read(job, *rest[:3]) for job in jobs))
        outcomes = extract(place.inbox, place.raw, place.archive).documents
    assert [(outcome.file_path, outcome.reason) for outcome in outcomes if outcome.action != "loaded"] == []
    yield place


class TestIndicatorResults:
    @pytest.mark.parametrize("name", [ISSEG_PDF, ISSEG_XLSX])
    def test_printed_forms_hold_the_figures(self, everything: Place, name: str) -> None:
        rows = values(everything, name, "indicator_results")
        assert rows == figures(load_indicator_results(ISSEG_2020))
        assert len({row["program_code"] for row in rows}) == len(rows) == 15
        assert money(rows, "accrued_amount") == Decimal("6758751766.74")
        assert money(rows, "approved_amount") == Decimal("7322661467.96")

    @needs_seeds
    def test_the_text_as_received_gives_the_same_rows(self, everything: Place) -> None:
        text = values(everything, f"{MX}/seed.txt", "indicator_results")
        assert text == values(everything, ISSEG_PDF, "indicator_results")
        assert text == values(everything, ISSEG_XLSX, "indicator_results")

    @needs_seeds
    def test_the_facts_around_the_table_are_the_same(self, everything: Place) -> None:
        facts = [
            {column: everything.manifest()[name][column] for column in row if column not in OF_THE_FILE}
            for row in [everything.manifest()[ISSEG_PDF]]
            for name in (ISSEG_PDF, ISSEG_XLSX, f"{MX}/seed.txt")
        ]
        assert facts[0] == facts[1] == facts[2]
        assert facts[0]["institution_name_raw"] == "INSTITUTO DE SEGURIDAD SOCIAL DEL ESTADO DE GUANAJUATO"
        assert (facts[0]["period_start_date"], facts[0]["period_end_date"]) == ("2020-01-01", "2020-12-31")

    def test_totals(self, everything: Place) -> None:
        # the first page's subtotal is printed; the second page's and the total are printed blank
        blank = dict.fromkeys(("approved_amount", "adjusted_amount", "accrued_amount"), "")
        blank |= dict.fromkeys(("execution_approved_pct", "execution_adjusted_pct"), "")
        found = totals(everything, ISSEG_PDF, "indicator_results")
        assert found == totals(everything, ISSEG_XLSX, "indicator_results")
        assert found == [
            {
                "total_kind": "subtotal",
                "total_no": 1,
                "first_row_seq": 1,
                "last_row_seq": 11,
                "approved_amount": "3,814,140,987.78",
                "adjusted_amount": "3,826,892,924.31",
                "accrued_amount": "3,570,750,461.33",
                "execution_approved_pct": "94%",
                "execution_adjusted_pct": "93%",
            },
            {"total_kind": "subtotal", "total_no": 2, "first_row_seq": 12, "last_row_seq": 15} | blank,
            {"total_kind": "total", "total_no": 1, "first_row_seq": 1, "last_row_seq": 15} | blank,
        ]


UP = {"36"}  # products and activities filled with the code below them
OF_THE_FILE = {
    "document_sha256",
    "file_path",
    "publication",
    "format",
    "file_bytes",
    "page_count",
    "first_seen",
}


class TestSiafi:
    @pytest.mark.parametrize(
        ("table", "pages", "count", "assigned"),
        [("products", slice(0, 3), 22, "50773837.00"), ("activities", slice(3, 8), 51, "49991864.00")],
    )
    def test_the_pdf_holds_the_figures(
        self, everything: Place, table: str, pages: slice, count: int, assigned: str
    ) -> None:
        rows = values(everything, ADUANAS_PDF, table)
        assert rows == figures(load_siafi(ADUANAS_2021_01), pages)
        assert len(rows) == count
        assert money(rows, "assigned_amount") == Decimal(assigned)
        (total,) = totals(everything, ADUANAS_PDF, table)
        assert Decimal(total["assigned_amount"].replace(",", "")) == Decimal(assigned)
        assert (total["first_row_seq"], total["last_row_seq"]) == (1, count)

    @needs_seeds
    @pytest.mark.parametrize("table", ["products", "activities"])
    def test_the_text_as_received_gives_the_same_rows(self, everything: Place, table: str) -> None:
        text, printed = (values(everything, name, table) for name in (f"{HN}/seed.txt", ADUANAS_PDF))
        assert text == printed
        assert totals(everything, f"{HN}/seed.txt", table) == totals(everything, ADUANAS_PDF, table)

    @needs_seeds
    def test_the_blanks_of_the_text_are_filled_with_a_reason(self, everything: Place) -> None:
        sha256 = everything.manifest()[f"{HN}/seed.txt"]["document_sha256"]
        filled = {
            row["product_name"].partition("-")[0]: (
                row["category_code__filled"],
                row["category_code__fill_reason"],
            )
            for table in ("products", "activities")
            for row in everything.rows(f"{HN}/{table}")
            if row["document_sha256"] == sha256 and row["category_code"] == ""
        }
        assert {product: code for product, (code, _) in filled.items()} == {
            "51": "11-02-000-000",
            "63": "11-02-000-000",
            "32": "11-02-000-001",
            "36": "11-02-000-002",
            "48": "11-02-000-002",
            "52": "11-02-000-002",
            "53": "11-02-000-002",
            "56": "11-02-000-002",
        }
        # 36 carries the money of its category; the ones below it, up to the next printed code, belong to it
        assert {product for product, (_, reason) in filled.items() if reason.startswith("filled up")} == UP

    @needs_seeds
    def test_the_facts_around_the_tables(self, everything: Place) -> None:
        for name in (ADUANAS_PDF, f"{HN}/seed.txt"):
            row = everything.manifest()[name]
            assert (row["institution_name_raw"], row["institution_is_inferred"]) == (
                "ADMINISTRACIÓN ADUANERA DE HONDURAS",
                True,
            )
            assert (row["report_code_raw"], row["period_raw"]) == ("R00824984", "PERIODO: ENERO GESTION:2021")
            assert (row["period_start_date"], row["period_end_date"]) == ("2021-01-01", "2021-01-31")

    @needs_seeds
    def test_the_total_label_that_ocr_broke_in_two_is_kept_as_it_is(self, everything: Place) -> None:
        sha256 = everything.manifest()[f"{HN}/seed.txt"]["document_sha256"]
        labels = [
            row["label_raw"]
            for table in ("products", "activities")
            for row in everything.rows(f"{HN}/{table}_totals")
            if row["document_sha256"] == sha256
        ]
        assert labels == ["тот AL:", "TOT AL:"]


THIRD_QUARTER_2020 = {
    # read off the printed form
    "goal_programmed": ["31.3", "11.11", "4.3"],
    "goal_adjusted": ["", "", ""],
    "goal_achieved": ["", "", ""],
    "achievement_programmed_pct": ["0.0", "0.0", "0.0"],
    "approved_amount": ["204,699,949.36", "97,145,738.68", "45,103,378.67"],
    "adjusted_amount": ["215,638,858.12", "102,337,085.21", "47,513,646.71"],
    "accrued_amount": ["111,681,084.81", "53,001,192.79", "24,607,696.65"],
    "execution_approved_pct": ["0.55", "0.55", "0.55"],
}


QUARTERS = [pdf.parts[-3] for pdf, _ in filings(2019, 2020)]


@needs_filings
class TestFilingsOfAnotherInstitute:
    def test_there_are_seven_quarters(self) -> None:
        assert len(QUARTERS) == 7

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_pdf_and_workbook_agree_cell_for_cell(self, everything: Place, quarter: str) -> None:
        pdf, workbook = (
            values(everything, f"{MX}/{quarter}/7.3{ending}", "indicator_results") for ending in (".pdf", ".xlsx")
        )
        assert len(pdf) == len(workbook) == 3
        columns = load_sources()[MX].tables["indicator_results"].columns
        for printed, stored in zip(pdf, workbook, strict=True):
            for name, column in columns.items():
                one, other = printed[name], stored[name]
                if column.kind == "text":
                    # narrow cells of the PDF break words, so white space in wrapped labels is no content
                    one, other = ("".join((text or "").split()) for text in (one, other))
                assert one == other, name
        assert {row["program_code"] for row in pdf} == {"E024"}
        assert {row["unit_code"] for row in pdf} == {"3035"}

    @pytest.mark.parametrize("quarter", QUARTERS)
    def test_totals_agree(self, everything: Place, quarter: str) -> None:
        pdf, workbook = (
            totals(everything, f"{MX}/{quarter}/7.3{ending}", "indicator_results") for ending in (".pdf", ".xlsx")
        )
        assert pdf == workbook
        assert [total["total_kind"] for total in pdf] == ["total"]

    @pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
    def test_the_third_quarter_of_2020(self, everything: Place, ending: str) -> None:
        name = f"{MX}/3er-trimestre-2020/7.3{ending}"
        rows = values(everything, name, "indicator_results")
        assert {column: [row[column] for row in rows] for column in THIRD_QUARTER_2020} == THIRD_QUARTER_2020
        (total,) = totals(everything, name, "indicator_results")
        assert [total[f"{phase}_amount"] for phase in ("approved", "adjusted", "accrued")] == [
            "346,949,066.72",
            "365,489,590.04",
            "189,289,974.26",
        ]
        # the sums of the ratios above, as the form prints them
        assert (total["execution_approved_pct"], total["execution_adjusted_pct"]) == ("1.64", "1.55")

    def test_filings_of_2018_whose_rows_have_no_rule_between_them(self, everything: Place) -> None:
        for pdf, _ in filings(2018):
            forms = [
                values(everything, f"{MX}/{pdf.parts[-3]}/7.3{ending}", "indicator_results")
                for ending in (".pdf", ".xlsx")
            ]
            assert [len(rows) for rows in forms] == [2, 2]
            for column in ("program_code", "approved_amount", "adjusted_amount", "accrued_amount"):
                assert [row[column] for row in forms[0]] == [row[column] for row in forms[1]]
