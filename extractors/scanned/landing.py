"""Lands what became of every cell that OCR read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from extractors import landing
from extractors.scanned.judging import OPEN, Judgement
from extractors.spec import SourceSpec

SCANS_VARIABLE = "CONTRASTE_SCANS"


def scans_folder(raw: Path) -> Path:
    """Where the readings of scanned pages are kept: in the folder that CONTRASTE_SCANS names, else beside the raw
    tables. Readings depend on the document and the engine alone, so several warehouses may share them."""
    named = os.environ.get(SCANS_VARIABLE)
    return Path(named).expanduser().resolve() if named else raw.parent / "scans"


def land_scanned_cells(raw: Path, sha256: str, source: SourceSpec, judged: Sequence[Judgement]) -> list[str]:
    """Write the cells of one document; returns the folder below `raw` that was written."""
    rows = []
    for one in judged:
        cell = one.cell
        x0, top, x1, bottom = one.upright or (None, None, None, None)
        rows.append(
            {
                "document_sha256": sha256,
                "source_id": source.source_id,
                "table_name": one.table_name,
                "column_name": one.column_name,
                "row_kind": "data" if one.row_kind == "data" else "total",
                "page_no": one.page_no,
                "table_no": one.table_no,
                "row_no": cell.row_no,
                "col_no": cell.col_no,
                "text_read": one.text_read,
                "text_landed": cell.joined,
                "method": cell.method,
                "confidence": cell.confidence,
                "status": one.status,
                "is_withheld": one.is_withheld,
                "needs_review": one.status in OPEN,
                "reason": one.reason,
                "upright_x0": x0,
                "upright_top": top,
                "upright_x1": x1,
                "upright_bottom": bottom,
            }
        )
    landing.write(raw / landing.SCANNED_CELLS_FOLDER / f"{sha256}.parquet", landing.SCANNED_CELLS, rows)
    return [landing.SCANNED_CELLS_FOLDER]
