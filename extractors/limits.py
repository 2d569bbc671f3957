"""Bounds on what one document may cost, so that a hostile or broken file cannot stop a refresh."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields

from extractors.errors import UnreadableDocument

_GRACE_SECONDS = 30
"""A reader that does not stop by itself after `max_seconds` is ended this much later."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one document; each is set by the environment variable CONTRASTE_<NAME>.

    `check_one_page_in` bounds what is taken on trust: of the pages of PDFs one in so many is read by both back ends.
    """

    max_megabytes: int = 200
    max_pages: int = 3_000
    max_cells: int = 5_000_000
    max_seconds: int = 600
    max_unpacked_megabytes: int = 1_000
    max_memory_megabytes: int = 4_000
    max_page_megapixels: int = 100
    check_one_page_in: int = 20

    @classmethod
    def from_environment(cls) -> Limits:
        """Read the bounds, keeping the default where a variable is unset.

        Raises ValueError naming the variable when its value is not a positive whole number.
        """
        values: dict[str, int] = {}
        for field in fields(cls):
            name = f"CONTRASTE_{field.name.upper()}"
            raw = os.environ.get(name)
            if raw is None:
                continue
            if not raw.isdecimal() or int(raw) == 0:
                raise ValueError(f"{name} must be a positive whole number, not {raw!r}.")
            values[field.name] = int(raw)
        return cls(**values)

    def stopped(self, reason: str) -> bool:
        """True when a sentence that names a limit names its present value: trying again would end the same."""
        named = re.search(r"CONTRASTE_(MAX_[A-Z_]+)", reason)
        bound = re.search(r"\b(?:limit of|longer than|more than|within) (\d[\d,]*)\b", reason)
        return named is None or bound is None or bound[1] == f"{getattr(self, named[1].lower()):,}"

    @property
    def crash(self) -> str:
        """What is said of a document whose reader crashed or was ended."""
        return (
            f"the reader crashed on it or did not end within {self.max_seconds:,} seconds "
            "(CONTRASTE_MAX_SECONDS); the file is damaged or hostile."
        )


class Budget:
    """What is left of the limits while one document is read; every spend raises UnreadableDocument when over."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._deadline = time.monotonic() + limits.max_seconds
        self._cells = 0

    def check_bytes(self, size: int) -> None:
        self._check("max_megabytes", size / 1_000_000, "MB")

    def check_unpacked(self, size: int) -> None:
        self._check("max_unpacked_megabytes", size / 1_000_000, "MB unpacked")

    def check_pages(self, count: int) -> None:
        self._check("max_pages", count, "pages")

    def spend_cells(self, count: int) -> None:
        self._cells += count
        self._check("max_cells", self._cells, "cells")
        if time.monotonic() > self._deadline:
            raise UnreadableDocument(
                f"reading took longer than {self.limits.max_seconds:,} seconds; "
                "raise CONTRASTE_MAX_SECONDS if the document is worth it."
            )

    def _check(self, name: str, value: float, unit: str) -> None:
        limit = getattr(self.limits, name)
        if value > limit:
            raise UnreadableDocument(
                f"the document has {value:,.0f} {unit}, over the limit of {limit:,}; "
                f"raise CONTRASTE_{name.upper()} if it is worth it."
            )


def bound_memory(limits: Limits) -> None:
    """Bound the memory of this process, where the system can: beyond it Python raises MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    most = limits.max_memory_megabytes * 1_000_000
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


@contextlib.contextmanager
def ending_after(seconds: int) -> Iterator[None]:
    """End this process when the block takes that long and then some, even inside compiled code."""
    with open(os.devnull, "w") as nowhere:
        faulthandler.dump_traceback_later(seconds + _GRACE_SECONDS, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
