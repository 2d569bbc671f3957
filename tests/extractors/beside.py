"""The folder `shared` beside the repository: texts as received, filings of others. Not everyone has it."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENTS = REPOSITORY / "documents"
SHARED = REPOSITORY.parent / "shared"
FILINGS = SHARED / "documents" / "mx-gto-inaeba"

SEEDS = SHARED / "seeds"

needs_filings = pytest.mark.skipif(not FILINGS.is_dir(), reason="needs ../shared/documents beside the repository")
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds beside the repository")


def seed(number: str) -> Path:
    """The text as received whose name begins with `number`."""
    return next(SEEDS.glob(f"{number}_*.txt"))


def filings(*years: int) -> list[tuple[Path, Path]]:
    """PDF and XLSX of form 7.3 of each quarter of these years."""
    found = [file for year in years for file in FILINGS.glob(f"pairs/{year}/*/7-*/7.3.pdf")]
    return [(file, file.with_suffix(".xlsx")) for file in sorted(found)]
