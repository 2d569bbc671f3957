"""The texts the figures were read from; they lie beside the repository where it is developed."""

from __future__ import annotations

import pytest

from tests.publications.build import DOCUMENTS

SEEDS = DOCUMENTS.parent.parent / "shared" / "seeds"


def received(prefix: str) -> str:
    """The text as received whose file name begins with `prefix`; the calling test is skipped without it."""
    found = sorted(SEEDS.glob(f"{prefix}_*.txt"))
    if not found:
        pytest.skip(f"the texts as received are not beside the repository ({SEEDS.name}/{prefix}_*.txt)")
    return found[0].read_bytes().decode()
