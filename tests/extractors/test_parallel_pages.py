"""However many processes read a document, and in whatever stretches, the same comes out in the same order."""

from __future__ import annotations

import multiprocessing
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from extractors import extraction
from extractors.errors import UnreadableDocument
from extractors.extraction import extract
from extractors.limits import Budget, Limits
from extractors.readers import parallel_pages
from extractors.readers.opening import _stretch
from extractors.readers.packing import KeptPages, packed, unpacked
from extractors.readers.parallel_pages import in_parallel
from extractors.table import Page
from tests.benchmark.ruled_document import put_into
from tests.extractors.conftest import Place
from tests.extractors.drawn_pdf import draw, line, read, ruled, together
from tests.extractors.small_source import report

COUNT = 11


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document that is long enough for help when two pages are a stretch."""
    monkeypatch.setattr(parallel_pages, "STRETCH", 2)
    monkeypatch.setattr(parallel_pages, "WORTH_HELP", 2)
    pages = [together(line(f"Hoja {n}"), ruled([["Clave", "Monto"], [f"A{n}", f"{n}.50"]])) for n in range(COUNT)]
    return draw(tmp_path / "x.pdf", *pages)


def cores(free: int):
    return multiprocessing.get_context("spawn").Semaphore(free)


def parallel(file: Path, free: int):
    read_stretch = partial(_stretch, file, Limits(), "pdfium")
    return in_parallel(read_stretch, COUNT, cores(free), Budget(Limits()))


@pytest.mark.parametrize("free", [0, 1, 3])
def test_pages_come_as_if_one_process_read_them(file: Path, free: int) -> None:
    assert list(parallel(file, free)) == read(file)


def test_what_was_taken_is_given_back(file: Path) -> None:
    count = cores(2)
    reading = in_parallel(partial(_stretch, file, Limits(), "pdfium"), COUNT, count, Budget(Limits()))
    for _ in range(4):
        next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert count.acquire(block=False) and count.acquire(block=False)


def test_a_helper_that_dies_is_a_reason(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    give = parallel_pages._Helper.give

    def dies(self: parallel_pages._Helper, number: int, stretch: tuple[int, int]) -> None:
        self._process.kill()
        self._process.join()
        try:
            give(self, number, stretch)
        except BrokenPipeError:
            self.has = number

    monkeypatch.setattr(parallel_pages._Helper, "give", dies)
    with pytest.raises(UnreadableDocument, match="the reader crashed on it"):
        list(parallel(file, 1))


def test_limits_hold_for_the_document_and_not_for_each_stretch(file: Path) -> None:
    read_stretch = partial(_stretch, file, Limits(), "pdfium")
    # four cells and one for the page each
    reading = in_parallel(read_stretch, COUNT, cores(1), Budget(Limits(max_cells=5 * COUNT - 1)))
    with pytest.raises(UnreadableDocument, match="raise CONTRASTE_MAX_CELLS"):
        list(reading)


def test_packed_pages_are_the_same_pages(file: Path) -> None:
    pages = read(file)
    assert unpacked(packed(pages)) == pages


def test_pages_are_read_once_and_only_as_far_as_somebody_looks() -> None:
    read_so_far: list[int] = []

    def reading():
        for number in range(1, 41):
            read_so_far.append(number)
            yield Page(number, ())

    kept = KeptPages(reading())
    look = kept.look()
    assert [next(look).number for _ in range(3)] == [1, 2, 3]
    assert read_so_far == [1, 2, 3]
    assert [page.number for page in kept.look()] == list(range(1, 41))
    assert [page.number for page in kept.look(is_last=True)] == list(range(1, 41))
    assert read_so_far == list(range(1, 41))


def test_a_document_of_no_known_owner_is_read_once_for_all_sources(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    true = extraction.open_document

    def counted(file: Path, *args, **kwargs):
        opened.append(file.name)
        return true(file, *args, **kwargs)

    monkeypatch.setattr(extraction, "open_document", counted)
    place.put("2021.txt", report())
    place.actions()
    assert opened == ["2021.txt"]


def tables(raw: Path) -> dict[str, list[dict[str, object]]]:
    """What was landed, but for when it was read."""
    return {
        file.relative_to(raw).as_posix(): pq.read_table(file).to_pylist()
        for file in sorted(raw.rglob("*.parquet"))
        if file.relative_to(raw).parts[0] not in ("documents", "readings")
    }


def test_one_process_and_three_land_the_same(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    put_into(inbox, 150)  # the first helper starts behind the first stretch
    landed, ticks = [], []
    for workers in (1, 3):
        raw = tmp_path / f"raw{workers}"
        found = extract(inbox, raw, tmp_path / "archive", workers=workers, on_pages=ticks.append)
        # eighteen rows a page, the last of which prints the total
        assert [(document.action, document.rows) for document in found.documents] == [("loaded", 150 * 18 - 1)]
        assert (ticks[-1].total, ticks[-1].pages) == (1, 150)
        landed.append(tables(raw))
    assert landed[0] == landed[1]
