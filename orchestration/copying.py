"""The tables of a release: as DuckDB (the file of the build, or a copy) and as Parquet, read back and compared."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration import parquet
from orchestration.contents import content_of, figures, link_or_copy, sha256_of
from orchestration.memory import memory_limit
from orchestration.quoting import named, quoted

DATABASE = "warehouse.duckdb"
SCHEMAS = ("marts", "audit")
# DuckDB 1.5 and the tools built on it read this; DuckDB 2.0's own format they do not.
STORAGE_VERSION = "v1.2.0"
_DOCUMENT = "document_sha256"
# the file before is copied and brought up to date when at least this share of the rows can stay or go document by
# document, and no file is copied of which more than this share would lie idle
_WORTH_COPYING, _MOST_UNUSED = 0.5, 0.4
# whole numbers that Parquet has no type for
_ROUNDED = ("HUGEINT", "UHUGEINT")
# Copying needs no extension, and looking for one waits on a network that may not be there.
_CONFIG: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class ReleaseError(RuntimeError):
    """A release could not be made or is not what its manifest says. Nothing was switched."""


@dataclass(frozen=True)
class Before:
    """The release served now, as far as its files may be taken over: where it lies, what its manifest says of it."""

    folder: Path
    tables: Mapping[str, Mapping[str, Any]]
    database_sha256: str

    @classmethod
    def of(cls, folder: Path, manifest: Mapping[str, Any]) -> "Before | None":
        """None when another DuckDB wrote it: what it says of the content is not comparable then."""
        same = (
            manifest.get("duckdb_version") == duckdb.__version__ and manifest.get("storage_version") == STORAGE_VERSION
        )
        return cls(folder, manifest["tables"], manifest["database"]["sha256"]) if same else None

    def has(self, name: str, table: Mapping[str, Any]) -> bool:
        """Whether it holds this very table: the same columns and the same rows, in whatever order."""
        known = self.tables.get(name, {})
        return all(known.get(key) == table[key] for key in ("schema", "columns", "rows", "content"))


def copy_tables(build_database: Path, folder: Path, before: Before | None = None) -> dict[str, dict[str, Any]]:
    """Copy the published schemas of the build into `folder` as DuckDB and Parquet, read back and compared.

    Where nothing else is in the build its very file is linked. Otherwise what did not change is taken over from the
    release `before`, as a copy of its DuckDB file in which only the rows of changed documents are replaced, and where
    that is little the tables are written one by one. Parquet files of tables that did not change are links.
    """
    refuse_log_beside(build_database)
    database = folder / DATABASE
    spilled = folder / ".spilled"
    written: dict[str, list[str]] = {}
    with duckdb.connect(config=_config(spilled)) as connection:
        connection.execute(f"attach {quoted(build_database)} as build (read_only)")
        tables = _relations(connection, "build")
        if not tables:
            raise ReleaseError(f"The build holds no table in {' or '.join(SCHEMAS)}; nothing was published.")
        for name, table in tables.items():
            table |= parquet.told(connection, name, f"build.{table['schema']}.{named(name)}", table["columns"])
        is_build = _link_file(connection, build_database, database, tables)
        if not is_build:
            if before is None or not _carry_over(connection, database, tables, before):
                _write_anew(connection, database, tables)
            for statement in _comments(connection):
                connection.execute(statement)
            connection.execute("checkpoint target")
        for name, table in tables.items():
            known = before.tables.get(name, {}) if before else {}
            source = f"{'build' if is_build else 'target'}.{table['schema']}.{named(name)}"
            written[name] = [*parquet.write(connection, source, folder, table, before and before.folder, known)]
        if not is_build:
            connection.execute("detach target")
        connection.execute("detach build")
    refuse_log_beside(database)
    database.chmod(0o444)
    _read_back(folder, tables, is_build=is_build, written=written)
    shutil.rmtree(spilled, ignore_errors=True)
    for table in tables.values():
        parquet.seal(folder, table)
    return tables


def _config(spilled: Path) -> dict[str, Any]:
    # without a file of its own DuckDB would spill into the folder the command was started in
    return {**_CONFIG, "memory_limit": memory_limit(), "temp_directory": str(spilled)}


def _attach_target(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    connection.execute(f"attach {quoted(database)} as target (storage_version {quoted(STORAGE_VERSION)})")


def _link_file(
    connection: duckdb.DuckDBPyConnection,
    build_database: Path,
    database: Path,
    tables: Mapping[str, Mapping[str, Any]],
) -> bool:
    """Make the file of the build that of the release; False when it holds something else, or too much of it lies idle.

    The next build writes into a copy.
    """
    [(blocks, storage)] = connection.execute(
        "select total_blocks, tags['storage_version'] from pragma_database_size() "
        "inner join duckdb_databases() using (database_name) where database_name = 'build'"
    ).fetchall()
    others = connection.execute(
        "select 1 from duckdb_views() where database_name = 'build' and not internal "
        "union all select 1 from duckdb_tables() where database_name = 'build' "
        "and schema_name not in (select unnest(?))",
        [list(SCHEMAS)],
    ).fetchall()
    if others or not str(storage).startswith(STORAGE_VERSION):
        return False
    if blocks - _blocks(connection, tables) > blocks * _MOST_UNUSED:
        return False
    link_or_copy(build_database, database)
    return True


def _blocks(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Mapping[str, Any]]) -> int:
    """How many blocks of the build's file these tables take."""
    relations = (f"build.{table['schema']}.{named(name)}" for name, table in tables.items())
    told = " union all ".join(
        f"select block_id, additional_block_ids from pragma_storage_info({quoted(relation)})" for relation in relations
    )
    [(count,)] = connection.execute(
        f"with told as ({told}) select count(distinct block_id) from ("
        "select block_id from told where block_id >= 0 union all select unnest(additional_block_ids) from told)"
    ).fetchall()
    return count


def _write_anew(connection: duckdb.DuckDBPyConnection, database: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    _attach_target(connection, database)
    for schema in SCHEMAS:
        connection.execute(f"create schema target.{schema}")
    for name, table in tables.items():
        relation = f"{table['schema']}.{named(name)}"
        connection.execute(f"create table target.{relation} as from build.{relation}")


def _carry_over(
    connection: duckdb.DuckDBPyConnection,
    database: Path,
    tables: Mapping[str, Mapping[str, Any]],
    before: Before,
) -> bool:
    """Bring a copy of the file before up to the build; False, with no file left, when too little of it would stay."""
    there_are = sum(table["rows"] for table in tables.values())
    staying = sum(
        table["rows"] for name, table in tables.items() if before.has(name, table) or _by_document(before, name, table)
    )
    old = before.folder / DATABASE
    if staying < there_are * _WORTH_COPYING or not old.is_file() or sha256_of(old) != before.database_sha256:
        return False
    shutil.copyfile(old, database)
    database.chmod(0o644)
    _attach_target(connection, database)
    for name in [name for name in before.tables if name not in tables]:
        connection.execute(f"drop table target.{before.tables[name]['schema']}.{named(name)}")
    for name, table in tables.items():
        if before.has(name, table):
            continue
        relation = f"{table['schema']}.{named(name)}"
        if _by_document(before, name, table):
            _replace_documents(connection, relation, table["columns"])
        else:
            if name in before.tables:
                connection.execute(f"drop table target.{before.tables[name]['schema']}.{named(name)}")
            connection.execute(f"create table target.{relation} as from build.{relation}")
    connection.execute("checkpoint target")
    [(total, free)] = connection.execute(
        "select total_blocks, free_blocks from pragma_database_size() where database_name = 'target'"
    ).fetchall()
    if free > total * _MOST_UNUSED:
        connection.execute("detach target")
        database.unlink()
        return False
    return True


def _by_document(before: Before, name: str, table: Mapping[str, Any]) -> bool:
    """Whether its rows can be replaced document by document."""
    known = before.tables.get(name, {})
    return (
        _DOCUMENT in table["columns"]
        and known.get("schema") == table["schema"]
        # the order counts too: rows are inserted as they stand
        and list(known.get("columns", {}).items()) == list(table["columns"].items())
    )


def _replace_documents(connection: duckdb.DuckDBPyConnection, relation: str, columns: Mapping[str, str]) -> None:
    """Replace the rows of every document of which the two tables do not say the same."""
    content = content_of(columns)
    sides = (
        f"select {_DOCUMENT}, count(*) as row_count, {content} as content from {side}.{relation} group by {_DOCUMENT}"
        for side in ("build", "target")
    )
    connection.execute(
        f"create or replace temp table differing as select coalesce(b.{_DOCUMENT}, t.{_DOCUMENT}) as {_DOCUMENT} "
        f"from ({next(sides)}) as b full join ({next(sides)}) as t on b.{_DOCUMENT} is not distinct from t.{_DOCUMENT} "
        "where b.row_count is distinct from t.row_count or b.content is distinct from t.content"
    )
    # a row of no document is not in any list
    differs = (
        f"({_DOCUMENT} in (select {_DOCUMENT} from differing where {_DOCUMENT} is not null) "
        f"or ({_DOCUMENT} is null and exists (select 1 from differing where {_DOCUMENT} is null)))"
    )
    connection.execute(f"delete from target.{relation} where {differs}")
    connection.execute(f"insert into target.{relation} select * from build.{relation} where {differs}")


def _relations(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, dict[str, Any]]:
    """Tables and views of the published schemas; a view is published as the table it shows."""
    rows = connection.execute(
        """
        select table_schema, table_name, column_name, data_type
        from information_schema.columns
        where table_catalog = ? and table_schema in (select unnest(?))
        order by table_schema, table_name, ordinal_position
        """,
        [catalog, list(SCHEMAS)],
    ).fetchall()
    tables: dict[str, dict[str, Any]] = {}
    for schema, name, column, data_type in rows:
        table = tables.setdefault(name, {"schema": schema, "columns": {}})
        if table["schema"] != schema:
            raise ReleaseError(
                f"Two tables are called {name}, one in {table['schema']} and one in {schema}; published "
                "names are unique over both, so rename one of the models."
            )
        if data_type in _ROUNDED:
            raise ReleaseError(
                f"{name}.{column} is {data_type}, which Parquet would keep as a float: cast it in the model."
            )
        table["columns"][column] = data_type
    return tables


def _comments(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What the build says about its tables and columns, as statements that make the copy say the same."""
    said = _described(connection, "build")
    copied = _described(connection, "target")
    statements = []
    for (schema, table, column), comment in {**dict.fromkeys(copied), **said}.items():
        if copied.get((schema, table, column)) != comment:
            subject = f"target.{schema}.{named(table)}"
            subject = f"column {subject}.{named(column)}" if column else f"table {subject}"
            statements.append(f"comment on {subject} is {quoted(comment) if comment else 'null'}")
    return statements


def _described(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[tuple[str, str, str | None], str]:
    # one look at the catalogue for all of them: it is slow to ask
    rows = connection.execute(
        """
        select schema_name, table_name, null, comment from duckdb_tables() where database_name = $1
        union all
        select schema_name, view_name, null, comment from duckdb_views() where database_name = $1
        union all
        select schema_name, table_name, column_name, comment
        from duckdb_columns() where database_name = $1
        """,
        [catalog],
    ).fetchall()
    return {(schema, table, column): said for schema, table, column, said in rows if schema in SCHEMAS and said}


def _read_back(
    folder: Path, tables: Mapping[str, Mapping[str, Any]], *, is_build: bool, written: Mapping[str, Sequence[str]]
) -> None:
    """Open what was written and compare it with the build.

    Of what was taken over not every cell is read again: of the file of the build rows and control totals, of Parquet
    only what was written.
    """
    with duckdb.connect(config=_config(folder / ".spilled")) as connection:
        connection.execute(f"attach {quoted(folder / DATABASE)} as target (read_only)")
        for name, table in tables.items():
            relation = f"target.{table['schema']}.{named(name)}"
            found = figures(connection, relation, table["columns"], with_content=not is_build)
            expected = {key: table[key] for key in found}
            if found != expected:
                raise ReleaseError(f"{name} in {DATABASE} reads back as {found}, the build has {expected}.")
            for file in written[name]:
                if difference := parquet.differing(connection, folder, file, table):
                    raise ReleaseError(f"{name}: {difference}.")


def refuse_log_beside(database: Path) -> None:
    """ReleaseError when a writer of this database did not finish."""
    # DuckDB 1.5 replays a stray log into whatever file bears the name, silently.
    log = database.with_name(f"{database.name}.wal")
    if log.exists():
        raise ReleaseError(f"{log} lies beside the database: its writer did not finish. Run the refresh again.")
