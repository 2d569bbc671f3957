"""Releases: making one, switching to it, switching back.

A release is an immutable folder `releases/<version>` that holds the marts as one DuckDB file and as Parquet,
with a manifest. It is made under a hidden name, read back, synced and renamed, and only then does the pointer
`current` (with `current.json` for systems without symbolic links) move to it, in one atomic rename. A reader
sees the old release or the new one, never something between; a reader that opens several files resolves
`current` once and stays in the folder it found.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from orchestration.contents import sha256_of
from orchestration.copying import (
    DATABASE,
    STORAGE_VERSION,
    Before,
    ReleaseError,
    copy_tables,
    refuse_log_beside,
)
from orchestration.parquet import PARQUET, files_of
from orchestration.site import SITE, tree_sha256
from orchestration.writer import writing

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
DOCS = "docs"
POINTER = "current"
POINTER_JSON = "current.json"
KEPT = 5
MakeSite = Callable[[Path, Mapping[str, Any], Path | None], dict[str, Any]]
"""Makes the site of a release: its folder, its manifest so far, the folder of the release served now."""
_VERSION_FORMAT = "%Y%m%dT%H%M%S-%f"
_VERSION = re.compile(r"\d{8}T\d{6}-\d{6}")


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


@dataclass(frozen=True)
class Draft:
    """A release in the making, under its hidden name: its tables are there, `served` is the one before it."""

    version: str
    folder: Path
    tables: Mapping[str, Mapping[str, Any]]
    provenance: Provenance
    served: Release | None


Outlet = Callable[[Draft], None]
"""Adds files of its own to a release in the making; the manifest takes up whatever lies there afterwards."""


# making and switching ---------------------------------------------------------------------------------------


def publish(
    build_database: Path,
    published: Path,
    lock: Path,
    provenance: Provenance,
    *,
    docs: Path | None = None,
    outlets: Sequence[Outlet] = (),
    site: MakeSite | None = None,
    even_if_same: bool = False,
) -> tuple[Release, bool]:
    """Make a release of the working database, of the pages in the folder `docs`, of what `outlets` add and of its
    `site`, which comes last and may lead to all of them; serve it.

    Returns the release that is served now and whether it is new: the same content from the same inputs stays
    one release unless `even_if_same`. Raises ReleaseError when the copy does not read back equal or the site
    cannot be made, WriterBusyError when another process writes. Whatever is raised, the release served before is served
    still.
    """
    with writing(lock, "publishing"):
        sweep(published)
        releases = published / "releases"
        releases.mkdir(parents=True, exist_ok=True)
        version = _next_version(published)
        hidden = releases / f".{version}"
        (hidden / PARQUET).mkdir(parents=True)
        try:
            served = current(published)
            before = Before.of(served.folder, served.manifest) if served else None
            tables = copy_tables(build_database, hidden, before)
            if served and not even_if_same and _is_same(served, tables, provenance):
                return served, False
            pages = _copy_docs(docs, hidden)
            draft = Draft(version, hidden, tables, provenance, served)
            for outlet in outlets:
                outlet(draft)
            about = _manifest(draft, pages, _seal(draft, pages))
            if site:
                about["site"] = site(hidden, about, served.folder if served else None)
            _write_manifest(hidden, about)
            _sync_tree(hidden)
            os.rename(hidden, releases / version)
            _sync(releases)
        finally:
            shutil.rmtree(hidden, ignore_errors=True)
        _switch(published, version, rolled_back_from=None)
        _prune(published)
        made = _load(releases / version)
        if made is None:
            raise ReleaseError(f"Release {version} was made and is not there any more; run the refresh again.")
        return made, True


def rollback(published: Path, lock: Path, to: str | None = None) -> Release:
    """Serve an older release again: `to`, or the one before the one served now.

    Rolling back twice goes two releases back. The release is read against the checksums of its manifest
    first. Raises ReleaseError when there is none, or when a file of it is not what was published.
    """
    with writing(lock, "a rollback"):
        sweep(published)
        served = current(published)
        releases = {release.version: release for release in kept(published)}
        if to is None:
            if not releases:
                raise ReleaseError("Nothing is published yet, so there is nothing to go back to.")
            older = [version for version in releases if served is None or version < served.version]
            if not older:
                raise ReleaseError(f"Release {min(releases)} is the oldest that is kept; none is before it.")
            to = older[-1]
        if to not in releases:
            raise ReleaseError(f"There is no release {to}. Kept are: {', '.join(releases) or 'none'}.")
        verify(releases[to])
        newest = max(releases)
        _switch(published, to, rolled_back_from=newest if newest != to else None)
        return releases[to]


def current(published: Path) -> Release | None:
    """The release served now, None when there is none (or only one whose manifest or database is gone)."""
    link = published / POINTER
    # a system without symbolic links has only the JSON pointer
    target = os.readlink(link) if link.is_symlink() else f"releases/{_pointer(published).get('version')}"
    release = _load(published / target)
    return release if release and release.database.is_file() else None


def superseded(published: Path) -> Release | None:
    """The newest release when a rollback put an older one in its place, else None."""
    version = _pointer(published).get("rolled_back_from")
    return _load(published / "releases" / str(version)) if version else None


def kept(published: Path) -> list[Release]:
    """Every release that can be served, oldest first."""
    releases = published / "releases"
    if not releases.is_dir():
        return []
    found = [_load(path) for path in sorted(releases.iterdir()) if _VERSION.fullmatch(path.name)]
    return [release for release in found if release]


def verify(release: Release) -> None:
    """Read every file of a release against its manifest; ReleaseError names the first that differs."""
    expected = {DATABASE: release.manifest["database"]["sha256"]}
    for table in release.manifest["tables"].values():
        expected |= files_of(table)
    expected |= release.manifest.get("docs", {}) | release.manifest.get("files", {}) | _site_checksums(release.manifest)
    for name, digest in expected.items():
        path = release.folder / name
        if not path.is_file():
            raise ReleaseError(f"Release {release.version} misses {name}; it is not served.")
        if sha256_of(path) != digest:
            raise ReleaseError(
                f"Release {release.version}: {name} is not the file that was published (its sha256 differs "
                "from the manifest); it is not served."
            )
    site = release.manifest.get("site")
    if site and tree_sha256(release.folder / SITE) != site["sha256"]:
        raise ReleaseError(
            f"Release {release.version}: {SITE}/ is not what was published (its sha256 differs from the manifest); "
            "it is not served."
        )
    refuse_log_beside(release.database)


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


def _copy_docs(docs: Path | None, folder: Path) -> dict[str, str]:
    """Copy the pages into the release; the SHA-256 of each by its name in the release.

    Code that is installed without its repository has no pages, and releases without them.
    """
    copied = {}
    for page in sorted(docs.iterdir()) if docs and docs.is_dir() else ():
        if page.is_file() and page.suffix in (".md", ".yml"):
            (folder / DOCS).mkdir(exist_ok=True)
            copy = folder / DOCS / page.name
            shutil.copyfile(page, copy)
            copy.chmod(0o444)
            copied[f"{DOCS}/{page.name}"] = sha256_of(copy)
    return copied


def _seal(draft: Draft, pages: Mapping[str, str]) -> dict[str, str]:
    """Make what the outlets added read-only; the SHA-256 of each file by its name in the release."""
    known = {DATABASE, *pages, *(file for table in draft.tables.values() for file in files_of(table))}
    added = {path.relative_to(draft.folder).as_posix(): path for path in sorted(draft.folder.rglob("*"))}
    files = {name: path for name, path in added.items() if name not in known and path.is_file()}
    for path in files.values():
        path.chmod(0o444)
    return {name: sha256_of(path) for name, path in files.items()}


def _manifest(draft: Draft, pages: Mapping[str, str], files: Mapping[str, str]) -> dict[str, Any]:
    """What a release is, as its manifest says it."""
    provenance, database = draft.provenance, draft.folder / DATABASE
    return {
        "version": draft.version,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "git_commit": provenance.git_commit,
        "duckdb_version": duckdb.__version__,
        "storage_version": STORAGE_VERSION,
        "input_fingerprint": provenance.input_fingerprint,
        "database": {"file": DATABASE, "sha256": sha256_of(database), "bytes": database.stat().st_size},
        "tables": draft.tables,
        "docs": pages,
        "files": files,
        "documents": list(provenance.documents),
        "gate": provenance.gate,
    }


def _write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest, and the checksums as `sha256sum --check` reads them; those of the site stand inside it."""
    path = folder / MANIFEST
    path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    path.chmod(0o444)
    sums = {
        DATABASE: manifest["database"]["sha256"],
        MANIFEST: sha256_of(path),
        **manifest["docs"],
        **manifest["files"],
        **_site_checksums(manifest),
    }
    for table in manifest["tables"].values():
        sums |= files_of(table)
    checksums = folder / CHECKSUMS
    checksums.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())), encoding="utf-8")
    checksums.chmod(0o444)


def _site_checksums(manifest: Mapping[str, Any]) -> dict[str, str]:
    """The list of the files of the site, by its name in the release: what it lists is checked inside the site."""
    site = manifest.get("site") or {}
    return {site["checksums"]: site["sha256"]} if "checksums" in site else {}


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


def _load(folder: Path) -> Release | None:
    """The release in this folder, None when it is not a whole one."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Release(folder.name, folder, manifest)


def _next_version(published: Path) -> str:
    """The time now (UTC), later than every release there is even if the clock was set back."""
    moment = datetime.now(UTC)
    existing = kept(published)
    if existing:
        newest = datetime.strptime(existing[-1].version, _VERSION_FORMAT).replace(tzinfo=UTC)
        moment = max(moment, newest + timedelta(microseconds=1))
    return moment.strftime(_VERSION_FORMAT)


def _prune(published: Path) -> None:
    served = current(published)
    for release in kept(published)[:-KEPT]:
        if served and release.version == served.version:
            continue
        # hidden first: a prune that is killed leaves something to sweep, not half a release that looks whole
        doomed = release.folder.with_name(f".{release.version}")
        os.rename(release.folder, doomed)
        shutil.rmtree(doomed, ignore_errors=True)


# small things -----------------------------------------------------------------------------------------------


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
