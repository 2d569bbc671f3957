"""New documents that break a rule are held back and the rest is published; one published before stops the refresh."""

from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from expectations.runner import RuleResult, ValidationReport
from orchestration import alerts, checks, release, validation
from orchestration.definitions import build_definitions
from orchestration.instance import instance
from orchestration.outcomes import Extraction
from orchestration.paths import Paths
from orchestration.refresh import Refreshed, refresh
from orchestration.sensors import failed_refresh_sensor
from tests.orchestration import miniature

DOCUMENTS = Path(__file__).resolve().parents[2] / "documents" / "hn_siafi_productos"
GOOD, BAD = "aduanas_2021_01_r00824984.pdf", "aduanas_2021_01_r00824984_ejemplo_preliminar.pdf"
SEED = "rule_id,scope,measure,difference,reason_es,reason_en,page,recorded_on\n"
Breaks = Callable[[str], list[dict[str, str]]]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = miniature.make(tmp_path, [DOCUMENTS / GOOD])
    (paths.seeds / "known_discrepancies.csv").write_text(SEED)
    return paths


@pytest.fixture(autouse=True)
def made_up_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(checks, "load_rules", lambda *_: miniature.RULES)
    monkeypatch.setattr(checks, "validate", miniature.validate_with([]))
    monkeypatch.setattr(validation, "prepare", lambda _: None)
    yield


def arrives(paths: Paths, name: str) -> str:
    """Put a document into the inbox; its path there."""
    (paths.documents / "hn_siafi_productos" / name).write_bytes((DOCUMENTS / name).read_bytes())
    return f"hn_siafi_productos/{name}"


def breaking(*file_paths: str | None) -> Callable[..., ValidationReport]:
    """Rules that the figures of these documents break, as long as the working database has rows of them."""

    def validate(paths: Paths, on_rule: Callable[[RuleResult], None]) -> ValidationReport:
        with duckdb.connect(str(paths.build_database), read_only=True) as connection:
            built = {name for (name,) in connection.execute("select file_path from marts.dim_documents").fetchall()}
        figure = {"page_no": "2", "row_no": "9", "measure": "assigned_amount", "printed_raw": "1,000.00"}
        rows = [
            {"file_path": name, **figure, "recomputed_value": "999.50"}
            for name in file_paths
            if name is None or name in built
        ]
        report = miniature.validate_with(["it_adds_up"] if rows else [])(paths, on_rule)
        for result in report.results:
            result.failing_rows[:] = rows if not result.passed else []
        return report

    return validate


def quarantined(refreshed: Refreshed) -> dict[str, str]:
    return dict(refreshed.quarantined)


def published(paths: Paths) -> list[str]:
    served = release.current(paths.published)
    return sorted(document["file_path"] for document in served.manifest["documents"]) if served else []


def test_the_rest_is_published_and_the_reason_names_the_figure(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = arrives(paths, BAD)
    monkeypatch.setattr(checks, "validate", breaking(bad))
    refreshed = refresh(paths)
    assert (refreshed.outcome, refreshed.exit_code, refreshed.problems) == ("published", 1, [])
    assert published(paths) == [f"hn_siafi_productos/{GOOD}"]
    reason = quarantined(refreshed)[bad]
    assert "held back by the rule it_adds_up: Everything adds up, but on page 2, row 9 assigned_amount" in reason
    assert "prints 1,000.00 and is 999.50 recomputed" in reason
    # the report counts what the first look at the inbox loaded
    extraction = Extraction.load(paths)
    assert extraction and [document.file_path for document in extraction.of("loaded")] == published(paths)
    assert refresh(paths).outcome == "nothing_new"


def test_it_is_read_again_when_what_it_is_measured_against_changes(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = arrives(paths, BAD)
    monkeypatch.setattr(checks, "validate", breaking(bad))
    refresh(paths)
    (paths.seeds / "known_discrepancies.csv").write_text(SEED + "it_adds_up,total,x,0.50,visto,seen,1,2026-01-01\n")
    assert bad in quarantined(refresh(paths))  # nothing that helps it
    monkeypatch.setattr(checks, "validate", miniature.validate_with([]))
    (paths.seeds / "known_discrepancies.csv").write_text(SEED + "it_adds_up,total,y,0.50,visto,seen,1,2026-01-01\n")
    refreshed = refresh(paths)
    assert (refreshed.outcome, refreshed.exit_code) == ("published", 0)
    assert bad in published(paths)


@pytest.mark.parametrize("broken", [f"hn_siafi_productos/{GOOD}", None])
def test_a_published_document_or_none_in_particular_stops_the_refresh(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, broken: str | None
) -> None:
    assert refresh(paths).outcome == "published"
    before = published(paths)
    bad = arrives(paths, BAD)
    monkeypatch.setattr(checks, "validate", breaking(bad, broken))
    refreshed = refresh(paths)
    assert (refreshed.outcome, refreshed.exit_code) == ("not_published", 2)
    assert "it_adds_up" in refreshed.problems[0]
    assert published(paths) == before
    assert quarantined(refreshed) == {}


def test_when_nothing_would_be_left_the_refresh_stops(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "validate", breaking(f"hn_siafi_productos/{GOOD}"))
    refreshed = refresh(paths)
    assert (refreshed.outcome, quarantined(refreshed)) == ("not_published", {})


@pytest.fixture
def mapped(paths: Paths) -> Paths:
    """The miniature where every product of the preliminary issue has to stand in the seed `units`."""
    (paths.dbt_project / "models" / "audit" / "audit_unmapped_keys.sql").write_text(
        f"""
        select distinct
            'units' as mapping, 'printed_name' as seed_column, product_name as seed_value, product_name as key_printed,
            lower(product_name) as key_folded, document_sha256, 'page 1' as example
        from {{{{ ref('stg_lines') }}}}
        where
            document_sha256 in (
                select document_sha256 from {{{{ source('contraste', 'documents') }}}} where file_path like '%{BAD}'
            )
            and product_name not in (select cast(printed_name as varchar) from {{{{ ref('units') }}}})
        """
    )
    return paths


def test_a_new_document_with_words_no_mapping_knows_waits_for_them_and_the_rest_is_published(mapped: Paths) -> None:
    bad = arrives(mapped, BAD)
    refreshed = refresh(mapped)
    assert (refreshed.outcome, refreshed.exit_code, refreshed.problems) == ("published", 1, [])
    assert published(mapped) == [f"hn_siafi_productos/{GOOD}"]
    reason = quarantined(refreshed)[bad]
    assert reason.startswith("held back because no mapping knows what it prints: '")
    assert "(page 1) is not in dbt_project/seeds/units.csv" in reason
    assert f"Complete {mapped.unmapped / 'units.csv'}, append its rows to the seed, refresh again." in reason
    # the file outlives the build that has the document no more
    waiting = (mapped.unmapped / "units.csv").read_text("utf-8").splitlines()
    assert waiting[0] == "printed_name,unit_code,source" and len(waiting) > 3
    assert refresh(mapped).outcome == "nothing_new"
    assert (mapped.unmapped / "units.csv").read_text("utf-8").splitlines() == waiting

    with (mapped.seeds / "units.csv").open("a", encoding="utf-8") as seed:
        seed.write("\n".join([*waiting[1:], ""]))
    refreshed = refresh(mapped)
    assert (refreshed.outcome, refreshed.exit_code) == ("published", 0)
    assert published(mapped) == [f"hn_siafi_productos/{GOOD}", bad]
    assert not (mapped.unmapped / "units.csv").exists()


def test_a_word_that_a_published_document_prints_stops_the_refresh_when_its_mapping_goes(mapped: Paths) -> None:
    bad = arrives(mapped, BAD)
    refresh(mapped)
    waiting = (mapped.unmapped / "units.csv").read_text("utf-8").splitlines(keepends=True)
    before = (mapped.seeds / "units.csv").read_text("utf-8")
    (mapped.seeds / "units.csv").write_text("".join([before, *waiting[1:]]), "utf-8")
    assert refresh(mapped).outcome == "published" and bad in published(mapped)
    (mapped.seeds / "units.csv").write_text(before, "utf-8")
    refreshed = refresh(mapped)
    assert (refreshed.outcome, refreshed.exit_code) == ("not_published", 2)
    assert "no_unmapped_keys" in refreshed.problems[0]
    assert bad in published(mapped) and quarantined(refreshed) == {}


def test_a_run_of_the_daemon_that_fails_for_a_new_document_is_followed_by_one_without_it(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = arrives(paths, BAD)
    told: list[object] = []
    monkeypatch.setattr(checks, "validate", breaking(bad))
    monkeypatch.setattr(alerts, "tell", lambda _, attempt: told.append(attempt) or [])
    monkeypatch.setattr("orchestration.sensors.Paths.from_environment", lambda: paths)
    job = build_definitions(paths).resolve_job_def("refresh")
    with instance(paths) as dagster:

        def run_and_ask() -> tuple[bool, object]:
            run = job.execute_in_process(instance=dagster, raise_on_error=False).dagster_run
            failures = [
                entry.dagster_event
                for entry in dagster.all_logs(run.run_id)
                if entry.dagster_event and entry.dagster_event.event_type == dg.DagsterEventType.RUN_FAILURE
            ]
            if not failures:
                return True, None
            context = dg.build_run_status_sensor_context("failed", failures[0], dagster, run)
            return False, failed_refresh_sensor(context.for_run_failure())

        succeeded, answer = run_and_ask()
        assert not succeeded
        assert isinstance(answer, dg.RunRequest)
        assert answer.tags["contraste/held_back"] == "1"
        assert run_and_ask() == (True, None)
        assert published(paths) == [f"hn_siafi_productos/{GOOD}"]
        # what fails for a document that is published is told, and no run follows
        monkeypatch.setattr(checks, "validate", breaking(f"hn_siafi_productos/{GOOD}"))
        succeeded, answer = run_and_ask()
        assert (succeeded, answer) == (False, None)
        assert len(told) == 1
