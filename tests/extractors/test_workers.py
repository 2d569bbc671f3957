"""Documents are read in worker processes: one that crashes or hangs its reader costs only itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractors import extraction
from extractors.archive import manifest, sha256_of
from extractors.extraction import _Job, extract
from extractors.landing import prepare
from extractors.limits import Limits
from extractors.spec import SourceSpec, load_sources
from tests.extractors.beside import DOCUMENTS
from tests.publications import damaged

MX = "mx_gto_cuenta_publica"


class Deadly:
    """Ends the process that unpickles it, as a fault in compiled code would."""

    sha256 = "0" * 64

    def __reduce__(self):
        return os._exit, (11,)


def jobs(inbox: Path) -> list[_Job]:
    """One job for each file of the folder; `deadly.txt` kills the worker that takes it."""
    source = load_sources()[MX]
    found = []
    for file in sorted(inbox.iterdir()):
        candidates: tuple[SourceSpec, ...] = (source,)
        if file.name == "deadly.txt":
            candidates = (source, Deadly())  # type: ignore[assignment]
        sha256 = sha256_of(file)
        found.append(_Job(file, file.name, file.name, sha256, source, candidates, "2021-01-01T00:00:00+00:00"))
    return found


def test_a_worker_that_dies_takes_only_its_document_along(tmp_path: Path) -> None:
    inbox, raw, archive = tmp_path / "inbox", tmp_path / "raw", tmp_path / "archive"
    inbox.mkdir()
    good = DOCUMENTS / MX / "isseg_2020_indicadores_de_resultados.xlsx"
    (inbox / "a.xlsx").write_bytes(good.read_bytes())
    (inbox / "deadly.txt").write_text("x")
    damaged.text_with_hostile_labels(inbox / "z.txt")
    damaged.empty_file(inbox / "z.pdf")
    prepare(raw, load_sources(), {})
    outcomes = {o.file_path: o for o in extraction._run(jobs(inbox), raw, archive, Limits(), workers=2)}
    assert {name: outcome.action for name, outcome in outcomes.items()} == {
        "a.xlsx": "loaded",
        "deadly.txt": "quarantined",
        "z.txt": "loaded",
        "z.pdf": "quarantined",
    }
    assert outcomes["deadly.txt"].reason == (
        "the reader crashed on it or did not end within 600 seconds (CONTRASTE_MAX_SECONDS); "
        "the file is damaged or hostile."
    )
    assert {row["file_path"]: row["status"] for row in manifest(raw).values()} == {
        "a.xlsx": "loaded",
        "deadly.txt": "quarantined",
        "z.txt": "loaded",
        "z.pdf": "quarantined",
    }


def test_a_run_as_it_is_in_use(tmp_path: Path) -> None:
    # nothing patched: workers, the packaged sources and the publications of the repository
    done = []
    found = extract(
        DOCUMENTS,
        tmp_path / "raw",
        tmp_path / "archive",
        on_progress=lambda p: done.append((p.done, p.total)),
    )
    # printed rows of tables and sheets, and figures of sentences: 4 + 6; 22 + 51 in each issue, the scanned one too;
    # 9 + 7 + 3 + 5 + 12 + 7 + 8 + 3 + 3 in the statements of the example; 15 in each form;
    # 3 + 12 + 9 + 17 + 63 + 45; 24 + 24 + 19 + 15
    assert [(document.action, document.rows) for document in found.documents] == [
        ("loaded", 10),
        ("loaded", 73),
        ("loaded", 73),
        ("loaded", 73),
        ("loaded", 57),
        ("loaded", 15),
        ("loaded", 15),
        ("loaded", 149),
        ("loaded", 82),
    ]
    assert done == [(number, 9) for number in range(1, 10)]


def test_too_little_memory_is_a_reason_and_costs_the_others_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a million cells; the worker alone needs some five hundred megabytes
    monkeypatch.setenv("CONTRASTE_MAX_MEMORY_MEGABYTES", "700")
    (tmp_path / "inbox" / MX).mkdir(parents=True)
    (tmp_path / "inbox" / MX / "big.txt").write_bytes(b"a\t" * 1_000_000)
    damaged.text_with_hostile_labels(tmp_path / "inbox" / MX / "good.txt")
    found = extract(tmp_path / "inbox", tmp_path / "raw", tmp_path / "archive", workers=1)
    reasons = {document.file_path: document.reason for document in found.documents}
    assert reasons == {
        f"{MX}/big.txt": (
            "reading takes more than 700 MB of memory; "
            "raise CONTRASTE_MAX_MEMORY_MEGABYTES if the document is worth it."
        ),
        f"{MX}/good.txt": None,
    }


def test_workers_that_do_not_start_are_no_fault_of_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = extract(DOCUMENTS, tmp_path / "raw", tmp_path / "archive")
    assert first.count("loaded") == 9
    monkeypatch.setattr(extraction, "bound_memory", os.truncate)  # fails at once in the worker
    with pytest.raises(RuntimeError, match="the processes that read documents do not start"):
        extract(DOCUMENTS, tmp_path / "raw", tmp_path / "archive", force=True)
    assert {row["status"] for row in manifest(tmp_path / "raw").values()} == {"loaded"}
