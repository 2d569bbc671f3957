"""Version of the extractors: the release and a fingerprint of their code.

Raw tables name it on every row, so that "the source restated" and "we mended the extractor" can be told apart, and a
changed extractor reads every document again. What only helps to add a source (`adding/`) reads no document for a
refresh and is left out.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_RELEASE = "0.1.0"


@cache
def extractor_version() -> str:
    """Release plus the first eight hex digits of the sha256 over the extractors' Python files."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted(root.rglob("*.py")):
        if file.is_relative_to(root / "adding"):
            continue
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(file.read_bytes())
    return f"{_RELEASE}+{digest.hexdigest()[:8]}"
