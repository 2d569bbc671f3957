"""A refresh from end to end on a miniature project: the gate, what is skipped, and being killed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from orchestration import checks, copying, release, validation, writer
from orchestration.outcomes import Gate, Transformation
from orchestration.paths import Paths
from orchestration.refresh import InboxMissingError, Refreshed, refresh
from orchestration.report import show_refresh
from orchestration.standing import standing
from orchestration.writer import WriterBusyError
from tests.orchestration import miniature

REPOSITORY = Path(__file__).resolve().parents[2]
DOCUMENT = REPOSITORY / "documents" / "hn_siafi_productos" / "aduanas_2021_01_r00824984.pdf"
Digest = Callable[[Path], dict[str, str]]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """One miniature for the whole module: the tests below are the days of its life, in their order."""
    return miniature.make(tmp_path_factory.mktemp("miniature"), [DOCUMENT])


@pytest.fixture(autouse=True)
def made_up_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(checks, "load_rules", lambda *_: miniature.RULES)
    monkeypatch.setattr(checks, "validate", miniature.validate_with([]))
    monkeypatch.setattr(validation, "prepare", lambda _: None)
    # of a file as small as this most lies idle, and it is to be the release all the same
    monkeypatch.setattr(copying, "_MOST_UNUSED", 1.0)
    yield


def said(paths: Paths, refreshed: Refreshed) -> str:
    console = Console(width=160, highlight=False)
    with console.capture() as captured:
        show_refresh(console, paths, refreshed)
    return captured.get()


def served(paths: Paths) -> str:
    current = release.current(paths.published)
    assert current
    return current.version


def test_without_an_inbox_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InboxMissingError, match="make it, or point CONTRASTE_DOCUMENTS"):
        refresh(Paths(tmp_path, tmp_path / "documents", tmp_path / "warehouse"))


def test_the_first_refresh_publishes(paths: Paths) -> None:
    # what a killed writer left must not reach the release
    paths.build.mkdir(parents=True)
    paths.build_database.write_bytes(b"half a database")
    paths.build_database.with_name("warehouse.duckdb.wal").write_bytes(b"rows")
    refreshed = refresh(paths)
    assert (refreshed.outcome, refreshed.exit_code, refreshed.problems) == ("published", 0, [])
    with duckdb.connect(str(paths.published / "current" / "warehouse.duckdb"), read_only=True) as connection:
        # the report lists 22 products
        assert connection.execute("select count(*) from marts.fct_lines").fetchall() == [(22,)]
    manifest = json.loads((paths.published / "current" / "manifest.json").read_text())
    assert manifest["gate"]["passed"] is True
    assert manifest["gate"]["rules"]["it_is_plausible"]["outcome"] == "passed"
    assert [document["file_path"] for document in manifest["documents"]] == [f"hn_siafi_productos/{DOCUMENT.name}"]
    # 22 lines of 1.50
    assert manifest["tables"]["fct_lines"]["control_totals"] == {"amount": "33.00"}
    # the file of the build is that of the release, so that every test below would see a build write into a release
    assert os.path.samefile(paths.published / "current" / "warehouse.duckdb", paths.build_database)
    report = said(paths, refreshed)
    assert "1 loaded" in report
    assert "[bold]informe.pdf, page 2, row 9" in report
    assert "a [cause]" in report and "una [causa]" in report
    assert str(paths.published / "current" / "warehouse.duckdb") in report


def test_a_refresh_with_nothing_new_does_nothing(paths: Paths, digest: Digest) -> None:
    before = digest(paths.home)
    refreshed = refresh(paths)
    assert (refreshed.outcome, refreshed.exit_code) == ("nothing_new", 0)
    assert refreshed.sentence.startswith("Nothing new: release")
    assert digest(paths.home) == before


def test_finding_nothing_new_imports_nothing_heavy(paths: Paths) -> None:
    script = (
        "import sys; from pathlib import Path; from orchestration.paths import Paths; "
        "from orchestration.refresh import refresh; import orchestration.cli; "
        "done = refresh(Paths(*map(Path, sys.argv[1:]))); "
        "heavy = ('dagster', 'dbt', 'great_expectations'); "
        "print(done.outcome, [module for module in heavy if module in sys.modules])"
    )
    folders = [str(paths.repository), str(paths.documents), str(paths.home)]
    done = subprocess.run([sys.executable, "-c", script, *folders], capture_output=True, text=True, cwd=REPOSITORY)
    assert done.stdout.strip() == "nothing_new []", done.stderr


def test_a_failing_rule_leaves_the_old_release_byte_for_byte(
    paths: Paths, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = digest(paths.published)
    monkeypatch.setattr(checks, "validate", miniature.validate_with(["it_adds_up"]))
    refreshed = refresh(paths, force=True)
    assert (refreshed.outcome, refreshed.exit_code) == ("not_published", 2)
    assert refreshed.problems == ["it_adds_up: Everything adds up. (1 failing rows)"]
    assert digest(paths.published) == before
    report = said(paths, refreshed)
    assert "Nothing was published" in report
    assert "[bold]informe.pdf" in report
    assert "is served as before" in report


def test_the_standing_after_a_failed_refresh_names_what_failed(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    model = paths.dbt_project / "models" / "marts" / "fct_new.sql"
    model.write_text("select 1 as line_no")
    monkeypatch.setattr(checks, "validate", miniature.validate_with(["it_adds_up"]))
    try:
        assert refresh(paths).outcome == "not_published"
        assert standing(paths).sentence == (
            "The last refresh published nothing: it_adds_up failed; contraste refresh says where."
        )
    finally:
        model.unlink()


def test_a_warning_does_not_stop_publishing(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    before = served(paths)
    monkeypatch.setattr(checks, "validate", miniature.validate_with(["it_is_plausible"]))
    refreshed = refresh(paths, force=True)
    assert (refreshed.outcome, refreshed.exit_code) == ("published", 0)
    assert served(paths) > before
    report = said(paths, refreshed)
    assert "1 of 2 rules hold" in report
    assert "over_achievement" in report and "Se hizo [de más]." in report


def test_a_failing_dbt_test_stops_before_the_rules_and_names_the_missing_keys(
    paths: Paths, digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unexpected(*_: object, **__: object) -> None:
        pytest.fail("the rules were checked after a failing dbt test")

    monkeypatch.setattr(checks, "validate", unexpected)
    before = digest(paths.published)
    model = paths.dbt_project / "models" / "audit" / "audit_unmapped_keys.sql"
    whole = model.read_text()
    model.write_text(whole.replace("where product_name = 'none of them'", "order by product_name limit 2"))
    try:
        refreshed = refresh(paths)
        assert (refreshed.outcome, refreshed.exit_code) == ("not_published", 2)
        [problem] = refreshed.problems
        assert "no_unmapped_keys" in problem
        unmapped = paths.unmapped / "units.csv"
        assert f"2 keys of the documents not in dbt_project/seeds/units.csv: complete {unmapped}" in problem
        header, *rows = unmapped.read_text().splitlines()
        assert header == "printed_name,unit_code,source"
        assert len(rows) == 2 and all(row.endswith(",,") and len(row) > 2 for row in rows)
        assert digest(paths.published) == before
    finally:
        model.write_text(whole)
    monkeypatch.setattr(checks, "validate", miniature.validate_with([]))
    # a failed build is not taken for the release's: the refresh is not a no-op though the code is as it was
    assert refresh(paths).outcome in ("nothing_new", "same")


def test_a_model_that_does_not_compile_is_one_sentence(paths: Paths, digest: Digest) -> None:
    before = digest(paths.published)
    model = paths.dbt_project / "models" / "marts" / "fct_broken.sql"
    model.write_text("select * from {{ ref('nowhere') }}")
    try:
        refreshed = refresh(paths)
    finally:
        model.unlink()
    assert refreshed.exit_code == 2
    [problem] = refreshed.problems
    assert problem.startswith("dbt could not read the project") and "nowhere" in problem
    assert digest(paths.published) == before


def test_a_table_of_a_model_that_is_gone_is_not_published(paths: Paths) -> None:
    model = paths.dbt_project / "models" / "marts" / "fct_former.sql"
    model.write_text("select 1 as line_no")
    assert refresh(paths).outcome == "published"
    assert (paths.published / "current" / "parquet" / "fct_former.parquet").exists()
    model.unlink()
    assert refresh(paths).outcome == "published"
    assert not (paths.published / "current" / "parquet" / "fct_former.parquet").exists()


def test_a_quarantined_document_is_reported_until_it_is_gone(paths: Paths) -> None:
    broken = paths.documents / "hn_siafi_productos" / "[red]vacío.pdf"
    broken.write_bytes(b"")
    refreshed = refresh(paths)
    assert (refreshed.outcome, refreshed.exit_code) == ("published", 1)
    [(file_path, reason)] = refreshed.quarantined
    assert file_path == "hn_siafi_productos/[red]vacío.pdf" and reason
    assert "[red]vacío.pdf" in said(paths, refreshed)
    again = refresh(paths)
    assert (again.outcome, again.exit_code) == ("nothing_new", 1)
    assert "[red]vacío.pdf" in said(paths, again)
    broken.unlink()
    assert refresh(paths).exit_code == 0
    assert refresh(paths).outcome == "nothing_new"


def test_a_rollback_holds_until_something_changes(paths: Paths) -> None:
    newest = served(paths)
    back = release.rollback(paths.published, paths.writer_lock)
    refreshed = refresh(paths)
    assert (refreshed.outcome, served(paths)) == ("nothing_new", back.version)
    model = paths.dbt_project / "models" / "marts" / "fct_lines.sql"
    model.write_text(model.read_text() + "\n-- changed")
    assert not standing(paths).is_up_to_date
    assert refresh(paths).outcome == "published"
    assert served(paths) > newest


def test_what_was_not_judged_is_not_published(paths: Paths) -> None:
    from orchestration.assets.release import GateClosedError, publish

    with duckdb.connect(str(paths.build_database)) as connection:
        connection.execute("insert into marts.fct_lines select * from marts.fct_lines")
    with pytest.raises(GateClosedError, match="changed after the rules were checked"):
        publish(paths)
    gate = Gate.load(paths)
    assert gate
    Gate.discard(paths)
    with pytest.raises(GateClosedError, match="rules were not checked"):
        publish(paths)
    Transformation.discard(paths)
    with pytest.raises(RuntimeError, match="no finished dbt build to check"):
        checks.judge(paths)


def test_another_writer_is_named(paths: Paths) -> None:
    script = (
        "import sys, pathlib; from orchestration.writer import writing\n"
        "with writing(pathlib.Path(sys.argv[1]), 'a refresh'): print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(paths.writer_lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=REPOSITORY,
    )
    try:
        assert process.stdout and process.stdout.readline()
        with pytest.raises(WriterBusyError, match=f"process {process.pid}"):
            refresh(paths)
    finally:
        process.communicate()
    assert writer.holder(paths.writer_lock) is None


@pytest.mark.parametrize("stage", ["EXTRACT", "TRANSFORM", "CHECK", "RENAME"])
def test_a_refresh_killed_anywhere_leaves_the_old_release_and_the_next_recovers(
    paths: Paths, digest: Digest, stage: str
) -> None:
    before = digest(paths.published)
    old = served(paths)
    command = [sys.executable, "-m", "tests.orchestration.miniature", str(paths.home.parent), "--force"]
    output = paths.home.parent / "killed.txt"
    with output.open("w") as file:
        killed = subprocess.Popen(
            [*command, "--kill-at", stage], stdout=file, stderr=file, cwd=REPOSITORY, start_new_session=True
        )
        try:
            assert killed.wait(timeout=120) == -signal.SIGKILL, output.read_text()
        finally:
            # the workers that read documents; they must not keep the warehouse locked either
            free = writer.holder(paths.writer_lock) is None
            with contextlib.suppress(ProcessLookupError):
                os.killpg(killed.pid, signal.SIGKILL)
    assert free
    after = {name: content for name, content in digest(paths.published).items() if "/." not in name}
    assert after == before
    recovered = refresh(paths, force=True)
    assert (recovered.outcome, recovered.problems) == ("published", [])
    assert served(paths) > old
    assert not list((paths.published / "releases").glob(".*"))
    assert not paths.build_database.with_name("warehouse.duckdb.wal").exists()
