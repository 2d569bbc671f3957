"""How much memory DuckDB may take before it moves what it works on to disk.

Its own default is four fifths of the machine, for each database that is open, and a refresh opens them beside dbt,
Dagster and Great Expectations. What is larger than the limit is written beside the database and read again.
"""

import os
import re
from pathlib import Path

MEMORY_VARIABLE = "CONTRASTE_MEMORY"
_SHARE = 0.5
_CONTAINER = Path("/sys/fs/cgroup/memory.max")
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([KMGT])(i?)B", re.IGNORECASE)
# What a run works on at its peak for each row of a raw table, as measured at 1M budget rows.
_BYTES_PER_ROW = 6_000


class MemoryLimitError(ValueError):
    """The limit that was asked for is no size, in one sentence."""


def memory_limit() -> str:
    """CONTRASTE_MEMORY as DuckDB reads it (such as 6GB); unset or empty, half of what there is. MemoryLimitError."""
    wanted = os.environ.get(MEMORY_VARIABLE, "").strip()
    if not wanted:
        return f"{int(_there_is(_CONTAINER) * _SHARE) >> 20}MiB"
    if not _SIZE.fullmatch(wanted):
        raise MemoryLimitError(f"{MEMORY_VARIABLE} is {wanted!r}, which is no size: write 6GB or 800MB.")
    return wanted


def rows_at_once() -> int:
    """How many rows of raw tables, about, one run of the models takes: as many as memory has room for."""
    [(number, unit, binary)] = _SIZE.findall(memory_limit())
    size = float(number) * (1024 if binary else 1000) ** ("KMGT".index(unit.upper()) + 1)
    return max(1, int(size / _BYTES_PER_ROW))


def _there_is(container: Path) -> int:
    """Bytes of the machine, or of the container that this process may not outgrow."""
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        allowed = container.read_text().strip()
    except OSError:
        return machine
    return min(machine, int(allowed)) if allowed.isdigit() else machine
