"""What is read again and what is not, under which name, and what stays when something fails."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from extractors import archive, extraction, landing
from extractors.archive import archived, inbox_files, sha256_of
from extractors.errors import UnaccountedCells
from tests.extractors.conftest import Place
from tests.extractors.small_source import (
    HEADER,
    HEADING,
    ROWS,
    SOURCE_ID,
    TOTAL,
    report,
    report_text,
    spending,
)

Sources = Callable[..., Path]

IN_FOLDER = f"{SOURCE_ID}/2021.txt"


@pytest.fixture
def new_extractor(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes the extractors say another version."""

    def become(version: str) -> None:
        monkeypatch.setattr(extraction, "extractor_version", lambda: version)
        monkeypatch.setattr(landing, "extractor_version", lambda: version)

    return become


def mended(content: dict[str, Any]) -> None:
    """A layout that also knows `Gasto` for `Gastado`."""
    spending(content)["columns"]["spent_amount"]["headers"] = ["Gastado", "Gasto"]


def broken(content: dict[str, Any]) -> None:
    """A layout that no longer knows `Gastado`."""
    spending(content)["columns"]["spent_amount"]["headers"] = ["Ejercido"]


OTHER_HEADER = report_text(["Clave", "Programa", "Planeado", "Gasto"], *ROWS, TOTAL)


def times(place: Place) -> dict[Path, int]:
    """When each file of the home folder was written."""
    return {file: file.stat().st_mtime_ns for file in (place.root / "home").rglob("*") if file.is_file()}


class TestWhatIsReadAgain:
    def test_nothing_of_what_did_not_change(self, place: Place, sources: Sources) -> None:
        place.put(IN_FOLDER, report())
        assert place.outcomes()[IN_FOLDER].rows == 2
        before = times(place)
        outcome = place.outcomes()[IN_FOLDER]
        assert (outcome.action, outcome.rows, outcome.source_id) == ("skipped", 0, SOURCE_ID)
        assert times(place) == before
        assert place.actions(force=True) == {IN_FOLDER: "loaded"}

    def test_a_changed_layout(self, place: Place, sources: Sources) -> None:
        place.put(IN_FOLDER, report())
        place.extract()
        first_seen = place.manifest()[IN_FOLDER]["first_seen"]
        old = place.rows(f"{SOURCE_ID}/spending")[0]["spec_sha256"]
        sources(mended)
        assert place.pending().new == [IN_FOLDER]
        assert place.actions() == {IN_FOLDER: "loaded"}
        assert {row["spec_sha256"] for row in place.rows(f"{SOURCE_ID}/spending")}.isdisjoint({old})
        assert place.manifest()[IN_FOLDER]["first_seen"] == first_seen
        assert place.actions() == {IN_FOLDER: "skipped"}

    def test_a_column_more_in_the_layout_changes_the_empty_file_too(self, place: Place, sources: Sources) -> None:
        place.put(IN_FOLDER, report())
        place.extract()

        def wider(content: dict[str, Any]) -> None:
            spending(content)["columns"]["region_name"] = {"headers": ["Región"], "optional": True}

        sources(wider)
        place.extract()
        for file in (place.raw / SOURCE_ID / "spending").iterdir():
            assert "region_name" in pq.read_schema(file).names, file

    def test_a_changed_extractor(self, place: Place, sources: Sources, new_extractor: Callable[[str], None]) -> None:
        place.put(IN_FOLDER, report())
        place.extract()
        new_extractor("9.9.9+test")
        assert place.actions() == {IN_FOLDER: "loaded"}
        assert {row["extractor_version"] for row in place.rows(f"{SOURCE_ID}/spending")} == {"9.9.9+test"}

    def test_a_document_that_left_the_inbox_is_read_from_the_archive(self, place: Place, sources: Sources) -> None:
        file = place.put(IN_FOLDER, report())
        place.extract()
        file.unlink()
        assert place.actions() == {}
        sources(mended)
        assert place.pending().new == [IN_FOLDER]
        assert place.actions() == {IN_FOLDER: "loaded"}
        assert len(place.rows(f"{SOURCE_ID}/spending")) == 2

    def test_a_new_version_under_the_same_name_is_another_document(self, place: Place, sources: Sources) -> None:
        place.put(IN_FOLDER, report())
        place.extract()
        place.put(IN_FOLDER, report(["A001", "Salas", "1,250.00", "1,150.50"]))
        assert place.outcomes()[IN_FOLDER].rows == 1
        # both vintages stay
        assert len(place.rows(f"{SOURCE_ID}/spending")) == 3
        assert len(place.rows("documents")) == 2

    def test_a_version_that_fails_beside_one_that_loads_is_not_hidden_by_its_name(
        self, place: Place, sources: Sources
    ) -> None:
        place.put(IN_FOLDER, report())
        place.extract()
        place.put(IN_FOLDER, OTHER_HEADER)
        place.extract()
        sources(lambda content: spending(content)["columns"]["spent_amount"].update(headers=["Gasto"]))
        documents = place.extract().documents
        assert sorted((document.file_path, document.action) for document in documents) == [
            (IN_FOLDER, "loaded"),
            (IN_FOLDER, "quarantined"),
        ]


class TestQuarantine:
    def test_one_document_does_not_stop_the_others(self, place: Place, sources: Sources) -> None:
        place.put(f"{SOURCE_ID}/a.txt", report())
        place.put(f"{SOURCE_ID}/b.txt", OTHER_HEADER)
        place.put(f"{SOURCE_ID}/c.pdf", b"")
        place.put(f"{SOURCE_ID}/d.txt", report(["B001", "Otra", "1,250.00", "1,150.50"]))
        found = place.extract()
        assert [document.action for document in found.documents] == [
            "loaded",
            "quarantined",
            "quarantined",
            "loaded",
        ]
        assert (found.count("loaded"), found.count("quarantined"), found.count("skipped")) == (2, 2, 0)
        row = place.manifest()[f"{SOURCE_ID}/b.txt"]
        assert (row["status"], row["source_id"], row["period_raw"]) == ("quarantined", SOURCE_ID, None)
        assert row["reason"].startswith("line 5: the header lacks 'Gastado'")

    def test_it_leaves_no_rows_and_no_archived_copy(self, place: Place, sources: Sources) -> None:
        place.put(IN_FOLDER, OTHER_HEADER)
        place.extract()
        (document,) = place.rows("documents")
        assert place.files() == {f"raw/documents/{document['document_sha256']}.parquet"}

    def test_it_is_tried_again_when_layout_or_extractor_changed_and_not_before(
        self,
        place: Place,
        sources: Sources,
        new_extractor: Callable[[str], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        place.put(IN_FOLDER, OTHER_HEADER)
        place.extract()
        read = []
        original = extraction._read
        monkeypatch.setattr(extraction, "_read", lambda job, *rest: read.append(job.file_path) or original(job, *rest))
        assert place.pending().quarantined == [(IN_FOLDER, place.manifest()[IN_FOLDER]["reason"])]
        outcome = place.outcomes()[IN_FOLDER]
        assert outcome.action == "quarantined"
        assert outcome.reason == place.manifest()[IN_FOLDER]["reason"]
        assert read == []
        new_extractor("9.9.9+test")
        assert place.actions() == {IN_FOLDER: "quarantined"}
        assert read == [IN_FOLDER]
        sources(mended)
        assert place.actions() == {IN_FOLDER: "loaded"}
        assert place.manifest()[IN_FOLDER]["reason"] is None
        assert len(place.rows(f"{SOURCE_ID}/spending")) == 2

    def test_it_is_tried_again_under_the_name_that_its_reason_asked_for(self, place: Place, sources: Sources) -> None:
        place.put(f"{SOURCE_ID}/2021.pdf", report())
        assert "give it the right ending" in (place.outcomes()[f"{SOURCE_ID}/2021.pdf"].reason or "")
        (place.inbox / SOURCE_ID / "2021.pdf").rename(place.inbox / IN_FOLDER)
        assert place.pending().new == [IN_FOLDER]
        assert place.actions() == {IN_FOLDER: "loaded"}
        assert list(place.manifest()) == [IN_FOLDER]

    def test_it_is_tried_again_under_the_limit_that_its_reason_speaks_of(
        self, place: Place, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.put(IN_FOLDER, report())
        monkeypatch.setenv("CONTRASTE_MAX_CELLS", "8")
        assert "raise CONTRASTE_MAX_CELLS" in (place.outcomes()[IN_FOLDER].reason or "")
        assert place.pending().new == []
        monkeypatch.setenv("CONTRASTE_MAX_PAGES", "8")
        assert place.pending().new == []
        monkeypatch.setenv("CONTRASTE_MAX_CELLS", "16")
        assert place.pending().new == [IN_FOLDER]
        assert place.actions() == {IN_FOLDER: "loaded"}

    def test_a_layout_that_breaks_takes_the_rows_away_and_mending_it_brings_them_back(
        self, place: Place, sources: Sources
    ) -> None:
        place.put(IN_FOLDER, report())
        place.extract()
        (place.inbox / IN_FOLDER).unlink()
        sources(broken)
        assert place.actions() == {IN_FOLDER: "quarantined"}
        for folder in ("spending", "spending_totals", "spending_cells"):
            assert place.rows(f"{SOURCE_ID}/{folder}") == []
        assert place.rows("accounting") == []
        sources()
        assert place.actions() == {IN_FOLDER: "loaded"}
        assert len(place.rows(f"{SOURCE_ID}/spending")) == 2

    def test_a_failure_nobody_foresaw_is_a_reason_too(
        self, place: Place, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.put(f"{SOURCE_ID}/a.txt", report())
        place.put(f"{SOURCE_ID}/b.txt", report(["B001", "Otra", "1,250.00", "1,150.50"]))
        first = sha256_of(place.inbox / SOURCE_ID / "a.txt")
        original = extraction._interpret

        def fail(job, limits, scans):
            if job.sha256 == first:
                raise KeyError("\x1b[31mred\udcff")
            return original(job, limits, scans)

        monkeypatch.setattr(extraction, "_interpret", fail)
        outcomes = place.outcomes()
        assert outcomes[f"{SOURCE_ID}/b.txt"].action == "loaded"
        reason = outcomes[f"{SOURCE_ID}/a.txt"].reason or ""
        assert reason.startswith("the reader failed (KeyError: ")
        assert reason.endswith("); please report it.")
        assert reason.isprintable()


def known_by_folder(content: dict[str, Any]) -> None:
    """A family that does not print whose a document is."""
    content["metadata"] |= {"institution": [], "institution_folder": True}


class TestFolderOfTheInstitution:
    def test_it_stands_in_for_what_is_not_printed(self, place: Place, sources: Sources) -> None:
        sources(known_by_folder)
        place.put(f"{SOURCE_ID}/museo_de_cera/2021.txt", report())
        place.extract()
        row = place.manifest()[f"{SOURCE_ID}/museo_de_cera/2021.txt"]
        assert (row["institution_name_raw"], row["institution_is_inferred"]) == ("museo_de_cera", True)

    def test_a_document_that_lies_in_none(self, place: Place, sources: Sources) -> None:
        sources(known_by_folder)
        place.put(IN_FOLDER, report())
        assert (place.outcomes()[IN_FOLDER].reason or "").endswith(
            f"it lies in no folder named after the institution; put it into {SOURCE_ID}/<institution>/ of the inbox."
        )

    def test_a_document_moved_to_another_is_read_again(self, place: Place, sources: Sources) -> None:
        sources(known_by_folder)
        first = place.put(f"{SOURCE_ID}/museo/2021.txt", report())
        place.extract()
        first.unlink()
        place.put(f"{SOURCE_ID}/archivo/2021.txt", report())
        assert place.actions() == {f"{SOURCE_ID}/archivo/2021.txt": "loaded"}
        (row,) = place.manifest().values()
        assert (row["file_path"], row["institution_name_raw"]) == (f"{SOURCE_ID}/archivo/2021.txt", "archivo")
        assert place.actions() == {f"{SOURCE_ID}/archivo/2021.txt": "skipped"}


class TestNames:
    def test_same_bytes_under_two_names_are_one_document(self, place: Place, sources: Sources) -> None:
        place.put(f"{SOURCE_ID}/a.txt", report())
        place.put(f"{SOURCE_ID}/b.txt", report())
        assert place.pending().new == [f"{SOURCE_ID}/a.txt", f"{SOURCE_ID}/b.txt"]
        assert place.actions() == {f"{SOURCE_ID}/a.txt": "loaded", f"{SOURCE_ID}/b.txt": "skipped"}
        assert [row["file_path"] for row in place.rows("documents")] == [f"{SOURCE_ID}/a.txt"]
        assert len(place.rows(f"{SOURCE_ID}/spending")) == 2
        assert set(place.actions().values()) == {"skipped"}

    def test_same_bytes_in_the_folders_of_two_sources_do_not_go_back_and_forth(
        self, place: Place, sources: Sources
    ) -> None:
        sources(name="yy_office_report")
        place.put(IN_FOLDER, report())
        place.put("yy_office_report/2021.txt", report())
        assert place.actions() == {IN_FOLDER: "loaded", "yy_office_report/2021.txt": "skipped"}
        assert place.actions() == {IN_FOLDER: "skipped", "yy_office_report/2021.txt": "skipped"}
        assert place.rows("yy_office_report/spending") == []

    def test_the_copy_in_the_folder_of_a_source_decides(self, place: Place, sources: Sources) -> None:
        sources(name="yy_office_report")
        place.put("2021.txt", report())
        place.put("yy_office_report/2021.txt", report())
        place.extract()
        assert place.manifest()["yy_office_report/2021.txt"]["source_id"] == "yy_office_report"

    def test_a_copy_with_a_wrong_ending_does_not_hide_the_good_one(self, place: Place, sources: Sources) -> None:
        place.put(f"{SOURCE_ID}/a.pdf", report())
        place.put(f"{SOURCE_ID}/b.txt", report())
        assert place.actions() == {f"{SOURCE_ID}/a.pdf": "skipped", f"{SOURCE_ID}/b.txt": "loaded"}
        assert list(place.manifest()) == [f"{SOURCE_ID}/b.txt"]

    def test_a_renamed_document_is_skipped_and_keeps_its_first_name(self, place: Place, sources: Sources) -> None:
        place.put(IN_FOLDER, report())
        place.extract()
        (place.inbox / IN_FOLDER).rename(place.inbox / SOURCE_ID / "z.txt")
        assert place.actions() == {f"{SOURCE_ID}/z.txt": "skipped"}
        assert list(place.manifest()) == [IN_FOLDER]
        assert place.actions(force=True) == {f"{SOURCE_ID}/z.txt": "loaded"}

    def test_a_document_moved_to_another_source_leaves_no_rows_behind(self, place: Place, sources: Sources) -> None:
        sources(name="yy_office_report")
        place.put(IN_FOLDER, report())
        place.extract()
        (place.inbox / "yy_office_report").mkdir()
        (place.inbox / IN_FOLDER).rename(place.inbox / "yy_office_report/2021.txt")
        assert place.actions() == {"yy_office_report/2021.txt": "loaded"}
        assert place.rows(f"{SOURCE_ID}/spending") == place.rows(f"{SOURCE_ID}/spending_cells") == []
        assert len(place.rows("yy_office_report/spending")) == 2
        assert place.actions() == {"yy_office_report/2021.txt": "skipped"}

    @pytest.mark.parametrize(
        ("name", "publication"),
        [
            ("2021.txt", "2021"),
            ("7.3.txt", "7.3"),
            ("v1.0/2021.txt", "v1.0/2021"),
            ("v1.0/sin_final", "v1.0/sin_final"),
        ],
    )
    def test_a_publication_is_a_name_without_its_ending(
        self, place: Place, sources: Sources, name: str, publication: str
    ) -> None:
        place.put(name, report())
        place.extract()
        assert place.manifest()[name]["publication"] == publication

    def test_what_is_no_document(self, tmp_path: Path) -> None:
        names = [
            "a.pdf",
            "x/b.txt",
            "x/README.md",
            "readme.txt",
            ".hidden.pdf",
            ".git/c.pdf",
            "~$a.xlsx",
            "d.pdf.part",
        ]
        names += ["readme_presupuesto.pdf", "e.tmp", "f.crdownload"]
        for name in names:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).touch()
        found = [file.relative_to(tmp_path).as_posix() for file in inbox_files(tmp_path)]
        assert found == ["a.pdf", "readme_presupuesto.pdf", "x/b.txt"]
        assert inbox_files(tmp_path / "nowhere") == []


class TestRouting:
    def test_by_content_where_no_folder_says(self, place: Place, sources: Sources) -> None:
        sources(
            lambda content: content["metadata"].update(title=[{"pattern": "^(?P<value>memoria)$"}]),
            "yy_office_memo",
        )
        place.put("2021.txt", report())
        place.put("bandeja/2020.txt", report_text(HEADER, *ROWS, heading=["Memoria", *HEADING[1:]]))
        outcomes = place.outcomes()
        assert {name: outcome.source_id for name, outcome in outcomes.items()} == {
            "2021.txt": SOURCE_ID,
            "bandeja/2020.txt": "yy_office_memo",
        }
        assert place.actions() == {"2021.txt": "skipped", "bandeja/2020.txt": "skipped"}

    def test_nobodys_document_says_why_of_each_source_and_is_tried_again_with_a_new_one(
        self, place: Place, sources: Sources
    ) -> None:
        place.put("2021.txt", report_text(["Día", "Visitas"], ["lunes", "10"], ["martes", "20"]))
        outcome = place.outcomes()["2021.txt"]
        assert (outcome.action, outcome.source_id) == ("quarantined", None)
        assert (outcome.reason or "").startswith(
            f"no source matches. {SOURCE_ID}: line 5: a table with numbers has no header"
        )
        sources(broken, "yy_office_memo")
        reason = place.outcomes()["2021.txt"].reason or ""
        assert reason.startswith(f"no source matches. {SOURCE_ID}: line 5: ")
        assert "yy_office_memo: line 5: " in reason

    def test_a_document_that_fits_two_sources_waits_for_a_folder(self, place: Place, sources: Sources) -> None:
        sources(name="yy_office_report")
        file = place.put("2021.txt", report())
        assert place.outcomes()["2021.txt"].reason == (
            f"the document fits several sources ({SOURCE_ID}, yy_office_report); put it into the folder of one of them."
        )
        (place.inbox / SOURCE_ID).mkdir()
        file.rename(place.inbox / IN_FOLDER)
        assert place.actions() == {IN_FOLDER: "loaded"}

    def test_only_the_asked_sources(self, place: Place, sources: Sources) -> None:
        sources(name="yy_office_report")
        place.put(IN_FOLDER, report())
        place.put("yy_office_report/x.txt", report(["B001", "Otra", "1,250.00", "1,150.50"]))
        assert place.actions(sources=["yy_office_report"]) == {"yy_office_report/x.txt": "loaded"}
        assert place.actions() == {IN_FOLDER: "loaded", "yy_office_report/x.txt": "skipped"}


class TestStopsHalfWay:
    def test_a_run_killed_between_tables_leaves_nothing_that_counts(
        self, place: Place, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Killed(BaseException):
            pass

        place.put(IN_FOLDER, report())
        original = landing.write

        def die_at_cells(file: Path, *rest) -> None:
            if file.parent.name == "spending_cells" and not file.name.startswith("_"):
                raise Killed
            original(file, *rest)

        monkeypatch.setattr(landing, "write", die_at_cells)
        with pytest.raises(Killed):
            place.extract()
        assert len(place.rows(f"{SOURCE_ID}/spending")) == 2
        assert place.rows("documents") == []
        monkeypatch.setattr(landing, "write", original)
        (place.inbox / IN_FOLDER).unlink()
        place.extract()
        assert place.files() == set()

    def test_what_a_killed_run_left_is_swept(self, place: Place, sources: Sources) -> None:
        place.put(IN_FOLDER, report())
        place.extract()
        kept = place.files()
        (place.raw / "documents" / "abc.part").write_bytes(b"half")
        (place.raw / SOURCE_ID / "spending" / "abc.part").write_bytes(b"half")
        for folder in (f"{SOURCE_ID}/spending", f"{SOURCE_ID}/spending_cells", "accounting"):
            (place.raw / folder / f"{'0' * 64}.parquet").write_bytes(b"rows of a document without a manifest row")
        place.extract()
        assert place.files() == kept

    def test_a_fill_that_fails_after_other_tables_landed_takes_them_back(
        self, place: Place, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.put(IN_FOLDER, report())
        original = landing.land_table

        def land_and_fail(*arguments) -> list[str]:
            original(*arguments)
            raise UnaccountedCells("table spending, data row 1: nothing to fill it from.")

        monkeypatch.setattr(landing, "land_table", land_and_fail)
        assert place.outcomes()[IN_FOLDER].reason == "table spending, data row 1: nothing to fill it from."
        assert place.rows(f"{SOURCE_ID}/spending") == []

    def test_a_table_that_a_new_layout_no_longer_finds_is_dropped(self, place: Place, sources: Sources) -> None:
        def levels(content: dict[str, Any]) -> None:
            spending(content)["identify"] = {"column": "program_code", "pattern": r"A\d{3}"}
            projects = {**spending(content), "identify": {"column": "program_code", "pattern": r"B\d{3}"}}
            content["tables"]["projects"] = projects

        sources(levels)
        both = report_text(HEADER, *ROWS) + "\n" + report_text(HEADER, ["B001", "Techo", "1", "1"], heading=[])
        place.put(IN_FOLDER, both)
        assert place.outcomes()[IN_FOLDER].rows == 3

        def one(content: dict[str, Any]) -> None:
            levels(content)
            spending(content)["identify"]["pattern"] = r"[AB]\d{3}"

        sources(one)
        assert place.outcomes()[IN_FOLDER].rows == 3
        assert place.rows(f"{SOURCE_ID}/projects") == []
        assert len(place.rows(f"{SOURCE_ID}/spending")) == 3

    def test_a_file_that_changes_while_it_is_read_is_not_landed_under_a_wrong_hash(
        self, place: Place, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = place.put(IN_FOLDER, report())
        planned = sha256_of(file)
        original = extraction._interpret

        def grow(job, limits, scans):
            found = original(job, limits, scans)
            file.write_text(report(["A001", "Salas", "1,250.00", "1,150.50"]))
            return found

        monkeypatch.setattr(extraction, "_interpret", grow)
        (outcome,) = place.extract().documents
        assert (outcome.document_sha256, outcome.action) == (planned, "quarantined")
        assert outcome.reason == "the file was changed or taken away while it was read; refresh again."
        assert place.rows(f"{SOURCE_ID}/spending") == []
        monkeypatch.setattr(extraction, "_interpret", original)
        assert place.actions() == {IN_FOLDER: "loaded"}

    def test_a_file_that_cannot_be_opened_does_not_stop_the_others(
        self, place: Place, sources: Sources, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place.put(f"{SOURCE_ID}/a.txt", report())
        place.put(f"{SOURCE_ID}/locked.txt", report(["B001", "Otra", "1,250.00", "1,150.50"]))
        place.put(f"{SOURCE_ID}/gone.txt", report(["C001", "Otra", "1,250.00", "1,150.50"]))

        def refuse(file: Path) -> str:
            if file.name == "locked.txt":
                raise PermissionError(13, "Permission denied")
            if file.name == "gone.txt":
                raise FileNotFoundError
            return sha256_of(file)

        monkeypatch.setattr(extraction, "sha256_of", refuse)
        reason = "the file cannot be opened (Permission denied); mend its permissions."
        assert place.pending().quarantined == [(f"{SOURCE_ID}/locked.txt", reason)]
        outcomes = place.outcomes()
        assert {name: outcome.action for name, outcome in outcomes.items()} == {
            f"{SOURCE_ID}/a.txt": "loaded",
            f"{SOURCE_ID}/locked.txt": "quarantined",
        }
        assert outcomes[f"{SOURCE_ID}/locked.txt"].reason == reason


class TestArchive:
    def test_a_loaded_document_is_kept_by_its_hash(self, place: Place, sources: Sources) -> None:
        file = place.put(f"{SOURCE_ID}/Año 2021.TXT", report())
        place.extract()
        sha256 = sha256_of(file)
        kept = archived(place.archive, sha256, ".txt")
        assert kept.read_bytes() == file.read_bytes()
        assert kept.relative_to(place.archive).as_posix() == f"{sha256[:2]}/{sha256}.txt"
        # a copy: offices overwrite files in place
        assert os.stat(kept).st_ino != os.stat(file).st_ino

    def test_an_archived_copy_that_was_damaged_is_not_landed(self, place: Place, sources: Sources) -> None:
        file = place.put(IN_FOLDER, report())
        place.extract()
        kept = archived(place.archive, sha256_of(file), ".txt")
        file.unlink()
        kept.write_bytes(kept.read_bytes().replace(b"900.50", b"800.50"))
        sources(mended)
        assert place.actions() == {IN_FOLDER: "quarantined"}

    def test_keep_says_that_a_file_was_taken_away(self, tmp_path: Path) -> None:
        with pytest.raises(archive.UnreadableDocument, match="taken away"):
            archive.keep(tmp_path / "archive", tmp_path / "gone.pdf", "0" * 64)
        assert not list((tmp_path / "archive").rglob("*.part"))


def test_the_state_of_the_inbox_changes_with_documents_layouts_and_extractor(
    place: Place, sources: Sources, new_extractor: Callable[[str], None]
) -> None:
    seen = [place.pending().fingerprint]

    def changed() -> bool:
        seen.append(place.pending().fingerprint)
        return seen[-1] not in seen[:-1]

    place.put(IN_FOLDER, report())
    assert changed()
    place.extract()
    assert changed()
    place.extract()
    assert not changed()
    sources(mended)
    assert changed()
    place.extract()
    assert changed()
    new_extractor("9.9.9+test")
    assert changed()


def test_progress_counts_documents_to_read(place: Place, sources: Sources) -> None:
    place.put(f"{SOURCE_ID}/a.txt", report())
    place.put(f"{SOURCE_ID}/b.txt", b"")
    seen = []
    place.extract(on_progress=lambda progress: seen.append((progress.done, progress.total, progress.file_path)))
    assert seen == [(1, 2, f"{SOURCE_ID}/a.txt"), (2, 2, f"{SOURCE_ID}/b.txt")]


def test_an_empty_inbox_makes_empty_tables(place: Place, sources: Sources) -> None:
    assert place.extract().documents == []
    assert (place.raw / SOURCE_ID / "spending" / landing.SCHEMA_FILE).is_file()
    assert place.files() == set()
