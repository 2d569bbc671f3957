"""A copy of the sound warehouse for every mutation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from orchestration.paths import Paths
from tests.built_warehouse import ROOT, Warehouse


@pytest.fixture(scope="session")
def mutant_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for every mutation: dbt parses the project anew whenever the paths it was given change."""
    return tmp_path_factory.mktemp("mutant")


@pytest.fixture
def damaged(sound: Warehouse, mutant_home: Path) -> Warehouse:
    """The sound warehouse again, ready to be damaged and built."""
    paths = Paths(ROOT, ROOT / "documents", mutant_home)
    for folder in ("raw", "build"):
        shutil.rmtree(mutant_home / folder, ignore_errors=True)
        shutil.copytree(sound.paths.home / folder, mutant_home / folder)
    return Warehouse(paths)
