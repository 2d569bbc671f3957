"""The release of the repository's own documents, with its site, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.paths import Paths
from orchestration.release import Release
from tests.built_warehouse import Warehouse
from tests.portal.publishing import publish


@pytest.fixture(scope="session")
def warehouse(sound: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The built warehouse, to be published elsewhere than where it was built."""
    home = tmp_path_factory.mktemp("site")
    for name in ("build", "archive", "raw"):
        (home / name).symlink_to(sound.paths.home / name)
    return Paths(sound.paths.repository, sound.paths.documents, home)


@pytest.fixture(scope="session")
def published(warehouse: Paths) -> Release:
    """The release, as readers find it."""
    return publish(warehouse)


@pytest.fixture(scope="session")
def site(published: Release) -> Path:
    """The folder of its site."""
    return published.folder / "site"
