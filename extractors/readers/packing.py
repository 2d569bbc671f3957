"""Pages as bytes: to hand them to another process, or to keep them for another look in a tenth of the memory."""

from __future__ import annotations

import io
import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from copyreg import dispatch_table
from dataclasses import fields, is_dataclass
from operator import attrgetter
from typing import Any

from extractors import table
from extractors.table import Page

_TOGETHER = 16
"""Pages packed at once: they share the texts that come again on each of them."""


def packed(pages: Sequence[Page]) -> bytes:
    """The pages as bytes."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, protocol=5)
    pickler.dispatch_table = _BY_POSITION
    pickler.dump(list(pages))
    return buffer.getvalue()


def unpacked(data: bytes) -> list[Page]:
    """The pages that `packed` made these bytes of, in this program: never give it bytes from a document."""
    return pickle.loads(data)


class KeptPages:
    """Pages that are read once and can be gone through several times.

    A new look takes the pages that were read already, then reads on; a look may end before the document does.
    """

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = iter(pages)
        self._packed: list[bytes] = []
        self._last: list[Page] = []

    def look(self, *, is_last: bool = False) -> Iterator[Page]:
        """The pages from the first one. Nothing more is kept where this is said to be the last look."""
        for data in self._packed:
            yield from unpacked(zlib.decompress(data))
        yield from self._last
        for page in self._pages:
            if not is_last:
                self._last.append(page)
                if len(self._last) == _TOGETHER:
                    self._packed.append(zlib.compress(packed(self._last), 1))
                    self._last = []
            yield page


def _values(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda made: (kind, values(made))


# Four times as fast as what pickle does by itself with frozen classes.
_BY_POSITION = {
    **dispatch_table,
    **{kind: _values(kind) for kind in vars(table).values() if isinstance(kind, type) and is_dataclass(kind)},
}
