"""Writes what record sheets say as raw tables, in the form of all others: rows with their place, and their cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractors.landing import CELLS, cell_record, confidence_of, method_of, place_of, sheet_schema, write
from extractors.sheets.record import SheetRow, SheetRows
from extractors.spec import SourceSpec
from extractors.version import extractor_version


def land_sheet_rows(raw: Path, sha256: str, source: SourceSpec, table: SheetRows) -> list[str]:
    """Write the rows and cells of one raw table; returns the folders below `raw` that were written.

    A sheet is a segment. A row has the place of its first value.
    """
    base, file = f"{source.source_id}/{table.name}", f"{sha256}.parquet"
    rows = [_row(sha256, source, table.name, seq, row) for seq, row in enumerate(table.rows, 1)]
    write(raw / base / file, sheet_schema(table.spec, table.context), rows)
    write(raw / f"{base}_cells" / file, CELLS, _cells(sha256, source, table))
    return [base, f"{base}_cells"]


def _row(sha256: str, source: SourceSpec, name: str, seq: int, row: SheetRow) -> dict[str, Any]:
    cells = [placed.cell for placed, _ in row.read]
    return {
        **place_of(sha256, source, name, row.record_no, row.place.table),
        "row_no": row.place.cell.row_no,
        "row_seq": seq,
        "record_no": row.record_no,
        **row.values,
        "method": method_of(cells),
        "confidence": confidence_of(cells),
        "extractor_version": extractor_version(),
        "spec_sha256": source.sha256,
    }


def _cells(sha256: str, source: SourceSpec, table: SheetRows) -> list[dict[str, Any]]:
    """Headings, then label and value of every row; a label is a value where it says one (`Meta 2024`)."""
    records = [
        cell_record(
            place_of(sha256, source, table.name, record_no, placed.table),
            placed.table,
            placed.cell,
            "header",
            None,
            None,
        )
        for record_no, placed in table.headings
    ]
    for seq, row in enumerate(table.rows, 1):
        named = [(placed, "data" if name in row.said else "header", name) for placed, name in row.labels]
        for placed, kind, name in [*named, *((placed, "data", name) for placed, name in row.read)]:
            place = place_of(sha256, source, table.name, row.record_no, placed.table)
            records.append(cell_record(place, placed.table, placed.cell, kind, seq, name))
    return records
