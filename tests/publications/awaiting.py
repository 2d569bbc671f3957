"""Files of the publications that await a layout, built once into a folder that goes with the test run."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.publications.build import AWAITING_A_LAYOUT

_FOLDER = TemporaryDirectory()


@cache
def awaiting(name: str) -> Path:
    """The built file of a publication, by its path below `documents/`."""
    file = Path(_FOLDER.name) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(AWAITING_A_LAYOUT[name]())
    return file
