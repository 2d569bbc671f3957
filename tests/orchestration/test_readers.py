"""Readers in other processes see the old release or the new one, whole, while releases are switched."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from orchestration import release
from orchestration.paths import Paths
from orchestration.release import Provenance

READERS = 3
SWITCHES = 25

# Opens the current release over and over, as a BI tool would: the database through the pointer, and the
# database with every Parquet file of one release, the pointer resolved once. All tables of a release say the
# same number.
READER = """
import json, pathlib, sys
import duckdb
published, stop = map(pathlib.Path, sys.argv[1:])
reads, failed, torn, seen = 0, [], [], set()
def look(relations, connection):
    query = "select min(said), max(said), count(*) from "
    numbers = {connection.execute(query + relation).fetchall()[0] for relation in relations}
    said = {n for low, high, _ in numbers for n in (low, high)}
    counts = {count for _, _, count in numbers}
    if len(said) != 1 or counts != {1, 3}:
        torn.append(sorted(numbers))
    seen.update(said)
while not stop.exists():
    try:
        with duckdb.connect(str(published / "current" / "warehouse.duckdb"), read_only=True) as connection:
            look(["marts.fct_spending", "marts.mart_spending", "audit.audit_lines"], connection)
        folder = (published / "current").resolve()
        with duckdb.connect() as connection:
            connection.execute(f"attach '{folder / 'warehouse.duckdb'}' as release (read_only)")
            parquet = [f"'{folder / 'parquet' / name}.parquet'" for name in ("fct_spending", "audit_lines")]
            look(["release.audit.audit_lines", *parquet], connection)
        pointer = json.loads((published / "current.json").read_text())
        with duckdb.connect(str(published / pointer["database"]), read_only=True) as connection:
            look(["marts.fct_spending", "audit.audit_lines"], connection)
        reads += 3
    except Exception as error:
        failed.append(repr(error))
print(json.dumps({"reads": reads, "failed": failed, "torn": torn, "seen": sorted(seen)}))
"""


def test_no_failed_and_no_torn_read_while_releases_are_switched(
    paths: Paths, build: Callable[[int], Path], provenance: Callable[[str], Provenance]
) -> None:
    def publish(number: int) -> None:
        release.publish(build(number), paths.published, paths.writer_lock, provenance(f"inputs {number}"))

    publish(0)
    stop = paths.home / "stop"
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(paths.published), str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    try:
        for number in range(1, SWITCHES + 1):
            publish(number)
            if number % 10 == 0:
                release.rollback(paths.published, paths.writer_lock)
            time.sleep(0.1)
    finally:
        stop.touch()
        outputs = [reader.communicate(timeout=60) for reader in readers]
    results = []
    for (output, errors), reader in zip(outputs, readers, strict=True):
        assert reader.returncode == 0, errors
        results.append(json.loads(output))
    assert [result["failed"] for result in results] == [[]] * READERS
    assert [result["torn"] for result in results] == [[]] * READERS
    # the readers were at it: together they read often, and saw many of the releases
    assert sum(result["reads"] for result in results) > SWITCHES
    assert len({number for result in results for number in result["seen"]}) > SWITCHES / 3
