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

    def __iter__(self) -> Iterator[Page]:
        seen = 0
        while True:
            at, offset = divmod(seen, _TOGETHER)
            if at < len(self._packed):
                some = unpacked(zlib.decompress(self._packed[at]))[offset:]
            elif offset < len(self._last):
                some = self._last[offset:]
            else:
                page = next(self._pages, None)
                if page is None:
                    return
                self._last.append(page)
                some = [page]
                if len(self._last) == _TOGETHER:
                    self._packed.append(zlib.compress(packed(self._last), 1))
                    self._last = []
            for page in some:
                seen += 1
                yield page


def _values(kind: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    values = attrgetter(*(field.name for field in fields(kind)))
    return lambda made: (kind, values(made))


# Four times as fast as what pickle does by itself with frozen classes.
_BY_POSITION = {
    **dispatch_table,
    **{kind: _values(kind) for kind in vars(table).values() if isinstance(kind, type) and is_dataclass(kind)},
}
