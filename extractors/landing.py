"""Raw Parquet: what was printed, as text, with its place. One file per document and table, written atomically.

Folders under the raw root:
  <source_id>/<table>/          leaf rows
  <source_id>/<table>_totals/   printed subtotals and totals with the leaf rows they cover
  <source_id>/<table>_cells/    every printed cell of header, data and total rows with its box or line
  <source_id>/statements/       figures that sentences state, with their sentence; statements_cells/ has their places
  accounting/                   one row per document and table
  scanned_cells/                every cell that OCR read and that lands in a column, with what became of it
  readings/, mended_values/     the ledger of readings (see readings.py); rows are only ever added
  documents/                    the manifest, written last: a document without its row was not landed in full
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.accounting import Account
from extractors.errors import UnaccountedCells
from extractors.filling import fill
from extractors.logical_table import TOTALS, LogicalTable, Row, Segment
from extractors.spec import STATEMENTS, SheetTable, SourceSpec, TableSpec
from extractors.table import Cell, Table
from extractors.version import extractor_version

CARRIED = "continues the piece of table before it, which prints it above"
SCHEMA_FILE = "_schema.parquet"
"""A file of no rows in every folder, so that reading a folder never fails for want of documents."""

_ROWS_AT_ONCE = 10_000
"""Rows held while a file is written: the cells of a long document would take several times the document's memory."""

_TEXT, _INT, _FLOAT, _BOOL = pa.string(), pa.int32(), pa.float64(), pa.bool_()

_PLACE = [
    ("document_sha256", _TEXT),
    ("source_id", _TEXT),
    ("table_name", _TEXT),
    ("segment_no", _INT),
    ("page_no", _INT),
    ("sheet_name", _TEXT),
    ("table_no", _INT),
    ("row_no", _INT),
]
_ORDER = [("row_seq", _INT), ("record_no", _INT)]
_ORIGIN = [("method", _TEXT), ("confidence", _FLOAT), ("extractor_version", _TEXT), ("spec_sha256", _TEXT)]

DOCUMENTS = pa.schema(
    [
        *((name, _TEXT) for name in ("document_sha256", "source_id", "file_path", "publication", "format")),
        ("file_bytes", pa.int64()),
        *(
            (name, _TEXT)
            for name in (
                ["publisher_name", "country_code", "currency_code", "language_code", "title", "institution_name_raw"]
            )
        ),
        ("institution_is_inferred", _BOOL),
        *((name, _TEXT) for name in ["report_code_raw", "period_raw", "period_start_date", "period_end_date"]),
        ("page_count", _INT),
        *((name, _TEXT) for name in ["first_seen", "status", "reason", "extractor_version", "spec_sha256"]),
        *((name, _TEXT) for name in ["scan_reader", "reviews_sha256", "held_under"]),
    ]
)
ACCOUNTING = pa.schema(
    [
        *((name, _TEXT) for name in ("document_sha256", "source_id", "table_name")),
        ("segment_count", _INT),
        ("pages_declared_raw", _TEXT),
        ("reported_at_raw", _TEXT),
        *(
            (name, _INT)
            for name in [
                "data_rows",
                "total_rows",
                "header_rows",
                "blank_rows",
                "ignored_rows",
                "mapped_columns",
                "ignored_columns",
            ]
        ),
        ("notes", _TEXT),
    ]
)
READINGS_FOLDER, MENDED_VALUES_FOLDER = "readings", "mended_values"
READINGS = pa.schema(
    [
        *((name, _TEXT) for name in ("document_sha256", "source_id", "table_name")),
        ("reading_no", _INT),
        *((name, _TEXT) for name in ("read_at", "extractor_version", "spec_sha256", "content_sha256")),
        *((name, _INT) for name in ("row_count", "total_count")),
    ]
)
MENDED_VALUES = pa.schema(
    [
        *((name, _TEXT) for name in ("document_sha256", "source_id", "table_name")),
        ("reading_no", _INT),
        *((name, _TEXT) for name in ("row_kind", "change_kind", "column_name")),
        *((name, _TEXT) for name in ("old_text", "new_text", "old_number", "new_number")),
        *((name, _INT) for name in ("page_no", "table_no", "row_no", "row_seq")),
    ]
)
CELLS = pa.schema(
    [
        *_PLACE,
        *((name, _INT) for name in ("col_no", "row_span", "col_span")),
        ("row_kind", _TEXT),
        ("row_seq", _INT),
        ("column_name", _TEXT),
        *((name, _TEXT) for name in ("text_raw", "native_value", "number_format")),
        *((name, _FLOAT) for name in ("x0", "top", "x1", "bottom", "page_width", "page_height")),
        *((name, _INT) for name in ("char_start", "char_end")),
        ("method", _TEXT),
        ("confidence", _FLOAT),
        ("flags", _TEXT),
    ]
)


SCANNED_CELLS_FOLDER = "scanned_cells"
SCANNED_CELLS = pa.schema(
    [
        *((name, _TEXT) for name in ("document_sha256", "source_id", "table_name", "column_name", "row_kind")),
        *((name, _INT) for name in ("page_no", "table_no", "row_no", "col_no")),
        *((name, _TEXT) for name in ("text_read", "text_landed", "method")),
        ("confidence", _FLOAT),
        ("status", _TEXT),
        ("is_withheld", _BOOL),
        ("needs_review", _BOOL),
        ("reason", _TEXT),
        *((f"upright_{edge}", _FLOAT) for edge in ("x0", "top", "x1", "bottom")),
    ]
)


STATED = pa.schema(
    [
        *_PLACE,
        *_ORDER,
        *((name, _TEXT) for name in ("statement", "figure", "value", "sentence")),
        *_ORIGIN,
    ]
)


def leaf_schema(spec: TableSpec) -> pa.Schema:
    """Schema of a table's leaf rows: place, printed columns, what was filled and why, origin."""
    return pa.schema([*_PLACE, *_ORDER, *_printed(spec), *_ORIGIN])


def totals_schema(spec: TableSpec) -> pa.Schema:
    """Schema of a table's printed totals."""
    scope = [("total_kind", _TEXT), ("label_raw", _TEXT), ("total_no", _INT)]
    covered = [("first_row_seq", _INT), ("last_row_seq", _INT)]
    return pa.schema([*_PLACE, *_ORDER, *scope, *covered, *_printed(spec), *_ORIGIN])


def sheet_schema(spec: SheetTable, context: Iterable[str] = ()) -> pa.Schema:
    """Schema of the rows that sheets give a table; `record_no` is the number of the sheet in the document."""
    return pa.schema([*_PLACE, *_ORDER, *((name, _TEXT) for name in [*context, *spec.columns]), *_ORIGIN])


def _printed(spec: TableSpec) -> list[tuple[str, pa.DataType]]:
    columns: list[tuple[str, pa.DataType]] = []
    for name, column in spec.columns.items():
        columns.append((name, _TEXT))
        if column.fill:
            columns += _filled(name)
    for name in spec.beside_columns:
        columns.append((name, _TEXT))
        if name in spec.context and spec.context[name].carry:
            columns += _filled(name)
    return columns


def _filled(name: str) -> list[tuple[str, pa.DataType]]:
    return [(f"{name}__filled", _TEXT), (f"{name}__fill_reason", _TEXT)]


def folders(sources: Mapping[str, SourceSpec]) -> dict[str, pa.Schema]:
    """Every raw folder with its schema."""
    schemas = {
        "documents": DOCUMENTS,
        "accounting": ACCOUNTING,
        SCANNED_CELLS_FOLDER: SCANNED_CELLS,
        READINGS_FOLDER: READINGS,
        MENDED_VALUES_FOLDER: MENDED_VALUES,
    }
    for source in sources.values():
        for name, spec in source.tables.items():
            schemas[f"{source.source_id}/{name}"] = leaf_schema(spec)
            schemas[f"{source.source_id}/{name}_totals"] = totals_schema(spec)
            schemas[f"{source.source_id}/{name}_cells"] = CELLS
        for sheet in source.sheets.values():
            for name, spec in sheet.tables.items():
                schemas[f"{source.source_id}/{name}"] = sheet_schema(spec, sheet.context)
                schemas[f"{source.source_id}/{name}_cells"] = CELLS
        if source.statements:
            schemas[f"{source.source_id}/{STATEMENTS}"] = STATED
            schemas[f"{source.source_id}/{STATEMENTS}_cells"] = CELLS
    return schemas


def prepare(raw: Path, sources: Mapping[str, SourceSpec], manifest: Mapping[str, Mapping[str, Any]]) -> None:
    """Create the folders with their schema files, and drop what a killed run left unfinished."""
    schemas = folders(sources)
    for folder, schema in schemas.items():
        file = raw / folder / SCHEMA_FILE
        if not file.exists() or not pq.read_schema(file).equals(schema):
            write(file, schema, [])
    for folder in schemas:
        for file in (raw / folder).iterdir():
            landed = file.name == SCHEMA_FILE or _is_landed(manifest.get(file.stem), folder)
            if file.suffix == ".part" or not landed:
                file.unlink()


def _is_landed(row: Mapping[str, Any] | None, folder: str) -> bool:
    """True when the manifest row of a document says that it was landed in this folder."""
    if row is None or folder in ("documents", READINGS_FOLDER, MENDED_VALUES_FOLDER):
        return row is not None
    return row["status"] == "loaded" and folder.split("/")[0] in ("accounting", SCANNED_CELLS_FOLDER, row["source_id"])


def discard(raw: Path, sha256: str, keep: Collection[str] = ()) -> None:
    """Drop the tables of a document, except in folders to keep: an earlier reading may have filled others."""
    by_document = ("accounting", SCANNED_CELLS_FOLDER)
    for file in (*raw.glob(f"*/*/{sha256}.parquet"), *(raw / name / f"{sha256}.parquet" for name in by_document)):
        if file.parent.relative_to(raw).as_posix() not in keep:
            file.unlink(missing_ok=True)


def land_table(raw: Path, sha256: str, source: SourceSpec, table: LogicalTable) -> list[str]:
    """Write leaf rows, totals and cells of one table; returns the folders below `raw` that were written.

    Raises UnaccountedCells when a declared fill finds no value.
    """
    origin = {"extractor_version": extractor_version(), "spec_sha256": source.sha256}
    leaves, totals = _rows(sha256, source, table, origin)
    base = f"{source.source_id}/{table.name}"
    file = f"{sha256}.parquet"
    write(raw / base / file, leaf_schema(table.spec), leaves)
    write(raw / f"{base}_totals" / file, totals_schema(table.spec), totals)
    write(raw / f"{base}_cells" / file, CELLS, _cells(sha256, source, table))
    return [base, f"{base}_totals", f"{base}_cells"]


def accounting_row(
    sha256: str, source: SourceSpec, name: str, account: Account, table: LogicalTable | None = None
) -> dict[str, Any]:
    """The audit row of one raw table; `table` where lines around it say how many pages it has and when it was made."""
    counts = {count: getattr(account, count) for count in Account.__slots__}
    return {
        "document_sha256": sha256,
        "source_id": source.source_id,
        "table_name": name,
        "pages_declared_raw": table.pages_declared_raw if table else None,
        "reported_at_raw": table.reported_at_raw if table else None,
        **counts,
    }


def write(file: Path, schema: pa.Schema, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a Parquet file so that readers see the old one or the whole new one; rows are taken some at a time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    left = iter(rows)
    with pq.ParquetWriter(part, schema, compression="zstd") as writer:
        while some := [dict(row) for row in islice(left, _ROWS_AT_ONCE)]:
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
    with part.open("rb") as written:
        os.fsync(written.fileno())
    os.replace(part, file)


# ---------------------------------------------------------------------- rows


def _rows(
    sha256: str, source: SourceSpec, table: LogicalTable, origin: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    leaves: list[dict[str, Any]] = []
    totals: list[dict[str, Any]] = []
    below_blank: set[int] = set()
    above: list[dict[str, Any]] = []
    covered = 0
    numbers: Counter[str] = Counter()
    for segment_no, segment, row in _walk(table):
        if row.kind == "blank":
            below_blank.add(len(leaves))
        if row.kind != "data" and row.kind not in TOTALS:
            continue
        records = [
            {
                **place_of(sha256, source, table.name, segment_no, segment.table),
                "row_no": row.row_no,
                "record_no": row.record_no or segment.sheet_no,
                **{name: cell.joined for name, cell in row.values.items()},
                **_beside(segment, row),
                **value,
                **origin,
                "method": method_of(row.read_cells),
                "confidence": confidence_of(row.read_cells),
            }
            for value in _series_values(table.spec, row)
        ]
        if row.kind == "data":
            leaves += [{**record, "row_seq": len(leaves) + number} for number, record in enumerate(records, 1)]
            continue
        numbers[row.kind] += 1
        of_piece = row.kind == "subtotal" or (row.total is not None and row.total.covers == "piece")
        records = [
            {
                **record,
                "row_seq": len(totals) + number,
                "total_kind": row.kind,
                "label_raw": row.label,
                "total_no": numbers[row.kind],
                "first_row_seq": None if row.kind == "memo" else row.covers_from or (covered + 1 if of_piece else 1),
                "last_row_seq": None if row.kind == "memo" else len(leaves),
            }
            for number, record in enumerate(records, 1)
        ]
        totals += records
        if row.total is not None and row.total.stands_above:
            above += records  # how far it reaches is known where the piece ends
            continue
        if of_piece and row.kind != "memo" and row.covers_from is None:
            covered = len(leaves)
            above = _reaching(above, covered)
    _reaching(above, len(leaves))
    for name, column in table.spec.columns.items():
        if column.fill is None:
            continue
        try:
            filled = fill(leaves, name, column.fill, source.numbers, below_blank)
        except UnaccountedCells as error:
            raise UnaccountedCells(f"table {table.name}, {error}") from error
        for leaf, value in zip(leaves, filled, strict=True):
            leaf[f"{name}__filled"], leaf[f"{name}__fill_reason"] = value or (None, None)
    return leaves, totals


def _reaching(above: Iterable[dict[str, Any]], last: int) -> list[dict[str, Any]]:
    """Say of totals that stand above their rows which one is the last they cover; none of them is left open."""
    for total in above:
        total["last_row_seq"] = last
    return []


def _beside(segment: Segment, row: Row) -> dict[str, str]:
    """What holds for a row and is printed above its piece of table, in its group row or by its position."""
    values = dict(row.beside)
    for name, value in segment.context.items():
        if name in segment.carried:
            values |= {f"{name}__filled": value, f"{name}__fill_reason": CARRIED}
        else:
            values[name] = value
    return values


def _series_values(spec: TableSpec, row: Row) -> list[dict[str, str | None]]:
    """The long rows that a printed row becomes: one for each column of the series, or the row itself."""
    if spec.series is None:
        return [{}]
    return [
        {spec.series.label: entry.label, **{name: cell and cell.joined for name, cell in entry.cells.items()}}
        for entry in row.series
    ]


def _walk(table: LogicalTable) -> Iterable[tuple[int, Segment, Row]]:
    for segment_no, segment in enumerate(table.segments, 1):
        for row in segment.rows:
            yield segment_no, segment, row


def place_of(sha256: str, source: SourceSpec, name: str, segment_no: int, table: Table) -> dict[str, Any]:
    """The columns that say where something is printed: in which piece of raw table `name`, in which printed table."""
    return {
        "document_sha256": sha256,
        "source_id": source.source_id,
        "table_name": name,
        "segment_no": segment_no,
        "page_no": table.page_no,
        "sheet_name": table.sheet_name,
        "table_no": table.table_no,
    }


def method_of(cells: Iterable[Cell]) -> str:
    """How cells were read, each way once."""
    return ",".join(sorted({cell.method for cell in cells})) or "digital"


def confidence_of(cells: Iterable[Cell]) -> float | None:
    """The least confidence of cells; None where all were read for certain."""
    return min((cell.confidence for cell in cells if cell.confidence is not None), default=None)


def _cells(sha256: str, source: SourceSpec, table: LogicalTable) -> Iterator[dict[str, Any]]:
    seqs: Counter[str] = Counter()
    for segment_no, segment, row in _walk(table):
        place = place_of(sha256, source, table.name, segment_no, segment.table)
        if row.kind == "rest":
            names = {id(cell): name for name, cell in row.values.items()}
            for cell in row.cells:
                if not cell.is_blank:
                    yield cell_record(place, segment.table, cell, "data", seqs["data"], names.get(id(cell)))
        elif row.kind in ("header", "group"):
            for cell in row.cells:
                if not cell.is_blank:
                    yield cell_record(place, segment.table, cell, row.kind, None, None)
        elif row.kind == "data" or row.kind in TOTALS:
            kind = "data" if row.kind == "data" else "total"
            for names, own in _cells_by_landed_row(table.spec, row):
                seqs[kind] += 1
                for cell in own:
                    yield cell_record(place, segment.table, cell, kind, seqs[kind], names.get(id(cell)))


def _cells_by_landed_row(spec: TableSpec, row: Row) -> Iterable[tuple[dict[int, str], list[Cell]]]:
    """For each raw row that a printed row becomes: the column of its cells (by identity), and its cells.

    A cell that several raw rows share is listed with each of them.
    """
    shared = {id(cell): name for name, cell in row.values.items()}
    series = {id(cell) for entry in row.series for cell in entry.cells.values() if cell is not None}
    rest = [
        cell
        for cell in row.cells
        if id(cell) not in series and cell.text is not None and (not cell.is_blank or id(cell) in shared)
    ]
    if spec.series is None:
        yield shared, rest
        return
    for entry in row.series:
        own = [(name, cell) for name, cell in entry.cells.items() if cell is not None and cell.text is not None]
        yield shared | {id(cell): name for name, cell in own}, [*rest, *(cell for _, cell in own)]


def cell_record(
    place: Mapping[str, Any], table: Table, cell: Cell, kind: str, seq: int | None, column: str | None
) -> dict[str, Any]:
    """The row of a cell in the folder of printed cells: its role, and the raw row and column it gives."""
    x0, top, x1, bottom = cell.bbox or (None, None, None, None)
    return {
        **place,
        "row_no": cell.row_no,
        "col_no": cell.col_no,
        "row_span": cell.row_span,
        "col_span": cell.col_span,
        "row_kind": kind,
        "row_seq": seq,
        "column_name": column,
        "text_raw": cell.text if cell.printed is None else cell.printed,
        "native_value": cell.native_value,
        "number_format": cell.number_format,
        "x0": x0,
        "top": top,
        "x1": x1,
        "bottom": bottom,
        "page_width": table.page_width,
        "page_height": table.page_height,
        "char_start": cell.char_start,
        "char_end": cell.char_end,
        "method": cell.method,
        "confidence": cell.confidence,
        "flags": ",".join(cell.flags) or None,
    }
