"""Keeps what OCR read, page by page, so that no page is recognised twice.

A reading depends on the bytes of the document, the engine and the code that drives it, and on nothing else: layouts may
change as often as they like. Files: `<scans>/<document sha256>/<key of engine and code>/page_0001.json`, and
`again_0001.json` for what was read of single cells a second time.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from extractors.readers.scan.engine import engine_name

_DECIDES = ("engine.py", "picture.py", "recognising.py", "ruling.py")
"""The files of this package that decide what is read from a picture."""


@cache
def scan_reader() -> str | None:
    """Engine and code that read scans here, as one name; None where the engine is not installed."""
    name = engine_name()
    if name is None:
        return None
    digest = hashlib.sha256(name.encode())
    for file in _DECIDES:
        digest.update((Path(__file__).parent / file).read_bytes())
    return f"{name} {digest.hexdigest()[:8]}"


class Store:
    """The readings of one document. Without a folder they last as long as the object."""

    def __init__(self, scans: Path | None, sha256: str) -> None:
        self._kept: dict[str, Any] = {}
        self._folder = self._older = None
        if scans is not None:
            document = scans / sha256
            reader = scan_reader()
            self._folder = document / _key(reader) if reader else None
            # Where there is no engine, what another one read is better than nothing.
            self._older = [] if reader or not document.is_dir() else sorted(document.iterdir(), key=_age)

    def get(self, name: str) -> Any | None:
        """What was kept under a name, or None."""
        if name not in self._kept:
            for folder in [self._folder] if self._folder else self._older or []:
                try:
                    self._kept[name] = json.loads((folder / f"{name}.json").read_text("utf-8"))
                    break
                except (FileNotFoundError, ValueError):
                    continue
        return self._kept.get(name)

    def put(self, name: str, what: Any) -> None:
        """Keep something; readers see the old file or the whole new one."""
        self._kept[name] = what
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"{name}.{os.getpid()}.part"
        part.write_text(json.dumps(what, ensure_ascii=False, separators=(",", ":")), "utf-8")
        os.replace(part, self._folder / f"{name}.json")


def _key(reader: str) -> str:
    return hashlib.sha256(reader.encode()).hexdigest()[:16]


def _age(folder: Path) -> float:
    return -folder.stat().st_mtime
