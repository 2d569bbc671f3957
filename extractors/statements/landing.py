"""Raw Parquet of the figures that sentences state: one row for each figure, and where it stands in its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extractors import landing
from extractors.spec import STATEMENTS, SourceSpec
from extractors.statements.reading import Figure
from extractors.version import extractor_version

_METHOD = "digital"


def land_statements(raw: Path, sha256: str, source: SourceSpec, figures: Sequence[Figure]) -> list[str]:
    """Write the figures of a document and their places; returns the folders below `raw` that were written."""
    base = f"{source.source_id}/{STATEMENTS}"
    rows = [_row(sha256, source, seq, figure) for seq, figure in enumerate(figures, 1)]
    cells = [_cell(sha256, source, seq, figure) for seq, figure in enumerate(figures, 1)]
    landing.write(raw / base / f"{sha256}.parquet", landing.STATED, rows)
    landing.write(raw / f"{base}_cells" / f"{sha256}.parquet", landing.CELLS, cells)
    return [base, f"{base}_cells"]


def _row(sha256: str, source: SourceSpec, seq: int, figure: Figure) -> dict[str, Any]:
    return {
        **_place(sha256, source, figure),
        "row_seq": seq,
        "statement": figure.statement,
        "figure": figure.name,
        "value": figure.value,
        "sentence": figure.sentence.text,
        "method": _METHOD,
        "extractor_version": extractor_version(),
        "spec_sha256": source.sha256,
    }


def _cell(sha256: str, source: SourceSpec, seq: int, figure: Figure) -> dict[str, Any]:
    """The sentence as a cell; in a text file the characters are those of the figure in its line."""
    indent = figure.sentence.char_start
    start = None if indent is None else indent + figure.offset
    return {
        **_place(sha256, source, figure),
        "row_span": 1,
        "col_span": 1,
        "row_kind": "statement",
        "row_seq": seq,
        "column_name": figure.name,
        "text_raw": figure.sentence.text,
        "char_start": start,
        "char_end": None if start is None else start + figure.length,
        "method": _METHOD,
    }


def _place(sha256: str, source: SourceSpec, figure: Figure) -> dict[str, Any]:
    return {
        "document_sha256": sha256,
        "source_id": source.source_id,
        "table_name": STATEMENTS,
        "page_no": figure.sentence.page_no,
        "row_no": figure.sentence.line_no,
    }
