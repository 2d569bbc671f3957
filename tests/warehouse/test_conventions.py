"""The house's rules for models, held against dbt's manifest."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.built_warehouse import Warehouse

LAYERS = {
    "staging": r"stg_[a-z0-9_]+__[a-z0-9_]+",
    "intermediate": r"int_[a-z0-9_]+__[a-z_]+",
    "marts": r"(dim|fct|bridge|mart)_[a-z0-9_]+",
    "audit": r"audit_[a-z0-9_]+",
}
PUBLISHED = ("marts", "audit")


@pytest.fixture(scope="module")
def models(sound: Warehouse) -> dict[str, dict[str, Any]]:
    manifest = json.loads(sound.paths.dbt_manifest.read_text("utf-8"))
    return {key: node for key, node in manifest["nodes"].items() if node["resource_type"] == "model"}


def test_every_model_is_named_after_its_layer_and_described(models: dict[str, dict[str, Any]]) -> None:
    for model in models.values():
        assert re.fullmatch(LAYERS[model["schema"]], model["name"]), model["name"]
        assert model["description"].strip(), model["name"]
        assert model["patch_path"].endswith(f"/{model['name']}.yml"), model["name"]


def test_only_staging_reads_raw(models: dict[str, dict[str, Any]]) -> None:
    for model in models.values():
        reads_raw = any(parent.startswith("source.") for parent in model["depends_on"]["nodes"])
        assert reads_raw == (model["schema"] == "staging"), model["name"]


def test_no_published_model_reads_staging_but_through_intermediate(models: dict[str, dict[str, Any]]) -> None:
    for model in models.values():
        parents = [models[key] for key in model["depends_on"]["nodes"] if key in models]
        if model["schema"] == "marts":
            # The manifest of documents is conformed in staging already.
            assert {p["name"] for p in parents if p["schema"] == "staging"} <= {
                "stg_contraste__documents",
                "stg_contraste__accounting",
            }, model["name"]


def test_published_models_are_contracts_with_every_column_described(models: dict[str, dict[str, Any]]) -> None:
    for model in models.values():
        if model["schema"] not in PUBLISHED:
            continue
        assert model["config"]["contract"]["enforced"], model["name"]
        assert model["config"]["materialized"] in ("table", "incremental"), model["name"]
        assert model["meta"].get("grain"), model["name"]
        for column in model["columns"].values():
            where = f"{model['name']}.{column['name']}"
            assert column["description"].strip() and column["data_type"], where
            assert column["meta"].get("label_es"), where


def test_money_is_decimal_with_two_places(models: dict[str, dict[str, Any]]) -> None:
    for model in models.values():
        for column in model["columns"].values():
            if model["schema"] in PUBLISHED and re.fullmatch(r"[a-z_]+_amount", column["name"]):
                assert re.fullmatch(r"(decimal|numeric)\(18, ?2\)", column["data_type"]), column["name"]


def test_no_published_column_is_a_float(sound: Warehouse) -> None:
    assert (
        sound.query("""
        select schema_name, table_name, column_name from duckdb_columns()
        where schema_name in ('marts', 'audit') and data_type in ('DOUBLE', 'FLOAT')
    """)
        == []
    )


def test_what_is_built_by_document_says_of_which(models: dict[str, dict[str, Any]], sound: Warehouse) -> None:
    # an incremental model replaces the rows of touched documents, and finds them by this column
    columns = set(sound.query("select table_name, column_name from information_schema.columns"))
    incremental = [node for node in models.values() if node["config"]["materialized"] == "incremental"]
    assert len(incremental) > 50
    assert [
        node["name"]
        for node in incremental
        if (node["name"], node["config"]["meta"].get("touched_by", "document_sha256")) not in columns
    ] == []


def test_a_table_of_all_documents_is_not_read_by_what_only_touched_ones_make(models: dict[str, dict[str, Any]]) -> None:
    # a table that sees touched documents only holds nothing of the others: whatever reads it must be built by document
    partial = {key for key, node in models.items() if node["config"]["meta"].get("sees") == "touched"}
    assert {models[key]["name"] for key in partial} == {"int_units__match", "audit_unmapped_keys"}
    assert [
        node["name"]
        for node in models.values()
        if partial & set(node["depends_on"]["nodes"])
        and node["config"]["materialized"] != "incremental"
        and node["config"]["meta"].get("sees") != "touched"
    ] == []
