"""What changed between two releases: rows and amounts by table and source, and the page that says it."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration import release
from orchestration.documentation.published import Column, Table
from orchestration.outlets.changes import change_log
from orchestration.outlets.datapackage import Described
from orchestration.paths import Paths
from orchestration.release import Release

A, B = "a" * 64, "b" * 64
Row = tuple[str, str, str | None, bool]
"""Line, document, amount, whether it adds up."""

PAID = Column("paid_amount", "decimal(18, 2)", "Paid.", {"label_es": "Pagado"}, False, False, None, None)
LINES = Table("fct_lines", "One row per line.", {"additive_where": "is_latest"}, {"paid_amount": PAID})


@pytest.fixture
def publish(paths: Paths) -> Callable[..., tuple[Release, dict[str, Any], str]]:
    """Publishes these lines; the release, its changes and its page."""

    def make(
        lines: Sequence[Row], *, documents: Sequence[str] = (A, B), more: str = "", commit: str = "1" * 40
    ) -> tuple[Release, dict[str, Any], str]:
        paths.build_database.unlink(missing_ok=True)
        with duckdb.connect(str(paths.build_database)) as connection:
            connection.execute(
                "create schema marts; create table marts.fct_lines (line_no varchar, document_sha256 varchar, "
                "currency_code varchar, paid_amount decimal(18, 2), is_latest boolean);"
                f"create table marts.dim_kinds as select 1 as kind; {more}"
            )
            for line, document, amount, is_latest in lines:
                connection.execute(
                    "insert into marts.fct_lines values (?, ?, 'MXN', ?, ?)", [line, document, amount, is_latest]
                )
        provenance = release.Provenance(
            repr((lines, documents, more)),
            git_commit=commit,
            documents=[
                {
                    "document_sha256": sha,
                    "source_id": f"xx_office_{sha[0]}",
                    "file_path": f"{sha[0]}|informe.pdf",
                    "status": "loaded",
                    "vintage_seq": 1,
                }
                for sha in documents
            ],
        )
        made, is_new = release.publish(
            paths.build_database,
            paths.published,
            paths.writer_lock,
            provenance,
            outlets=[change_log(Described({"fct_lines": LINES}, None))],
        )
        assert is_new
        changes = json.loads((made.folder / "changes.json").read_text("utf-8"))
        return made, changes, (made.folder / "CHANGES.md").read_text("utf-8")

    return make


FIRST: list[Row] = [("1", A, "100.10", True), ("2", A, "50.00", True), ("1", B, "7.00", True), ("2", B, "1.00", False)]


def test_the_first_release_says_that_it_is(publish: Callable[..., Any]) -> None:
    made, changes, page = publish(FIRST)
    assert (changes["version"], changes["since"], changes["tables"]) == (made.version, None, [])
    assert f"Es la primera versión publicada ({made.version})" in page
    assert "This is the first published release" in page


def test_rows_and_amounts_by_source(publish: Callable[..., Any]) -> None:
    first, _, _ = publish(FIRST)
    # one amount of A restated, one line of A gone and one new; a figure of B that does not add up changes too
    _, changes, page = publish(
        [("1", A, "100.15", True), ("3", A, "50.00", True), ("1", B, "7.00", True), ("2", B, "9.00", False)]
    )
    assert changes["since"] == first.version
    [lines] = changes["tables"]
    assert (lines["table"], lines["rows_before"], lines["rows_after"]) == ("fct_lines", 4, 4)
    of_a, of_b = lines["sources"]
    assert (of_a["source_id"], of_a["rows_added"], of_a["rows_removed"]) == ("xx_office_a", 2, 2)
    assert of_a["amounts"] == [
        {"column": "paid_amount", "currency_code": "MXN", "before": "150.10", "after": "150.15", "difference": "0.05"}
    ]
    assert (of_b["rows_added"], of_b["rows_removed"], of_b["amounts"]) == (1, 1, [])
    assert changes["unchanged_tables"] == 1
    assert "| fct_lines | xx_office_a | Pagado (paid_amount) | MXN | 150.10 | 150.15 | 0.05 |" in page
    assert page.count("| fct_lines | xx_office_b | 2 | 2 | 1 | 1 |") == 2


def test_a_source_that_comes_and_one_that_goes(publish: Callable[..., Any]) -> None:
    publish([line for line in FIRST if line[1] == A], documents=[A])
    _, changes, page = publish([line for line in FIRST if line[1] == B], documents=[B])
    assert [document["file_path"] for document in changes["documents_added"]] == ["b|informe.pdf"]
    assert [document["file_path"] for document in changes["documents_removed"]] == ["a|informe.pdf"]
    of_a, of_b = changes["tables"][0]["sources"]
    assert (of_a["amounts"][0]["after"], of_a["amounts"][0]["difference"]) == (None, "-150.10")
    assert (of_b["amounts"][0]["before"], of_b["amounts"][0]["difference"]) == (None, "7.00")
    assert "| b\\|informe.pdf | xx_office_b | nuevo |" in page
    assert "| a\\|informe.pdf | xx_office_a | gone |" in page


def test_tables_and_columns_that_come_and_go(publish: Callable[..., Any]) -> None:
    publish(FIRST, more="create table marts.fct_old as select 1 as kind, 2 as worth")
    _, changes, page = publish(
        FIRST,
        more="create table marts.fct_new as select 1 as kind; alter table marts.dim_kinds add column name varchar",
        commit="2" * 40,
    )
    assert [(table["table"], table["change"]) for table in changes["tables"]] == [
        ("dim_kinds", "changed"),
        ("fct_new", "added"),
        ("fct_old", "removed"),
    ]
    assert changes["tables"][0]["columns_added"] == ["name"]
    assert "- dim_kinds: name" in page
    assert "| fct_new | tabla nueva | 0 | 1 |" in page
    assert "El código cambió de `111111111111` a `222222222222`" in page


def test_a_release_that_cannot_be_read_stops_nothing(publish: Callable[..., Any]) -> None:
    first, _, _ = publish(FIRST)
    first.database.chmod(0o644)
    first.database.write_bytes(b"not a database" * 1000)
    made, changes, page = publish(FIRST[:1])
    assert changes["since"] == first.version and changes["not_compared"]
    assert "no se pudieron comparar" in page
    assert made.manifest["version"] == made.version


def test_after_a_rollback_the_comparison_is_with_what_was_served(publish: Callable[..., Any], paths: Paths) -> None:
    first, _, _ = publish(FIRST)
    publish(FIRST[:1])
    release.rollback(paths.published, paths.writer_lock)
    _, changes, _ = publish(FIRST[:2])
    assert changes["since"] == first.version


def test_another_order_of_rows_is_no_change(publish: Callable[..., Any], paths: Path) -> None:
    publish(FIRST)
    _, changes, page = publish(FIRST[::-1])
    assert changes["tables"] == []
    assert "Ninguna tabla cambió." in page and "No table changed." in page
