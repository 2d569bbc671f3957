"""Releases: making one, switching to it, switching back.

A release is an immutable folder `releases/<version>` that holds the marts as one DuckDB file and as Parquet,
with a manifest. It is made under a hidden name, read back, synced and renamed, and only then does the pointer
`current` (with `current.json` for systems without symbolic links) move to it, in one atomic rename. A reader
sees the old release or the new one, never something between; a reader that opens several files resolves
`current` once and stays in the folder it found.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from typing import Any

import duckdb

from orchestration.writer import writing

DATABASE = "warehouse.duckdb"
MANIFEST = "manifest.json"
PARQUET = "parquet"
POINTER = "current"
POINTER_JSON = "current.json"
SCHEMAS = ("marts", "audit")
KEPT = 5
# DuckDB 1.5 and the tools built on it read this; DuckDB 2.0's own format they do not.
STORAGE_VERSION = "v1.2.0"
# whole numbers that Parquet has no type for
_ROUNDED = ("HUGEINT", "UHUGEINT")
_VERSION_FORMAT = "%Y%m%dT%H%M%S-%f"


class ReleaseError(RuntimeError):
    """A release could not be made or is not what its manifest says. Nothing was switched."""


@dataclass(frozen=True)
class Release:
    """One published release: its version, its folder and its manifest."""

    version: str
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def database(self) -> Path:
        """The DuckDB file; open it read-only."""
        return self.folder / DATABASE


@dataclass(frozen=True)
class Provenance:
    """What a release was made from; goes into its manifest as it is."""

    input_fingerprint: str
    git_commit: str | None = None
    documents: Sequence[Mapping[str, Any]] = ()
    gate: Mapping[str, Any] = field(default_factory=dict)


# making and switching ---------------------------------------------------------------------------------------


def publish(
    build_database: Path, published: Path, lock: Path, provenance: Provenance, *, even_if_same: bool = False
) -> tuple[Release, bool]:
    """Make a release of the working database and serve it.

    Returns the release that is served now and whether it is new: the same content from the same inputs stays
    one release unless `even_if_same`. Raises ReleaseError when the copy does not read back equal,
    WriterBusyError when another process writes. Whatever is raised, the release served before is served
    still.
    """
    with writing(lock, "publishing"):
        sweep(published)
        releases = published / "releases"
        releases.mkdir(parents=True, exist_ok=True)
        version = _next_version(releases)
        hidden = releases / f".{version}"
        (hidden / PARQUET).mkdir(parents=True)
        try:
            tables = _write_tables(build_database, hidden)
            served = current(published)
            if served and not even_if_same and _is_same(served, tables, provenance):
                return served, False
            _write_manifest(hidden, version, tables, provenance)
            _sync_tree(hidden)
            os.rename(hidden, releases / version)
            _sync(releases)
        finally:
            shutil.rmtree(hidden, ignore_errors=True)
        _switch(published, version, rolled_back_from=None)
        _prune(published)
        return _load(releases / version), True


def rollback(published: Path, lock: Path, to: str | None = None) -> Release:
    """Serve an older release again: `to`, or the one before the one served now.

    Rolling back twice goes two releases back. The release is read against the checksums of its manifest
    first. Raises ReleaseError when there is none, or when a file of it is not what was published.
    """
    with writing(lock, "a rollback"):
        sweep(published)
        served = current(published)
        versions = _versions(published / "releases")
        if to is None:
            if served is None:
                raise ReleaseError("Nothing is published yet, so there is nothing to go back to.")
            older = [version for version in versions if version < served.version]
            if not older:
                raise ReleaseError(
                    f"Release {served.version} is the oldest that is kept; there is none before it."
                )
            to = older[-1]
        if to not in versions:
            raise ReleaseError(f"There is no release {to}. Kept are: {', '.join(versions) or 'none'}.")
        release = _load(published / "releases" / to)
        verify(release)
        newest = versions[-1]
        _switch(published, to, rolled_back_from=newest if newest != to else None)
        return release


def current(published: Path) -> Release | None:
    """The release served now, None when nothing was published yet."""
    link = published / POINTER
    if link.is_symlink():
        folder = published / os.readlink(link)
    else:
        # a system without symbolic links has only the JSON pointer
        pointer = _pointer(published)
        if not pointer:
            return None
        folder = published / "releases" / pointer["version"]
    return _load(folder) if (folder / MANIFEST).is_file() else None


def superseded(published: Path) -> Release | None:
    """The newest release when a rollback put an older one in its place, else None."""
    version = _pointer(published).get("rolled_back_from")
    folder = published / "releases" / str(version)
    return _load(folder) if version and (folder / MANIFEST).is_file() else None


def kept(published: Path) -> list[Release]:
    """Every release that can be served, oldest first."""
    return [_load(published / "releases" / version) for version in _versions(published / "releases")]


def verify(release: Release) -> None:
    """Read every file of a release against its manifest; ReleaseError names the first that differs."""
    expected = {DATABASE: release.manifest["database"]["sha256"]}
    expected |= {table["parquet"]: table["sha256"] for table in release.manifest["tables"].values()}
    for name, digest in expected.items():
        path = release.folder / name
        if not path.is_file():
            raise ReleaseError(f"Release {release.version} misses {name}; it is not served.")
        if _sha256(path) != digest:
            raise ReleaseError(
                f"Release {release.version}: {name} is not the file that was published (its sha256 differs "
                "from the manifest); it is not served."
            )
    _refuse_log_beside(release.database)


def sweep(published: Path) -> None:
    """Remove what a killed run left behind: hidden folders, half-made pointers, a JSON pointer that lags."""
    releases = published / "releases"
    leftovers: list[Path] = []
    if releases.is_dir():
        leftovers += [path for path in releases.iterdir() if path.name.startswith(".")]
    if published.is_dir():
        leftovers += [path for path in published.iterdir() if path.name.startswith(f".{POINTER}")]
    for path in leftovers:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    served = current(published)
    if served and _pointer(published).get("version") != served.version:
        _point_json(published, served.version, rolled_back_from=None)


# writing a release ------------------------------------------------------------------------------------------


def _write_tables(build_database: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Copy the published schemas of the build into `folder` as DuckDB and Parquet, read back and compared."""
    _refuse_log_beside(build_database)
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
            _copy_comments(connection, table["schema"], name, target)
            table["parquet"] = f"{PARQUET}/{name}.parquet"
            parquet = _text(folder / table["parquet"])
            connection.execute(f"copy (from {source}) to {parquet} (format parquet, compression zstd)")
            table |= _figures(connection, source, table["columns"])
        connection.execute("checkpoint target")
        connection.execute("detach target")
        connection.execute("detach build")
    _refuse_log_beside(database)
    database.chmod(0o444)
    _read_back(folder, tables)
    for table in tables.values():
        (folder / table["parquet"]).chmod(0o444)
        table["sha256"] = _sha256(folder / table["parquet"])
    return tables


# No file a table or comment could name is opened on the side: extensions neither download nor load by
# themselves.
_CONFIG: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


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


def _copy_comments(connection: duckdb.DuckDBPyConnection, schema: str, name: str, target: str) -> None:
    comment = connection.execute(
        """
        select comment from duckdb_tables() where database_name = 'build' and schema_name = $1 and table_name
        = $2 union all select comment from duckdb_views() where database_name = 'build' and schema_name = $1
        and view_name = $2 """,
        [schema, name],
    ).fetchall()
    for (text,) in comment:
        if text:
            connection.execute(f"comment on table {target} is {_text(text)}")
    columns = connection.execute(
        """
        select column_name, comment from duckdb_columns()
        where database_name = 'build' and schema_name = ? and table_name = ? and comment is not null
        """,
        [schema, name],
    ).fetchall()
    for column, text in columns:
        connection.execute(f"comment on column {target}.{_name(column)} is {_text(text)}")


def _figures(
    connection: duckdb.DuckDBPyConnection, relation: str, columns: Mapping[str, str]
) -> dict[str, Any]:
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


def _write_manifest(
    folder: Path, version: str, tables: Mapping[str, Mapping[str, Any]], provenance: Provenance
) -> None:
    database = folder / DATABASE
    manifest = {
        "version": version,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "git_commit": provenance.git_commit,
        "duckdb_version": duckdb.__version__,
        "storage_version": STORAGE_VERSION,
        "input_fingerprint": provenance.input_fingerprint,
        "database": {"file": DATABASE, "sha256": _sha256(database), "bytes": database.stat().st_size},
        "tables": tables,
        "documents": list(provenance.documents),
        "gate": provenance.gate,
    }
    path = folder / MANIFEST
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    path.chmod(0o444)


def _is_same(served: Release, tables: Mapping[str, Mapping[str, Any]], provenance: Provenance) -> bool:
    before = {name: table["sha256"] for name, table in served.manifest["tables"].items()}
    now = {name: table["sha256"] for name, table in tables.items()}
    return before == now and served.manifest["input_fingerprint"] == provenance.input_fingerprint


# the pointer ------------------------------------------------------------------------------------------------


def _switch(published: Path, version: str, *, rolled_back_from: str | None) -> None:
    link = published / f".{POINTER}"
    link.unlink(missing_ok=True)
    os.symlink(f"releases/{version}", link)
    os.replace(link, published / POINTER)
    _sync(published)
    _point_json(published, version, rolled_back_from=rolled_back_from)


def _point_json(published: Path, version: str, *, rolled_back_from: str | None) -> None:
    pointer = {
        "version": version,
        "database": f"releases/{version}/{DATABASE}",
        "parquet": f"releases/{version}/{PARQUET}",
        "switched_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rolled_back_from": rolled_back_from,
    }
    written = published / f".{POINTER_JSON}"
    written.write_text(json.dumps(pointer, indent=1) + "\n", encoding="utf-8")
    _sync(written)
    os.replace(written, published / POINTER_JSON)
    _sync(published)


def _pointer(published: Path) -> dict[str, Any]:
    try:
        return json.loads((published / POINTER_JSON).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _load(folder: Path) -> Release:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Release(folder.name, folder, manifest)


def _versions(releases: Path) -> list[str]:
    """Versions that are whole, oldest first (a version sorts by its time)."""
    if not releases.is_dir():
        return []
    return sorted(
        path.name for path in releases.iterdir() if path.name[0] != "." and (path / MANIFEST).is_file()
    )


def _next_version(releases: Path) -> str:
    """The time now (UTC), later than every release there is even if the clock was set back."""
    moment = datetime.now(UTC)
    existing = _versions(releases)
    if existing:
        newest = datetime.strptime(existing[-1], _VERSION_FORMAT).replace(tzinfo=UTC)
        moment = max(moment, newest + timedelta(microseconds=1))
    return moment.strftime(_VERSION_FORMAT)


def _prune(published: Path) -> None:
    releases = published / "releases"
    served = current(published)
    for version in _versions(releases)[:-KEPT]:
        if served and version == served.version:
            continue
        # hidden first: a prune that is killed leaves something to sweep, not half a release that looks whole
        doomed = releases / f".{version}"
        os.rename(releases / version, doomed)
        shutil.rmtree(doomed, ignore_errors=True)


# small things -----------------------------------------------------------------------------------------------


def _refuse_log_beside(database: Path) -> None:
    # DuckDB 1.5 replays a stray log into whatever file bears the name, silently.
    log = database.with_name(f"{database.name}.wal")
    if log.exists():
        raise ReleaseError(
            f"{log} lies beside the database: its writer did not finish. Run the refresh again."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _sync_tree(folder: Path) -> None:
    for path in _walk(folder):
        _sync(path)
    _sync(folder)


def _walk(folder: Path) -> Iterable[Path]:
    return sorted(folder.rglob("*"), reverse=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _text(value: str | Path) -> str:
    """A SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def _name(identifier: str) -> str:
    """A SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'
