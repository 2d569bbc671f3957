"""A release takes over from the one before what did not change, and nothing else."""

import os
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration import copying, parquet, release
from orchestration.paths import Paths
from orchestration.release import Provenance, Release

Publish = Callable[..., Release]
_LINES = """
    create table marts.fct_lines as
        select document_sha256, line_no, cast(paid_amount as decimal(18, 2)) as paid_amount from (values
        ('a', 1, 10.00), ('a', 2, 20.00), ('b', 1, 30.00), ('c', 1, 40.00), (null, 0, null)
    ) as lines (document_sha256, line_no, paid_amount);
    create table marts.dim_offices as select i as office_no, 'Oficina ' || i as name from range(100) as numbers (i);
    comment on table marts.fct_lines is 'One row per line';
    comment on column marts.fct_lines.paid_amount is 'Pagado';
"""


@pytest.fixture
def publish(paths: Paths) -> Publish:
    """Publishes the tables above after these statements, out of a working database of this storage version."""

    def make(*statements: str, storage: str = "v1.5.0") -> Release:
        paths.build_database.unlink(missing_ok=True)
        config: dict[str, str | bool | int | float | list[str]] = {"storage_compatibility_version": storage}
        with duckdb.connect(str(paths.build_database), config=config) as connection:
            connection.execute("create schema marts; create schema audit")
            connection.execute(_LINES)
            for statement in statements:
                connection.execute(statement)
        made, _ = release.publish(
            paths.build_database, paths.published, paths.writer_lock, Provenance("inputs"), even_if_same=True
        )
        return made

    return make


def _rows(made: Release, table: str) -> list[tuple[object, ...]]:
    """What the DuckDB file holds; the Parquet file must hold the same."""
    with duckdb.connect(str(made.database), read_only=True) as connection:
        rows = connection.execute(f"from marts.{table} order by all").fetchall()
    files = made.folder / made.manifest["tables"][table]["parquet"]
    assert duckdb.sql(f"from read_parquet('{files}') order by all").fetchall() == rows
    return rows


def _same_file(one: Release, other: Release, table: str) -> bool:
    return os.path.samefile(*(made.folder / "parquet" / f"{table}.parquet" for made in (one, other)))


def test_only_files_of_tables_that_changed_are_written(publish: Publish) -> None:
    first = publish()
    second = publish("update marts.fct_lines set paid_amount = 31.00 where document_sha256 = 'b'")
    assert _same_file(first, second, "dim_offices")
    assert not _same_file(first, second, "fct_lines")
    assert [str(row[2]) for row in _rows(second, "fct_lines") if row[0] == "b"] == ["31.00"]
    assert [str(row[2]) for row in _rows(first, "fct_lines") if row[0] == "b"] == ["30.00"]
    release.verify(first)
    release.verify(second)


def test_another_order_of_rows_is_the_same_table(publish: Publish) -> None:
    first = publish()
    second = publish("create or replace table marts.dim_offices as from marts.dim_offices order by office_no desc")
    assert _same_file(first, second, "dim_offices")
    assert _rows(first, "dim_offices") == _rows(second, "dim_offices")


def test_rows_are_replaced_document_by_document(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    whole: list[object] = []
    monkeypatch.setattr(copying, "_write_anew", lambda *given: whole.append(given))
    changed = publish(
        "update marts.fct_lines set paid_amount = 31.00 where document_sha256 = 'b'",
        "delete from marts.fct_lines where document_sha256 = 'c'",
        "insert into marts.fct_lines values ('d', 1, 50.00)",
        "update marts.fct_lines set line_no = 9 where document_sha256 is null",
    )
    assert whole == []
    assert [(row[0], row[1], row[2] and str(row[2])) for row in _rows(changed, "fct_lines")] == [
        ("a", 1, "10.00"),
        ("a", 2, "20.00"),
        ("b", 1, "31.00"),
        ("d", 1, "50.00"),
        (None, 9, None),
    ]


def test_what_is_printed_twice_is_not_once(publish: Publish) -> None:
    # two rows that are alike must not cancel each other out of what is compared
    twice = "insert into marts.fct_lines values ('b', 1, 30.00)"
    publish(twice, twice)
    assert len(_rows(publish(), "fct_lines")) == 5


def test_columns_tables_and_comments_come_and_go(publish: Publish) -> None:
    publish("create table marts.dim_gone as select 1 as gone_no")
    made = publish(
        "alter table marts.fct_lines add column paid_pct integer",
        "comment on table marts.fct_lines is null",
        "comment on column marts.dim_offices.name is 'Nombre'",
        "create table audit.audit_new as select 1 as new_no",
    )
    with duckdb.connect(str(made.database), read_only=True) as connection:
        tables = connection.execute("select table_name, comment from duckdb_tables() order by all").fetchall()
        said = connection.execute("select column_name, comment from duckdb_columns() where comment <> ''").fetchall()
    assert tables == [("audit_new", None), ("dim_offices", None), ("fct_lines", None)]
    assert sorted(row for row in said if row[0] in ("name", "paid_amount")) == [
        ("name", "Nombre"),
        ("paid_amount", "Pagado"),
    ]
    assert [row[3] for row in _rows(made, "fct_lines")] == [None] * 5


@pytest.mark.parametrize("damaged", ["parquet/dim_offices.parquet", "warehouse.duckdb"])
def test_a_file_that_was_damaged_is_not_taken_over(publish: Publish, damaged: str) -> None:
    first = publish()
    file = first.folder / damaged
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)
    second = publish()
    release.verify(second)
    assert len(_rows(second, "dim_offices")) == 100
    assert (second.folder / damaged).read_bytes() != content


def _inode(made: Release, name: str) -> int:
    return (made.folder / "parquet" / "fct_lines" / name).stat().st_ino


def test_of_a_large_table_only_the_parts_of_changed_documents_are_written(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "LARGE", 5)
    first = publish()
    second = publish("update marts.fct_lines set paid_amount = 31.00 where document_sha256 = 'b'")
    names = ["a.parquet", "b.parquet", "c.parquet", "none.parquet"]
    assert sorted(path.name for path in (second.folder / "parquet" / "fct_lines").iterdir()) == names
    assert [name for name in names if _inode(first, name) != _inode(second, name)] == ["b.parquet"]
    assert [str(row[2]) for row in _rows(second, "fct_lines") if row[0] == "b"] == ["31.00"]
    # what has no document lies in one file however large it is
    assert _same_file(first, second, "dim_offices")
    release.verify(second)
    listed = (second.folder / "SHA256SUMS").read_text()
    assert all(f"  parquet/fct_lines/{name}\n" in listed for name in names)
    file = second.folder / "parquet" / "fct_lines" / "c.parquet"
    file.chmod(0o644)
    file.write_bytes(b"damaged")
    with pytest.raises(release.ReleaseError, match=r"parquet/fct_lines/c\.parquet is not the file"):
        release.verify(second)
    third = publish("update marts.fct_lines set paid_amount = 31.00 where document_sha256 = 'b'")
    assert _inode(third, "c.parquet") != _inode(second, "c.parquet")
    assert len(_rows(third, "fct_lines")) == 5


def test_a_table_that_grew_large_is_laid_out_anew(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    monkeypatch.setattr(parquet, "LARGE", 6)
    grown = publish("insert into marts.fct_lines values ('d', 1, 50.00)")
    assert sorted(path.name for path in (grown.folder / "parquet").iterdir()) == ["dim_offices.parquet", "fct_lines"]
    assert len(_rows(grown, "fct_lines")) == 6
    shrunk = publish()
    assert len(_rows(shrunk, "fct_lines")) == 5
    assert (shrunk.folder / "parquet" / "fct_lines.parquet").is_file()


def test_the_file_of_a_build_that_holds_nothing_else_is_the_release(publish: Publish, paths: Paths) -> None:
    made = publish(storage=copying.STORAGE_VERSION)
    assert os.path.samefile(made.database, paths.build_database)
    assert made.database.stat().st_mode & 0o222 == 0
    assert len(_rows(made, "fct_lines")) == 5
    release.verify(made)


@pytest.mark.parametrize(
    "private",
    [
        "create schema staging; create table staging.stg_lines as select 1 as line_no",
        "create view marts.mart_lines as from marts.fct_lines",
    ],
)
def test_the_file_of_a_build_that_holds_more_is_not(publish: Publish, paths: Paths, private: str) -> None:
    made = publish(private, storage=copying.STORAGE_VERSION)
    assert not os.path.samefile(made.database, paths.build_database)
    with duckdb.connect(str(made.database), read_only=True) as connection:
        assert connection.execute("select distinct schema_name from duckdb_tables()").fetchall() == [("marts",)]
        assert connection.execute("select * from duckdb_views() where not internal").fetchall() == []


def test_the_file_of_a_build_of_which_much_lies_idle_is_not(
    publish: Publish, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_MOST_UNUSED", -1.0)
    assert not os.path.samefile(publish(storage=copying.STORAGE_VERSION).database, paths.build_database)


def test_the_file_of_another_storage_version_is_not(publish: Publish) -> None:
    # a tool that reads releases might not open it
    made = publish(storage="v1.5.0")
    with duckdb.connect() as connection:
        connection.execute(f"attach '{made.database}' as made (read_only)")
        [(storage,)] = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'made'"
        ).fetchall()
    assert str(storage).startswith(copying.STORAGE_VERSION)


def test_what_another_duckdb_wrote_is_written_anew(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    # how it tells contents apart is not promised to be the same in the next version
    first = publish()
    monkeypatch.setattr(copying.duckdb, "__version__", "9.9.9")
    assert not _same_file(first, publish(), "dim_offices")


def test_a_file_of_which_much_lies_idle_is_written_anew(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    publish()
    monkeypatch.setattr(copying, "_MOST_UNUSED", -1.0)
    second = publish("update marts.fct_lines set paid_amount = 31.00 where document_sha256 = 'b'")
    assert [str(row[2]) for row in _rows(second, "fct_lines") if row[0] == "b"] == ["31.00"]


def test_nothing_is_left_beside_the_release(publish: Publish, paths: Paths) -> None:
    publish()
    second: Path = publish("delete from marts.fct_lines where document_sha256 = 'c'").folder
    assert sorted(path.name for path in second.iterdir()) == [
        "SHA256SUMS",
        "manifest.json",
        "parquet",
        "warehouse.duckdb",
    ]
