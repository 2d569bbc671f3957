"""What a release depends on, in one fingerprint, cheap enough to ask before anything else is imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from orchestration.paths import Paths

# what dbt and tools leave beside the code
_NOT_CODE = {"target", "logs", "dbt_packages", "__pycache__"}


@dataclass(frozen=True)
class Inputs:
    """The inbox against what is loaded, and a fingerprint of everything the marts are made from.

    `new` are documents not loaded yet (or whose layout changed), relative to the inbox, and `new_key` identifies
    them by name and content; `quarantined` pairs a document with the sentence why. `fingerprint` covers loaded and
    quarantined documents, layouts and code; it does not cover `new`, which is work to do in itself.
    """

    new: list[str]
    new_key: str
    unchanged: list[str]
    quarantined: list[tuple[str, str]]
    fingerprint: str


def examine(paths: Paths) -> Inputs:
    """Hash the inbox and the code. Writes nothing."""
    from extractors.extraction import pending

    inbox = pending(paths.documents, paths.raw, paths.archive)
    quarantined = sorted((str(file_path), reason) for file_path, reason in inbox.quarantined)
    digest = sha256(inbox.fingerprint.encode())
    for file_path, reason in quarantined:
        digest.update(f"\0{file_path}\0{reason}".encode())
    digest.update(code_fingerprint(paths).encode())
    return Inputs(sorted(inbox.new), inbox.new_key, sorted(inbox.unchanged), quarantined, digest.hexdigest())


def code_fingerprint(paths: Paths) -> str:
    """Of everything that turns raw Parquet into a release: models, seeds, rules, portal, locked versions."""
    digest = sha256()
    for path in _code(paths):
        digest.update(f"\0{path.relative_to(paths.repository).as_posix()}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def project_fingerprint(paths: Paths) -> str:
    """Of the dbt project alone, and of where it reads and writes."""
    digest = sha256(repr(sorted(paths.environment().items())).encode())
    for path in (*_files(paths.dbt_project), paths.profiles / "profiles.yml"):
        digest.update(f"\0{path.as_posix()}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _code(paths: Paths) -> Iterator[Path]:
    yield from _files(paths.dbt_project)
    yield from _files(paths.repository / "expectations")
    # what a release shows of the database
    yield from _files(paths.repository / "portal")
    for name in ("profiles.yml", "requirements.lock"):
        if (paths.repository / name).is_file():
            yield paths.repository / name


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and not _NOT_CODE & set(relative.parts) and path.name[0] != ".":
            yield path
