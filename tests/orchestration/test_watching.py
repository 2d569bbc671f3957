"""The bars that a person sees while a refresh runs."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from orchestration import progress
from orchestration.progress import Advance, Stage
from orchestration.watching import watching


def test_a_long_document_shows_that_its_pages_are_read() -> None:
    shown = StringIO()
    with watching(Console(file=shown, force_terminal=True, width=100)):
        progress.report(Advance(Stage.EXTRACT, 0, 1, pages=1_234))
    assert "Reading documents" in shown.getvalue()
    assert "0/1" in shown.getvalue()
    assert "1,234 pages" in shown.getvalue()
