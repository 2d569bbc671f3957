"""The ledger tells a mended reading of the same bytes from a document that was issued again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractors import extraction, landing
from extractors.taking_out import withdraw
from tests.extractors.conftest import Place
from tests.extractors.small_source import SOURCE_ID, report, spending

Sources = Callable[..., Path]

NAME = f"{SOURCE_ID}/2021.txt"
TABLE = f"{SOURCE_ID}/spending"
FIRST = ["A001", "Salas", "1,000.00", "900.50"]
SECOND = ["A002", "Talleres", "500.00", "-20.25"]


def misread(place: Place, rows: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> None:
    """Make the landed rows what an older extractor is to have read, so that the present one mends them."""
    (file,) = (file for file in (place.raw / TABLE).iterdir() if not file.name.startswith("_"))
    table = pq.read_table(file)
    pq.write_table(pa.Table.from_pylist(rows(table.to_pylist()), schema=table.schema), file)


@pytest.fixture
def loaded(place: Place, sources: Sources) -> Place:
    place.put(NAME, report(FIRST, SECOND))
    place.extract()
    return place


def test_the_first_reading_is_noted_once(loaded: Place) -> None:
    (reading,) = loaded.rows("readings")
    assert (reading["table_name"], reading["reading_no"]) == ("spending", 1)
    assert (reading["row_count"], reading["total_count"]) == (2, 1)
    assert loaded.rows("mended_values") == []


def test_reading_the_same_again_adds_nothing(loaded: Place, sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    before = loaded.rows("readings")
    for module in (extraction, landing):
        monkeypatch.setattr(module, "extractor_version", lambda: "9.9.9+test")
    assert loaded.actions() == {NAME: "loaded"}
    assert loaded.rows("readings") == before
    assert loaded.rows("mended_values") == []


def test_a_mended_value_is_kept_as_it_was_read_and_as_it_is_read(loaded: Place) -> None:
    misread(loaded, lambda rows: [rows[0], {**rows[1], "spent_amount": "2,025.00"}])
    assert loaded.actions(force=True) == {NAME: "loaded"}
    assert [row["reading_no"] for row in loaded.rows("readings")] == [1, 2]
    (value,) = loaded.rows("mended_values")
    assert (value["row_kind"], value["change_kind"], value["column_name"]) == ("row", "changed", "spent_amount")
    assert (value["old_text"], value["old_number"]) == ("2,025.00", "2025.00")
    assert (value["new_text"], value["new_number"]) == ("-20.25", "-20.25")
    assert (value["row_seq"], value["reading_no"]) == (2, 2)


def test_a_row_that_the_mended_reading_finds_is_told_from_rows_that_moved(loaded: Place) -> None:
    misread(loaded, lambda rows: rows[1:])
    loaded.extract(force=True)
    found = {(row["change_kind"], row["row_seq"], row["column_name"]): row for row in loaded.rows("mended_values")}
    assert {key[:2] for key in found} == {("appeared", 1)}
    assert found["appeared", 1, "program_code"]["new_number"] is None
    assert found["appeared", 1, "spent_amount"]["new_number"] == "900.50"


def test_a_column_that_the_mended_layout_reads_is_a_change_of_every_row(loaded: Place, sources: Sources) -> None:
    misread(loaded, lambda rows: [{**row, "program_name": None} for row in rows])
    sources(lambda content: spending(content)["columns"]["program_name"].update(headers=["Programa", "Nombre"]))
    loaded.extract()
    assert [(row["column_name"], row["old_text"], row["new_text"]) for row in loaded.rows("mended_values")] == [
        ("program_name", None, "Salas"),
        ("program_name", None, "Talleres"),
    ]


def test_another_document_under_the_same_name_is_no_mended_reading(loaded: Place) -> None:
    loaded.put(NAME, report(FIRST))
    loaded.extract()
    assert sorted((row["reading_no"], row["row_count"]) for row in loaded.rows("readings")) == [(1, 1), (1, 2)]
    assert loaded.rows("mended_values") == []


def test_the_ledger_only_grows(loaded: Place) -> None:
    for amount in ("1.00", "2.00"):
        misread(loaded, lambda rows: [{**rows[0], "spent_amount": amount}, rows[1]])  # noqa: B023
        loaded.extract(force=True)
    assert [row["reading_no"] for row in loaded.rows("readings")] == [1, 2, 3]
    assert [(row["reading_no"], row["old_text"]) for row in loaded.rows("mended_values")] == [(2, "1.00"), (3, "2.00")]


def test_values_of_a_withdrawn_document_are_dropped(loaded: Place) -> None:
    misread(loaded, lambda rows: [{**rows[0], "spent_amount": "1.00"}, rows[1]])
    loaded.extract(force=True)
    withdraw(loaded.raw, NAME, "somebody's name is in it")
    assert loaded.rows("mended_values") == []
    assert len(loaded.rows("readings")) == 2
