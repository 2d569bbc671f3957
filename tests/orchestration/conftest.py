"""Small warehouses made in the test."""

from collections.abc import Callable, Iterator
from hashlib import file_digest
from pathlib import Path

import duckdb
import pytest

from orchestration.paths import Paths
from orchestration.release import Provenance


@pytest.fixture
def paths(tmp_path: Path) -> Iterator[Paths]:
    """A warehouse in a folder of its own, with an empty inbox, around the real code."""
    repository = Path(__file__).resolve().parents[2]
    paths = Paths(repository, tmp_path / "documents", tmp_path / "warehouse")
    paths.documents.mkdir()
    paths.build.mkdir(parents=True)
    yield paths


@pytest.fixture
def build(paths: Paths) -> Callable[[int], Path]:
    """Makes a working database whose tables all say the same number, so that a torn read shows."""

    def make(number: int) -> Path:
        paths.build_database.unlink(missing_ok=True)
        with duckdb.connect(str(paths.build_database)) as connection:
            connection.execute("create schema marts; create schema audit; create schema staging")
            connection.execute(
                f"""
                create table marts.fct_spending as
                    select
                        i as line_no,
                        cast({number} as integer) as said,
                        cast(i + cast({number} as decimal(18, 2)) / 100 as decimal(18, 2)) as paid_amount
                    from range(1, 4) as numbers (i);
                create table audit.audit_lines as select cast({number} as integer) as said;
                create view marts.mart_spending as select said, sum(line_no)::bigint as lines
                    from marts.fct_spending group by said;
                create table staging.stg_private as select 1 as hidden;
                comment on table marts.fct_spending is 'One row per line; the office''s own';
                comment on column marts.fct_spending.paid_amount is 'Pagado';
                comment on view marts.mart_spending is 'Wide';
                """
            )
        return paths.build_database

    return make


@pytest.fixture
def provenance() -> Callable[[str], Provenance]:
    """What a release is made from, by its fingerprint."""

    def make(fingerprint: str) -> Provenance:
        return Provenance(
            input_fingerprint=fingerprint,
            documents=[{"document_sha256": "ab" * 32, "source_id": "xx_office_report", "vintage_seq": 1}],
            gate={"passed": True},
        )

    return make


@pytest.fixture
def digest() -> Callable[[Path], dict[str, str]]:
    """Every file, link and folder below a folder, by content."""

    def of(folder: Path) -> dict[str, str]:
        found: dict[str, str] = {}
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found[name] = f"-> {path.readlink()}"
            elif path.is_file():
                with path.open("rb") as file:
                    found[name] = file_digest(file, "sha256").hexdigest()
            else:
                found[name] = "folder"
        return found

    return of
