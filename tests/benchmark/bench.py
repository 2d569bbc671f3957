"""Measures how cost grows with the warehouse.

    python -m tests.benchmark.bench 10k 1M [--folder FOLDER] [--nodes] [--keep] [--resume]

For each size: generate (unless it is there), refresh from nothing, refresh with nothing new, refresh with one more
document, ask the questions. See README.md for how to read the table.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from orchestration import release
from orchestration.inputs import project_fingerprint
from orchestration.paths import Paths
from tests.benchmark import new_document, questions
from tests.benchmark.generate import Generated, generate, is_generated
from tests.benchmark.plan import ImpossibleSize
from tests.benchmark.table import show

DEFAULT_SIZES = ("10k", "1M")
_UNITS = {"k": 1_000, "m": 1_000_000}
# as measured at 1M and 10M rows: DuckDB 1,850 twice (a release is the working database's own file until the next
# refresh), Parquet 880 and what changes of it, raw Parquet
BYTES_PER_ROW = 5_400
BYTES_PER_ROW_RAW = 200
# what does not grow any more: one run's staging and intermediate rows, spreadsheets and site
BYTES_AT_LEAST = 6_000_000_000
# as measured at 10M on two cores: generation 1,000 s, three refreshes 8,180, the questions 150
SECONDS_PER_MILLION_ROWS = 930


class BenchmarkError(RuntimeError):
    """A size cannot be measured, in one sentence."""


def rows_of(size: str) -> int:
    """1M -> 1,000,000; BenchmarkError when it is no size."""
    number, unit = (size[:-1], size[-1].lower()) if size[-1:].lower() in _UNITS else (size, "")
    try:
        return int(float(number.replace(",", "").replace("_", "")) * _UNITS.get(unit, 1))
    except ValueError:
        raise BenchmarkError(f"{size!r} is no number of rows: write 10k, 1M or 2500000.") from None


def needed(rows: int, generated: bool) -> int:
    """Bytes of disk that a size takes while it is measured."""
    return BYTES_AT_LEAST + rows * (BYTES_PER_ROW - (BYTES_PER_ROW_RAW if generated else 0))


def check_disk(size: str, rows: int, generated: bool, free: int) -> str:
    """What a size needs, to be said before it starts; BenchmarkError when the disk is too small."""
    bytes_needed = needed(rows, generated)
    said = (
        f"{_gigabytes(bytes_needed)} of disk and about {max(3, rows * SECONDS_PER_MILLION_ROWS // 60_000_000)} minutes"
    )
    if bytes_needed > free:
        raise BenchmarkError(f"{size} needs {said}, and {_gigabytes(free)} are free: choose another --folder.")
    return f"{size}: {rows:,} budget rows; {said}."


def measure_size(size: str, folder: Path, console: Console, *, keep: bool, resume: bool = False) -> dict[str, Any]:
    """Everything there is to say about one size; with `resume` what was measured before an interruption stands."""
    rows = rows_of(size)
    here = folder / size.lower()
    generated = Generated(here / "generated")
    here.mkdir(parents=True, exist_ok=True)
    notes = here / "measured.json"
    result = _taken_up(notes, size) if resume else {}
    if not result:
        console.print(check_disk(size, rows, is_generated(rows, generated), shutil.disk_usage(here).free))
    with _bars(console) as bars:
        began = time.monotonic()
        task = bars.add_task(f"{size}: generating", total=None)
        generated = generate(
            rows, generated.folder, on_document=lambda done, total: bars.update(task, completed=done, total=total)
        )
        bars.update(task, total=1, completed=1)
        paths = Paths(generated.repository, here / "documents", here / "home")
        project = project_fingerprint(paths)
        if not result:
            generate_seconds = round(time.monotonic() - began, 1)
            result = {"size": size, "rows": rows, "generate_seconds": generate_seconds, "project": project}
            _begin(generated, paths)
        elif result["project"] != project:
            raise BenchmarkError(f"the code changed since {size} was begun: measure it anew, without --resume.")
        try:
            for name, prepare in (
                ("full", lambda: None),
                ("nothing_new", lambda: None),
                ("one_document", lambda: new_document.put_into(paths.documents)),
            ):
                if name in result:
                    continue
                task = bars.add_task(f"{size}: {name.replace('_', ' ')}", total=None)
                notes.write_text(json.dumps({**result, "under_way": name}), encoding="utf-8")
                prepare()
                result[name] = _refresh(paths, here / f"{name}.json")
                bars.update(task, total=1, completed=1)
                if name == "full":
                    result |= _sizes(paths)
                notes.write_text(json.dumps(result), encoding="utf-8")
            served = release.current(paths.published)
            if served:
                result["questions"] = questions.time_all(paths.dbt_project / "analyses" / "questions", served.database)
        except BenchmarkError as error:
            raise BenchmarkError(f"{error} It is left there to be looked at.") from None
        if not keep:
            for leftover in (paths.home, paths.documents):
                shutil.rmtree(leftover, ignore_errors=True)
            notes.unlink()
    return result


def _taken_up(notes: Path, size: str) -> dict[str, Any]:
    """What was measured of a size before it was interrupted; BenchmarkError when that cannot be gone on with."""
    if not notes.is_file():
        return {}
    measured: dict[str, Any] = json.loads(notes.read_text())
    # half a refresh would be counted as a short one
    if under_way := measured.get("under_way"):
        doing = under_way.replace("_", " ")
        raise BenchmarkError(f"{size} was interrupted during the refresh {doing!r}: measure it anew, without --resume.")
    return measured


def _begin(generated: Generated, paths: Paths) -> None:
    """A home that holds the generated raw tables and nothing else. Files are linked: landing never writes into one."""
    for leftover in (paths.home, paths.documents):
        shutil.rmtree(leftover, ignore_errors=True)
    for made, used in (
        (generated.raw, paths.raw),
        (generated.archive, paths.archive),
        (generated.documents, paths.documents),
    ):
        shutil.copytree(made, used, copy_function=os.link)


def _refresh(paths: Paths, result: Path) -> dict[str, Any]:
    """Refresh in a process of its own, so that memory is counted from nothing."""
    result.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.benchmark.measure"]
    arguments = [str(path) for path in (paths.repository, paths.documents, paths.home, result)]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)
    if not result.is_file():
        raise BenchmarkError(f"the refresh of {paths.home} ended without a result: {done.stderr.strip()[-500:]}")
    measured = json.loads(result.read_text())
    if measured["outcome"] == "not_published":
        raise BenchmarkError(f"the refresh of {paths.home} published nothing: {' '.join(measured['problems'])}")
    return measured


def _sizes(paths: Paths) -> dict[str, Any]:
    served = release.current(paths.published)
    if served is None:
        raise BenchmarkError(f"no release is served in {paths.published}.")
    tables = {name: table["rows"] for name, table in served.manifest["tables"].items()}
    return {
        "documents": len(served.manifest["documents"]),
        "bytes": {
            "raw": _bytes(paths.raw),
            "release": _bytes(served.folder),
            # the marts are in both as one file
            "working database beside it": _bytes(paths.build) - _shared(paths.build),
        },
        "table_rows": dict(sorted(tables.items(), key=lambda table: -table[1])),
    }


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _shared(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and file.stat().st_nlink > 1)


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:,.1f} GB"


def _bars(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def main(arguments: list[str] | None = None) -> int:
    """The command; 2 when a size could not be measured, else 0."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark.bench", description="Measures how cost grows with the warehouse."
    )
    parser.add_argument("sizes", nargs="*", default=DEFAULT_SIZES, help="budget rows, such as 10k 1M 10M")
    parser.add_argument("--folder", type=Path, default=Paths.from_environment().home / "benchmark")
    parser.add_argument("--nodes", action="store_true", help="show the slowest dbt nodes")
    parser.add_argument("--keep", action="store_true", help="leave the warehouses there to be looked at")
    parser.add_argument(
        "--resume", action="store_true", help="go on where a size was interrupted between two refreshes"
    )
    chosen = parser.parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else 150)
    results: list[dict[str, Any]] = []
    failed = False
    for size in chosen.sizes:
        try:
            results.append(measure_size(size, chosen.folder.resolve(), console, keep=chosen.keep, resume=chosen.resume))
        except (BenchmarkError, ImpossibleSize) as error:
            console.print(str(error), style="red", markup=False)
            failed = True
    if results:
        written = chosen.folder.resolve() / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
        written.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        show(console, results, nodes=chosen.nodes)
        console.print(f"Everything measured, node by node: {written}", soft_wrap=True)
    return 2 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
