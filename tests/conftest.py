"""What many tests only read, made once: the built warehouse of the repository's own documents, dbt's manifest."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from orchestration.paths import Paths
from orchestration.transformation import prepare_manifest
from tests.built_warehouse import ROOT, Warehouse
from tests.made_once import made_once


@pytest.fixture(scope="session", autouse=True)
def _scans_read_once(pytestconfig: pytest.Config) -> None:
    """What OCR read is kept between runs: it depends on the document, the engine and the code that drives it alone."""
    os.environ.setdefault("CONTRASTE_SCANS", str(pytestconfig.cache.mkdir("scans")))


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The repository's documents, extracted and built. Tests that change it work on a copy."""

    def make(home: Path) -> None:
        assert Warehouse.of(ROOT / "documents", home).failing_dbt_tests() == set()

    return Warehouse(Paths(ROOT, ROOT / "documents", made_once(tmp_path_factory, "sound", make)))


@pytest.fixture(scope="session")
def manifest_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """dbt's manifest of the project, parsed and not built. Tests that change it work on a copy."""

    def paths(home: Path) -> Paths:
        return Paths(ROOT, ROOT / "documents", home)

    return paths(made_once(tmp_path_factory, "parsed", lambda home: prepare_manifest(paths(home)))).dbt_manifest


@pytest.fixture(scope="session")
def manifest(manifest_path: Path) -> dict[str, Any]:
    """The same, read."""
    return json.loads(manifest_path.read_text("utf-8"))
