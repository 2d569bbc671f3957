"""DuckDB is told how much memory it may take, wherever a refresh opens it."""

import os
from pathlib import Path

import duckdb
import pytest

from expectations.gx import read_only_source
from orchestration import memory, transformation
from orchestration.paths import Paths
from tests.built_warehouse import ROOT


def test_half_of_the_machine_unless_a_limit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(memory.MEMORY_VARIABLE, raising=False)
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert 0 < int(memory.memory_limit().removesuffix("MiB")) << 20 <= machine / 2
    monkeypatch.setenv(memory.MEMORY_VARIABLE, "6GB")
    assert memory.memory_limit() == "6GB"


def test_half_of_the_container_where_there_is_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(memory.MEMORY_VARIABLE, raising=False)
    monkeypatch.setattr(memory, "_CONTAINER", tmp_path / "memory.max")
    (tmp_path / "memory.max").write_text("536870912\n")
    assert memory.memory_limit() == "256MiB"
    unlimited = tmp_path / "memory.max"
    unlimited.write_text("max\n")
    assert int(memory.memory_limit().removesuffix("MiB")) > 256


@pytest.mark.parametrize("wanted", ["a lot", "80%", "6", "1GB'; attach 'x"])
def test_what_is_no_size_is_refused(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.setenv(memory.MEMORY_VARIABLE, wanted)
    with pytest.raises(memory.MemoryLimitError, match="write 6GB"):
        memory.memory_limit()


def test_dbt_keeps_to_the_limit(manifest_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(memory.MEMORY_VARIABLE, "512MiB")
    paths = Paths(ROOT, ROOT / "documents", manifest_path.parents[2])
    asked = ["show", "--inline", "select current_setting('memory_limit') as allowed"]
    shown = transformation._invoke(paths, asked)
    assert [list(row) for row in shown.result.results[0].agate_table.rows] == [["512.0 MiB"]]


def test_the_rules_keep_to_the_limit(tmp_path: Path) -> None:
    database = tmp_path / "built.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table lines as select 1 as line_no")
    with read_only_source(database, "512MiB") as source:
        batch = source.add_query_asset("asked", query="select current_setting('memory_limit') as allowed")
        found = batch.add_batch_definition_whole_table("all").get_batch().head(n_rows=1, fetch_all=False)
    assert "512.0 MiB" in str(found)
