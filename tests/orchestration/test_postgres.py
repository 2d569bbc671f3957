"""The copy of the marts on a real PostgreSQL server: what arrives, who may read it, and what readers see meanwhile."""

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration import cli, release
from orchestration.outlets import postgres
from orchestration.outlets.postgres import PostgresError
from orchestration.paths import Paths
from orchestration.release import Release
from tests.built_warehouse import Warehouse
from tests.orchestration.postgres_server import NoServerError, Server, server

psycopg = pytest.importorskip("psycopg", reason="the PostgreSQL driver (group postgres) is not installed")

READERS, SWAPS = 3, 15


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    try:
        with server() as started:
            yield started
    except NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture
def database(running: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of the test's own; its address for the superuser."""
    name = f"test_{abs(hash(request.node.name))}"
    with psycopg.connect(running.url(), autocommit=True) as admin:
        admin.execute(f"create database {name}")
        admin.execute("drop role if exists guest")
        admin.execute("create role guest login")
    yield running.url(database=name)
    with psycopg.connect(running.url(), autocommit=True) as admin:
        admin.execute(f"drop database {name} with (force)")


@pytest.fixture
def made(paths: Paths, build: Callable[[int], Path], provenance: Callable[[str], Any]) -> Callable[[int], Release]:
    def make(number: int) -> Release:
        done, _ = release.publish(build(number), paths.published, paths.writer_lock, provenance(str(number)))
        return done

    return make


def ask(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


# what arrives ------------------------------------------------------------------------------------------------


def test_rows_types_and_comments_arrive(database: str, made: Callable[[int], Release]) -> None:
    copied = postgres.publish(made(7), database)
    # fct_spending with 3 rows, mart_spending with 1; the audit tables stay at home
    assert (copied.schema, copied.tables, copied.rows) == ("marts", 2, 4)
    assert ask(database, "select line_no, said, paid_amount from marts.fct_spending order by 1") == [
        (line, 7, Decimal(f"{line}.07")) for line in (1, 2, 3)
    ]
    types = "select column_name, data_type, numeric_precision from information_schema.columns where table_name = %s"
    with psycopg.connect(database) as connection:
        assert connection.execute(types, ["fct_spending"]).fetchall() == [
            ("line_no", "bigint", 64),
            ("said", "integer", 32),
            ("paid_amount", "numeric", 18),
        ]
    [(of_schema, of_table, of_column)] = ask(
        database,
        "select obj_description('marts'::regnamespace), obj_description('marts.fct_spending'::regclass), "
        "col_description('marts.fct_spending'::regclass, 3)",
    )
    assert of_schema.startswith(f"Contraste, release {copied.version}")
    assert (of_table, of_column) == ("One row per line; the office's own", "Pagado")


def test_text_arrives_letter_by_letter(
    database: str, paths: Paths, build: Callable[[int], Path], provenance: Callable[[str], Any]
) -> None:
    words = ["", None, r"\N", 'dijo "sí", y; fin', "dos\nlíneas\r\n", "\\.", "año|100 %s", "tab\tador", "cero\0byte"]
    path = build(1)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table marts.fct_words (place integer, word varchar, day date, seen timestamp)")
        for place, word in enumerate(words):
            connection.execute(
                "insert into marts.fct_words values (?, ?, date '2024-02-29', timestamp '2024-02-29 23:59:59.5')",
                [place, word],
            )
        connection.execute("comment on column marts.fct_words.word is 'It''s 100 % \\ text'")
    done, _ = release.publish(path, paths.published, paths.writer_lock, provenance("words"))
    postgres.publish(done, database)
    arrived = [word for (word,) in ask(database, "select word from marts.fct_words order by place")]
    assert arrived == [*words[:-1], "cerobyte"]
    [(day, seen)] = ask(database, "select distinct day::text, seen::text from marts.fct_words")
    assert (day, seen) == ("2024-02-29", "2024-02-29 23:59:59.5")
    assert ask(database, "select col_description('marts.fct_words'::regclass, 2)") == [("It's 100 % \\ text",)]


def test_the_marts_of_the_repository_arrive_with_their_keys(
    database: str, sound: Warehouse, tmp_path: Path, provenance: Callable[[str], Any]
) -> None:
    from orchestration.outlets.of_release import outlets

    done, _ = release.publish(
        sound.paths.build_database, tmp_path, tmp_path / "lock", provenance("real"), outlets=outlets(sound.paths)
    )
    copied = postgres.publish(done, database)
    marts = {name: table for name, table in done.manifest["tables"].items() if table["schema"] == "marts"}
    assert copied.tables == len(marts)
    assert copied.rows == sum(table["rows"] for table in marts.values())
    keys = dict(
        ask(
            database,
            "select c.relname, string_agg(a.attname, ',') from pg_index i join pg_class c on c.oid = i.indrelid "
            "join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey) where i.indisprimary "
            "and c.relnamespace = 'marts'::regnamespace group by 1",
        )
    )
    assert keys["mart_program_performance"] == "budget_line_key"
    assert set(keys) == set(marts)
    query = (
        "select currency_code, cast(sum(accrued_amount) as varchar) from marts.mart_program_performance "
        "where is_in_totals group by 1 order by 1"
    )
    with duckdb.connect(str(done.database), read_only=True) as connection:
        assert ask(database, query) == connection.execute(query).fetchall()
    undescribed = ask(
        database,
        "select count(*) from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relkind = 'r' "
        "and a.attnum > 0 and c.relnamespace = 'marts'::regnamespace and col_description(c.oid, a.attnum) is null",
    )
    assert undescribed == [(0,)]


def test_the_reader_may_read_every_release_and_nothing_else(database: str, made: Callable[[int], Release]) -> None:
    guest = database.replace("postgres@", "guest@")
    for number in (1, 2):
        postgres.publish(made(number), database, reader="guest")
        assert ask(guest, "select distinct said from marts.fct_spending") == [(number,)]
    for refused in ("delete from marts.fct_spending", "create table marts.mine (i int)"):
        with psycopg.connect(guest) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(refused)


# while it changes --------------------------------------------------------------------------------------------


def test_readers_see_no_error_and_nothing_half_while_releases_are_swapped(
    database: str, made: Callable[[int], Release]
) -> None:
    releases = [made(number) for number in range(SWAPS + 1)]
    # only the last ones are kept, and their files are all this needs
    releases = [each for each in releases if each.database.is_file()]
    postgres.publish(releases[0], database)
    stop, errors, torn, seen, reads = threading.Event(), [], [], set(), [0] * READERS

    def read(reader: int) -> None:
        connection = psycopg.connect(database, autocommit=True)
        while not stop.is_set():
            try:
                if reads[reader] % 10 == 9:
                    connection.close()
                    connection = psycopg.connect(database, autocommit=True)
                numbers = connection.execute(
                    "select said, count(*) from marts.fct_spending group by 1 "
                    "union all select said, lines from marts.mart_spending"
                ).fetchall()
            except psycopg.Error as error:
                errors.append(repr(error))
                return
            if len({said for said, _ in numbers}) != 1 or sorted(count for _, count in numbers) != [3, 6]:
                torn.append(numbers)
            seen.update(said for said, _ in numbers)
            reads[reader] += 1
        connection.close()

    threads = [threading.Thread(target=read, args=(reader,)) for reader in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        for swap in range(SWAPS):
            postgres.publish(releases[swap % len(releases)], database)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
    assert errors == []
    assert torn == []
    assert min(reads) > 0 and len(seen) > 1


def test_who_does_not_leave_the_tables_is_named_and_holds_up_no_other_reader(
    database: str, made: Callable[[int], Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_PATIENCE_SECONDS", 1.0)
    postgres.publish(made(1), database)
    with psycopg.connect(database, application_name="a report left open") as reader:
        reader.execute("select * from marts.fct_spending")
        with pytest.raises(PostgresError, match=r"role postgres, a report left open, idle in transaction\. End that"):
            postgres.publish(made(2), database)
        assert ask(database, "select distinct said from marts.fct_spending") == [(1,)]
    postgres.publish(made(3), database)
    assert ask(database, "select distinct said from marts.fct_spending") == [(3,)]
    assert ask(database, "select nspname from pg_namespace where nspname like 'marts%'") == [("marts",)]


def test_a_statement_prepared_before_reads_the_new_release(database: str, made: Callable[[int], Release]) -> None:
    postgres.publish(made(1), database)
    with psycopg.connect(database, autocommit=True) as reader:
        query = "select distinct said from marts.fct_spending"
        assert reader.execute(query, prepare=True).fetchall() == [(1,)]
        postgres.publish(made(2), database)
        assert reader.execute(query, prepare=True).fetchall() == [(2,)]


# what is in the way ------------------------------------------------------------------------------------------


def test_a_server_that_is_not_there_is_a_sentence_without_the_password(made: Callable[[int], Release]) -> None:
    with pytest.raises(PostgresError) as refused:
        postgres.publish(made(1), "postgresql://me:s3cret@/db?host=/nowhere/at/all")
    assert str(refused.value).startswith(
        "PostgreSQL at postgresql://me:***@/db?host=/nowhere/at/all cannot be reached: "
    )
    assert "s3cret" not in str(refused.value)
    with pytest.raises(PostgresError) as refused:
        postgres.publish(made(2), "host=/nowhere/at/all password=s3cret")
    assert "s3cret" not in str(refused.value)


def test_a_role_without_the_right_is_told_what_it_needs(database: str, made: Callable[[int], Release]) -> None:
    with pytest.raises(PostgresError, match=r"The role guest may not do this .*grant create on database \w+ to guest"):
        postgres.publish(made(1), database.replace("postgres@", "guest@"))
    assert ask(database, "select 1 from pg_namespace where nspname like 'marts%'") == []


def test_a_schema_of_somebody_else_is_left_alone(database: str, made: Callable[[int], Release]) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("create schema marts; create table marts.mine (i int)")
    with pytest.raises(PostgresError, match="The schema marts is there already and not made by Contraste"):
        postgres.publish(made(1), database)
    assert ask(database, "select count(*) from marts.mine") == [(0,)]
    assert postgres.publish(made(2), database, schema="contraste").schema == "contraste"
    assert ask(database, "select distinct said from contraste.fct_spending") == [(2,)]


def test_views_on_the_tables_are_named_and_stay(database: str, made: Callable[[int], Release]) -> None:
    postgres.publish(made(1), database)
    with psycopg.connect(database) as connection:
        connection.execute("create view public.mine as select * from marts.fct_spending")
    with pytest.raises(PostgresError, match=r"^The view public\.mine is built on tables of the schema marts"):
        postgres.publish(made(2), database)
    assert ask(database, "select distinct said from public.mine") == [(1,)]


def test_a_reader_role_that_is_not_there_is_named(database: str, made: Callable[[int], Release]) -> None:
    with pytest.raises(PostgresError, match="There is no role nobody_here on this server"):
        postgres.publish(made(1), database, reader="nobody_here")


def test_two_publications_at_once_are_one(database: str, made: Callable[[int], Release]) -> None:
    with psycopg.connect(database) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [postgres._LOCK])
        with pytest.raises(PostgresError, match=r"Another publication to .* is under way"):
            postgres.publish(made(1), database)


def test_what_breaks_half_way_leaves_the_release_before(
    database: str, made: Callable[[int], Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.publish(made(1), database)
    second = made(2)
    second.manifest["tables"]["mart_spending"]["rows"] += 1  # type: ignore[index]
    with pytest.raises(
        PostgresError, match=r"mart_spending reads back from the server as \(1,\), the release has \(2,\)"
    ):
        postgres.publish(second, database)
    assert ask(database, "select distinct said from marts.mart_spending") == [(1,)]
    assert ask(database, "select nspname from pg_namespace where nspname like 'marts%'") == [("marts",)]


def test_the_command_says_what_it_did(
    database: str,
    made: Callable[[int], Release],
    paths: Paths,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name, value in paths.settings().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("CONTRASTE_POSTGRES", database)
    monkeypatch.setattr("sys.argv", ["contraste", "publish-postgres", "--reader", "guest"])
    assert cli.run() == 2
    assert "Nothing is published yet" in capfd.readouterr().err
    version = made(1).version
    assert cli.run() == 0
    said = " ".join(capfd.readouterr().out.split())
    assert f"2 tables, 4 rows of release {version} are served in the schema marts of " in said
