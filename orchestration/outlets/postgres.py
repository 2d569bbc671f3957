"""The marts of the served release in a PostgreSQL schema, for tools that want a server.

Everything is copied into a schema of its own, which then takes the name of the one that is read, in one transaction. A
statement that names two tables finds one after the other: so that it never finds one of each release, the tables that
are read are locked for the moment of the change, when nobody is in them, and never long enough to hold readers up.
Nothing is built there: the models run on DuckDB alone, and what
arrives is what the release holds, counted again on the server.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from orchestration.outlets import datapackage
from orchestration.quoting import named, quoted
from orchestration.release import Release

if TYPE_CHECKING:
    from psycopg import Connection, Cursor

SCHEMA = "marts"
_PUBLISHED = "marts"
# begins the comment of a schema that this module made, and so may replace
_SIGNATURE = "Contraste, release "
_NULL = r"\N"
_CHUNK = 1 << 20
# How long readers may be kept waiting behind the change while it waits for one of them to finish. Shorter than the
# server's deadlock_timeout (1 s): whoever must give way in a tangle of locks is this module, never a reader.
_TRY_MILLISECONDS = 200
_PAUSE_SECONDS = 0.5
# how long the change is tried in all
_PATIENCE_SECONDS = 120.0
# "contraste" as a number: one publication at a time on a server
_LOCK = 0xC0747A57E
_TYPES = {
    "VARCHAR": "text",
    "BOOLEAN": "boolean",
    "TINYINT": "smallint",
    "SMALLINT": "smallint",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "UTINYINT": "smallint",
    "USMALLINT": "integer",
    "UINTEGER": "bigint",
    "UBIGINT": "numeric(20)",
    "FLOAT": "real",
    "DOUBLE": "double precision",
    "DATE": "date",
    "TIMESTAMP": "timestamp",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}
_PASSWORD = re.compile(r"(://[^:/@\s]*):[^@\s]*@|(password\s*=\s*)('[^']*'|\S+)")
# searched together in most questions, where a table has both
_INDEXED = ("institution_key", "period_key")


class PostgresError(RuntimeError):
    """The marts could not be copied to the server. What was readable there is readable still."""


@dataclass(frozen=True)
class Copied:
    """What was copied, and where to."""

    version: str
    server: str
    schema: str
    tables: int
    rows: int


def publish(
    release: Release,
    url: str,
    *,
    schema: str = SCHEMA,
    reader: str | None = None,
    on_table: Callable[[str, int], None] | None = None,
) -> Copied:
    """Copy the marts of a release to `schema` of the server at `url`; the role `reader` may read them.

    Raises PostgresError with one sentence for whatever is in the way.
    """
    psycopg = _driver()
    where = _without_password(url)
    try:
        connection = psycopg.connect(
            url, connect_timeout=10, application_name="contraste", client_encoding="UTF8", autocommit=True
        )
    except (psycopg.OperationalError, psycopg.ProgrammingError) as error:
        raise PostgresError(
            f"PostgreSQL at {where} cannot be reached: {_first_line(error)}. Nothing was copied."
        ) from None
    with connection, _explained(psycopg, connection, schema, where):
        _refuse_what_is_not_ours(connection, schema, reader)
        with connection.transaction(), connection.cursor() as cursor:
            if not cursor.execute("select pg_try_advisory_xact_lock(%s)", [_LOCK]).fetchone()[0]:  # type: ignore[index]
                raise PostgresError(f"Another publication to {where} is under way; wait until it ends.")
            _drop(cursor, _next(schema))
            rows = _fill(cursor, release, _next(schema), on_table)
            _grant(cursor, _next(schema), reader)
            _change(psycopg, connection, cursor, schema)
        return Copied(release.version, _server(connection), schema, len(rows), sum(rows.values()))


# before anything is copied -----------------------------------------------------------------------------------


def _driver() -> Any:
    try:
        import psycopg
    except ImportError:
        raise PostgresError(
            'The PostgreSQL driver is not installed: it is the group "postgres" (uv pip install "psycopg[binary]").'
        ) from None
    return psycopg


def _refuse_what_is_not_ours(connection: "Connection", schema: str, reader: str | None) -> None:
    comments = connection.execute(
        "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = %s", [schema]
    ).fetchall()
    if comments and not comments[0][0].startswith(_SIGNATURE):
        raise PostgresError(
            f"The schema {schema} is there already and not made by Contraste, so it is not replaced: choose another "
            "name with --schema, or drop it."
        )
    if reader and not connection.execute("select 1 from pg_roles where rolname = %s", [reader]).fetchall():
        raise PostgresError(f"There is no role {reader} on this server: create it first (create role {reader} login).")
    if views := _dependents(connection, schema):
        raise PostgresError(
            f"{_listed(views)} built on tables of the schema {schema}, and would stay with the old release when the "
            "new one takes its place: drop them, keep them in a database of their own, or publish to another schema "
            "with --schema. Nothing was copied."
        )


def _dependents(connection: "Connection", schema: str) -> list[str]:
    """Views of anybody that read tables of the schema, with their kind."""
    rows = connection.execute(
        """
        select distinct
            case view.relkind when 'm' then 'the materialized view ' else 'the view ' end
            || view_schema.nspname || '.' || view.relname
        from pg_depend as depends
        join pg_rewrite as rule on rule.oid = depends.objid and depends.classid = 'pg_rewrite'::regclass
        join pg_class as view on view.oid = rule.ev_class
        join pg_namespace as view_schema on view_schema.oid = view.relnamespace
        join pg_class as read on read.oid = depends.refobjid and depends.refclassid = 'pg_class'::regclass
        join pg_namespace as read_schema on read_schema.oid = read.relnamespace
        where read_schema.nspname = %s and view.oid <> read.oid
        order by 1
        """,
        [schema],
    ).fetchall()
    return [name for (name,) in rows]


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{shown[0].upper()}{shown[1:]} {'is' if len(names) == 1 else 'are'}"


# copying -----------------------------------------------------------------------------------------------------


def _fill(
    cursor: "Cursor", release: Release, schema: str, on_table: Callable[[str, int], None] | None
) -> dict[str, int]:
    """Make the schema with every mart in it: rows, keys, comments, statistics. The rows of each table."""
    keys = {
        resource["name"]: resource["schema"].get("primaryKey", [])
        for resource in datapackage.load(release.folder).get("resources", ())
    }
    _run(cursor, f"create schema {named(schema)}")
    made = release.manifest["created_at"]
    _run(cursor, f"comment on schema {named(schema)} is {quoted(f'{_SIGNATURE}{release.version}, made {made}')}")
    rows: dict[str, int] = {}
    with (
        TemporaryDirectory(prefix="contraste-") as folder,
        duckdb.connect(str(release.database), read_only=True) as marts,
    ):
        comments = _comments(marts)
        for table, about in release.manifest["tables"].items():
            if about["schema"] == _PUBLISHED:
                target = f"{named(schema)}.{named(table)}"
                columns: Mapping[str, str] = about["columns"]
                declared = ", ".join(f"{named(column)} {_type(kind)}" for column, kind in columns.items())
                _run(cursor, f"create table {target} ({declared})")
                _copy(cursor, marts, table, columns, target, Path(folder) / "rows.csv")
                rows[table] = about["rows"]
                _count_again(cursor, table, target, about)
                _index(cursor, target, columns, [key for key in keys.get(table, []) if key in columns])
                for column, comment in comments.get(table, {}).items():
                    what = f"column {target}.{named(column)}" if column else f"table {target}"
                    _run(cursor, f"comment on {what} is {quoted(comment)}")
                _run(cursor, f"analyze {target}")
                if on_table:
                    on_table(table, rows[table])
    return rows


def _copy(
    cursor: "Cursor",
    marts: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, str],
    target: str,
    file: Path,
) -> None:
    # PostgreSQL has no zero byte in text; nothing that was printed has one either
    selected = ", ".join(
        f"replace({named(column)}, chr(0), '') as {named(column)}" if kind == "VARCHAR" else named(column)
        for column, kind in columns.items()
    )
    marts.execute(
        f"copy (select {selected} from {_PUBLISHED}.{named(table)}) to {quoted(str(file))} "
        f"(format csv, header false, nullstr {quoted(_NULL)})"
    )
    with (
        file.open("rb") as rows,
        cursor.copy(f"copy {target} from stdin (format csv, null {quoted(_NULL)})".encode()) as copy,
    ):
        while chunk := rows.read(_CHUNK):
            copy.write(chunk)


def _count_again(cursor: "Cursor", table: str, target: str, about: Mapping[str, Any]) -> None:
    """Rows and sums of money are those of the manifest, to the cent."""
    money: Mapping[str, str | None] = about["control_totals"]
    sums = "".join(f", cast(sum({named(column)}) as text)" for column in money)
    found = _run(cursor, f"select count(*){sums} from {target}").fetchall()[0]
    expected = (about["rows"], *money.values())
    if tuple(found) != expected:
        raise PostgresError(
            f"{table} reads back from the server as {found}, the release has {expected}. Nothing changed."
        )


def _index(cursor: "Cursor", target: str, columns: Mapping[str, str], key: list[str]) -> None:
    if key:
        _run(cursor, f"alter table {target} add primary key ({', '.join(map(named, key))})")
    if all(column in columns for column in _INDEXED):
        _run(cursor, f"create index on {target} ({', '.join(map(named, _INDEXED))})")


def _comments(marts: duckdb.DuckDBPyConnection) -> dict[str, dict[str | None, str]]:
    """Comments by table and column (None: of the table itself)."""
    rows = marts.execute(
        """
        select table_name, null, comment from duckdb_tables() where schema_name = ? and comment is not null
        union all
        select table_name, column_name, comment from duckdb_columns() where schema_name = ? and comment is not null
        """,
        [_PUBLISHED, _PUBLISHED],
    ).fetchall()
    comments: dict[str, dict[str | None, str]] = {}
    for table, column, comment in rows:
        comments.setdefault(table, {})[column] = comment
    return comments


def _type(data_type: str) -> str:
    if data_type.startswith("DECIMAL"):
        return data_type.replace("DECIMAL", "numeric")
    if data_type not in _TYPES:
        raise PostgresError(
            f"A column is {data_type}, which has no counterpart in PostgreSQL here. Nothing was copied."
        )
    return _TYPES[data_type]


def _grant(cursor: "Cursor", schema: str, reader: str | None) -> None:
    if reader:
        _run(cursor, f"grant usage on schema {named(schema)} to {named(reader)}")
        _run(cursor, f"grant select on all tables in schema {named(schema)} to {named(reader)}")


# changing names ----------------------------------------------------------------------------------------------


def _next(schema: str) -> str:
    return f"{schema}_next"


def _change(psycopg: Any, connection: "Connection", cursor: "Cursor", schema: str) -> None:
    """Put the new schema in the place of the one that is read, at a moment when nobody is in it."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            # a savepoint: what was copied stays when the moment was not right
            with connection.transaction():
                _run(cursor, f"set local lock_timeout = {_TRY_MILLISECONDS}")
                _drop(cursor, schema)
                _run(cursor, f"alter schema {named(_next(schema))} rename to {named(schema)}")
            return
        except psycopg.errors.LockNotAvailable:
            if time.monotonic() > until:
                raise PostgresError(
                    f"Somebody is in the tables of {schema} and did not leave them for {_PATIENCE_SECONDS:.0f} "
                    f"seconds: {_holders(cursor, schema) or 'gone by now'}. End that session or try again. "
                    "Nothing changed."
                ) from None
            time.sleep(_PAUSE_SECONDS)


def _holders(cursor: "Cursor", schema: str) -> str:
    """The sessions that hold tables of the schema."""
    rows = cursor.execute(
        """
        select distinct session.pid, session.usename, session.application_name, session.state
        from pg_locks as lock
        join pg_class as class on class.oid = lock.relation
        join pg_namespace as schema on schema.oid = class.relnamespace
        join pg_stat_activity as session on session.pid = lock.pid
        where schema.nspname = %s and lock.granted and lock.pid <> pg_backend_pid()
        order by 1
        """,
        [schema],
    ).fetchall()
    return "; ".join(
        f"process {pid}, role {role}, {program or 'no program named'}, {state}" for pid, role, program, state in rows
    )


def _drop(cursor: "Cursor", schema: str) -> None:
    """Drop a schema with its tables, and nothing that somebody built on them."""
    tables = cursor.execute(
        "select relname from pg_class join pg_namespace n on n.oid = relnamespace where nspname = %s and relkind = 'r'",
        [schema],
    ).fetchall()
    if tables:
        # all of them are locked before the first is gone
        _run(cursor, "lock table " + ", ".join(f"{named(schema)}.{named(table)}" for (table,) in tables))
        _run(cursor, "drop table " + ", ".join(f"{named(schema)}.{named(table)}" for (table,) in tables))
    _run(cursor, f"drop schema if exists {named(schema)}")


# what went wrong, in a sentence ------------------------------------------------------------------------------


@contextmanager
def _explained(psycopg: Any, connection: "Connection", schema: str, where: str) -> Iterator[None]:
    try:
        yield
    except psycopg.errors.InsufficientPrivilege as error:
        role, database = connection.info.user, connection.info.dbname
        raise PostgresError(
            f"The role {role} may not do this in the database {database} ({_first_line(error)}): it needs to own the "
            f"schema {schema} and to create schemas (grant create on database {database} to {role}). Nothing changed."
        ) from None
    except psycopg.errors.DependentObjectsStillExist as error:
        raise PostgresError(
            f"Something is built on the tables of {schema} or {schema}_next ({_first_line(error)}): drop "
            "it first, or publish to another schema with --schema. Nothing changed."
        ) from None
    except psycopg.errors.DiskFull as error:
        raise PostgresError(f"The server at {where} is full ({_first_line(error)}). Nothing changed.") from None
    except psycopg.Error as error:
        raise PostgresError(f"The server at {where} gave up: {_first_line(error)}. Nothing changed.") from None


def _server(connection: "Connection") -> str:
    info = connection.info
    return f"{info.dbname} on {info.host}:{info.port}"


def _without_password(url: str) -> str:
    return _PASSWORD.sub(lambda found: f"{found[1]}:***@" if found[1] is not None else f"{found[2]}***", url)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return _without_password(lines[0].removesuffix(".")) if lines else type(error).__name__


def _run(cursor: "Cursor", statement: str) -> "Cursor":
    """A statement put together from quoted names and texts, which has no place for parameters."""
    return cursor.execute(statement.encode())
