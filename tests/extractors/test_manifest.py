"""The manifest is read as it is now, and every file of it once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors import archive
from extractors.archive import manifest, record


def _row(sha256: str, status: str = "loaded") -> dict[str, Any]:
    return {"document_sha256": sha256, "source_id": "hn_siafi_productos", "status": status}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are opened from now on."""
    names: list[str] = []
    read_table = pq.read_table

    def read(file: Path, **options: Any) -> Any:
        names.append(file.stem)
        return read_table(file, **options)

    monkeypatch.setattr(archive.pq, "read_table", read)
    return names


def test_asking_again_opens_only_what_was_recorded_since(tmp_path: Path, opened: list[str]) -> None:
    record(tmp_path, _row("a"))
    record(tmp_path, _row("b"))
    assert sorted(manifest(tmp_path)) == ["a", "b"]
    record(tmp_path, _row("c"))
    record(tmp_path, _row("a", "withdrawn"))
    statuses = {sha256: row["status"] for sha256, row in manifest(tmp_path).items()}
    assert statuses == {"a": "withdrawn", "b": "loaded", "c": "loaded"}
    assert sorted(opened) == ["a", "a", "b", "c"]


def test_a_document_whose_row_is_gone_is_gone(tmp_path: Path) -> None:
    record(tmp_path, _row("a"))
    record(tmp_path, _row("b"))
    assert len(manifest(tmp_path)) == 2
    (tmp_path / "documents" / "b.parquet").unlink()
    assert list(manifest(tmp_path)) == ["a"]


def test_what_a_caller_does_to_a_row_stays_with_him(tmp_path: Path) -> None:
    record(tmp_path, _row("a"))
    manifest(tmp_path)["a"]["status"] = "changed"
    assert manifest(tmp_path)["a"]["status"] == "loaded"
