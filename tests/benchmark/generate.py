"""Multiplies the repository's own documents to a number of budget rows, as raw Parquet, inbox and mappings.

The documents of the repository are read by the extractors; from what they land, more documents are made, as if
thousands of institutions had filed: every table a file of its own as `extractors.landing` writes it. The same number
gives the same documents, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from extractors import landing
from extractors.archive import manifest
from extractors.extraction import extract
from extractors.spec import load_sources
from extractors.version import extractor_version
from tests.benchmark import forms, reports
from tests.benchmark.mappings import extend
from tests.benchmark.plan import COUNTRIES, FOLDER, FORMS, REPORTS, ROWS_PER_FORM, VERSION, Filing, Plan, plan, sha256

ROOT = Path(__file__).parents[2]
FILE_BYTES = 65_536
FIRST_SEEN = "2026-01-01T00:00:00+00:00"
FILES_AT_ONCE = 20
OnDocument = Callable[[int, int], None]


@dataclass(frozen=True)
class Generated:
    """A folder with what was generated; the folders in it are what `orchestration.paths.Paths` asks for."""

    folder: Path

    @property
    def repository(self) -> Path:
        """A copy of what a build reads of the code, with extended mappings."""
        return self.folder / "repository"

    @property
    def documents(self) -> Path:
        """The inbox."""
        return self.folder / "documents"

    @property
    def raw(self) -> Path:
        """Raw Parquet of every document in the inbox."""
        return self.folder / "raw"

    @property
    def archive(self) -> Path:
        """The archive of the documents that were really read."""
        return self.folder / "archive"

    @property
    def stamp(self) -> Path:
        """Written last; says what it was generated for."""
        return self.folder / "generated.json"


def generate(
    rows: int, folder: Path, *, rows_per_form: int = ROWS_PER_FORM, on_document: OnDocument | None = None
) -> Generated:
    """Generate `rows` budget rows into `folder`, or find that it holds them already.

    The code is copied anew either way. Raises ImpossibleSize when the rows are too few to make whole documents.
    """
    made = Generated(folder)
    key = _key(rows, rows_per_form)
    if is_generated(rows, made, rows_per_form=rows_per_form):
        _keep_current(made)
        stamp = json.loads(made.stamp.read_text())
        _copy_code(made, plan(rows, stamp["real_rows"], stamp["rows_of_copy"], rows_per_form))
        return made
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "documents", made.documents)
    _read(made)
    with duckdb.connect() as connection:
        models = _load_models(connection, made.raw)
        [(form_rows, rows_of_copy)] = connection.execute(_BUDGET_ROWS).fetchall()
        # the form is filed twice and says one thing; of the report there are two issues, one of them also as a scan
        real_rows = form_rows + rows_of_copy * _issues(made.raw)
        planned = plan(rows, real_rows, rows_of_copy, rows_per_form)
        _write_filings(connection, made, planned, models, on_document)
    _copy_code(made, planned)
    stamp = {"key": key, "documents": len(planned.filings), "real_rows": real_rows, "rows_of_copy": rows_of_copy}
    made.stamp.write_text(json.dumps(stamp) + "\n")
    return made


def is_generated(rows: int, made: Generated, *, rows_per_form: int = ROWS_PER_FORM) -> bool:
    """Whether the folder holds so many rows of this generator in the form of today's raw tables."""
    return made.stamp.is_file() and json.loads(made.stamp.read_text())["key"] == _key(rows, rows_per_form)


# what the real form and the real report count as budget rows: a programme line; a category at one of the levels
_BUDGET_ROWS = f"""
select
    (select count(*) from {FORMS}.indicator_results),
    (select count(distinct category_code) from {REPORTS}.products)
    + (select count(distinct category_code) from {REPORTS}.activities)
"""


# the table a document must print to be the one that is multiplied, where a source holds several kinds of documents
_MULTIPLIED = {FORMS: f"{FORMS}/{forms.TABLE}"}


def _key(rows: int, rows_per_form: int) -> str:
    schemas = repr([(folder, schema.to_string()) for folder, schema in sorted(_folders().items())])
    return f"{VERSION} {rows} {rows_per_form} {hashlib.sha256(schemas.encode()).hexdigest()}"


def _read(made: Generated) -> None:
    """Read what is new in the inbox: the repository's own documents."""
    result = extract(made.documents, made.raw, made.archive)
    left_out = [document.reason for document in result.documents if document.action == "quarantined"]
    if left_out:
        raise RuntimeError(f"the repository's own documents are not all read: {left_out[0]}")


def _keep_current(made: Generated) -> None:
    """Say of the generated documents that the extractors of today read them, and let them read the real ones."""
    sources = load_sources()
    for sha, row in manifest(made.raw).items():
        origin = {"extractor_version": extractor_version(), "spec_sha256": sources[row["source_id"]].sha256}
        if f"/{FOLDER}/" in row["file_path"] and origin.items() - row.items():
            table = pa.Table.from_pylist([{**row, **origin}], schema=landing.DOCUMENTS)
            file = made.raw / "documents" / f"{sha}.parquet"
            file.unlink()  # a warehouse that was kept may link it
            _write(file, table, landing.DOCUMENTS)
    _read(made)


# --------------------------------------------------------------- the real documents


def _load_models(connection: duckdb.DuckDBPyConnection, raw: Path) -> dict[str, dict[str, Any]]:
    """The manifest row of the document multiplied for each source; its raw tables go into a schema of its name."""
    rows = pq.read_table(raw / "documents").to_pylist()
    multiplied = [row for row in rows if _landed(raw, _MULTIPLIED.get(row["source_id"], ""), row["document_sha256"])]
    # of several the one with the simplest name: what a report says first is there under a longer one
    ordered = sorted(multiplied, key=lambda row: (row["format"], row["file_path"]), reverse=True)
    models = {row["source_id"]: row for row in ordered}
    for source_id, model in models.items():
        connection.execute(f"create schema {source_id}")
        for folder in _landed_folders(raw, model):
            table = folder.removeprefix(f"{source_id}/")
            file = raw / folder / f"{model['document_sha256']}.parquet"
            connection.execute(f"create table {source_id}.{table} as from read_parquet('{file}')")
    forms.prepare(connection)
    reports.prepare(connection)
    return models


def _landed(raw: Path, folder: str, sha: str) -> bool:
    return (raw / folder / f"{sha}.parquet").is_file() if folder else True


def _landed_folders(raw: Path, model: Mapping[str, Any]) -> list[str]:
    """Where the document has raw tables: of the tables a source declares, its documents each print some."""
    source_id, sha = model["source_id"], model["document_sha256"]
    return [name for name in _folders() if name.startswith(f"{source_id}/") and _landed(raw, name, sha)]


def _issues(raw: Path) -> int:
    """How many issues of the real report say something else: a scan of one repeats its figures."""
    figures = "list(array[category_code, assigned_amount, in_force_amount] order by row_seq)"
    products = f"read_parquet('{raw / REPORTS}/products/*.parquet')"
    said = f"select {figures} as figures from {products} group by document_sha256"
    [(issues,)] = duckdb.sql(f"select count(distinct figures) from ({said})").fetchall()
    return issues


def _folders() -> Mapping[str, pa.Schema]:
    return landing.folders({name: source for name, source in load_sources().items() if name in COUNTRIES})


# --------------------------------------------------------------- the generated documents


def _write_filings(
    connection: duckdb.DuckDBPyConnection,
    made: Generated,
    planned: Plan,
    models: Mapping[str, Mapping[str, Any]],
    on_document: OnDocument | None,
) -> None:
    done = 0
    with ThreadPoolExecutor(os.cpu_count()) as writers:
        for source_id, model in models.items():
            for batch in _batches(planned.of(source_id)):
                filed = [_file(made, filing, model) for filing in batch]
                jobs = [
                    *_registers(connection, made.raw, batch, filed, model),
                    *_tables(connection, made.raw, batch, filed, model),
                ]
                for _ in writers.map(lambda job: _write(*job), jobs):
                    pass
                done += len(batch)
                if on_document:
                    on_document(done, len(planned.filings))


def _batches(filings: Sequence[Filing]) -> Iterator[list[Filing]]:
    return (list(filings[at : at + FILES_AT_ONCE]) for at in range(0, len(filings), FILES_AT_ONCE))


def _file(made: Generated, filing: Filing, model: Mapping[str, Any]) -> str:
    """Put the stand-in of a document into the inbox; its checksum. It takes the room of its first line on disk."""
    file = made.documents / filing.file_path(Path(model["file_path"]).suffix)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(filing.content)
    os.truncate(file, FILE_BYTES)
    return sha256(filing.content, FILE_BYTES)


Job = tuple[Path, pa.Table, pa.Schema]


def _registers(
    connection: duckdb.DuckDBPyConnection,
    raw: Path,
    filings: Sequence[Filing],
    shas: Sequence[str],
    model: Mapping[str, Any],
) -> Iterator[Job]:
    """Manifest, accounting and readings of documents."""
    old = model["document_sha256"]
    accounts = pq.read_table(raw / "accounting" / f"{old}.parquet").to_pylist()
    readings = pq.read_table(raw / landing.READINGS_FOLDER / f"{old}.parquet").to_pylist()
    for filing, sha in zip(filings, shas, strict=True):
        counted = [{**row, "document_sha256": sha, **_counts(connection, filing, row)} for row in accounts]
        rows = {row["table_name"]: row for row in counted}
        read = [
            {
                **row,
                "document_sha256": sha,
                "read_at": FIRST_SEEN,
                "content_sha256": sha256(f"{sha} {row['table_name']}".encode(), 0),
                **(
                    {
                        "row_count": rows[row["table_name"]]["data_rows"],
                        "total_count": rows[row["table_name"]]["total_rows"],
                    }
                    if filing.size
                    else {}
                ),
            }
            for row in readings
        ]
        for folder, schema, content in (
            ("documents", landing.DOCUMENTS, [_manifest_row(filing, sha, model, counted)]),
            ("accounting", landing.ACCOUNTING, counted),
            (landing.READINGS_FOLDER, landing.READINGS, read),
        ):
            yield raw / folder / f"{sha}.parquet", pa.Table.from_pylist(content, schema=schema), schema


def _manifest_row(
    filing: Filing, sha: str, model: Mapping[str, Any], accounts: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    file_path = filing.file_path(Path(model["file_path"]).suffix)
    row = {
        **model,
        "document_sha256": sha,
        "file_path": file_path,
        "publication": str(Path(file_path).with_suffix("")),
        "file_bytes": FILE_BYTES,
        "institution_name_raw": filing.institution.name,
        "institution_is_inferred": False,
        "first_seen": FIRST_SEEN,
    }
    if filing.period:
        row["period_start_date"], row["period_end_date"], row["period_raw"] = filing.period
        row["page_count"] = sum(account["segment_count"] for account in accounts)
    return row


def _counts(connection: duckdb.DuckDBPyConnection, filing: Filing, account: Mapping[str, Any]) -> dict[str, Any]:
    """What the accounting of a table of the document says otherwise than that of the real one."""
    if filing.source_id == FORMS:
        pages = forms.pages(filing)
        return {"segment_count": pages, "data_rows": filing.size, "header_rows": forms.HEADER_ROWS * pages}
    if filing.source_id == REPORTS:
        rows = reports.rows_of_copy(connection, account["table_name"])
        pages = reports.pages(filing, rows)
        return {
            "segment_count": pages,
            "data_rows": filing.size * rows,
            "header_rows": reports.HEADER_ROWS * pages,
            "pages_declared_raw": str(pages),
            "reported_at_raw": filing.reported_at,
        }
    return {}


def _tables(
    connection: duckdb.DuckDBPyConnection,
    raw: Path,
    filings: Sequence[Filing],
    shas: Sequence[str],
    model: Mapping[str, Any],
) -> Iterator[Job]:
    """The raw tables of documents of one source."""
    source_id = model["source_id"]
    schemas = _folders()
    if source_id not in (FORMS, REPORTS):
        for filing, sha in zip(filings, shas, strict=True):
            for folder, schema in schemas.items():
                if folder.startswith(f"{source_id}/"):
                    table = pq.read_table(raw / folder / f"{model['document_sha256']}.parquet")
                    yield raw / folder / f"{sha}.parquet", _copied(table, filing, sha), schema
        return
    filed = pa.table(
        {
            "document_sha256": list(shas),
            "number": [filing.number for filing in filings],
            "size": [filing.size for filing in filings],
            "institution_code": [filing.institution.code for filing in filings],
        }
    )
    connection.register("filed", filed)
    for name, table in (forms if source_id == FORMS else reports).tables(connection):
        folder = f"{source_id}/{name}"
        for sha, part in _by_document(table):
            yield raw / folder / f"{sha}.parquet", part, schemas[folder]
    connection.unregister("filed")


def _copied(table: pa.Table, filing: Filing, sha: str) -> pa.Table:
    """The table of another document that says the same of other institutions."""
    table = _set(table, "document_sha256", pa.array([sha] * len(table), pa.string()))
    if "institution_name" in table.schema.names:
        names = [name and f"{name} {filing.institution.code}" for name in table["institution_name"].to_pylist()]
        table = _set(table, "institution_name", pa.array(names, pa.string()))
    return table


def _set(table: pa.Table, name: str, values: Any) -> pa.Table:
    return table.set_column(table.schema.names.index(name), name, values)


def _by_document(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    start = 0
    for counted in table["document_sha256"].value_counts().to_pylist():
        yield counted["values"], table.slice(start, counted["counts"])
        start += counted["counts"]


def _write(file: Path, table: pa.Table, schema: pa.Schema) -> None:
    """As `landing.write`, without waiting for the disk."""
    pq.write_table(table.select(schema.names).cast(schema), file, compression="zstd")


# --------------------------------------------------------------- the code


def _copy_code(made: Generated, planned: Plan) -> None:
    """Copy what a build reads of the repository, and let the mappings know the institutions of the plan."""
    shutil.rmtree(made.repository, ignore_errors=True)
    ignored = shutil.ignore_patterns("target", "logs", "__pycache__")
    for name in ("dbt_project", "expectations"):
        shutil.copytree(ROOT / name, made.repository / name, ignore=ignored)
    for name in ("profiles.yml", "requirements.lock"):
        shutil.copy(ROOT / name, made.repository / name)
    extend(made.repository / "dbt_project" / "seeds", planned)
