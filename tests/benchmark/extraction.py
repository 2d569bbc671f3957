"""Measures how fast pages become cells, beside pdfplumber's own tables on the same pages in the same run.

    python -m tests.benchmark.extraction [--folder FOLDER] [--pages 93 900] [--most 40] [--families NAME …]

For each family of documents: pages a second of CPU and peak memory of this project's reader, of pdfplumber's
`extract_tables`, and of the floor, which is what pdfium itself needs for the plain text and for characters with boxes.
Then whole documents are extracted and landed on one core and on all. See README.md for how to read the table.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from rich.console import Console
from rich.table import Table

from extractors.errors import UnreadableDocument
from extractors.extraction import extract
from extractors.limits import Budget, Limits
from extractors.readers.pdf import read_pdf
from extractors.readers.primitives import pdfium_page
from orchestration.paths import Paths
from tests.benchmark.ruled_document import put_into

REPOSITORY = Path(__file__).resolve().parents[2]
ROOTS = (REPOSITORY / "documents", REPOSITORY.parent / "shared" / "documents")
UNCHECKED = replace(Limits(), check_one_page_in=10**9)
"""The reader by itself; what reading one page in twenty again costs stands in a column of its own."""


@dataclass(frozen=True)
class Measured:
    """Pages read, CPU seconds for them, and the peak memory of the process in megabytes."""

    pages: int
    seconds: float
    megabytes: int

    @property
    def pages_per_second(self) -> float:
        return self.pages / self.seconds if self.seconds else 0.0


Pages = Sequence[tuple[Path, int]]
"""Files and how many of their first pages are read."""


def families(most: int, generated: Iterable[Path]) -> dict[str, Pages]:
    """Readable PDFs by the folder they lie in below a root, each with no more than `most` pages in all."""
    found: dict[str, list[tuple[Path, int]]] = {}
    for root in ROOTS:
        for file in sorted(root.rglob("*.pdf")) if root.is_dir() else ():
            name = file.relative_to(root).parts[0]
            own = found.setdefault(name, [])
            left = most - sum(count for _, count in own)
            if left > 0 and (count := _readable_pages(file, left)):
                own.append((file, count))
    made = {f"generated, {count} pages": [(file, count)] for file in generated if (count := _readable_pages(file))}
    return {**{name: own for name, own in found.items() if own}, **made}


def _readable_pages(file: Path, most: int | None = None) -> int:
    """Pages until the first that is a scan."""
    count = 0
    try:
        for _ in islice(read_pdf(file, Budget(UNCHECKED)), most):
            count += 1
    except UnreadableDocument:
        pass
    return count


# --------------------------------------------------------------------- readers


def ours(pages: Pages) -> int:
    """Cells and lines, by this project's reader."""
    return sum(1 for file, count in pages for _ in read_pdf(file, Budget(UNCHECKED), last=count))


def ours_checked(pages: Pages) -> int:
    """The same with one page in twenty read again by the reference."""
    return sum(1 for file, count in pages for _ in read_pdf(file, Budget(Limits()), last=count))


def pdfplumber_tables(pages: Pages) -> int:
    """Tables, by pdfplumber as its documentation shows it, closing each page."""
    done = 0
    for file, count in pages:
        with pdfplumber.open(file) as document:
            for page in document.pages[:count]:
                page.extract_tables()
                page.close()
                done += 1
    return done


def plain_text(pages: Pages) -> int:
    """pdfium's own plain text: less no reader of the text can do."""

    def read(page: pypdfium2.PdfPage) -> None:
        text = page.get_textpage()
        text.get_text_range()
        text.close()

    return _each_page(pages, read)


def characters(pages: Pages) -> int:
    """Characters with boxes and rules, before any table."""
    return _each_page(pages, pdfium_page)


def _each_page(pages: Pages, read: Callable[[pypdfium2.PdfPage], Any]) -> int:
    done = 0
    for file, count in pages:
        document = pypdfium2.PdfDocument(file)
        for index in range(count):
            page = document[index]
            read(page)
            page.close()
            done += 1
        document.close()
    return done


READERS: dict[str, Callable[[Pages], int]] = {
    "plain text": plain_text,
    "characters": characters,
    "ours": ours,
    "ours, checked": ours_checked,
    "pdfplumber": pdfplumber_tables,
}


def measure(reader: str, pages: Pages) -> Measured:
    """Run a reader in a process of its own, so that its memory counts from nothing."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (reader, pages))


def _measured(reader: str, pages: Pages) -> Measured:
    READERS[reader](pages[:1])  # what is loaded at the first page is no cost of pages
    started = time.process_time()
    count = READERS[reader](pages)
    return Measured(count, time.process_time() - started, _peak_of_this_process())


def _peak_of_this_process() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)


# ------------------------------------------------------------------ whole runs


def land(files: Sequence[Path], workers: int) -> dict[str, float]:
    """Extract and land documents of the SIAFI source; wall seconds, CPU seconds and the peak of the largest process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_landed, (files, workers))


def _landed(files: Sequence[Path], workers: int) -> dict[str, float]:
    # a pool's process may have no children but where it says that it is no daemon
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        inbox = home / "inbox" / files[0].parent.name
        inbox.mkdir(parents=True)
        for file in files:
            (inbox / file.name).symlink_to(file)
        started = time.monotonic()
        result = extract(home / "inbox", home / "raw", home / "archive", workers=workers)
        seconds = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    problems = [document.reason for document in result.documents if document.action != "loaded"]
    if problems:
        raise RuntimeError(f"a generated document was not loaded: {problems[0]}")
    return {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 2),
        "megabytes": used.ru_maxrss // (1_000_000 if sys.platform == "darwin" else 1_000),
    }


# --------------------------------------------------------------------- command


def show(console: Console, results: dict[str, dict[str, Measured]], runs: list[dict[str, Any]]) -> None:
    """The tables."""
    table = Table(title="Pages a second of one core (megabytes at the peak)")
    for heading in ("family", "pages", *READERS, "times pdfplumber", "of the floor"):
        table.add_column(heading, justify="left" if heading == "family" else "right")
    for family, by_reader in results.items():
        own, reference, floor = by_reader["ours"], by_reader["pdfplumber"], by_reader["plain text"]
        table.add_row(
            family,
            str(own.pages),
            *(f"{m.pages_per_second:,.1f} ({m.megabytes})" for m in by_reader.values()),
            f"{own.pages_per_second / reference.pages_per_second:.1f}",
            f"{own.pages_per_second / floor.pages_per_second:.0%}",
        )
    console.print(table)
    whole = Table(title="Extracted and landed, wall clock")
    for heading in ("documents", "workers", "seconds", "CPU seconds", "pages/s", "MB at the peak of one process"):
        whole.add_column(heading, justify="left" if heading == "documents" else "right")
    for run in runs:
        whole.add_row(
            run["documents"],
            str(run["workers"]),
            f"{run['seconds']:.1f}",
            f"{run['cpu_seconds']:.1f}",
            f"{run['pages'] / run['seconds']:.1f}",
            str(run["megabytes"]),
        )
    console.print(whole)


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.extraction")
    parser.add_argument("--folder", type=Path, default=Paths.from_environment().home / "benchmark")
    parser.add_argument("--pages", type=int, nargs="*", default=[93, 900], help="of the generated documents")
    parser.add_argument("--most", type=int, default=40, help="pages of each family")
    parser.add_argument("--families", nargs="*", help="only these")
    chosen = parser.parse_args(arguments)
    folder = chosen.folder.resolve()
    console = Console(width=None if sys.stdout.isatty() else 170)
    generated = [put_into(folder / "ruled", pages) for pages in chosen.pages]
    results: dict[str, dict[str, Measured]] = {}
    for family, pages in families(chosen.most, generated[:1]).items():
        if chosen.families and family not in chosen.families:
            continue
        results[family] = {reader: measure(reader, pages) for reader in READERS}
        console.print(f"{family}: {results[family]['ours'].pages_per_second:,.1f} pages/s", highlight=False)
    runs = []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for file, pages in zip(generated, chosen.pages, strict=True):
        for workers in sorted({1, cores}):
            runs.append({"documents": f"one of {pages} pages", "pages": pages, "workers": workers})
            runs[-1] |= land([file], workers)
    written = folder / f"extraction_{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    families_said = {
        family: {reader: {**asdict(m), "pages_per_second": round(m.pages_per_second, 1)} for reader, m in own.items()}
        for family, own in results.items()
    }
    said = {"load": os.getloadavg(), "cores": cores, "families": families_said, "runs": runs}
    written.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    show(console, results, runs)
    console.print(f"Load of the machine at the end: {said['load'][0]:.1f} on {cores} cores. Everything: {written}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
