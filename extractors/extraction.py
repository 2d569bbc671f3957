"""Reads every document of the inbox that is new, or whose layout or extractor changed, and lands it as raw tables.

A document that cannot be read in full is quarantined with one sentence; the others go on. What did not change is
skipped: an unchanged document costs its hash.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from extractors import landing
from extractors.accounting import account_for
from extractors.archive import archived, inbox_files, keep, manifest, record, sha256_of
from extractors.errors import ExtractionError, LayoutMismatch
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits
from extractors.readers.opening import SUFFIXES, open_document
from extractors.spec import SourceSpec, load_sources
from extractors.version import extractor_version

Action = Literal["loaded", "skipped", "quarantined"]


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
    """`done` of `total` documents are read; `file_path` is the last one."""

    done: int
    total: int
    file_path: str


@dataclass(frozen=True, slots=True)
class ExtractionResult:
    """The outcome of every document of the inbox, in order of path."""

    documents: list[DocumentOutcome]

    def count(self, action: Action) -> int:
        return sum(document.action == action for document in self.documents)


@dataclass(frozen=True, slots=True)
class InboxState:
    """What a refresh would do: `new` documents to read, `unchanged` ones, `quarantined` ones with their reasons.

    `fingerprint` identifies everything the raw tables depend on: documents, layouts, extractor.
    """

    new: list[str]
    unchanged: list[str]
    quarantined: list[tuple[str, str]]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Job:
    """One document to read. `candidates` are the sources it may belong to."""

    file: Path
    file_path: str
    sha256: str
    candidates: tuple[SourceSpec, ...]
    first_seen: str


def pending(inbox: Path, raw: Path, archive: Path, sources: Mapping[str, SourceSpec] | None = None) -> InboxState:
    """What is new in the inbox, without reading any document (files are hashed and compared with the manifest)."""
    known = sources or load_sources()
    rows = manifest(raw)
    new: list[str] = []
    unchanged: list[str] = []
    quarantined: list[tuple[str, str]] = []
    jobs, current = _plan(inbox, archive, rows, known)
    changed = {job.file_path for job in jobs}
    for file_path, sha256 in current.items():
        if file_path in changed:
            new.append(file_path)
        elif rows[sha256]["status"] == "quarantined":
            quarantined.append((file_path, rows[sha256]["reason"]))
        else:
            unchanged.append(file_path)
    new += sorted(changed - set(current))
    state = sorted((sha, row["status"], row["spec_sha256"] or "", row["extractor_version"]) for sha, row in rows.items())
    text = repr((state, sorted(current.values()), extractor_version(), _combined(known.values())))
    return InboxState(new, unchanged, quarantined, hashlib.sha256(text.encode()).hexdigest())


def extract(
    inbox: Path,
    raw: Path,
    archive: Path,
    *,
    sources: Sequence[str] | None = None,
    force: bool = False,
    workers: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> ExtractionResult:
    """Read what is new and land it; returns the outcome of every document in the inbox.

    `sources` limits the work to documents of these sources (documents that lie in no source's folder are always
    looked at). `force` reads unchanged documents again. Raises SourceError when a `source.yml` is not valid and
    ValueError when a limit is not a number.
    """
    known = load_sources()
    limits = Limits.from_environment()
    landing.prepare(raw, known)
    rows = manifest(raw)
    jobs, current = _plan(inbox, archive, rows, known, force=force)
    if sources is not None:
        jobs = [job for job in jobs if len(job.candidates) != 1 or job.candidates[0].source_id in sources]
    outcomes: dict[str, DocumentOutcome] = {}
    for outcome in _run(jobs, raw, archive, limits, workers):
        outcomes[outcome.file_path] = outcome
        if on_progress:
            on_progress(Progress(len(outcomes), len(jobs), outcome.file_path))
    rows = manifest(raw)
    for file_path, sha256 in current.items():
        row = rows.get(sha256)
        if file_path in outcomes or row is None:
            continue
        if sources is not None and row["source_id"] is not None and row["source_id"] not in sources:
            continue
        quarantined = row["status"] == "quarantined"
        outcomes[file_path] = DocumentOutcome(
            file_path, sha256, row["source_id"], "quarantined" if quarantined else "skipped", row["reason"]
        )
    return ExtractionResult([outcomes[path] for path in sorted(outcomes)])


# ------------------------------------------------------------------ planning


def _plan(
    inbox: Path,
    archive: Path,
    rows: Mapping[str, Mapping[str, Any]],
    sources: Mapping[str, SourceSpec],
    force: bool = False,
) -> tuple[list[_Job], dict[str, str]]:
    """Documents to read, and the sha256 of every file in the inbox."""
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    everything = tuple(sources.values())
    current: dict[str, str] = {}
    jobs: dict[str, _Job] = {}
    for file in inbox_files(inbox):
        file_path = file.relative_to(inbox).as_posix()
        sha256 = current[file_path] = sha256_of(file)
        folder = sources.get(file_path.split("/")[0])
        row = rows.get(sha256)
        if sha256 in jobs or (row and not force and _is_current(row, sources, folder)):
            continue
        first_seen = row["first_seen"] if row else now
        # Bytes that were read before keep the name they were first seen under.
        known_path = row["file_path"] if row and row["status"] == "loaded" else file_path
        jobs[sha256] = _Job(file, known_path, sha256, (folder,) if folder else everything, first_seen)
    for sha256, row in rows.items():
        source = sources.get(row["source_id"] or "")
        if sha256 in jobs or sha256 in current.values() or row["status"] != "loaded" or source is None:
            continue
        kept = archived(archive, sha256, Path(row["file_path"]).suffix)
        if kept.exists() and not _is_current(row, sources, source):
            jobs[sha256] = _Job(kept, row["file_path"], sha256, (source,), row["first_seen"])
    return list(jobs.values()), current


def _is_current(row: Mapping[str, Any], sources: Mapping[str, SourceSpec], folder: SourceSpec | None) -> bool:
    """True when neither the extractor nor the layout that read the document has changed, nor its folder."""
    if row["extractor_version"] != extractor_version():
        return False
    source = folder or sources.get(row["source_id"] or "")
    if folder and row["source_id"] != folder.source_id:
        return False
    return row["spec_sha256"] == (source.sha256 if source else _combined(sources.values()))


def _combined(sources: Iterable[SourceSpec]) -> str:
    return hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()


# ------------------------------------------------------------------- reading


def _run(
    jobs: Sequence[_Job], raw: Path, archive: Path, limits: Limits, workers: int | None
) -> Iterable[DocumentOutcome]:
    """Read the documents in worker processes, so that one that crashes the reader cannot stop the refresh."""
    if not jobs:
        return
    left = {job.sha256: job for job in jobs}
    count = min(len(jobs), workers or os.cpu_count() or 1)
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            running: dict[Future[DocumentOutcome], str] = {
                pool.submit(_read, job, raw, archive, limits): job.sha256 for job in jobs
            }
            while running:
                finished, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    sha256 = running.pop(future)
                    outcome = future.result()
                    del left[sha256]
                    yield outcome
    except BrokenProcessPool:
        # One document killed its worker and took the pool along: read the rest one by one to find it.
        for job in left.values():
            try:
                with ProcessPoolExecutor(1, mp_context=context) as pool:
                    yield pool.submit(_read, job, raw, archive, limits).result()
            except BrokenProcessPool:
                yield _quarantine(job, raw, "the reader crashed on it; the file is damaged or hostile.")


def _read(job: _Job, raw: Path, archive: Path, limits: Limits) -> DocumentOutcome:
    try:
        source, interpretation = _interpret(job, limits)
        accounts = [(table, account_for(table)) for table in interpretation.tables]
        rows = sum(landing.land_table(raw, job.sha256, source, table, account) for table, account in accounts)
    except ExtractionError as error:
        return _quarantine(job, raw, str(error))
    except Exception as error:
        return _quarantine(job, raw, f"the reader failed ({type(error).__name__}: {str(error)[:200]}); please report it.")
    landing.write(
        raw / "accounting" / f"{job.sha256}.parquet",
        landing.ACCOUNTING,
        [landing.accounting_row(job.sha256, source, table, account) for table, account in accounts],
    )
    keep(archive, job.file, job.sha256)
    metadata = interpretation.metadata
    record(
        raw,
        {
            **_manifest_row(job, source, "loaded"),
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
    return DocumentOutcome(job.file_path, job.sha256, source.source_id, "loaded", rows=rows)


def _interpret(job: _Job, limits: Limits) -> tuple[SourceSpec, Interpretation]:
    """The source that the document belongs to and what it says under its layout."""
    matching: list[tuple[SourceSpec, Interpretation]] = []
    failures: list[str] = []
    for source in job.candidates:
        _, pages = open_document(job.file, Budget(limits))
        try:
            matching.append((source, interpret(pages, source)))
        except LayoutMismatch as error:
            if len(job.candidates) == 1:
                raise
            failures.append(f"{source.source_id}: {error}")
    if len(matching) == 1:
        return matching[0]
    if matching:
        names = ", ".join(source.source_id for source, _ in matching)
        raise LayoutMismatch(f"the document fits several sources ({names}); put it into the folder of one of them.")
    raise LayoutMismatch(f"no source matches. {' '.join(failures)}")


def _quarantine(job: _Job, raw: Path, reason: str) -> DocumentOutcome:
    source = job.candidates[0] if len(job.candidates) == 1 else None
    record(raw, {**_manifest_row(job, source, "quarantined"), "reason": reason})
    return DocumentOutcome(job.file_path, job.sha256, source.source_id if source else None, "quarantined", reason)


def _manifest_row(job: _Job, source: SourceSpec | None, status: Literal["loaded", "quarantined"]) -> dict[str, Any]:
    return {
        "document_sha256": job.sha256,
        "source_id": source.source_id if source else None,
        "file_path": job.file_path,
        "publication": job.file_path.rpartition(".")[0] or job.file_path,
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
    }
