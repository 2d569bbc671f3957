"""The release of the repository's own documents, with its site, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration import release
from orchestration.paths import Paths
from orchestration.release import Provenance, Release
from orchestration.site import SiteMaker
from tests.built_warehouse import Warehouse

GATE = {
    "passed": True,
    "rules": {"subtotal_equals_rows": {"severity": "error", "outcome": "passed", "failing_rows": 0}},
}


@pytest.fixture(scope="session")
def warehouse(sound: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The built warehouse, to be published elsewhere than where it was built."""
    home = tmp_path_factory.mktemp("site")
    for name in ("build", "archive", "raw"):
        (home / name).symlink_to(sound.paths.home / name)
    return Paths(sound.paths.repository, sound.paths.documents, home)


def publish(paths: Paths) -> Release:
    """Make a release with its site."""
    made, _ = release.publish(
        paths.build_database,
        paths.published,
        paths.writer_lock,
        Provenance("fingerprint", "ab" * 20, gate=GATE),
        docs=paths.docs,
        site=SiteMaker(paths),
        even_if_same=True,
    )
    return made


@pytest.fixture(scope="session")
def published(warehouse: Paths) -> Release:
    """The release, as readers find it."""
    return publish(warehouse)


@pytest.fixture(scope="session")
def site(published: Release) -> Path:
    """The folder of its site."""
    return published.folder / "site"
