"""The command line: exit codes and one sentence for what is expected to go wrong."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration import cli, release
from orchestration.paths import Paths
from orchestration.release import Provenance
from tests.built_warehouse import ROOT

Contraste = Callable[..., tuple[int, str]]


@pytest.fixture
def contraste(paths: Paths, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Contraste:
    """Runs the command line on the test's warehouse; gives the exit code and what was said."""
    for name, value in paths.settings().items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["contraste", *arguments])
        code = cli.run()
        captured = capfd.readouterr()
        return code, " ".join((captured.out + captured.err).split())

    return run


def test_it_says_what_it_can_do(contraste: Contraste) -> None:
    code, said = contraste("--help")
    assert code == 0
    for command in ("refresh", "extract", "probe", "check", "status", "rollback", "dbt", "dagster"):
        assert command in said


def test_a_missing_inbox_is_2_and_a_sentence_whose_path_can_be_copied(
    contraste: Contraste, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = paths.documents / ("wider-than-a-terminal-" * 6)
    monkeypatch.setenv("CONTRASTE_DOCUMENTS", str(missing))
    code, said = contraste("refresh")
    assert code == 2
    assert said.startswith(f"The inbox {missing} is not a folder: make it, or point")


def test_another_writer_is_3_and_named(contraste: Contraste, paths: Paths) -> None:
    script = (
        "import sys, pathlib; from orchestration.writer import writing\n"
        "with writing(pathlib.Path(sys.argv[1]), 'a refresh'): print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(paths.writer_lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=paths.repository,
    )
    try:
        assert process.stdout and process.stdout.readline()
        for command in ("refresh", "extract", "rollback"):
            code, said = contraste(command)
            assert code == 3
            assert f"process {process.pid}, a refresh" in said
        code, said = contraste("status")
        assert code == 0 and f"process {process.pid}: a refresh" in said
    finally:
        process.communicate()


def test_status_before_the_first_refresh(contraste: Contraste, paths: Paths) -> None:
    (paths.documents / "[bold]nuevo.pdf").write_bytes(b"%PDF-1.4")
    code, said = contraste("status")
    assert code == 0
    assert "Nothing is published yet." in said
    assert "new: [bold]nuevo.pdf" in said


@pytest.mark.parametrize("arguments", [("status", "--all"), ("refresh",)])
def test_cells_that_wait_for_review_are_told_with_the_command_that_completes_them(
    contraste: Contraste,
    paths: Paths,
    build: Callable[[int], Path],
    provenance: Callable[[str], Provenance],
    arguments: tuple[str, ...],
) -> None:
    # nothing new, so that a refresh says only what stands
    from orchestration import inputs

    fingerprint = inputs.examine(paths).fingerprint
    release.publish(build(1), paths.published, paths.writer_lock, provenance(fingerprint))
    assert "To review" not in contraste(*arguments)[1]
    cells = paths.raw / "scanned_cells"
    cells.mkdir(parents=True)
    duckdb.sql("select i > 2 as needs_review from range(5) as t (i)").write_parquet(str(cells / "a.parquet"))
    code, said = contraste(*arguments)
    assert code == 0
    assert "2 cells of scanned pages that nothing confirms wait for a person." in said
    assert "contraste review writes them out" in said and "contraste review --apply QUEUE" in said


def test_rollback_names_the_release_it_serves(
    contraste: Contraste,
    paths: Paths,
    build: Callable[[int], Path],
    provenance: Callable[[str], Provenance],
) -> None:
    assert contraste("rollback") == (2, "Nothing is published yet, so there is nothing to go back to.")
    first, _ = release.publish(build(1), paths.published, paths.writer_lock, provenance("1"))
    release.publish(build(2), paths.published, paths.writer_lock, provenance("2"))
    code, said = contraste("rollback")
    assert code == 0
    assert f"Release {first.version} is served again" in said


def test_extract_quarantines_and_ends_with_1(contraste: Contraste, paths: Paths) -> None:
    (paths.documents / "[bold]vacío.pdf").write_bytes(b"")
    code, said = contraste("extract")
    assert code == 1
    assert "0 loaded 0 skipped 1 quarantined" in said
    assert "[bold]vacío.pdf" in said


def test_withdraw_names_the_document_or_says_that_there_is_none(contraste: Contraste, paths: Paths) -> None:
    (paths.documents / "vacío.pdf").write_bytes(b"")
    contraste("extract")
    assert contraste("withdraw", "otro.pdf", "--reason", "x")[0] == 2
    code, said = contraste("withdraw", "vacío.pdf", "--reason", "never a document")
    assert (code, said) == (0, "vacío.pdf is withdrawn; contraste refresh publishes without it.")
    assert contraste("extract")[0] == 0


def test_probe_of_something_unreadable_is_a_sentence(contraste: Contraste, paths: Paths) -> None:
    file = paths.documents / "roto.pdf"
    file.write_bytes(b"%PDF-1.4 and then nothing")
    code, said = contraste("probe", str(file))
    assert code == 2
    assert said and "Traceback" not in said


def test_probe_drafts_no_source_for_a_document_that_is_read(contraste: Contraste) -> None:
    file = ROOT / "documents/hn_siafi_productos/aduanas_2021_01_r00824984.pdf"
    code, said = contraste("probe", str(file), "--draft", "hn_siafi_memorandum")
    assert (code, said) == (2, "there is no draft to write: hn_siafi_productos reads the document.")


def test_probe_shows_a_draft_and_how_to_begin_with_it(contraste: Contraste, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("Clave\tMonto\nA1\t1.00\n", "utf-8")
    code, said = contraste("probe", str(file))
    assert code == 0
    assert "# To complete:" in said
    assert said.endswith("contraste probe FILE --draft SOURCE_ID begins a source with it.")


def test_probe_drafts_what_a_source_that_is_there_does_not_read(contraste: Contraste, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    header = "Concepto\tAprobado (d)\tAmpliaciones/ (Reducciones)\tModificado\tDevengado\tPagado\tSubejercicio"
    file.write_text(f"{header}\nSala\t1.00\t0.00\t1.00\t1.00\t1.00\t0.00\n", "utf-8")
    code, said = contraste("probe", str(file), "--draft", "mx_gto_cuenta_publica")
    assert code == 0
    assert "paste under `tables:` of mx_gto_cuenta_publica/source.yml" in said
    assert "approved_amount: headers: [Aprobado (d)]" in said
    assert "# To complete:" not in said


def test_dbt_is_passed_through_with_this_warehouse(contraste: Contraste, paths: Paths) -> None:
    code, said = contraste("dbt", "debug", "--connection")
    assert code == 0
    assert str(paths.build_database) in said


def test_the_daemon_can_be_ended_even_as_a_background_job(
    contraste: Contraste, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[dict[str, str], object]] = []
    monkeypatch.setattr(os, "execve", lambda *of: started.append((of[2], signal.getsignal(signal.SIGINT))))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell starts what ends in &
    try:
        assert contraste("dagster")[0] == 0
    finally:
        signal.signal(signal.SIGINT, before)
    [(environment, interrupt)] = started
    assert interrupt == signal.SIG_DFL
    assert environment["DAGSTER_HOME"] == str(paths.dagster)


def test_check_shows_the_rows_of_a_document_and_lands_nothing(contraste: Contraste, paths: Paths) -> None:
    code, said = contraste("check", str(ROOT / "documents/hn_siafi_productos/aduanas_2021_01_r00824984.pdf"))
    assert code == 0
    assert "aduanas_2021_01_r00824984.pdf is read by hn_siafi_productos." in said
    assert "products: 22 data rows, 1 totals" in said
    assert "products, row 1 of 22 category_code 11-01-000-000" in said
    assert said.endswith("The rows are the frozen ones.")
    assert not paths.raw.exists()


def test_check_of_a_document_that_cannot_load_is_1_and_the_reason(contraste: Contraste, tmp_path: Path) -> None:
    letter = tmp_path / "carta.txt"
    letter.write_text("Estimado señor:\n", "utf-8")
    code, said = contraste("check", str(letter), "--source", "hn_siafi_productos")
    assert code == 1
    assert said.startswith("carta.txt would be quarantined: no table of hn_siafi_productos was found on 1 page")
