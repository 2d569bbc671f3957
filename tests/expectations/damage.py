"""Damage to raw tables: one printed text replaced by another, wherever a condition holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

MX = "mx_gto_cuenta_publica/indicator_results"
_STATEMENTS = "mx_gto_cuenta_publica"
PRODUCTS = "hn_siafi_productos/products"
ACTIVITIES = "hn_siafi_productos/activities"


@dataclass(frozen=True)
class Edit:
    """In every file of a raw folder, set `values` on the rows that `where` selects (all its pairs must be equal).

    `drop` removes the rows instead. `form` limits the damage to documents of one format.
    """

    folder: str
    where: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    drop: bool = False
    form: str | None = None

    @property
    def source_id(self) -> str:
        """The source whose documents are damaged, or the part of it whose figures meet no other."""
        if self.folder.startswith(f"{_STATEMENTS}/") and not self.folder.startswith(MX):
            return f"{_STATEMENTS} statements"  # of another institution than the form of indicators
        if "/" in self.folder:
            return self.folder.split("/")[0]
        by_table = {"products": "hn_siafi_productos", "objective_alignment": "mx_ipab_programa_institucional"}
        return str(self.where.get("source_id") or by_table[self.where["table_name"]])

    def apply(self, raw: Path) -> None:
        hits = sum(_rewrite(file, self) for file in _files(raw, self.folder, self.form))
        assert hits, f"the damage hits no row: {self}"


def _files(raw: Path, folder: str, form: str | None) -> list[Path]:
    files = [file for file in sorted((raw / folder).glob("*.parquet")) if file.name != "_schema.parquet"]
    if form is None:
        return files
    formats = {row["document_sha256"]: row["format"] for row in pq.read_table(raw / "documents").to_pylist()}
    return [file for file in files if formats[file.stem] == form]


def _rewrite(file: Path, edit: Edit) -> int:
    table = pq.read_table(file)
    matches: Callable[[dict[str, Any]], bool] = lambda row: all(row[k] == v for k, v in edit.where.items())  # noqa: E731
    rows = table.to_pylist()
    hits = sum(map(matches, rows))
    changed = [{**row, **edit.values} if matches(row) else row for row in rows if not (edit.drop and matches(row))]
    pq.write_table(pa.Table.from_pylist(changed, schema=table.schema), file)
    return hits
