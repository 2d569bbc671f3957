"""Measures how fast pages become cells, beside pdfplumber's own tables on the same pages in the same run.

    python -m tests.benchmark.extraction [--folder FOLDER] [--pages 93 900] [--most 40] [--families NAME …]

For each family of documents: pages a second of CPU and peak memory of this project's reader, of pdfplumber's
`extract_tables`, and of the floor, which is what pdfium itself needs for the plain text and for characters with boxes.
Scanned pages are measured apart, as they go through OCR. Then whole documents are extracted and landed on one core and
on all. See README.md for how to read the tables.
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
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from rich.console import Console
from rich.table import Table

from extractors.extraction import extract
from extractors.limits import Budget, Limits
from extractors.readers.pdf import read_pdf
from extractors.readers.primitives import pdfium_page
from extractors.readers.scan.routing import route
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


Results = dict[str, dict[str, Measured]]
"""By family and reader."""

DOCUMENTS_AT_ONCE = 8

Pages = Sequence[tuple[Path, int]]
"""Files and how many of their first pages are read."""


@dataclass(frozen=True)
class Family:
    """The first pages of documents of one kind: those that print text, or those that are pictures of it."""

    name: str
    pages: Pages
    is_scanned: bool = False


def families(most: int, most_scanned: int, generated: Iterable[Path]) -> list[Family]:
    """Readable PDFs by the folder they lie in below a root, each with no more than `most` pages in all."""
    found: dict[tuple[str, bool], list[tuple[Path, int]]] = {}
    for root in ROOTS:
        for file in sorted(root.rglob("*.pdf")) if root.is_dir() else ():
            name = file.relative_to(root).parts[0]
            for is_scanned, limit in ((False, most), (True, most_scanned)):
                own = found.setdefault((name, is_scanned), [])
                left = limit - sum(count for _, count in own)
                if left > 0 and (count := leading_pages(file, left, is_scanned=is_scanned)):
                    own.append((file, count))
    made = [Family(f"generated, {(count := leading_pages(file))} pages", [(file, count)]) for file in generated]
    return [Family(name, own, is_scanned) for (name, is_scanned), own in sorted(found.items()) if own] + made


def leading_pages(file: Path, most: int | None = None, *, is_scanned: bool = False) -> int:
    """Pages until the first of the other kind: one that has text, or one that is a picture or may be one."""
    count = 0
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError:
        return 0
    for index in islice(range(len(document)), most):
        page = document[index]
        primitives = pdfium_page(page)
        page.close()
        layer = "".join(text for text in primitives.chars.texts if not text.isspace())
        if (route(layer, primitives.image_share) != "text") is not is_scanned:
            break
        count += 1
    document.close()
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
    return _in_a_process_of_its_own(_measured, reader, pages)


def _in_a_process_of_its_own(function: Callable[..., Any], *arguments: Any) -> Any:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def _measured(reader: str, pages: Pages) -> Measured:
    READERS[reader](pages[:1])  # what is loaded at the first page is no cost of pages
    started = time.process_time()
    count = READERS[reader](pages)
    return Measured(count, time.process_time() - started, _peak_of_this_process())


def _peak_of_this_process() -> int:
    status = Path("/proc/self/status")
    if status.is_file():  # what `getrusage` says begins with the memory of the process that started this one
        [kilobytes] = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(kilobytes) // 1_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1_000_000 if sys.platform == "darwin" else 1_000)


# ------------------------------------------------------------------ whole runs


def land(files: Sequence[Path], workers: int) -> dict[str, float]:
    """Extract and land documents of the SIAFI source; wall seconds, CPU seconds and the peak of the largest process."""
    return _in_a_process_of_its_own(_landed, files, workers)


def _landed(files: Sequence[Path], workers: int) -> dict[str, float]:
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


def show(console: Console, digital: Results, scanned: Results, runs: Sequence[dict[str, Any]]) -> None:
    """The tables."""
    table = Table(title="Pages a second of one core (megabytes at the peak)")
    for heading in ("family", "pages", *READERS, "times pdfplumber", "of the floor"):
        table.add_column(heading, justify="left" if heading == "family" else "right")
    for family, by_reader in digital.items():
        own, reference, floor = by_reader["ours"], by_reader["pdfplumber"], by_reader["plain text"]
        table.add_row(
            family,
            str(own.pages),
            *(f"{m.pages_per_second:,.1f} ({m.megabytes})" for m in by_reader.values()),
            f"{own.pages_per_second / reference.pages_per_second:.1f}",
            f"{own.pages_per_second / floor.pages_per_second:.0%}",
        )
    console.print(table)
    if scanned:
        ocr = Table(title="Scanned pages, through OCR")
        for heading in ("family", "pages", "seconds of a core for a page", "MB at the peak"):
            ocr.add_column(heading, justify="left" if heading == "family" else "right")
        for family, by_reader in scanned.items():
            own = by_reader["ours"]
            ocr.add_row(family, str(own.pages), f"{own.seconds / own.pages:.1f}", str(own.megabytes))
        console.print(ocr)
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
    parser.add_argument("--most", type=int, default=40, help="pages of each family that print text")
    parser.add_argument("--most-scanned", type=int, default=4, help="scanned pages of each family")
    parser.add_argument("--families", nargs="*", help="only these")
    chosen = parser.parse_args(arguments)
    folder = chosen.folder.resolve()
    console = Console(width=None if sys.stdout.isatty() else 170)
    generated = [put_into(folder / "ruled", pages) for pages in chosen.pages]
    digital: Results = {}
    scanned: Results = {}
    for family in families(chosen.most, chosen.most_scanned, generated[:1]):
        if chosen.families and family.name not in chosen.families:
            continue
        readers = ["ours"] if family.is_scanned else READERS
        measured = {reader: measure(reader, family.pages) for reader in readers}
        (scanned if family.is_scanned else digital)[family.name] = measured
        rate = f"{measured['ours'].pages_per_second:,.1f} pages/s"
        console.print(f"{family.name}{', scanned' if family.is_scanned else ''}: {rate}", highlight=False)
    runs = []
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    whole = [(f"one of {pages} pages", [file], pages) for file, pages in zip(generated, chosen.pages, strict=True)]
    if chosen.pages:
        several = range(min(chosen.pages), min(chosen.pages) + DOCUMENTS_AT_ONCE)
        files = [put_into(folder / "ruled", pages) for pages in several]
        whole.append((f"{len(files)} of {several[0]} to {several[-1]} pages", files, sum(several)))
    for documents, files, pages in whole:
        for workers in sorted({1, cores}):
            runs.append({"documents": documents, "pages": pages, "workers": workers, **land(files, workers)})
    written = folder / f"extraction_{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    said = {
        "load": os.getloadavg(),
        "cores": cores,
        "families": _as_json(digital),
        "scanned": _as_json(scanned),
        "runs": runs,
    }
    written.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    show(console, digital, scanned, runs)
    console.print(f"Load of the machine at the end: {said['load'][0]:.1f} on {cores} cores. Everything: {written}")
    return 0


def _as_json(results: Results) -> dict[str, Any]:
    return {
        family: {reader: {**asdict(m), "pages_per_second": round(m.pages_per_second, 1)} for reader, m in own.items()}
        for family, own in results.items()
    }


if __name__ == "__main__":
    sys.exit(main())
