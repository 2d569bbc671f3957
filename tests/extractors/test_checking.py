"""A document is checked as a refresh would read it, and its rows are held against those a person read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors.adding.checking import check
from extractors.adding.frozen_rows import departures, expected_folder, freeze
from extractors.errors import SourceError
from extractors.spec import SOURCES
from tests.extractors.beside import DOCUMENTS
from tests.extractors.small_source import HEADER, ROWS, SOURCE_ID, report, report_text

Sources = Callable[..., Path]
FROZEN = sorted(SOURCES.glob("*/expected/*"))


@pytest.fixture
def document(tmp_path: Path, sources: Sources, in_this_process: None) -> Path:
    """A report in the folder of its source."""
    sources()
    file = tmp_path / "papers" / SOURCE_ID / "2021.txt"
    file.parent.mkdir(parents=True)
    file.write_text(report(), "utf-8")
    return file


class TestCheck:
    def test_what_would_land(self, document: Path) -> None:
        checked = check(document)
        assert (checked.source_id, checked.reason) == (SOURCE_ID, None)
        leaves, totals = checked.tables
        assert [leaves.name, totals.name] == ["spending", "spending_totals"]
        assert leaves.rows[0] == {
            "program_code": "A001",
            "program_name": "Salas",
            "planned_amount": "1,000.00",
            "spent_amount": "900.50",
        }
        assert [totals.rows[0][name] for name in ("total_kind", "label_raw", "spent_amount")] == [
            "total",
            "Total",
            "1,150.50",
        ]
        (account,) = checked.accounting
        assert (account["data_rows"], account["total_rows"]) == (2, 1)

    def test_what_the_document_says_of_itself(self, document: Path, sources: Sources) -> None:
        facts = {
            "title": "INFORME DE GASTO",
            "institution": "Museo de Cera",
            "period": "2021-01-01 to 2021-12-31, printed as 'Año: 2021'",
        }
        assert check(document).facts == facts

        def unnamed(content: dict[str, Any]) -> None:
            content["metadata"]["institution"] = []
            content["publisher"]["institution_name"] = "Museos"

        sources(unnamed)
        assert check(document).facts["institution"] == "Museos (not printed: the publisher's stands in)"

    def test_what_is_in_the_way(self, document: Path) -> None:
        document.write_text(report_text(HEADER, ROWS[0], ["", "Ver nota", "", "3"]), "utf-8")
        checked = check(document)
        assert checked.tables == []
        assert checked.reason and checked.reason.startswith("line 5, row 7: 'Ver nota 3' is neither data")

    def test_outside_the_folder_of_a_source_the_content_decides(self, document: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "2021.txt"
        elsewhere.write_bytes(document.read_bytes())
        assert check(elsewhere).source_id == SOURCE_ID

    def test_a_source_that_does_not_exist(self, document: Path) -> None:
        with pytest.raises(SourceError, match=f"there is no source 'xx'; the sources are {SOURCE_ID}"):
            check(document, "xx")

    def test_it_leaves_nothing_behind(self, document: Path) -> None:
        before = sorted(document.parents[1].rglob("*"))
        check(document)
        assert sorted(document.parents[1].rglob("*")) == before


class TestFrozenRows:
    def test_nothing_is_frozen_at_first(self, document: Path, tmp_path: Path) -> None:
        assert departures(check(document), tmp_path) is None

    def test_the_same_rows_depart_in_nothing(self, document: Path, tmp_path: Path) -> None:
        written = freeze(check(document), tmp_path)
        assert [file.name for file in written] == ["document_facts.tsv", "spending.tsv", "spending_totals.tsv"]
        assert written[1].read_text("utf-8").splitlines()[1] == "A001\tSalas\t1,000.00\t900.50"
        assert departures(check(document), tmp_path) == []

    def test_another_value_another_count_and_another_table_are_named(self, document: Path, tmp_path: Path) -> None:
        before = check(document)
        freeze(before, tmp_path)
        document.write_text(report(["A001", "Salas", "1,000.00", ""]), "utf-8")
        changed = check(document)
        assert departures(changed, tmp_path) == [
            "spending: 2 rows were expected, 1 are read",
            "spending, row 1, spent_amount: expected '900.50', read ''",
            "spending_totals, row 1, last_row_seq: expected '2', read '1'",
        ]
        assert departures(replace(before, tables=before.tables[:1]), tmp_path) == [
            "spending_totals: expected and not read"
        ]

    def test_what_the_document_says_of_itself_is_frozen_too(self, document: Path, tmp_path: Path) -> None:
        freeze(check(document), tmp_path)
        document.write_text(report().replace("Año: 2021", "Año: 2022"), "utf-8")
        assert departures(check(document), tmp_path) == [
            "document_facts, row 1, period: expected \"2021-01-01 to 2021-12-31, printed as 'Año: 2021'\", read "
            "\"2022-01-01 to 2022-12-31, printed as 'Año: 2022'\""
        ]

    def test_blank_and_absent_stay_apart(self, document: Path, tmp_path: Path) -> None:
        document.write_text(report(["A001", "Salas", ""]), "utf-8")
        _, file, _ = freeze(check(document), tmp_path)
        assert file.read_text("utf-8").splitlines()[1] == "A001\tSalas\t\t\\N"

    @pytest.mark.parametrize("folder", FROZEN, ids=lambda folder: folder.name)
    def test_every_document_of_the_repository_still_reads_as_frozen(self, folder: Path, in_this_process: None) -> None:
        checked = check(DOCUMENTS / folder.parts[-3] / folder.name)
        assert expected_folder(checked) == folder
        assert departures(checked) == []
