"""Raw tables: all text, the place of every value, each printed cell once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors import landing
from extractors.archive import sha256_of
from extractors.landing import ACCOUNTING, CELLS, DOCUMENTS, SCHEMA_FILE
from extractors.limits import Budget, Limits
from extractors.readers.opening import open_document
from extractors.spec import load_sources
from extractors.version import extractor_version
from tests.extractors.beside import DOCUMENTS as OWN_DOCUMENTS
from tests.extractors.conftest import Place
from tests.extractors.small_source import HEADER, ROWS, SOURCE_ID, report, report_text, spec, spending

Sources = Callable[..., Path]

ISSEG = "mx_gto_cuenta_publica/isseg_2020_indicadores_de_resultados"
ADUANAS = "hn_siafi_productos/aduanas_2021_01_r00824984"
OWN = {
    f"{ISSEG}.pdf": ["indicator_results"],
    f"{ISSEG}.xlsx": ["indicator_results"],
    f"{ADUANAS}.pdf": ["products", "activities"],
}


def schema(columns: str) -> list[str]:
    return columns.split()


class TestSchemas:
    """The columns that the staging models read, in order."""

    def test_documents(self) -> None:
        assert DOCUMENTS.names == schema(
            """document_sha256 source_id file_path publication format file_bytes publisher_name country_code
            currency_code language_code title institution_name_raw institution_is_inferred report_code_raw
            period_raw period_start_date period_end_date page_count first_seen status reason extractor_version
            spec_sha256 scan_reader reviews_sha256 held_under"""
        )

    def test_accounting(self) -> None:
        assert ACCOUNTING.names == schema(
            """document_sha256 source_id table_name segment_count pages_declared_raw reported_at_raw data_rows
            total_rows header_rows blank_rows ignored_rows mapped_columns ignored_columns notes"""
        )

    def test_cells(self) -> None:
        assert CELLS.names == schema(
            """document_sha256 source_id table_name segment_no page_no sheet_name table_no row_no col_no
            row_span col_span row_kind row_seq column_name text_raw native_value number_format x0 top x1
            bottom page_width page_height char_start char_end method confidence flags"""
        )

    def test_leaf_rows_and_totals(self) -> None:
        def filling(content: dict[str, Any]) -> None:
            spending(content)["columns"]["program_name"]["fill"] = {"direction": "down"}

        table = spec(filling).tables["spending"]
        place = schema("document_sha256 source_id table_name segment_no page_no sheet_name table_no row_no row_seq")
        printed = schema(
            """program_code program_name program_name__filled program_name__fill_reason planned_amount
            spent_amount method confidence extractor_version spec_sha256"""
        )
        scope = schema("total_kind label_raw total_no first_row_seq last_row_seq")
        place += ["record_no"]
        assert landing.leaf_schema(table).names == place + printed
        assert landing.totals_schema(table).names == place + scope + printed

    def test_everything_printed_is_text(self) -> None:
        for source in load_sources().values():
            for table in source.tables.values():
                for raw in (landing.leaf_schema(table), landing.totals_schema(table)):
                    assert {raw.field(name).type for name in table.columns} == {pa.string()}

    def test_every_folder_has_its_schema_before_any_document(self, place: Place) -> None:
        place.extract()
        for folder, expected in landing.folders(load_sources()).items():
            file = pq.read_table(place.raw / folder / SCHEMA_FILE)
            assert (file.schema.names, file.num_rows) == (expected.names, 0), folder


def test_rows_carry_their_whole_lineage(place: Place, sources: Sources) -> None:
    sha256 = sha256_of(place.put(f"{SOURCE_ID}/2021.txt", report()))
    place.extract()
    first, second = place.rows(f"{SOURCE_ID}/spending")
    assert first == {
        "document_sha256": sha256,
        "source_id": SOURCE_ID,
        "table_name": "spending",
        "segment_no": 1,
        "page_no": 1,
        "sheet_name": None,
        "table_no": 1,
        "row_no": 6,  # the line of the file: three of heading, a blank one, the header
        "row_seq": 1,
        "record_no": None,
        "program_code": "A001",
        "program_name": "Salas",
        "planned_amount": "1,000.00",
        "spent_amount": "900.50",
        "method": "digital",
        "confidence": None,
        "extractor_version": extractor_version(),
        "spec_sha256": load_sources()[SOURCE_ID].sha256,
    }
    assert (second["row_no"], second["row_seq"]) == (7, 2)


def test_the_manifest_says_what_a_document_is(place: Place, sources: Sources) -> None:
    file = place.put(f"{SOURCE_ID}/2021.txt", report())
    place.extract()
    (row,) = place.rows("documents")
    first_seen = row.pop("first_seen")
    assert first_seen.endswith("+00:00") and len(first_seen) == 25
    assert row == {
        "document_sha256": sha256_of(file),
        "source_id": SOURCE_ID,
        "file_path": f"{SOURCE_ID}/2021.txt",
        "publication": f"{SOURCE_ID}/2021",
        "format": "text",
        "file_bytes": file.stat().st_size,
        "publisher_name": "The office",
        "country_code": "MX",
        "currency_code": "MXN",
        "language_code": "es",
        "title": "INFORME DE GASTO",
        "institution_name_raw": "Museo de Cera",
        "institution_is_inferred": False,
        "report_code_raw": None,
        "period_raw": "Año: 2021",
        "period_start_date": "2021-01-01",
        "period_end_date": "2021-12-31",
        "page_count": 1,
        "status": "loaded",
        "reason": None,
        "extractor_version": extractor_version(),
        "spec_sha256": load_sources()[SOURCE_ID].sha256,
        "scan_reader": None,
        "reviews_sha256": None,
        "held_under": None,
    }


def test_blank_and_not_on_the_page_are_two_things(place: Place, sources: Sources) -> None:
    def optional(content: dict[str, Any]) -> None:
        spending(content)["columns"]["planned_amount"]["optional"] = True

    sources(optional)
    place.put(f"{SOURCE_ID}/blank.txt", report_text(HEADER, ["A001", "Salas", "", "1"]))
    place.put(f"{SOURCE_ID}/missing.txt", report_text(["Clave", "Programa", "Gastado"], ["A001", "Salas", "1"]))
    place.extract()
    blank, missing = (place.manifest()[f"{SOURCE_ID}/{name}.txt"]["document_sha256"] for name in ("blank", "missing"))
    printed = {row["document_sha256"]: row["planned_amount"] for row in place.rows(f"{SOURCE_ID}/spending")}
    assert printed == {blank: "", missing: None}


def test_totals_say_which_rows_they_cover(place: Place, sources: Sources) -> None:
    rows = [
        *ROWS,
        ["Subtotal", "", "1,250.00", ""],
        ["A003", "Luz", "1", "2"],
        ["Sub-", "total", "1", "2"],
        ["Total", "", "", "1,152.50"],
    ]
    place.put(f"{SOURCE_ID}/2021.txt", report_text(HEADER, *rows))
    place.extract()
    totals = place.rows(f"{SOURCE_ID}/spending_totals")
    keys = (
        "row_seq",
        "total_kind",
        "label_raw",
        "total_no",
        "first_row_seq",
        "last_row_seq",
        "planned_amount",
    )
    assert [tuple(row[key] for key in keys) for row in totals] == [
        (1, "subtotal", "Subtotal", 1, 1, 2, "1,250.00"),
        (2, "subtotal", "Sub- total", 2, 3, 3, "1"),
        (3, "total", "Total", 1, 1, 3, ""),
    ]
    # the label is no value of the column it happens to stand in
    assert [row["program_code"] for row in totals] == [None, None, None]
    assert [row["program_name"] for row in totals] == ["", None, ""]


def test_filled_values_stand_beside_the_printed_blank(place: Place, sources: Sources) -> None:
    def filling(content: dict[str, Any]) -> None:
        spending(content)["columns"]["program_code"]["fill"] = {
            "direction": "down",
            "opens_group_when_nonzero": "spent_amount",
        }

    sources(filling)
    rows = [
        ["A001", "Salas", "1", "1"],
        ["", "Cera", "1", "0.00"],
        ["", "Luz", "2", "3"],
        ["A002", "Sol", "1", "0.00"],
    ]
    place.put(f"{SOURCE_ID}/2021.txt", report_text(HEADER, *rows))
    place.extract()
    keys = ("program_code", "program_code__filled", "program_code__fill_reason")
    assert [tuple(row[key] for key in keys) for row in place.rows(f"{SOURCE_ID}/spending")] == [
        ("A001", None, None),
        ("", "A001", "filled down: blank repeats the value printed above"),
        ("", "A002", "filled up: the row carries an amount, so it opens the group of the next printed value"),
        ("A002", None, None),
    ]


def test_a_fill_with_nothing_to_fill_from_quarantines_the_document(place: Place, sources: Sources) -> None:
    def filling(content: dict[str, Any]) -> None:
        spending(content)["columns"]["program_code"]["fill"] = {"direction": "down"}

    sources(filling)
    place.put(f"{SOURCE_ID}/2021.txt", report_text(HEADER, ["", "Cera", "1", "1"], ["A001", "Salas", "1", "1"]))
    assert place.outcomes()[f"{SOURCE_ID}/2021.txt"].reason == (
        "table spending, data row 1: program_code is blank and there is no printed value to fill it from."
    )


def test_reading_again_writes_the_same_bytes(place: Place, sources: Sources) -> None:
    place.put(f"{SOURCE_ID}/2021.txt", report())
    place.extract()
    home = place.root / "home"
    before = {file: (home / file).read_bytes() for file in place.files()}
    place.extract(force=True)
    assert {file: (home / file).read_bytes() for file in place.files()} == before


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    numbers = pa.schema([("n", pa.int32())])
    landing.write(file, numbers, [{"n": 1}])
    with pytest.raises(pa.ArrowInvalid):
        landing.write(file, numbers, [{"n": 2}, {"n": "two"}])
    assert pq.read_table(file).to_pylist() == [{"n": 1}]


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The publications of the repository, extracted."""
    place = Place(tmp_path_factory.mktemp("landed"))
    for name in OWN:
        place.put(name, OWN_DOCUMENTS / name)
    assert {outcome.action for outcome in place.extract(workers=1).documents} == {"loaded"}
    return place


def of(landed: Place, name: str, folder: str) -> list[dict[str, Any]]:
    sha256 = sha256_of(OWN_DOCUMENTS / name)
    return [row for row in landed.rows(f"{name.partition('/')[0]}/{folder}") if row["document_sha256"] == sha256]


@pytest.mark.parametrize(("name", "tables"), OWN.items())
class TestEveryPrintedCell:
    def test_lands_exactly_once(self, landed: Place, name: str, tables: list[str]) -> None:
        cells = [cell for table in tables for cell in of(landed, name, f"{table}_cells")]
        found = Counter(
            (cell["page_no"], cell["table_no"], cell["row_no"], cell["col_no"], cell["text_raw"])
            for cell in cells
            if cell["text_raw"]
        )
        # rows of the workbook above and below the table are text around it, like the lines of a PDF
        rows = {(cell["page_no"], cell["row_no"]) for cell in cells}
        printed = Counter(
            (page.number, table.table_no, cell.row_no, cell.col_no, cell.text)
            for page in open_document(OWN_DOCUMENTS / name, Budget(Limits()))[1]
            for table in page.tables
            for row in table.rows
            if (page.number, row[0].row_no) in rows
            for cell in row
            if not cell.is_blank
        )
        assert found == printed
        assert set(found.values()) == {1}

    def test_of_a_row_is_the_value_of_its_column(self, landed: Place, name: str, tables: list[str]) -> None:
        for table in tables:
            cells = of(landed, name, f"{table}_cells")
            for kind, folder in (("data", table), ("total", f"{table}_totals")):
                by_place = {
                    (cell["row_seq"], cell["column_name"]): " ".join(cell["text_raw"].split())
                    for cell in cells
                    if cell["row_kind"] == kind and cell["column_name"]
                }
                rows = of(landed, name, folder)
                assert rows
                for row in rows:
                    for column in load_sources()[row["source_id"]].tables[table].columns:
                        assert row[column] == by_place.get((row["row_seq"], column)), (row["row_seq"], column)

    def test_has_a_place_on_its_page(self, landed: Place, name: str, tables: list[str]) -> None:
        for table in tables:
            for cell in of(landed, name, f"{table}_cells"):
                if name.endswith(".pdf"):
                    assert 0 <= cell["x0"] < cell["x1"] <= cell["page_width"]
                    assert 0 <= cell["top"] < cell["bottom"] <= cell["page_height"]
                else:
                    assert cell["sheet_name"] == "Indicadores de Resultados"
                    assert cell["x0"] is None


def test_the_accounts_of_the_publications(landed: Place) -> None:
    # by hand: the form prints two pages of 11 and 4 programmes, a subtotal each and one total, under headers
    # of three rows (the workbook one of them); SIAFI 22 products on three pages and 51 activities on five
    keys = (
        "table_name",
        "segment_count",
        "data_rows",
        "total_rows",
        "header_rows",
        "pages_declared_raw",
        "reported_at_raw",
    )
    accounts = {
        (landed.manifest()[name]["document_sha256"], row["table_name"]): tuple(row[key] for key in keys)
        for name in OWN
        for row in landed.rows("accounting")
        if row["document_sha256"] == landed.manifest()[name]["document_sha256"]
    }
    by_name = {
        (name, table): accounts[landed.manifest()[name]["document_sha256"], table]
        for name, tables in OWN.items()
        for table in tables
    }
    assert by_name == {
        (f"{ISSEG}.pdf", "indicator_results"): ("indicator_results", 2, 15, 3, 6, None, None),
        (f"{ISSEG}.xlsx", "indicator_results"): ("indicator_results", 1, 15, 3, 3, None, None),
        (f"{ADUANAS}.pdf", "products"): ("products", 3, 22, 1, 3, "3", "05/02/2021 06:18:13 p.m."),
        (f"{ADUANAS}.pdf", "activities"): ("activities", 5, 51, 1, 5, "5", "05/02/2021 06:22:43 p.m."),
    }
