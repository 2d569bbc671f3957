"""One warehouse, built once from the repository's documents; every mutation works on a copy of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from expectations.runner import ValidationReport, validate
from extractors.extraction import extract
from orchestration.paths import Paths
from orchestration.transformation import build, passthrough

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Warehouse:
    """A home folder with raw tables that a test may damage, and what the build and the rules then say."""

    paths: Paths

    @property
    def raw(self) -> Path:
        return self.paths.raw

    def failing_dbt_tests(self) -> set[str]:
        """Names of the dbt tests that fail when the warehouse is built from its raw tables."""
        nodes = build(self.paths, "mutation").nodes
        return {node.name for node in nodes if node.resource_type == "test" and node.status in ("fail", "warn")}

    def build_models(self) -> None:
        """Build the models only: seeds are in the copied database, and the rules judge what the models make."""
        assert passthrough(self.paths, ["run", "--quiet"])

    def validate(self) -> ValidationReport:
        return validate(self.paths.build_database)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The repository's documents, extracted and built."""
    paths = Paths(ROOT, ROOT / "documents", tmp_path_factory.mktemp("sound"))
    result = extract(paths.documents, paths.raw, paths.archive)
    assert [d.reason for d in result.documents if d.action != "loaded"] == []
    warehouse = Warehouse(paths)
    assert warehouse.failing_dbt_tests() == set()
    return warehouse


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
