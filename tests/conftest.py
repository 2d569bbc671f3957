"""The warehouse of the repository's own documents, built once for all tests that only read it."""

from __future__ import annotations

import pytest

from tests.built_warehouse import ROOT, Warehouse


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The repository's documents, extracted and built. Tests that change it work on a copy."""
    warehouse = Warehouse.of(ROOT / "documents", tmp_path_factory.mktemp("sound"))
    assert warehouse.failing_dbt_tests() == set()
    return warehouse
