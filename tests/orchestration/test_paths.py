"""Where things are."""

from pathlib import Path

import pytest

from orchestration.paths import Paths

REPOSITORY = Path(__file__).resolve().parents[2]


def test_the_defaults_lie_beside_the_code_wherever_it_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONTRASTE_DOCUMENTS", raising=False)
    monkeypatch.setenv("CONTRASTE_HOME", "")
    paths = Paths.from_environment()
    assert paths == Paths(REPOSITORY, REPOSITORY / "documents", REPOSITORY / "warehouse")
    assert paths.build_database == REPOSITORY / "warehouse" / "build" / "warehouse.duckdb"


def test_relative_values_are_read_against_the_working_directory_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTRASTE_DOCUMENTS", "inbox")
    monkeypatch.setenv("CONTRASTE_HOME", "../out")
    paths = Paths.from_environment()
    monkeypatch.chdir("/")
    assert paths.documents == tmp_path / "inbox"
    assert paths.home == tmp_path.parent / "out"
    assert paths.environment() == {
        "CONTRASTE_RAW": str(tmp_path.parent / "out" / "raw"),
        "CONTRASTE_BUILD": str(tmp_path.parent / "out" / "build" / "warehouse.duckdb"),
        "CONTRASTE_WORK": str(tmp_path.parent / "out" / "build" / "work.duckdb"),
    }
    assert paths.settings()["CONTRASTE_HOME"] == str(tmp_path.parent / "out")
