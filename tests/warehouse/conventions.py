"""The house's rules for tables and columns. Each takes dbt's manifest and names what breaks it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from tests.built_warehouse import ROOT

Node = Mapping[str, Any]

# What Spark and PostgreSQL reserve beside what DuckDB does.
RESERVED_ELSEWHERE = set(
    re.findall(
        r"\w+",
        "anti at authorization between by commit cross cube current describe escape exists filter full function global "
        "grouping inner insert interval is join left like local natural no out outer overlaps partition position "
        "primary range right rollback row rows session_user set start tablesample time truncate unknown update user "
        "values",
    )
)

# The key of a day or a period is made of its dates, that of a document of its SHA-256: they need no other stable name.
KEYS_THAT_SAY_WHAT_THEY_ARE = {
    "dim_dates",
    "dim_dates_loaded",
    "dim_dates_period_end",
    "dim_dates_reported",
    "dim_periods",
    "dim_documents",
}

# Keys of a row in whichever table another column of the row names, and what only sorts: no one table to refer to.
KEYS_OF_NO_ONE_TABLE = {"fact_key", "judged_key", "subject_key", "sort_key"}
# SHA-256 of something other than a document.
HASHES_OF_OTHER_THINGS = {"spec_sha256"}

# Numbers that nobody adds up or measures in: keys, places in a document, numbers of an order, years.
NO_MEASURE = re.compile(
    r".*_(key|no|seq|order)|.*(?<!_per)_year"
    r"|x0|x1|top|bottom|page_width|page_height|char_start|char_end"
)
NUMBER = re.compile(r"(decimal|numeric|integer|bigint|smallint)\b.*")
PERCENTAGE = re.compile(r".*_(pct|ratio)(_(printed|recomputed|rounded|exact))?")
# A boolean is a statement about its row.
STATEMENT = re.compile(r"(is|has|needs|agrees|flips|reaches)_.+|.+_is_.+")


def models(manifest: Node) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def published(manifest: Node) -> list[Node]:
    return [model for model in models(manifest) if model["schema"] in ("marts", "audit")]


def marts(manifest: Node) -> list[Node]:
    return [model for model in models(manifest) if model["schema"] == "marts"]


def columns(tables: list[Node]) -> Iterator[tuple[str, Node, Node]]:
    for table in tables:
        for column in table["columns"].values():
            yield f"{table['name']}.{column['name']}", table, column


def tested(manifest: Node, test: str) -> set[tuple[str, str]]:
    return {
        (node["attached_node"], node["column_name"])
        for node in manifest["nodes"].values()
        if (node.get("test_metadata") or {}).get("name") == test
    }


def first_column(table: Node) -> Node:
    return next(iter(table["columns"].values()))


def names(manifest: Node) -> Iterator[str]:
    """snake_case without accents, and no word that a database reserves."""
    reserved = RESERVED_ELSEWHERE | {
        word
        for (word,) in duckdb.sql(
            "select keyword_name from duckdb_keywords() where keyword_category in ('reserved', 'type_function')"
        ).fetchall()
    }
    for model in models(manifest):
        if not re.fullmatch(r"[a-z][a-z0-9]*(__?[a-z0-9]+)*", model["name"]):
            yield model["name"]
    for where, _, column in columns(published(manifest)):
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", column["name"]) or column["name"] in reserved:
            yield where


def types(manifest: Node) -> Iterator[str]:
    """The name of a column says its type."""
    for where, table, column in columns(published(manifest)):
        name, data_type = column["name"], column["data_type"]
        if name.endswith("_amount"):
            if not re.fullmatch(r"decimal\(18, ?2\)", data_type) or "currency_code" not in table["columns"]:
                yield where
        elif PERCENTAGE.fullmatch(name):
            if not data_type.startswith("decimal("):
                yield where
        elif name.startswith(("is_", "has_")) or data_type == "boolean":
            if data_type != "boolean" or not STATEMENT.fullmatch(name):
                yield where
        elif name.endswith(("_date", "_on")):
            if data_type != "date":
                yield where
        elif name.endswith(("_id", "_code", "_name", "_raw", "_sha256")) and data_type != "string":
            yield where


def primary_keys(manifest: Node) -> Iterator[str]:
    """The first column is the key: unique and never null."""
    unique = tested(manifest, "unique")
    for table in marts(manifest):
        column = first_column(table)
        required = any(constraint["type"] == "not_null" for constraint in column["constraints"])
        if not required or (table["unique_id"], column["name"]) not in unique:
            yield f"{table['name']}.{column['name']}"


def dimension_keys(manifest: Node) -> Iterator[str]:
    """Keys of dimensions are whole numbers, and beside its own a dimension has a stable text."""
    for table in marts(manifest):
        if not table["name"].startswith("dim_"):
            continue
        own = first_column(table)["name"]
        for column in table["columns"].values():
            if column["name"].endswith("_key") and column["data_type"] != "bigint":
                yield f"{table['name']}.{column['name']}"
        stable = table["columns"].get(f"{own.removesuffix('_key')}_id", {})
        needs_stable = own.endswith("_key") and table["name"] not in KEYS_THAT_SAY_WHAT_THEY_ARE
        if needs_stable and stable.get("data_type") != "string":
            yield f"{table['name']}: no stable text beside {own}"


def foreign_keys(manifest: Node) -> Iterator[str]:
    """What is the key of another table has a test that its row is there."""
    related = tested(manifest, "relationships")
    codes = {
        first_column(table)["name"]
        for table in marts(manifest)
        if table["name"].startswith("dim_") and not first_column(table)["name"].endswith("_key")
    }
    for where, table, column in columns(marts(manifest)):
        name = column["name"]
        is_foreign = (
            (name.endswith(("_key", "_null_kind")) and name not in KEYS_OF_NO_ONE_TABLE)
            or (name.endswith("_sha256") and name not in HASHES_OF_OTHER_THINGS)
            or name in codes
        )
        own = name == first_column(table)["name"] or where == "dim_documents.document_sha256"
        if is_foreign and not own and (table["unique_id"], name) not in related:
            yield where


def layers(manifest: Node) -> Iterator[str]:
    """Facts and dimensions read no wide table, and nothing in marts reads the audit."""
    by_id = {model["unique_id"]: model for model in models(manifest)}
    for table in marts(manifest):
        parents = [by_id[key] for key in table["depends_on"]["nodes"] if key in by_id]
        for parent in parents:
            core_reads_wide = parent["name"].startswith("mart_") and not table["name"].startswith("mart_")
            if core_reads_wide or parent["schema"] == "audit":
                yield f"{table['name']} reads {parent['name']}"


def kept(manifest: Node) -> Iterator[str]:
    """What sees every document reads nothing that holds those of the last run only."""
    by_id = {model["unique_id"]: model for model in models(manifest)}

    def read_by(model: Node) -> Iterator[Node]:
        for parent in (by_id[key] for key in model["depends_on"]["nodes"] if key in by_id):
            # a view holds what it shows
            yield from read_by(parent) if parent["config"]["materialized"] == "view" else [parent]

    for model in models(manifest):
        if model["config"]["materialized"] != "table" or holds_last_run_only(model):
            continue
        for parent in read_by(model):
            if holds_last_run_only(parent):
                yield f"{model['name']} reads {parent['name']}"


def holds_last_run_only(model: Node) -> bool:
    config = model["config"]
    return config["materialized"] == "table" and config["meta"].get("sees") == "touched"


def told(manifest: Node) -> Iterator[str]:
    """Tables and columns are described, and have the name that a Spanish-speaking analyst looks for."""
    for table in published(manifest):
        meta = table["config"]["meta"]
        if not (table["description"].strip() and meta.get("grain") and meta.get("label_es")):
            yield table["name"]
        if not table["config"]["contract"]["enforced"]:
            yield f"{table['name']}: no contract"
    for where, _, column in columns(published(manifest)):
        if not (column["description"].strip() and column["data_type"] and column["config"]["meta"].get("label_es")):
            yield where


def measures(manifest: Node) -> Iterator[str]:
    """Every measure says in which unit it is and over what it adds up; nothing else does."""
    for table in published(manifest):
        unknown = set(table["config"]["meta"].get("never_additive_over", [])) - set(table["columns"])
        if unknown:
            yield f"{table['name']}: never_additive_over names {', '.join(sorted(unknown))}"
    for where, table, column in columns(published(manifest)):
        name, meta = column["name"], column["config"]["meta"]
        additivity, over, never = (
            meta.get(key) or [] for key in ("additivity", "additive_over", "never_additive_over")
        )
        if not NUMBER.fullmatch(column["data_type"]) or NO_MEASURE.fullmatch(name):
            if additivity or over or never or meta.get("unit"):
                yield f"{where}: no measure"
            continue
        if additivity not in ("additive", "semi_additive", "non_additive") or not meta.get("unit"):
            yield where
        elif (additivity == "semi_additive") != bool(over) or {*over, *never} - set(table["columns"]):
            yield f"{where}: additive_over"
        elif PERCENTAGE.fullmatch(name) and additivity != "non_additive":
            yield f"{where}: percentages do not add up"
        elif name.endswith("_amount") and additivity == "additive":
            yield f"{where}: money adds up within one currency, phase and vintage"


def seeds(manifest: Node) -> Iterator[str]:
    """Every seed and its columns are described, and its rows say where they come from and since when they hold."""
    for seed in manifest["nodes"].values():
        if seed["resource_type"] != "seed":
            continue
        with (ROOT / "dbt_project" / seed["original_file_path"]).open(encoding="utf-8") as file:
            header = next(csv.reader(file))
        described = {name for name, column in seed["columns"].items() if column["description"].strip()}
        if not seed["description"].strip() or described != set(header):
            yield f"{seed['name']}: described columns are not those of the file"
        if "source" not in header and not seed["config"]["meta"].get("source"):
            yield f"{seed['name']}: no source"
        if ("valid_from" in header) != ("valid_to" in header):
            yield f"{seed['name']}: a beginning without an end, or an end without a beginning"
