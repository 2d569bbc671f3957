"""The pages of one long document read by several processes, and handed on in order.

Helpers take stretches of pages as long as a core is free; the process that reads the document takes a stretch itself
whenever the next one is not ready. However long the document, only a few stretches are held.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from extractors.errors import UnreadableDocument
from extractors.limits import Budget, Limits, bound_memory, ending_after
from extractors.readers.packing import packed, unpacked
from extractors.table import Page

STRETCH = 16
"""Pages that a helper takes at once."""
WORTH_HELP = 128
"""A helper takes half a second to start: a shorter document is read before it is of use."""
_AHEAD = 2
"""Stretches that each helper may be ahead of what was handed on."""

ReadStretch = Callable[[int, int], Iterator[Page]]
"""Reads the pages from one number to another, both included."""


class Cores(Protocol):
    """The cores nobody uses, counted over all processes."""

    def acquire(self, block: bool = True) -> bool: ...
    def release(self) -> None: ...


_Answer = tuple[bytes, Exception | None]
"""The packed pages of a stretch, up to the one that could not be read, and why it could not."""


def in_parallel(read: ReadStretch, count: int, cores: Cores, budget: Budget) -> Iterator[Page]:
    """The pages of a document of `count` pages in order, as `read` gives them; it is pickled for the helpers.

    The first stretch is read without help: most documents that belong to no source are known by then.
    """
    yield from _spent(read(1, min(STRETCH, count)), budget)
    stretches = [(start, min(start + STRETCH - 1, count)) for start in range(STRETCH + 1, count + 1, STRETCH)]
    work = _Work(read, stretches, cores, budget.limits)
    try:
        for turn in range(len(stretches)):
            yield from _spent(work.pages(turn), budget)
    finally:
        work.stop()


def _spent(pages: Iterable[Page], budget: Budget) -> Iterator[Page]:
    for page in pages:
        budget.spend_cells(sum(len(t.rows) * t.column_count for t in page.tables) + 1)
        yield page


class _Work:
    """Stretches of pages and who reads them. `given` of them were taken by somebody."""

    def __init__(self, read: ReadStretch, stretches: list[tuple[int, int]], cores: Cores, limits: Limits) -> None:
        self._read, self._stretches, self._cores, self._limits = read, stretches, cores, limits
        self._helpers: list[_Helper] = []
        self._ready: dict[int, _Answer | list[Page]] = {}
        self._given = 0

    def pages(self, turn: int) -> Iterator[Page]:
        """The pages of a stretch; the stretches before it were handed on."""
        while True:
            for helper in self._helpers:
                helper.collect(self._ready)
            if turn in self._ready:
                return _handed_on(self._ready.pop(turn))
            self._hand_out(turn)
            if turn == self._given:
                self._given += 1
                return self._read(*self._stretches[turn])
            if self._may_go_on(turn, _AHEAD * len(self._helpers)):
                self._ready[self._given] = _read_ahead(self._read, self._stretches[self._given])
                self._given += 1
            else:
                wait([helper.connection for helper in self._helpers if helper.has is not None])

    def stop(self) -> None:
        """End the helpers, whatever they are at."""
        for helper in self._helpers:
            helper.stop()

    def _hand_out(self, turn: int) -> None:
        while self._may_go_on(turn, _AHEAD * (len(self._helpers) + 1)):
            free = next((helper for helper in self._helpers if helper.has is None), None)
            left = len(self._stretches) - self._given
            if (free is None and left < WORTH_HELP // STRETCH) or not self._cores.acquire(block=False):
                return
            if free is None:
                free = _Helper(self._read, self._cores, self._limits)
                self._helpers.append(free)
            free.give(self._given, self._stretches[self._given])
            self._given += 1

    def _may_go_on(self, turn: int, ahead: int) -> bool:
        return self._given < len(self._stretches) and self._given - turn <= ahead


def _read_ahead(read: ReadStretch, stretch: tuple[int, int]) -> _Answer | list[Page]:
    pages: list[Page] = []
    try:
        pages.extend(read(*stretch))
    except UnreadableDocument as error:
        return packed(pages), error
    return pages


def _handed_on(answer: _Answer | list[Page]) -> Iterator[Page]:
    if isinstance(answer, list):
        yield from answer
        return
    pages, error = answer
    yield from unpacked(pages)
    if error is not None:
        raise error


class _Helper:
    """A process that reads stretches of pages. `has` is the number of the one it is at."""

    def __init__(self, read: ReadStretch, cores: Cores, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.has: int | None = None
        self._cores = cores
        self._process = context.Process(target=_serve, args=(theirs, read, limits), daemon=True)
        self._process.start()
        theirs.close()

    def give(self, number: int, stretch: tuple[int, int]) -> None:
        self.has = number
        self.connection.send(stretch)

    def collect(self, ready: dict[int, Any]) -> None:
        """Take what it has read, if it is done."""
        if self.has is None or not self.connection.poll():
            return
        number = self.has
        self._rest()
        try:
            ready[number] = self.connection.recv()
        except (EOFError, OSError):
            raise UnreadableDocument(
                "the reader crashed on it or did not end in time; the file is damaged or hostile."
            ) from None

    def stop(self) -> None:
        if self.has is not None:
            self._rest()
        self.connection.close()
        self._process.kill()
        self._process.join()

    def _rest(self) -> None:
        self.has = None
        self._cores.release()


def _serve(connection: Connection, read: ReadStretch, limits: Limits) -> None:
    bound_memory(limits)
    while True:
        try:
            first, last = connection.recv()
        except EOFError:  # the process that asked is gone
            return
        pages: list[Page] = []
        failed: Exception | None = None
        with ending_after(limits.max_seconds):
            try:
                pages.extend(read(first, last))
                answer = packed(pages)
            except MemoryError:
                pages.clear()
                answer, failed = packed([]), MemoryError()
            except UnreadableDocument as error:
                answer, failed = packed(pages), error
            except Exception as error:
                answer, failed = packed(pages), RuntimeError(f"{type(error).__name__}: {str(error)[:200]}")
        connection.send((answer, failed))
