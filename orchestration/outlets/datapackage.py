"""`datapackage.json`: the release as an open data package, for programs that know nothing of this project.

Data Package 2.0 with Table Schema for the Parquet file and, where there is one, the CSV of every table. Titles and
descriptions are those of the glossary, in Spanish; keys are what the tests of the models hold.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.contents import sha256_of
from orchestration.documentation.glossary import Glossary
from orchestration.documentation.published import Column, Table
from orchestration.outlets import fiscal, spreadsheets
from orchestration.parquet import files_of
from orchestration.release import Draft, Outlet

DATA_PACKAGE = "datapackage.json"
_STANDARD = "https://datapackage.org/profiles/2.0"
_MONEY = "money"
_TYPES = {
    "VARCHAR": "string",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "TIMESTAMP WITH TIME ZONE": "datetime",
    "DOUBLE": "number",
    "FLOAT": "number",
}
_WHOLE = re.compile(r"U?(TINY|SMALL|BIG)?INT(EGER)?")
_DESCRIPTION = (
    "Metas públicas, dinero público y los documentos impresos de los que salen, contrastados entre sí. Cada número "
    "lleva a la celda en que se imprimió (mart_cell_lineage) y cada total impreso se recalcula (mart_reconciliation). "
    "Vacío no es cero: las columnas *_null_kind dicen si la celda estaba en blanco, decía NA o no se informó. Los "
    "niveles, periodos y versiones repiten el mismo dinero: antes de sumar, véase docs/diccionario-de-datos.md. Las "
    f"tablas con más de {spreadsheets.MOST_ROWS:,} filas solo van en Parquet."
)
_CSV_NOTE = (
    "CSV en UTF-8 con marca de orden de bytes, para que Excel lea bien los acentos; coma entre columnas, punto "
    "decimal. Un apóstrofo precede al texto que una hoja de cálculo tomaría por fórmula; en Parquet está tal cual."
)
_LICENCES = [
    {
        "name": "notspecified",
        "title": "Cifras de documentos públicos: valen las condiciones que haya fijado cada entidad que los publica",
    },
    {
        "name": "Apache-2.0",
        "title": "Descripciones, modelos y código (Apache License 2.0)",
        "path": "https://www.apache.org/licenses/LICENSE-2.0",
    },
]


@dataclass(frozen=True)
class Described:
    """What is known of the published tables beside their rows; both may be of fewer tables than there are."""

    tables: Mapping[str, Table]
    glossary: Glossary | None

    def is_money(self, table: str) -> bool:
        """Whether the table is about money, where the fiscal taxonomy applies."""
        return bool(self.glossary and table in self.glossary.tables and self.glossary.tables[table].subject == _MONEY)


def data_package(described: Described) -> Outlet:
    """The outlet that writes the package; run it after the spreadsheets are there."""

    def write(draft: Draft) -> None:
        package = _package(draft, described)
        text = json.dumps(package, indent=1, ensure_ascii=False, default=str)
        (draft.folder / DATA_PACKAGE).write_text(text + "\n", encoding="utf-8")

    return write


def key_of(table: Table) -> Column | None:
    """The column that names a row: the first that is unique and never empty."""
    unique = [column for column in table.columns.values() if column.is_key]
    return next((column for column in unique if column.is_required), unique[0] if unique else None)


def _package(draft: Draft, described: Described) -> dict[str, Any]:
    in_csv = {name for name in draft.tables if (draft.folder / spreadsheets.path_of(name)).is_file()}
    return {
        "$schema": f"{_STANDARD}/datapackage.json",
        "name": "contraste",
        "title": "Contraste: metas, dinero y los documentos de los que salen",
        "description": _DESCRIPTION,
        "version": draft.version,
        "created": _moment(draft.version),
        "keywords": ["presupuesto", "indicadores", "cuenta pública", "conciliación", "transparencia"],
        "licenses": _LICENCES,
        "sources": [_source(document) for document in draft.provenance.documents if document.get("status") == "loaded"],
        "resources": [*_parquet(draft, described), *_csv(draft, described, in_csv)],
    }


def _moment(version: str) -> str:
    """The version is the moment the release was begun (UTC)."""
    day, time = version[:8], version[9:15]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{time[:2]}:{time[2:4]}:{time[4:]}Z"


def _source(document: Mapping[str, Any]) -> dict[str, Any]:
    names = [document.get("publisher_name"), document.get("title") or document["file_path"]]
    return {
        "title": ": ".join(str(name) for name in names if name),
        "version": str(document["vintage_seq"]),
        "sha256": document["document_sha256"],
        "publisher": document.get("publisher_name"),
        "country": document.get("country_code"),
        "sourceId": document["source_id"],
        "file": document["file_path"],
    }


def _parquet(draft: Draft, described: Described) -> Iterable[dict[str, Any]]:
    for name, table in draft.tables.items():
        files = [*files_of(table)]
        # a checksum is of one file; those of several stand in SHA256SUMS
        about = {"path": files[0], "hash": f"sha256:{table['sha256']}"} if len(files) == 1 else {"path": files}
        yield _resource(name, described) | {
            **about,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": sum((draft.folder / file).stat().st_size for file in files),
            "rows": table["rows"],
            "schema": _schema(name, table, described, {other: other for other in draft.tables}, in_text=False),
        }


def _csv(draft: Draft, described: Described, in_csv: set[str]) -> Iterable[dict[str, Any]]:
    for name, table in draft.tables.items():
        if name in in_csv:
            path = draft.folder / spreadsheets.path_of(name)
            about = _resource(name, described)
            yield about | {
                "name": _csv_name(name),
                "description": " ".join(part for part in (about.get("description"), _CSV_NOTE) if part),
                "path": spreadsheets.path_of(name),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
                "bytes": path.stat().st_size,
                "hash": f"sha256:{sha256_of(path)}",
                "rows": table["rows"],
                "schema": _schema(name, table, described, {other: _csv_name(other) for other in in_csv}, in_text=True),
            }


def _csv_name(table: str) -> str:
    return f"{table}.csv"


def _resource(name: str, described: Described) -> dict[str, Any]:
    about: dict[str, Any] = {"$schema": f"{_STANDARD}/dataresource.json", "name": name, "type": "table"}
    if table := described.tables.get(name):
        about["title"] = str(table.meta.get("label_es", name))
        entry = described.glossary.tables.get(name) if described.glossary else None
        about["description"] = f"{entry.description} {entry.grain}" if entry else table.description
    return about


def _schema(
    name: str, table: Mapping[str, Any], described: Described, resources: Mapping[str, str], *, in_text: bool
) -> dict[str, Any]:
    """The Table Schema; foreign keys lead to the resource that stands for the other table, if one does."""
    about = described.tables.get(name)
    phases = fiscal.phases_of(list(table["columns"])) if described.is_money(name) else {}
    schema: dict[str, Any] = {
        "$schema": f"{_STANDARD}/tableschema.json",
        "fields": [_field(name, column, kind, described, phases, in_text) for column, kind in table["columns"].items()],
    }
    if in_text:
        schema["missingValues"] = [""]
    if extra := fiscal.extra_fields(phases):
        schema["extraFields"] = extra
    if about is None:
        return schema
    if key := key_of(about):
        schema["primaryKey"] = [key.name]
    foreign = [
        {
            "fields": [column.name],
            # the standard has a table that refers to itself leave its own name out
            "reference": {"resource": "" if other == name else resources[other], "fields": [column.refers_to_column]},
        }
        for other, columns in about.references.items()
        for column in columns
        if other in resources and column.name in table["columns"]
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _field(
    table: str, column: str, data_type: str, described: Described, phases: Mapping[str, str], in_text: bool
) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column, "type": _type(data_type)}
    if in_text and field["type"] == "number":
        field |= {"decimalChar": ".", "bareNumber": True}
    if in_text and field["type"] == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    about = described.tables[table].columns.get(column) if table in described.tables else None
    if about:
        in_spanish = described.glossary.column(table, column) if described.glossary else None
        field |= {"title": str(about.meta.get("label_es", column)), "description": in_spanish or about.description}
        for key in ("unit", "additivity", "source_label"):
            if about.meta.get(key):
                field[key] = about.meta[key]
        constraints = {"required": about.is_required, "unique": about.is_key}
        if held := {name: True for name, holds in constraints.items() if holds}:
            field["constraints"] = held
    if described.is_money(table):
        field |= fiscal.fiscal_field(column, phases)
    return field


def _type(data_type: str) -> str:
    if data_type.startswith("DECIMAL"):
        return "number"
    return "integer" if _WHOLE.fullmatch(data_type) else _TYPES.get(data_type, "any")


def load(folder: Path) -> dict[str, Any]:
    """The package of a release, empty when it has none (it is of an earlier version of this project)."""
    try:
        return json.loads((folder / DATA_PACKAGE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
