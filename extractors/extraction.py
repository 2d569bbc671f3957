"""Reads every document of the inbox that is new, or whose layout or extractor changed, and lands it as raw tables.

A document that cannot be read in full is quarantined with one sentence; the others go on. What did not change is
skipped: an unchanged document costs its hash.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from extractors import landing, readings
from extractors.accounting import account_for, account_for_sheets, account_for_statements, with_pages_left_out
from extractors.archive import archived, inbox_files, keep, manifest, record, sha256_of
from extractors.errors import ExtractionError, LayoutMismatch
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits, bound_memory, ending_after
from extractors.readers.opening import SUFFIXES, has_right_ending, open_document
from extractors.readers.packing import KeptPages
from extractors.readers.parallel_pages import Cores
from extractors.readers.scan.engine import MISSING
from extractors.readers.scan.reader import ScanReader
from extractors.readers.scan.store import scan_reader
from extractors.scanned.judging import judge
from extractors.scanned.landing import land_scanned_cells, scans_folder
from extractors.scanned.mending import Mending
from extractors.scanned.reviews import reviews_key, reviews_of
from extractors.sheets.landing import land_sheet_rows
from extractors.spec import STATEMENTS, SourceSpec, load_sources
from extractors.statements.landing import land_statements
from extractors.table import Page
from extractors.version import extractor_version

Action = Literal["loaded", "skipped", "quarantined"]

_CONTEXT = multiprocessing.get_context("spawn")
_SECONDS_BETWEEN_PAGES = 0.2


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """What happened to one document. `rows` counts leaf rows of all its tables."""

    file_path: str
    document_sha256: str
    source_id: str | None
    action: Action
    reason: str | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` documents are read; `file_path` is the last one. `pages` counts those of all that are begun."""

    done: int
    total: int
    file_path: str
    pages: int = 0


@dataclass(frozen=True, slots=True)
class ExtractionResult:
    """The outcome of every document of the inbox, in order of path."""

    documents: list[DocumentOutcome]

    def count(self, action: Action) -> int:
        return sum(document.action == action for document in self.documents)


@dataclass(frozen=True, slots=True)
class InboxState:
    """What a refresh would do: `new` documents to read, `unchanged` ones, `quarantined` ones with their reasons.

    `new_key` identifies the new documents by name and content. `fingerprint` identifies everything the raw tables
    depend on: documents, layouts, extractor.
    """

    new: list[str]
    unchanged: list[str]
    quarantined: list[tuple[str, str]]
    new_key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Job:
    """One document to read.

    `name` is its name in the inbox, `file_path` the one it is recorded under. `owner` is the source whose folder it
    lies in or that read it before; where there is none, its content decides between the `candidates`.
    """

    file: Path
    name: str
    file_path: str
    sha256: str
    owner: SourceSpec | None
    candidates: tuple[SourceSpec, ...]
    first_seen: str


def pending(inbox: Path, raw: Path, archive: Path, sources: Mapping[str, SourceSpec] | None = None) -> InboxState:
    """What is new in the inbox, without reading any document (files are hashed and compared with the manifest)."""
    known = sources or load_sources()
    rows = manifest(raw)
    new: list[str] = []
    unchanged: list[str] = []
    quarantined: list[tuple[str, str]] = []
    jobs, current, unreadable = _plan(inbox, archive, rows, known, Limits.from_environment())
    changed = {job.sha256: job.file_path for job in jobs}
    for file_path, sha256 in current.items():
        if sha256 in changed:
            new.append(file_path)
        elif rows[sha256]["status"] == "quarantined":
            quarantined.append((file_path, rows[sha256]["reason"]))
        else:
            unchanged.append(file_path)
    new += sorted(changed[sha256] for sha256 in set(changed) - set(current.values()))
    quarantined += unreadable.items()
    state = sorted(
        (sha, row["status"], row["spec_sha256"] or "", row["extractor_version"]) for sha, row in rows.items()
    )
    everything = (state, sorted(current.values()), extractor_version(), _combined(known.values()))
    return InboxState(new, unchanged, quarantined, _digest(sorted(changed.items())), _digest(everything))


def _digest(what: object) -> str:
    return hashlib.sha256(repr(what).encode()).hexdigest()


def extract(
    inbox: Path,
    raw: Path,
    archive: Path,
    *,
    sources: Sequence[str] | None = None,
    force: bool = False,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_pages: Callable[[Progress], None] | None = None,
) -> ExtractionResult:
    """Read what is new and land it; returns the outcome of every document in the inbox.

    `workers` processes read, by default one for each core. `on_progress` hears of each document that is read, and
    `on_pages` several times a second how far the pages are.

    `sources` limits the work to documents of these sources (documents that lie in no source's folder are always
    looked at). `force` reads unchanged documents again. Raises SourceError when a `source.yml` is not valid and
    ValueError when a limit is not a number.
    """
    known = load_sources()
    limits = Limits.from_environment()
    rows = manifest(raw)
    landing.prepare(raw, known, rows)
    jobs, current, unreadable = _plan(inbox, archive, rows, known, limits, force=force)
    if sources is not None:
        jobs = [job for job in jobs if job.owner is None or job.owner.source_id in sources]
    read: dict[str, DocumentOutcome] = {}

    def counted(pages: int) -> None:
        if on_pages:
            on_pages(Progress(len(read), len(jobs), "", pages))

    for outcome in _run(jobs, raw, archive, limits, workers, counted if on_pages else None):
        read[outcome.document_sha256] = outcome
        if on_progress:
            on_progress(Progress(len(read), len(jobs), outcome.file_path))
    rows = manifest(raw)
    outcomes = [DocumentOutcome(path, "", None, "quarantined", reason) for path, reason in unreadable.items()]
    for file_path, sha256 in current.items():
        row = rows.get(sha256)
        if sha256 in read and read[sha256].file_path == file_path:
            continue  # its other names, if any, were skipped
        if row is None or (sources is not None and row["source_id"] not in (None, *sources)):
            continue
        quarantined = row["status"] == "quarantined"
        action: Action = "quarantined" if quarantined else "skipped"
        outcomes.append(DocumentOutcome(file_path, sha256, row["source_id"], action, row["reason"]))
    outcomes += read.values()
    return ExtractionResult(sorted(outcomes, key=lambda each: (each.file_path, each.document_sha256)))


# ------------------------------------------------------------------ planning


def _plan(
    inbox: Path,
    archive: Path,
    rows: Mapping[str, Mapping[str, Any]],
    sources: Mapping[str, SourceSpec],
    limits: Limits,
    force: bool = False,
) -> tuple[list[_Job], dict[str, str], dict[str, str]]:
    """Documents to read, the sha256 of every file in the inbox, and why files without one cannot be opened."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    everything = tuple(sources.values())
    current: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    names: dict[str, list[tuple[str, Path]]] = {}
    for file in inbox_files(inbox):
        file_path = _printable(file.relative_to(inbox).as_posix())
        try:
            sha256 = current[file_path] = sha256_of(file)
        except FileNotFoundError:
            continue  # taken away since the folder was listed
        except OSError as error:
            unreadable[file_path] = f"the file cannot be opened ({error.strerror}); mend its permissions."
            continue
        names.setdefault(sha256, []).append((file_path, file))
    jobs: dict[str, _Job] = {}
    for sha256, same_bytes in names.items():
        # Of several names of the same bytes the best one counts: its ending is right, it lies in a source's folder.
        file_path, file = min(
            same_bytes,
            key=lambda name: (
                len(same_bytes) > 1 and not has_right_ending(name[1]),
                name[0].split("/")[0] not in sources,
                name[0],
            ),
        )
        folder = sources.get(file_path.split("/")[0])
        row = rows.get(sha256)
        if row and (not force or row["status"] == "withdrawn") and _is_current(row, file_path, folder, sources, limits):
            continue
        first_seen = row["first_seen"] if row else now
        # Bytes that were read before keep the name they were first seen under.
        keeps = row and row["status"] == "loaded" and not _says_another(row["file_path"], file_path, folder)
        known_path = row["file_path"] if row and keeps else file_path
        candidates = (folder,) if folder else everything
        jobs[sha256] = _Job(file, file_path, known_path, sha256, folder, candidates, first_seen)
    for sha256, row in rows.items():
        source = sources.get(row["source_id"] or "")
        if sha256 in names or source is None:
            continue
        # Only what was read in full once is in the archive.
        kept = archived(archive, sha256, Path(row["file_path"]).suffix)
        if kept.exists() and not _is_current(row, row["file_path"], source, sources, limits):
            name = row["file_path"]
            jobs[sha256] = _Job(kept, name, name, sha256, source, (source,), row["first_seen"])
    return list(jobs.values()), current, unreadable


def _is_current(
    row: Mapping[str, Any],
    file_path: str,
    folder: SourceSpec | None,
    sources: Mapping[str, SourceSpec],
    limits: Limits,
) -> bool:
    """True when reading the document again would end as it did.

    Extractor, layout and folder are the same, and of a quarantined one also the name and the limit that its
    reason speaks of.
    """
    if row["status"] == "withdrawn":
        return True  # a person took it out; nothing puts it back
    if row["extractor_version"] != extractor_version():
        return False
    if row["scan_reader"] and scan_reader() not in (None, row["scan_reader"]):
        return False
    if row["status"] == "quarantined":
        same_name = row["file_path"] == file_path
        if not same_name or not limits.stopped(row["reason"]):
            return False
    source = folder or sources.get(row["source_id"] or "")
    if _says_another(row["file_path"], file_path, folder):
        return False
    if folder and row["source_id"] != folder.source_id:
        return False
    if source and row["reviews_sha256"] != reviews_key(source.source_id, row["document_sha256"]):
        return False
    return row["spec_sha256"] == (source.sha256 if source else _combined(sources.values()))


def folder_in_source(file_path: str) -> str | None:
    """The folder that a document of the inbox lies in inside the folder of its source."""
    parts = file_path.split("/")
    return parts[1] if len(parts) > 2 else None


def _says_another(before: str, now: str, source: SourceSpec | None) -> bool:
    """True when a document was moved to another folder, in a source whose folders say whose it is."""
    by_folder = source is not None and source.metadata.institution_folder
    return by_folder and folder_in_source(before) != folder_in_source(now)


def _printable(text: str) -> str:
    """Text that can be stored: a file name need not be Unicode."""
    return text.encode("utf-8", "backslashreplace").decode()


def _combined(sources: Iterable[SourceSpec]) -> str:
    return hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()


# ------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the processes that read share: the cores that nobody uses, and the pages that were read."""

    cores: Any
    pages: Any


_shared: _Shared | None = None
"""Set in a process that reads."""


def _start_reading(bound: Callable[[Limits], None], limits: Limits, shared: _Shared) -> None:
    global _shared
    bound(limits)
    _shared = shared
    # A document is a million objects that refer to each other in no circle: looking for circles takes a tenth of the
    # time, and finds none.
    gc.set_threshold(200_000, 20, 100)


def _pool(workers: int, limits: Limits, shared: _Shared) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, _CONTEXT, _start_reading, (bound_memory, limits, shared))


def _run(
    jobs: Sequence[_Job],
    raw: Path,
    archive: Path,
    limits: Limits,
    workers: int | None,
    on_pages: Callable[[int], None] | None = None,
) -> Iterable[DocumentOutcome]:
    """Read the documents in worker processes, so that one that crashes the reader cannot stop the refresh.

    Raises RuntimeError when workers do not start at all: that is no fault of a document.
    """
    if not jobs:
        return
    # The largest first: at the end there is only little to wait for.
    left = {job.sha256: job for job in sorted(jobs, key=lambda job: -job.file.stat().st_size)}
    workers = workers or _cores()
    shared = _Shared(_CONTEXT.Semaphore(workers), _CONTEXT.Value("q", 0))
    # A document that killed its worker took the pool along, one that filled the memory may have left none for the
    # next: both, and what was not read by then, are read again one by one to find the culprit.
    with contextlib.suppress(BrokenProcessPool), _pool(min(len(jobs), workers), limits, shared) as pool:
        running: dict[Future[DocumentOutcome], str] = {
            pool.submit(_read, job, raw, archive, limits): job.sha256 for job in left.values()
        }
        while running:
            finished, _ = wait(running, _SECONDS_BETWEEN_PAGES if on_pages else None, FIRST_COMPLETED)
            if on_pages:
                on_pages(shared.pages.value)
            for future in finished:
                sha256 = running.pop(future)
                try:
                    outcome = future.result()
                except MemoryError:
                    continue
                del left[sha256]
                yield outcome
    for job in left.values():
        try:
            with _pool(1, limits, _Shared(_CONTEXT.Semaphore(workers), shared.pages)) as pool:
                _check_starts(pool)
                yield pool.submit(_read, job, raw, archive, limits).result()
        except BrokenProcessPool:
            yield _quarantine(job, raw, limits.crash)
        except MemoryError:
            yield _quarantine(
                job,
                raw,
                f"reading takes more than {limits.max_memory_megabytes:,} MB of memory; "
                "raise CONTRASTE_MAX_MEMORY_MEGABYTES if the document is worth it.",
            )


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_starts(pool: ProcessPoolExecutor) -> None:
    try:
        pool.submit(extractor_version).result()
    except (BrokenProcessPool, MemoryError) as error:
        raise RuntimeError(
            "the processes that read documents do not start; raise CONTRASTE_MAX_MEMORY_MEGABYTES if it was lowered, "
            "and start Python from a file or a module rather than from standard input."
        ) from error


def _read(job: _Job, raw: Path, archive: Path, limits: Limits) -> DocumentOutcome:
    try:
        with _core(), ending_after(limits.max_seconds):
            source, interpretation, notes, scans = _interpret(job, limits, scans_folder(raw))
            accounts = [(table, account_for(table)) for table in interpretation.tables]
            sheets = [pair for reading in interpretation.sheets for pair in account_for_sheets(reading)]
            accounts, sheets = with_pages_left_out(interpretation.left_out, accounts, sheets)
            stated = [account_for_statements(interpretation.figures, source.statements)] if source.statements else []
            judged = judge(interpretation, source, scans)
        before = readings.landed(raw, source, job.sha256)
        landed = [folder for table, _ in accounts for folder in landing.land_table(raw, job.sha256, source, table)]
        landed += [folder for rows, _ in sheets for folder in land_sheet_rows(raw, job.sha256, source, rows)]
        landed += land_statements(raw, job.sha256, source, interpretation.figures) if source.statements else []
        landed += land_scanned_cells(raw, job.sha256, source, judged) if scans.page_numbers else []
        audit = [
            *(landing.accounting_row(job.sha256, source, table.name, account, table) for table, account in accounts),
            *(landing.accounting_row(job.sha256, source, rows.name, account) for rows, account in sheets),
            *(landing.accounting_row(job.sha256, source, STATEMENTS, account) for account in stated),
        ]
        audit[0]["notes"] = "; ".join(filter(None, [audit[0]["notes"], *notes]))
        landing.write(raw / "accounting" / f"{job.sha256}.parquet", landing.ACCOUNTING, audit)
        landing.discard(raw, job.sha256, keep=["accounting", *landed])
        readings.note(raw, source, job.sha256, before, _origin(source))
        keep(archive, job.file, job.sha256)
    except ExtractionError as error:
        return _quarantine(job, raw, str(error))
    except MemoryError:
        raise  # writing the reason takes memory, too: the other side of the pool does it
    except Exception as error:
        said = f"{type(error).__name__}: {str(error)[:200]!r}"
        return _quarantine(job, raw, f"the reader failed ({said}); please report it.")
    metadata = interpretation.metadata
    record(
        raw,
        {
            **_manifest_row(job, source, "loaded"),
            **_as_scan(scans),
            "title": metadata.title,
            "institution_name_raw": metadata.institution_name_raw,
            "institution_is_inferred": metadata.institution_is_inferred,
            "report_code_raw": metadata.report_code_raw,
            "period_raw": metadata.period_raw,
            "period_start_date": metadata.period_start_date,
            "period_end_date": metadata.period_end_date,
            "page_count": interpretation.page_count,
        },
    )
    rows = sum(account.data_rows for account in [*(account for _, account in [*accounts, *sheets]), *stated])
    return DocumentOutcome(job.name, job.sha256, source.source_id, "loaded", rows=rows)


def _as_scan(scans: ScanReader) -> dict[str, str]:
    """What the manifest says of a document that was read from pictures, if only in part."""
    return {"format": "scan", "scan_reader": scan_reader() or "kept"} if scans.page_numbers else {}


def _origin(source: SourceSpec) -> dict[str, str]:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"read_at": now, "extractor_version": extractor_version(), "spec_sha256": source.sha256}


def _interpret(job: _Job, limits: Limits, scans: Path) -> tuple[SourceSpec, Interpretation, list[str], ScanReader]:
    """The source that the document belongs to, what it says under its layout, notes on how it was read, and the reader
    of its scanned pages.

    The pages are read once, whatever the number of candidates, and only as far as one of them follows.
    """
    notes: list[str] = []
    matching: list[tuple[SourceSpec, Interpretation]] = []
    reader = ScanReader(job.file, limits, scans, job.sha256)
    failures: list[str] = []
    kept: dict[bool, KeptPages] = {}
    words = any(source.has_unruled_tables for source in job.candidates)
    with contextlib.ExitStack() as open_files:
        for source in job.candidates:
            way = job.file.suffix.lower() == ".xlsx" and _takes_whole_sheets(source)
            if way not in kept:
                cores = _shared and _shared.cores
                read = _noted(pages_of(job.file, source, limits, cores, reader, words=words), notes)
                kept[way] = KeptPages(open_files.enter_context(contextlib.closing(read)))
            mending = Mending(reader, source, reviews_of(source.source_id, job.sha256))
            pages = kept[way].look(is_last=len(job.candidates) == 1)
            try:
                matching.append((source, interpret(pages, source, folder_in_source(job.file_path), mending.page)))
            except LayoutMismatch as error:
                if job.owner:
                    raise
                failures.append(f"{source.source_id}: {error}")
    if len(matching) == 1:
        return *matching[0], notes, reader
    if matching:
        names = ", ".join(source.source_id for source, _ in matching)
        raise LayoutMismatch(f"the document fits several sources ({names}); put it into the folder of one of them.")
    raise LayoutMismatch(f"no source matches. {' '.join(failures)}")


def _noted(pages: Iterator[Page], notes: list[str]) -> Generator[Page, None, None]:
    """The pages as they are read, each counted for the progress, and what is to be said of reading them."""
    for page in pages:
        notes += page.notes
        if _shared:
            with _shared.pages.get_lock():
                _shared.pages.value += 1
        yield page


@contextlib.contextmanager
def _core() -> Iterator[None]:
    """Takes one of the free cores, if there is one: what is left may help with a long document."""
    taken = _shared is not None and _shared.cores.acquire(block=False)
    try:
        yield
    finally:
        if taken and _shared:
            _shared.cores.release()


def pages_of(
    file: Path,
    source: SourceSpec,
    limits: Limits,
    cores: Cores | None = None,
    scans: ScanReader | None = None,
    *,
    words: bool = False,
) -> Iterator[Page]:
    """The pages of a file as a source reads them; with `words`, or where the source has tables without rules, they
    hold every printed word, and `scans` reads and keeps those that are scanned.

    Raises UnreadableDocument, at once or while pages are read.
    """
    budget, whole_sheets, words = Budget(limits), _takes_whole_sheets(source), words or source.has_unruled_tables
    return open_document(file, budget, whole_sheets=whole_sheets, words=words, cores=cores, scans=scans)[1]


def _takes_whole_sheets(source: SourceSpec) -> bool:
    return source.print_areas == "ignored"


def _quarantine(job: _Job, raw: Path, reason: str) -> DocumentOutcome:
    reason = _printable(reason)
    needs_engine = {"scan_reader": "missing"} if MISSING in reason else {}
    record(raw, {**_manifest_row(job, job.owner, "quarantined"), **needs_engine, "reason": reason})
    landing.discard(raw, job.sha256)
    source_id = job.owner.source_id if job.owner else None
    return DocumentOutcome(job.name, job.sha256, source_id, "quarantined", reason)


def _manifest_row(job: _Job, source: SourceSpec | None, status: Literal["loaded", "quarantined"]) -> dict[str, Any]:
    return {
        "document_sha256": job.sha256,
        "source_id": source.source_id if source else None,
        "file_path": job.file_path,
        "publication": str(PurePosixPath(job.file_path).with_suffix("")),
        "format": SUFFIXES.get(job.file.suffix.lower(), "unknown"),
        "file_bytes": job.file.stat().st_size,
        "publisher_name": source.publisher.name if source else None,
        "country_code": source.publisher.country if source else None,
        "currency_code": source.currency if source else None,
        "language_code": source.language if source else None,
        "first_seen": job.first_seen,
        "status": status,
        "reason": None,
        "extractor_version": extractor_version(),
        "spec_sha256": source.sha256 if source else _combined(job.candidates),
        "scan_reader": None,
        "reviews_sha256": reviews_key(source.source_id, job.sha256) if source else None,
        "held_under": None,
    }
