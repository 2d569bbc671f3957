"""Releases: what is in one, switching, going back, and what a crash or a damaged file leaves."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration import copying, release
from orchestration.copying import ReleaseError
from orchestration.paths import Paths
from orchestration.release import Provenance, Release

Build = Callable[[int], Path]
Make = Callable[[str], Provenance]
Digest = Callable[[Path], dict[str, str]]


@pytest.fixture
def publish(paths: Paths, build: Build, provenance: Make, tmp_path: Path) -> Callable[[int], Release]:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "data-dictionary.md").write_text("# Data dictionary\n")
    (docs / "draft.txt").write_text("not a page")

    def make(number: int) -> Release:
        made, is_new = release.publish(
            build(number), paths.published, paths.writer_lock, provenance(f"inputs {number}"), docs=docs
        )
        assert is_new
        return made

    return make


def served_number(paths: Paths) -> int:
    with duckdb.connect(str(paths.published / "current" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute("select said from audit.audit_lines").fetchall()[0][0]


def test_a_release_holds_marts_and_audit_as_tables_with_their_comments(
    paths: Paths, publish: Callable[[int], Release]
) -> None:
    publish(7)
    current = paths.published / "current"
    with duckdb.connect(str(current / "warehouse.duckdb"), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name, comment from duckdb_tables() order by all"
        ).fetchall()
        assert tables == [
            ("audit", "audit_lines", None),
            ("marts", "fct_spending", "One row per line; the office's own"),
            ("marts", "mart_spending", "Wide"),
        ]
        comments = connection.execute(
            "select table_name, column_name, comment from duckdb_columns() where comment is not null and not internal"
        ).fetchall()
        assert comments == [("fct_spending", "paid_amount", "Pagado")]
        # lines 1, 2, 3 at 1.07, 2.07, 3.07
        assert str(connection.execute("select sum(paid_amount) from marts.fct_spending").fetchall()[0][0]) == "6.21"
    parquet = sorted(path.name for path in (current / "parquet").iterdir())
    assert parquet == ["audit_lines.parquet", "fct_spending.parquet", "mart_spending.parquet"]
    assert duckdb.sql(f"from '{current}/parquet/mart_spending.parquet'").fetchall() == [(7, 6)]
    codecs = duckdb.sql(f"select distinct compression from parquet_metadata('{current}/parquet/*.parquet')").fetchall()
    assert codecs == [("ZSTD",)]


def test_the_manifest_says_what_the_release_is(paths: Paths, publish: Callable[[int], Release]) -> None:
    made = publish(7)
    manifest = json.loads((paths.published / "current" / "manifest.json").read_text())
    assert manifest["version"] == made.version == json.loads((paths.published / "current.json").read_text())["version"]
    assert manifest["input_fingerprint"] == "inputs 7"
    assert manifest["documents"][0]["source_id"] == "xx_office_report"
    assert manifest["gate"] == {"passed": True}
    spending = manifest["tables"]["fct_spending"]
    assert spending["rows"] == 3
    assert spending["control_totals"] == {"paid_amount": "6.21"}
    assert manifest["tables"]["audit_lines"]["control_totals"] == {}
    assert len(manifest["database"]["sha256"]) == len(spending["sha256"]) == 64


def test_a_release_is_read_only_and_of_a_format_older_duckdb_reads(
    paths: Paths, publish: Callable[[int], Release]
) -> None:
    made = publish(1)
    for path in made.folder.rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) == 0o444, path
    assert not list(made.folder.glob("*.wal"))
    # bytes 12 to 19 of a DuckDB file are its storage version; 65 is v1.2.0
    assert int.from_bytes(made.database.read_bytes()[12:20], "little") == 65


def test_publishing_the_same_again_is_a_new_release_only_when_asked(
    paths: Paths, build: Build, provenance: Make, digest: Digest
) -> None:
    first, _ = release.publish(build(1), paths.published, paths.writer_lock, provenance("same"))
    before = digest(paths.published)
    again, is_new = release.publish(build(1), paths.published, paths.writer_lock, provenance("same"))
    assert (again.version, is_new) == (first.version, False)
    assert digest(paths.published) == before
    asked, is_new = release.publish(build(1), paths.published, paths.writer_lock, provenance("same"), even_if_same=True)
    assert is_new and asked.version > first.version
    other_inputs, is_new = release.publish(build(1), paths.published, paths.writer_lock, provenance("other"))
    assert is_new and other_inputs.version > asked.version


def test_rolling_back_goes_one_release_back_each_time(paths: Paths, publish: Callable[[int], Release]) -> None:
    versions = [publish(number).version for number in (1, 2, 3)]
    assert release.rollback(paths.published, paths.writer_lock).version == versions[1]
    assert served_number(paths) == 2
    assert json.loads((paths.published / "current.json").read_text())["rolled_back_from"] == versions[2]
    assert release.rollback(paths.published, paths.writer_lock).version == versions[0]
    assert served_number(paths) == 1
    with pytest.raises(ReleaseError, match="is the oldest that is kept"):
        release.rollback(paths.published, paths.writer_lock)
    assert release.rollback(paths.published, paths.writer_lock, versions[2]).version == versions[2]
    assert served_number(paths) == 3
    assert release.superseded(paths.published) is None


def test_a_rollback_to_nothing_says_so(paths: Paths, publish: Callable[[int], Release]) -> None:
    with pytest.raises(ReleaseError, match="Nothing is published yet"):
        release.rollback(paths.published, paths.writer_lock)
    made = publish(1)
    with pytest.raises(ReleaseError, match=f"no release 2020.*Kept are: {made.version}"):
        release.rollback(paths.published, paths.writer_lock, "20200101T000000-000000")


def test_a_release_carries_the_pages_that_describe_it(paths: Paths, publish: Callable[[int], Release]) -> None:
    made = publish(1)
    assert [path.name for path in (made.folder / "docs").iterdir()] == ["data-dictionary.md"]
    assert (made.folder / "docs" / "data-dictionary.md").read_text() == "# Data dictionary\n"
    assert list(made.manifest["docs"]) == ["docs/data-dictionary.md"]


def test_code_without_its_pages_releases_without_them(paths: Paths, build: Build, provenance: Make) -> None:
    made, _ = release.publish(
        build(1), paths.published, paths.writer_lock, provenance("1"), docs=paths.home / "nowhere"
    )
    assert made.manifest["docs"] == {}
    release.verify(made)


@pytest.mark.parametrize("damaged", ["warehouse.duckdb", "parquet/fct_spending.parquet", "docs/data-dictionary.md"])
def test_a_damaged_release_is_not_served_again(paths: Paths, publish: Callable[[int], Release], damaged: str) -> None:
    first, second = publish(1), publish(2)
    file = first.folder / damaged
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(ReleaseError, match=f"{damaged} is not the file that was published"):
        release.rollback(paths.published, paths.writer_lock)
    file.unlink()
    with pytest.raises(ReleaseError, match=f"misses {damaged}"):
        release.rollback(paths.published, paths.writer_lock)
    served = release.current(paths.published)
    assert served and served.version == second.version
    assert served_number(paths) == 2


def test_a_release_that_is_not_whole_is_none(paths: Paths, publish: Callable[[int], Release]) -> None:
    first = publish(1)
    second = publish(2)
    stranger = paths.published / "releases" / "notes"
    stranger.mkdir()
    (stranger / "manifest.json").write_text("{}")
    manifest = second.folder / "manifest.json"
    manifest.chmod(0o644)
    manifest.write_text("{")
    assert release.current(paths.published) is None
    assert [kept.version for kept in release.kept(paths.published)] == [first.version]
    assert release.rollback(paths.published, paths.writer_lock).version == first.version
    assert served_number(paths) == 1


def test_the_last_five_are_kept_and_the_served_one_always(paths: Paths, publish: Callable[[int], Release]) -> None:
    versions = [publish(number).version for number in range(1, 7)]
    assert [kept.version for kept in release.kept(paths.published)] == versions[1:]
    release.rollback(paths.published, paths.writer_lock, versions[1])
    # publishing moves on from the old one, which is then beyond the five
    newest = publish(7).version
    assert [kept.version for kept in release.kept(paths.published)] == [*versions[2:], newest]
    assert served_number(paths) == 7


def test_versions_grow_even_when_the_clock_was_set_back(paths: Paths, publish: Callable[[int], Release]) -> None:
    first = publish(1)
    later = "29990101T000000-000000"
    os.rename(first.folder, first.folder.with_name(later))
    link = paths.published / "current"
    link.unlink()
    link.symlink_to(f"releases/{later}")
    assert publish(2).version == "29990101T000000-000001"


def test_what_a_killed_run_left_is_swept(paths: Paths, publish: Callable[[int], Release], digest: Digest) -> None:
    first = publish(1)
    publish(2)
    before = digest(paths.published)
    half = paths.published / "releases" / ".20260101T000000-000000"
    (half / "parquet").mkdir(parents=True)
    (half / "warehouse.duckdb").write_bytes(b"half")
    (half / "warehouse.duckdb").chmod(0o444)
    (paths.published / ".current").symlink_to(f"releases/{first.version}")
    (paths.published / ".current.json").write_text("{")
    release.sweep(paths.published)
    assert digest(paths.published) == before


def test_a_switch_that_was_killed_half_way_is_finished(paths: Paths, publish: Callable[[int], Release]) -> None:
    publish(1)
    second = publish(2)
    pointer = paths.published / "current.json"
    lagging = json.loads(pointer.read_text()) | {"version": "20200101T000000-000000"}
    pointer.write_text(json.dumps(lagging))
    release.sweep(paths.published)
    assert json.loads(pointer.read_text())["version"] == second.version


def test_a_log_beside_the_build_stops_publishing(
    paths: Paths, build: Build, provenance: Make, publish: Callable[[int], Release], digest: Digest
) -> None:
    publish(1)
    before = digest(paths.published)
    database = build(2)
    database.with_name("warehouse.duckdb.wal").write_bytes(b"rows of a writer that was killed")
    with pytest.raises(ReleaseError, match=r"warehouse\.duckdb\.wal lies beside the database"):
        release.publish(database, paths.published, paths.writer_lock, provenance("2"))
    assert digest(paths.published) == before


def test_a_build_without_marts_stops_publishing(paths: Paths, provenance: Make) -> None:
    with duckdb.connect(str(paths.build_database)) as connection:
        connection.execute("create schema staging; create table staging.stg_lines as select 1 as line_no")
    with pytest.raises(ReleaseError, match="holds no table in marts or audit"):
        release.publish(paths.build_database, paths.published, paths.writer_lock, provenance("1"))
    assert release.current(paths.published) is None
    assert release.kept(paths.published) == []


def test_one_name_in_two_schemas_stops_publishing(paths: Paths, build: Build, provenance: Make) -> None:
    database = build(1)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table audit.fct_spending as select 1 as line_no")
    with pytest.raises(ReleaseError, match="Two tables are called fct_spending, one in audit and one in marts"):
        release.publish(database, paths.published, paths.writer_lock, provenance("1"))


def test_a_type_that_parquet_would_round_stops_publishing(paths: Paths, build: Build, provenance: Make) -> None:
    database = build(1)
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table marts.fct_wide as select 1::hugeint as counted")
    with pytest.raises(ReleaseError, match=r"fct_wide\.counted is HUGEINT"):
        release.publish(database, paths.published, paths.writer_lock, provenance("1"))


def test_a_copy_that_reads_back_otherwise_is_not_served(
    paths: Paths,
    build: Build,
    provenance: Make,
    publish: Callable[[int], Release],
    digest: Digest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(1)
    before = digest(paths.published)
    comments = copying._comments

    def lose_a_row(connection: duckdb.DuckDBPyConnection) -> list[str]:
        return [*comments(connection), "delete from target.marts.fct_spending where line_no = 3"]

    monkeypatch.setattr(copying, "_comments", lose_a_row)
    with pytest.raises(ReleaseError, match=r"fct_spending in warehouse\.duckdb reads back as"):
        release.publish(build(2), paths.published, paths.writer_lock, provenance("2"))
    assert digest(paths.published) == before
