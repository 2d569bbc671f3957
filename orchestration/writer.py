"""One writer at a time, over processes and however a process ends.

The lock is the operating system's (flock), not a file that exists: it is gone the moment its holder is, even
when the holder was killed. The file's content only names the holder for the message.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Holder:
    """Who holds the lock: process id, start of its work (ISO, UTC) and what it does."""

    pid: int
    started_at: str
    task: str


class WriterBusyError(RuntimeError):
    """Another process is writing this warehouse."""

    def __init__(self, lock: Path, holder: Holder | None) -> None:
        self.holder = holder
        who = (
            f"process {holder.pid}, {holder.task}, since {holder.started_at}"
            if holder
            else "a process that has not said its name yet"
        )
        super().__init__(
            f"This warehouse has one writer at a time and {who} is writing in {lock.parent}. "
            "Wait until it ends, or stop that process; nothing was changed."
        )


# Held by this process: path -> (file descriptor, how often taken). A refresh holds the lock and calls
# publish, which takes it too; only the outermost one really locks.
_held: dict[Path, tuple[int, int]] = {}


def _forget_in_child() -> None:
    # A forked worker inherits the descriptor and would keep the lock alive after its parent was killed.
    for descriptor, _ in _held.values():
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_in_child)


@contextmanager
def writing(lock: Path, task: str) -> Iterator[None]:
    """Hold the warehouse's writer lock while the block runs.

    `task` says what is done, for the message another process gets ("a refresh"). Taking it again inside the
    same process is fine. Raises WriterBusyError at once when another process holds it.
    """
    acquire(lock, task)
    try:
        yield
    finally:
        release(lock)


def acquire(lock: Path, task: str) -> None:
    """Take the lock; every `acquire` needs its `release`. Prefer `writing`."""
    lock = lock.resolve()
    if lock in _held:
        descriptor, depth = _held[lock]
        _held[lock] = (descriptor, depth + 1)
        return
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    if not _lock_exclusively(descriptor):
        os.close(descriptor)
        raise WriterBusyError(lock, _read_holder(lock))
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    holder = json.dumps({"pid": os.getpid(), "started_at": started_at, "task": task})
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, holder.encode(), 0)
    _held[lock] = (descriptor, 1)


def _lock_exclusively(descriptor: int) -> bool:
    # `holder` takes a shared lock for an instant; a writer that starts just then must not be turned away.
    for attempt in range(4):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            time.sleep(0.05 * attempt)
    return False


def release(lock: Path) -> None:
    """Give the lock back, once per `acquire`."""
    lock = lock.resolve()
    descriptor, depth = _held[lock]
    if depth > 1:
        _held[lock] = (descriptor, depth - 1)
        return
    os.ftruncate(descriptor, 0)
    os.close(descriptor)
    del _held[lock]


def holder(lock: Path) -> Holder | None:
    """Who is writing now, None when nobody is."""
    lock = lock.resolve()
    if not lock.exists():
        return None
    if lock in _held:
        return _read_holder(lock)
    descriptor = os.open(lock, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read_holder(lock) or Holder(0, "?", "unknown")
    finally:
        os.close(descriptor)
    return None


def _read_holder(lock: Path) -> Holder | None:
    # Written after the lock is taken, so for an instant it is empty or old: good enough for a message.
    try:
        return Holder(**json.loads(lock.read_text()))
    except (OSError, ValueError, TypeError):
        return None
