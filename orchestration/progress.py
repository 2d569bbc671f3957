"""How a running step tells whoever watches how far it is.

The command line listens and draws bars; under Dagster's own processes nobody listens and nothing happens.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The long parts of a refresh, in their order."""

    START = "Starting"
    EXTRACT = "Reading documents"
    TRANSFORM = "Building the marts"
    CHECK = "Checking the rules"
    PUBLISH = "Publishing"


@dataclass(frozen=True)
class Advance:
    """`done` of `total` things of a stage are behind us; `label` is the one just done.

    `pages` counts what is read of the documents that are not done yet as well.
    """

    stage: Stage
    done: int
    total: int
    label: str = ""
    pages: int | None = None


Listener = Callable[[Advance], None]
_listeners: list[Listener] = []


@contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Send every advance of this process to `listener` while the block runs."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def report(advance: Advance) -> None:
    """Tell the listeners."""
    for listener in _listeners:
        listener(advance)
