"""The ten lines of `contraste status`: what the last refresh did, what is stale, what waits for a person."""

import io
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from orchestration import attempts, overview
from orchestration.inputs import Inputs
from orchestration.outcomes import Document, Extraction
from orchestration.paths import Paths
from orchestration.release import Release
from orchestration.standing import Standing
from orchestration.writer import Holder

NOTHING = Inputs([], "", [], [], "")


def standing(served: Release | None = None, inputs: Inputs = NOTHING, *, up_to_date: bool = True) -> Standing:
    return Standing(inputs, served, up_to_date, "Nothing new." if up_to_date else "1 document in the inbox not loaded.")


def said(paths: Paths, stands: Standing, holder: Holder | None = None) -> dict[str, str]:
    return {about: sentence for about, sentence, _ in overview.lines(paths, stands, holder)}


@pytest.fixture
def served(tmp_path: Path) -> Release:
    """A release whose figures are known."""
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as connection:
        connection.execute(
            """
            create schema marts;
            create table marts.mart_reconciliation as
                select * from (values ('reconciled', true), ('reconciled', true), ('explained', true),
                ('discrepant', true), ('discrepant', false)) as t (status, is_latest);
            create table marts.mart_findings as
                select 'a' as rule_id, 'warning' as severity, 1 as finding_id, 'x' as evidence, 'f' as file_path,
                    true as is_latest;
            create table marts.mart_coverage as
                select * from (values ('xx_a', 'missing', date '2024-03-31'), ('xx_b', 'missing', date '2023-12-31'),
                    ('xx_b', 'missing', date '2023-12-31'), ('xx_c', 'arrived', date '2024-12-31'),
                    ('xx_d', 'missing', null), ('xx_d', 'missing', null), ('xx_d', 'missing', null))
                as t (source_id, status, source_last_period_end_date)
            """
        )
    return Release("20261120T060000-000000", tmp_path, {"created_at": "2026-11-20T06:00:00+00:00"})


def test_before_the_first_refresh(paths: Paths) -> None:
    lines = said(paths, standing())
    assert len(lines) == 10
    assert lines["Served"] == "no release"
    assert lines["Last run"] == "no refresh is on record here"
    assert lines["Writing now"] == "nobody"
    assert lines["Quarantine"] == "empty"


def test_figures_of_the_release(paths: Paths, served: Release) -> None:
    lines = said(paths, standing(served))
    assert lines["Adds up"] == "2 reconciled, 1 explained, 1 discrepant; 1 findings"
    assert lines["Overdue"] == (
        "6 reports expected and missing: xx_d 3 (no figures yet), xx_b 2 (figures to 2023-12-31) and 1 more"
    )


def test_a_refresh_that_was_fine(paths: Paths) -> None:
    documents = [
        Document("a.pdf", "a", "xx", "loaded", None, 3),
        Document("b.pdf", "b", "xx", "quarantined", "no table of xx was found", 0),
    ]
    Extraction("1", documents=documents).save(paths)
    attempts.end(paths, attempts.begin(paths), "published", [])
    line = said(paths, standing())["Last run"]
    assert ": published in 0 s; 1 loaded, 0 skipped, 1 quarantined" in line


def test_a_refresh_that_published_nothing_says_why(paths: Paths) -> None:
    attempts.end(paths, attempts.begin(paths), "not_published", ["it_adds_up: no.", "another"])
    assert ": NOT PUBLISHED after 0 s (and 1 more): it_adds_up: no." in said(paths, standing())["Last run"]


def test_a_refresh_that_was_killed_is_told_from_one_at_work(paths: Paths) -> None:
    attempts.begin(paths)
    assert said(paths, standing())["Last run"].endswith("was stopped or killed before it ended")
    holder = Holder(7, "2026-11-20T06:00:00+00:00", "a refresh")
    lines = said(paths, standing(), holder)
    assert lines["Last run"].endswith("is at work")
    assert lines["Writing now"] == "process 7: a refresh, since 2026-11-20T06:00:00+00:00"


def test_what_waits_for_a_person(paths: Paths) -> None:
    paths.unmapped.mkdir(parents=True)
    (paths.unmapped / "units.csv").write_text('printed_name,unit_code\n"dos\nlíneas",\nx,\n', "utf-8")
    cells = paths.raw / "scanned_cells"
    cells.mkdir(parents=True)
    duckdb.sql("select i > 2 as needs_review from range(5) as t (i)").write_parquet(str(cells / "a.parquet"))
    held = Inputs(["nuevo.pdf"], "", [], [("b.pdf", "no table"), ("c.pdf", "damaged"), ("d.pdf", "x")], "")
    lines = said(paths, standing(inputs=held, up_to_date=False))
    assert lines["Inbox"] == "1 new: nuevo.pdf"
    assert lines["Stands"] == "1 document in the inbox not loaded."
    assert lines["Quarantine"] == "3: b.pdf (no table), c.pdf (damaged) and 1 more"
    assert lines["Unmapped"] == f"2 terms to complete in {paths.unmapped}: 2 for units"
    assert lines["To review"] == "2 cells of scanned pages: contraste review"


def test_it_is_ten_lines_however_long_they_are(paths: Paths) -> None:
    held = Inputs([], "", [], [("[bold]a.pdf", "one\ntwo " * 100)], "")
    into = io.StringIO()
    overview.show_overview(Console(file=into, width=80), paths, standing(inputs=held), None)
    lines = into.getvalue().splitlines()
    assert len(lines) == 10
    assert max(map(len, lines)) <= 80
    assert "[bold]a.pdf" in into.getvalue()
