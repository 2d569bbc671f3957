"""The published tables as dbt's manifest describes them."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCHEMAS = ("marts", "audit")
_REF = re.compile(r"ref\('(?P<name>\w+)'\)")


@dataclass(frozen=True)
class Column:
    """One column. `meta` says what only people need: label, unit, additivity, the label that forms print."""

    name: str
    data_type: str
    description: str
    meta: Mapping[str, Any]
    is_required: bool
    is_key: bool
    refers_to: str | None
    refers_to_column: str | None


@dataclass(frozen=True)
class Table:
    """One published model; the columns in the order of its contract."""

    name: str
    description: str
    meta: Mapping[str, Any]
    columns: Mapping[str, Column]

    @property
    def references(self) -> dict[str, list[Column]]:
        """The tables it refers to, each with the columns that do."""
        found: dict[str, list[Column]] = {}
        for column in self.columns.values():
            if column.refers_to:
                found.setdefault(column.refers_to, []).append(column)
        return found


def published_tables(manifest_path: Path) -> dict[str, Table]:
    """Every table of a release by its name, in alphabetical order."""
    nodes = json.loads(manifest_path.read_text("utf-8"))["nodes"]
    models = {
        key: node for key, node in nodes.items() if node["resource_type"] == "model" and node["schema"] in _SCHEMAS
    }
    unique, refers_to = _tested(nodes, {node["name"] for node in models.values()})
    tables = [
        Table(
            name=node["name"],
            description=" ".join(node["description"].split()),
            meta=node["config"]["meta"],
            columns={
                name: Column(
                    name=name,
                    data_type=column["data_type"] or "",
                    description=" ".join(column["description"].split()),
                    meta=column["config"]["meta"],
                    is_required=any(constraint["type"] == "not_null" for constraint in column["constraints"]),
                    is_key=(key, name) in unique,
                    refers_to=refers_to[(key, name)][0] if (key, name) in refers_to else None,
                    refers_to_column=refers_to[(key, name)][1] if (key, name) in refers_to else None,
                )
                for name, column in node["columns"].items()
            },
        )
        for key, node in models.items()
    ]
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}


def _tested(
    nodes: Mapping[str, Any], published: set[str]
) -> tuple[set[tuple[str, str]], dict[tuple[str, str], tuple[str, str]]]:
    """The columns that a test holds unique, and those whose row in another published table a test looks for.

    The key of a dimension refers to nothing: a test of it asks that another table leave none out.
    """
    unique: set[tuple[str, str]] = set()
    refers_to: dict[tuple[str, str], tuple[str, str]] = {}
    for node in nodes.values():
        test = node.get("test_metadata") or {}
        column = (node.get("attached_node"), node.get("column_name"))
        if test.get("name") == "unique":
            unique.add(column)
        elif test.get("name") == "relationships":
            target = _REF.search(test["kwargs"]["to"])
            if target and target["name"] in published:
                refers_to[column] = (target["name"], test["kwargs"]["field"])
    for column in unique & refers_to.keys():
        if nodes[column[0]]["name"].startswith("dim_"):
            del refers_to[column]
    return unique, refers_to
