"""Scanned reports land what they print, whichever way they lie; what cannot be read for certain waits for a person."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractors.archive import sha256_of
from extractors.limits import Limits
from extractors.readers.scan import engine, reader, store
from extractors.readers.scan.scanned_page import Run, ScannedPage
from extractors.scanned import queue
from extractors.scanned.reviews import FILE
from tests.extractors.conftest import Place
from tests.extractors.scanned_report import CLEAN, scanned
from tests.extractors.small_source import SOURCE_ID, TOTAL, spending
from tests.publications.scan import Scanner

SPENDING = f"{SOURCE_ID}/spending"
NAME = f"{SOURCE_ID}/2021.pdf"
PRINTED = [("A001", "Salas", "1,000.00", "900.50"), ("A002", "Cera", "250.00", "250.00")]
COLUMNS = ("program_code", "program_name", "planned_amount", "spent_amount")


def with_sums(content: dict[str, Any]) -> None:
    spending(content)["sums"] = ["planned_amount", "spent_amount"]


def landed(place: Place) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in COLUMNS) for row in place.rows(SPENDING)]


def misread(
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Run], Run | None],
    again: Callable[[Any, int, Any], list[Run]] | None = None,
) -> None:
    """Let the engine read something else on the page; what it reads of a cell a second time is nothing by default."""
    recognise = reader.ScanReader.page

    def changed(self: reader.ScanReader, page_no: int) -> ScannedPage:
        page = recognise(self, page_no)
        runs = tuple(run for each in page.runs if (run := change(each)) is not None)
        return ScannedPage(page.number, page.upright, runs, page.horizontal, page.vertical, page.unread)

    monkeypatch.setattr(reader.ScanReader, "page", changed)
    monkeypatch.setattr(reader.ScanReader, "read_again", again or (lambda self, page_no, box: []))


def as_read(old: str, new: str, confidence: float) -> Callable[[Run], Run]:
    def change(run: Run) -> Run:
        if run.text != old:
            return run
        step = (run.centres[-1] - run.centres[0]) / max(1, len(new) - 1)
        return Run(run.box, new, (confidence,) * len(new), tuple(run.centres[0] + step * i for i in range(len(new))))

    return change


class TestReading:
    @pytest.mark.parametrize(
        "scanner",
        [
            CLEAN,
            Scanner(skew=1.5, noise=6.0, quality=45, seed=7),
            Scanner(skew=0.4, noise=3.0, turn=90),
            Scanner(skew=0.4, noise=3.0, turn=180),
            Scanner(skew=0.4, noise=3.0, turn=270),
        ],
        ids=["level", "askew", "turned right", "on its head", "turned left"],
    )
    def test_a_scan_lands_what_it_prints(self, place: Place, sources: Any, scanner: Scanner) -> None:
        sources(with_sums)
        place.put(NAME, scanned(scanner))
        assert place.actions() == {NAME: "loaded"}
        assert landed(place) == PRINTED
        assert {row["status"] for row in place.rows("scanned_cells")} <= {"confirmed", "sure"}
        (document,) = place.manifest().values()
        assert (document["format"], document["period_end_date"]) == ("scan", "2021-12-31")

    def test_cells_say_how_surely_they_were_read_and_where_they_stand_on_the_page_as_shown(
        self, place: Place, sources: Any
    ) -> None:
        place.put(NAME, scanned(Scanner(skew=0.0, noise=3.0, turn=90)))
        place.outcomes()
        (cell,) = (row for row in place.rows(f"{SPENDING}_cells") if row["text_raw"] == "1,000.00")
        assert cell["method"] == "ocr" and 0.5 < cell["confidence"] <= 1
        # The upright page is 400 by 230 points; laid on its right side its foot comes to the left.
        assert (cell["page_width"], cell["page_height"]) == pytest.approx((230, 400), abs=1)
        # The amount stands 210 to 290 points from the left: that is how far from the top it stands now.
        assert cell["top"] == pytest.approx(210, abs=3) and cell["bottom"] == pytest.approx(290, abs=3)

    def test_a_page_is_recognised_once_whatever_becomes_of_the_layout(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("CONTRASTE_SCANS", raising=False)
        place.put(NAME, scanned())
        place.outcomes()
        monkeypatch.setattr(engine.Engine, "find", lambda self, picture: pytest.fail("recognised again"))
        sources(with_sums)
        assert place.actions() == {NAME: "loaded"}
        assert landed(place) == PRINTED


class TestDoubt:
    def test_a_figure_that_no_arithmetic_confirms_is_withheld_and_waits_for_review(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("900.50", "900.60", 0.6))
        place.put(NAME, scanned())
        place.outcomes()
        assert [row["spent_amount"] for row in place.rows(SPENDING)] == ["¿900.60?", "250.00"]
        (waiting,) = queue.waiting(place.raw)
        assert (waiting["text_read"], waiting["status"], waiting["page_no"]) == ("900.60", "doubtful", 1)

    def test_a_figure_that_contradicts_its_total_is_withheld_however_surely_it_was_read(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sources(with_sums)
        misread(monkeypatch, as_read("900.50", "900.60", 1.0))
        place.put(NAME, scanned())
        place.outcomes()
        assert landed(place)[0] == ("A001", "Salas", "1,000.00", "¿900.60?")
        assert {row["status"] for row in queue.waiting(place.raw)} == {"contradicted"}

    def test_arithmetic_confirms_what_was_hardly_legible(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sources(with_sums)
        misread(monkeypatch, as_read("900.50", "9OO.50", 0.2))
        place.put(NAME, scanned())
        place.outcomes()
        assert landed(place) == PRINTED
        (cell,) = (row for row in place.rows(f"{SPENDING}_cells") if row["text_raw"] == "9OO.50")
        assert "letters for digits" in cell["flags"] and "confirmed" in cell["flags"]

    def test_a_repair_that_nothing_confirms_is_withheld(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("1,000.00", "1.000.00", 1.0))
        place.put(NAME, scanned())
        place.outcomes()
        assert landed(place)[0][2] == "¿1,000.00?"

    def test_ink_that_nothing_was_read_from_is_no_blank(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.put(NAME, scanned())
        recognise = reader.ScanReader.page

        def unread(self: reader.ScanReader, page_no: int) -> ScannedPage:
            page = recognise(self, page_no)
            lost = next(run for run in page.runs if run.text == "900.50")
            runs = tuple(run for run in page.runs if run is not lost)
            return ScannedPage(page.number, page.upright, runs, page.horizontal, page.vertical, (lost.box,))

        monkeypatch.setattr(reader.ScanReader, "page", unread)
        monkeypatch.setattr(reader.ScanReader, "read_again", lambda self, page_no, box: [])
        place.outcomes()
        assert [row["spent_amount"] for row in place.rows(SPENDING)] == ["¿?", "250.00"]

    def test_the_second_look_mends_what_fails_its_pattern(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def again(self: Any, page_no: int, box: Any) -> list[Run]:
            (odd,) = (run.box for run in self.page(page_no).runs if run.text == "A0?1")
            holds = box[0] <= odd[0] <= box[2] and box[1] <= (odd[1] + odd[3]) / 2 <= box[3]
            return [Run(box, "A001", (0.99,) * 4, (box[0],) * 4)] if holds else []

        misread(monkeypatch, as_read("A001", "A0?1", 0.4), again)
        place.put(NAME, scanned())
        place.outcomes()
        assert landed(place) == PRINTED
        assert "ocr_reread" in place.rows(SPENDING)[0]["method"]

    def test_a_label_that_misses_a_letter_is_the_label(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        misread(monkeypatch, as_read("Planeado", "PIaneado", 0.7))
        place.put(NAME, scanned())
        assert place.actions() == {NAME: "loaded"}
        (cell,) = (row for row in place.rows(f"{SPENDING}_cells") if row["text_raw"] == "PIaneado")
        assert "misread" in cell["flags"]


class TestReview:
    @pytest.fixture
    def doubtful(self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch) -> Place:
        misread(monkeypatch, as_read("900.50", "900.60", 0.6))
        place.put(NAME, scanned())
        place.outcomes()
        return place

    def complete(self, place: Place, folder: Path, **decision: str) -> Path:
        """Export the queue and complete its only row."""
        file, *pictures = queue.export(place.raw, place.archive, folder)
        assert [picture.suffix for picture in pictures] == [".png"]
        with file.open(encoding="utf-8", newline="") as stream:
            (row,) = csv.DictReader(stream)
        assert (row["text_read"], row["suggestion"], row["decision"]) == ("900.60", "900.60", "")
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, row)
            writer.writeheader()
            writer.writerow({**row, **decision})
        return file

    @pytest.mark.parametrize(
        ("decision", "lands", "left"),
        [
            ({"decision": "accept"}, "900.60", "reviewed"),
            ({"decision": "correct", "corrected_text": "900.50", "reviewer": "Ana"}, "900.50", "reviewed"),
            ({"decision": "reject"}, "¿900.60?", "rejected"),
        ],
        ids=["accepted", "corrected", "rejected"],
    )
    def test_the_next_reading_follows_the_decision(
        self, doubtful: Place, tmp_path: Path, decision: dict[str, str], lands: str, left: str
    ) -> None:
        queue.take_in(doubtful.raw, self.complete(doubtful, tmp_path / "review", **decision))
        assert doubtful.actions() == {NAME: "loaded"}
        row = doubtful.rows(SPENDING)[0]
        assert row["spent_amount"] == lands
        assert "review" in row["method"]
        (cell,) = (each for each in doubtful.rows("scanned_cells") if each["text_read"] == "900.60")
        assert (cell["status"], cell["needs_review"]) == (left, False)
        assert queue.waiting(doubtful.raw) == []
        assert doubtful.actions() == {NAME: "skipped"}

    def test_a_review_expires_with_the_document(self, doubtful: Place, tmp_path: Path) -> None:
        correct = {"decision": "correct", "corrected_text": "900.50"}
        queue.take_in(doubtful.raw, self.complete(doubtful, tmp_path / "review", **correct))
        doubtful.outcomes()
        assert queue.expired(doubtful.raw) == []
        # Scanned anew, the same page has other bytes: nobody has looked at those.
        file = doubtful.put(NAME, scanned(Scanner(skew=0.0, noise=3.0, blur=0.4, quality=60, seed=2)))
        doubtful.outcomes()
        new = sha256_of(file)
        assert "¿900.60?" in [row["spent_amount"] for row in doubtful.rows(SPENDING) if row["document_sha256"] == new]
        assert [row["document_sha256"] for row in queue.waiting(doubtful.raw)] == [new]

    def test_a_review_of_another_reading_is_not_used_and_said_to_be_expired(
        self, doubtful: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        correct = {"decision": "correct", "corrected_text": "900.50"}
        queue.take_in(doubtful.raw, self.complete(doubtful, tmp_path / "review", **correct))
        misread(monkeypatch, as_read("900.60", "960.60", 0.6))
        doubtful.outcomes()
        assert doubtful.rows(SPENDING)[0]["spent_amount"] == "¿960.60?"
        assert [review.text_read for review in queue.expired(doubtful.raw)] == ["900.60"]

    def test_a_decision_that_is_none_names_the_line(self, doubtful: Place, tmp_path: Path) -> None:
        file = self.complete(doubtful, tmp_path / "review", decision="maybe")
        with pytest.raises(
            Exception, match=r"queue.csv, line 2: the decision is 'maybe'; write accept, correct, reject."
        ):
            queue.take_in(doubtful.raw, file)
        assert not list((tmp_path / "sources").rglob(FILE))


class TestRefused:
    def test_without_the_engine_the_document_waits_for_it(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("CONTRASTE_SCANS", raising=False)
        place.put(NAME, scanned())
        with monkeypatch.context() as without:
            without.setattr(engine, "_PACKAGES", ("no_such_engine",))
            for module in (store.scan_reader, engine.engine_name):
                module.cache_clear()
            outcome = place.outcomes()[NAME]
            assert outcome.action == "quarantined"
            assert outcome.reason == (
                "it is scanned, and the OCR engine is not installed; `make install` or `pip install --group ocr` "
                "brings it, then refresh again."
            )
            assert place.actions() == {NAME: "quarantined"} and place.pending().new == []
        for module in (store.scan_reader, engine.engine_name):
            module.cache_clear()
        assert place.actions() == {NAME: "loaded"}

    def test_a_page_of_too_many_pixels_names_the_figure_and_the_setting(
        self, place: Place, sources: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("CONTRASTE_SCANS", raising=False)
        monkeypatch.setenv("CONTRASTE_MAX_PAGE_MEGAPIXELS", "1")
        # 400 by 230 points at 600 dots per inch: 6.4 megapixels in the picture, 0.7 as it is read.
        place.put(NAME, scanned(Scanner(dpi=600, skew=0.0, noise=0.0)))
        outcome = place.outcomes()[NAME]
        assert outcome.action == "quarantined"
        assert outcome.reason == (
            "a picture on page 1 has 6 megapixels, over the limit of 1; raise CONTRASTE_MAX_PAGE_MEGAPIXELS if it is "
            "worth it."
        )
        assert Limits(max_page_megapixels=1).stopped(outcome.reason)
        assert not Limits(max_page_megapixels=10).stopped(outcome.reason)
        monkeypatch.delenv("CONTRASTE_MAX_PAGE_MEGAPIXELS")
        assert place.actions() == {NAME: "loaded"}
        assert landed(place) == PRINTED

    def test_the_total_is_read_too(self, place: Place, sources: Any) -> None:
        place.put(NAME, scanned())
        place.outcomes()
        (total,) = place.rows(f"{SPENDING}_totals")
        assert (total["planned_amount"], total["spent_amount"]) == tuple(TOTAL[2:])
