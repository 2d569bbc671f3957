"""The tables of a release: copied out of the build as DuckDB and as Parquet, read back and compared."""

from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

import duckdb

DATABASE = "warehouse.duckdb"
PARQUET = "parquet"
SCHEMAS = ("marts", "audit")
# DuckDB 1.5 and the tools built on it read this; DuckDB 2.0's own format they do not.
STORAGE_VERSION = "v1.2.0"
# whole numbers that Parquet has no type for
_ROUNDED = ("HUGEINT", "UHUGEINT")
# Copying needs no extension, and looking for one waits on a network that may not be there.
_CONFIG: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class ReleaseError(RuntimeError):
    """A release could not be made or is not what its manifest says. Nothing was switched."""


def copy_tables(build_database: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Copy the published schemas of the build into `folder` as DuckDB and Parquet, read back and compared."""
    refuse_log_beside(build_database)
    database = folder / DATABASE
    with duckdb.connect(config=_CONFIG) as connection:
        connection.execute(f"attach {_text(build_database)} as build (read_only)")
        connection.execute(f"attach {_text(database)} as target (storage_version {_text(STORAGE_VERSION)})")
        tables = _relations(connection, "build")
        if not tables:
            raise ReleaseError(f"The build holds no table in {' or '.join(SCHEMAS)}; nothing was published.")
        for schema in SCHEMAS:
            connection.execute(f"create schema target.{schema}")
        for name, table in tables.items():
            source = f"build.{table['schema']}.{_name(name)}"
            target = f"target.{table['schema']}.{_name(name)}"
            connection.execute(f"create table {target} as from {source}")
            table["parquet"] = f"{PARQUET}/{name}.parquet"
            parquet = _text(folder / table["parquet"])
            connection.execute(f"copy (from {source}) to {parquet} (format parquet, compression zstd)")
            table |= _figures(connection, source, table["columns"])
        for statement in _comments(connection):
            connection.execute(statement)
        connection.execute("checkpoint target")
        connection.execute("detach target")
        connection.execute("detach build")
    refuse_log_beside(database)
    database.chmod(0o444)
    _read_back(folder, tables)
    for table in tables.values():
        (folder / table["parquet"]).chmod(0o444)
        table["sha256"] = sha256_of(folder / table["parquet"])
    return tables


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
    """What the build says about its tables and columns, as statements that say it of the copy."""
    # one look at the catalogue for all of them: it is slow to ask
    described = connection.execute(
        """
        select schema_name, table_name, null, comment from duckdb_tables() where database_name = 'build'
        union all
        select schema_name, view_name, null, comment from duckdb_views() where database_name = 'build'
        union all
        select schema_name, table_name, column_name, comment
        from duckdb_columns() where database_name = 'build'
        """
    ).fetchall()
    statements = []
    for schema, table, column, comment in described:
        if schema in SCHEMAS and comment:
            subject = f"target.{schema}.{_name(table)}"
            subject = f"column {subject}.{_name(column)}" if column else f"table {subject}"
            statements.append(f"comment on {subject} is {_text(comment)}")
    return statements


def _figures(connection: duckdb.DuckDBPyConnection, relation: str, columns: Mapping[str, str]) -> dict[str, Any]:
    """Rows, and control totals: the sum of every money column, exact, as text; null if no cell is filled."""
    money = [column for column, data_type in columns.items() if data_type == "DECIMAL(18,2)"]
    sums = "".join(f", cast(sum({_name(column)}) as varchar)" for column in money)
    [(rows, *totals)] = connection.execute(f"select count(*){sums} from {relation}").fetchall()
    return {"rows": rows, "control_totals": dict(zip(money, totals, strict=True))}


def _read_back(folder: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Open what was written and compare rows and control totals with the build."""
    with duckdb.connect(config=_CONFIG) as connection:
        connection.execute(f"attach {_text(folder / DATABASE)} as target (read_only)")
        for name, table in tables.items():
            copies = {
                DATABASE: f"target.{table['schema']}.{_name(name)}",
                table["parquet"]: f"read_parquet({_text(folder / table['parquet'])})",
            }
            for copy, relation in copies.items():
                found = _figures(connection, relation, table["columns"])
                expected = {key: table[key] for key in found}
                if found != expected:
                    raise ReleaseError(f"{name} in {copy} reads back as {found}, the build has {expected}.")


def refuse_log_beside(database: Path) -> None:
    """ReleaseError when a writer of this database did not finish."""
    # DuckDB 1.5 replays a stray log into whatever file bears the name, silently.
    log = database.with_name(f"{database.name}.wal")
    if log.exists():
        raise ReleaseError(f"{log} lies beside the database: its writer did not finish. Run the refresh again.")


def sha256_of(path: Path) -> str:
    """The checksum of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _text(value: str | Path) -> str:
    """A SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def _name(identifier: str) -> str:
    """A SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'
