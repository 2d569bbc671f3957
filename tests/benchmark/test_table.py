"""What the benchmark says before and after it measures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from rich.console import Console

from tests.benchmark import bench
from tests.benchmark.bench import BenchmarkError, check_disk, rows_of
from tests.benchmark.questions import time_all
from tests.benchmark.table import growth


@pytest.mark.parametrize(("size", "rows"), [("10k", 10_000), ("1M", 1_000_000), ("2.5m", 2_500_000), ("700", 700)])
def test_a_size_is_a_number_of_rows(size: str, rows: int) -> None:
    assert rows_of(size) == rows


def test_what_is_no_size_is_refused() -> None:
    with pytest.raises(BenchmarkError, match="is no number of rows"):
        rows_of("lots")


def test_a_disk_that_is_too_small_is_refused_before_anything_is_made() -> None:
    with pytest.raises(BenchmarkError, match=r"10M needs .* GB of disk .* and 1\.0 GB are free"):
        check_disk("10M", 10_000_000, False, 1_000_000_000)
    assert "10,000,000 budget rows" in check_disk("10M", 10_000_000, False, 10**13)


def test_growth_is_how_often_as_much() -> None:
    assert [growth(2.0, 5.0), growth(1.0, 100.0), growth(None, 1.0), growth(1.0, None)] == ["×2.5", "×100", "", ""]


def test_a_question_that_cannot_be_asked_says_why(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "release.duckdb")) as connection:
        connection.execute("create schema marts; create table marts.mart_a as select 1 as b")
    (tmp_path / "answered.sql").write_text("select b from marts.mart_a")
    (tmp_path / "as_dbt.sql").write_text("select b from {{ ref('mart_a') }}")
    (tmp_path / "broken.sql").write_text("select c from marts.mart_a")
    found = time_all(tmp_path, tmp_path / "release.duckdb")
    assert [isinstance(found[name], float) for name in ("answered", "as_dbt")] == [True, True]
    assert '"c" not found' in str(found["broken"])


class _Interrupted(Exception):
    pass


@pytest.fixture
def refreshes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The refreshes that a measurement makes, without making them; `_Interrupted` where the last one says so."""
    made: list[str] = []

    def refresh(_: object, result: Path) -> dict[str, Any]:
        made.append(result.stem)
        if (tmp_path / f"interrupt_{result.stem}").exists():
            raise _Interrupted
        return {"outcome": "published", "number": len(made)}

    monkeypatch.setattr(bench, "check_disk", lambda *_: "")
    monkeypatch.setattr(bench, "generate", lambda rows, folder, on_document: bench.Generated(folder))
    monkeypatch.setattr(bench, "project_fingerprint", lambda _: (tmp_path / "code").exists())
    monkeypatch.setattr(bench, "_begin", lambda *_: made.append("begin"))
    monkeypatch.setattr(bench, "_sizes", lambda _: {"documents": 1})
    monkeypatch.setattr(bench, "_refresh", refresh)
    monkeypatch.setattr(bench.new_document, "put_into", lambda _: None)
    monkeypatch.setattr(bench.release, "current", lambda _: None)
    return made


def _interrupt(folder: Path, at: str) -> None:
    (folder / f"interrupt_{at}").touch()
    with pytest.raises(_Interrupted):
        bench.measure_size("10k", folder, Console(quiet=True), keep=True)
    (folder / f"interrupt_{at}").unlink()
    # as if it had ended between two refreshes
    notes = folder / "10k" / "measured.json"
    notes.write_text(notes.read_text().replace(f', "under_way": "{at}"', ""))


def test_what_was_measured_before_an_interruption_stands(tmp_path: Path, refreshes: list[str]) -> None:
    _interrupt(tmp_path, "one_document")
    found = bench.measure_size("10k", tmp_path, Console(quiet=True), keep=False, resume=True)
    assert refreshes == ["begin", "full", "nothing_new", "one_document", "one_document"]
    assert [found[name]["number"] for name in ("full", "nothing_new", "one_document")] == [2, 3, 5]
    assert found["documents"] == 1
    # with nothing left of it the next one begins anew
    bench.measure_size("10k", tmp_path, Console(quiet=True), keep=False, resume=True)
    assert refreshes[5:] == ["begin", "full", "nothing_new", "one_document"]


def test_half_a_refresh_is_not_gone_on_with(tmp_path: Path, refreshes: list[str]) -> None:
    (tmp_path / "interrupt_full").touch()
    with pytest.raises(_Interrupted):
        bench.measure_size("10k", tmp_path, Console(quiet=True), keep=True)
    with pytest.raises(BenchmarkError, match="10k was interrupted during the refresh 'full': measure it anew"):
        bench.measure_size("10k", tmp_path, Console(quiet=True), keep=True, resume=True)
    assert refreshes == ["begin", "full"]


def test_other_code_is_not_measured_beside_the_old(tmp_path: Path, refreshes: list[str]) -> None:
    _interrupt(tmp_path, "nothing_new")
    (tmp_path / "code").touch()
    with pytest.raises(BenchmarkError, match="the code changed since 10k was begun"):
        bench.measure_size("10k", tmp_path, Console(quiet=True), keep=True, resume=True)
    assert refreshes == ["begin", "full", "nothing_new"]
