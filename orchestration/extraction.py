"""From the inbox to raw Parquet: calls the extractors and keeps what became of each document."""

from collections.abc import Sequence

from extractors.extraction import Progress, extract
from orchestration import progress
from orchestration.holding import let_changed_back
from orchestration.outcomes import Document, Extraction
from orchestration.paths import Paths


def read_inbox(paths: Paths, run_id: str, *, sources: Sequence[str] | None = None, force: bool = False) -> Extraction:
    """Load what is new in the inbox: of these sources, or of all and what no source knows when None.

    Returns what became of each document, and keeps it for the report. Asked again within the same run it
    answers from there. The writer lock is the caller's to hold.
    """
    earlier = Extraction.load(paths)
    if earlier and earlier.covers(run_id, sources):
        return earlier

    def on_progress(at: Progress) -> None:
        progress.report(progress.Advance(progress.Stage.EXTRACT, at.done, at.total, at.file_path))

    def on_pages(at: Progress) -> None:
        progress.report(progress.Advance(progress.Stage.EXTRACT, at.done, at.total, pages=at.pages))

    let_changed_back(paths)
    result = extract(
        paths.documents,
        paths.raw,
        paths.archive,
        sources=sources,
        force=force,
        on_progress=on_progress,
        on_pages=on_pages,
    )
    documents = [
        Document(
            document.file_path,
            document.document_sha256,
            document.source_id,
            document.action,
            document.reason,
            document.rows,
        )
        for document in result.documents
    ]
    extraction = Extraction(run_id, sources, documents)
    extraction.save(paths)
    return extraction
