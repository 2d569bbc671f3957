"""What the benchmark says before and after it measures."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

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
