"""A place to extract into: an inbox, the raw tables and the archive, and sources of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors import extraction
from extractors.archive import manifest
from extractors.extraction import DocumentOutcome, ExtractionResult, InboxState, extract, pending
from extractors.spec import loading
from tests.extractors.small_source import SOURCE_ID, Change, declare


class Place:
    """An inbox and what is made of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inbox = root / "inbox"
        self.raw = root / "home" / "raw"
        self.archive = root / "home" / "archive"
        self.inbox.mkdir()

    def put(self, name: str, content: str | bytes | Path | Callable[[Path], object]) -> Path:
        """Put a document into the inbox: its text, its bytes, a file to copy or a function that writes it."""
        file = self.inbox / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            file.write_bytes(content.read_bytes())
        elif isinstance(content, str):
            file.write_bytes(content.encode())
        elif isinstance(content, bytes):
            file.write_bytes(content)
        else:
            content(file)
        return file

    def extract(self, **options: Any) -> ExtractionResult:
        return extract(self.inbox, self.raw, self.archive, **options)

    def outcomes(self, **options: Any) -> dict[str, DocumentOutcome]:
        """What happened to each document of the inbox, by its name."""
        documents = self.extract(**options).documents
        assert len({document.file_path for document in documents}) == len(documents)
        return {document.file_path: document for document in documents}

    def actions(self, **options: Any) -> dict[str, str]:
        return {name: outcome.action for name, outcome in self.outcomes(**options).items()}

    def pending(self) -> InboxState:
        return pending(self.inbox, self.raw, self.archive)

    def rows(self, folder: str) -> list[dict[str, Any]]:
        """The rows of a raw folder, document by document in order of their hash, without the schema file."""
        files = sorted(file for file in (self.raw / folder).glob("*.parquet") if not file.name.startswith("_"))
        return [row for file in files for row in pq.read_table(file).to_pylist()]

    def manifest(self) -> dict[str, dict[str, Any]]:
        """The manifest rows by file path."""
        return {row["file_path"]: row for row in manifest(self.raw).values()}

    def files(self) -> set[str]:
        """Everything under the home folder, schema files left aside."""
        home = self.root / "home"
        return {
            file.relative_to(home).as_posix()
            for file in home.rglob("*")
            if file.is_file() and not file.name.startswith("_schema")
        }


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read here and not in workers: a worker takes a second to start and sees no patches."""

    def run(jobs, raw, archive, limits, workers, on_pages=None):
        return (extraction._read(job, raw, archive, limits) for job in jobs)

    monkeypatch.setattr(extraction, "_run", run)


@pytest.fixture
def place(tmp_path: Path, in_this_process: None) -> Place:
    """A place whose sources are the packaged ones."""
    return Place(tmp_path)


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Declares the small source, changed as asked; called again, declares it anew or another beside it."""
    folder = tmp_path / "sources"
    monkeypatch.setattr(loading, "SOURCES", folder)

    def make(change: Change | None = None, name: str = SOURCE_ID) -> Path:
        return declare(folder, change, name)

    make()
    return make
