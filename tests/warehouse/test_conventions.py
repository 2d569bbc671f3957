"""The house's rules for models, held against dbt's manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.built_warehouse import Warehouse
from tests.warehouse import conventions

LAYERS = {
    "staging": r"stg_[a-z0-9_]+__[a-z0-9_]+",
    "intermediate": r"int_[a-z0-9_]+__[a-z_]+",
    "marts": r"(dim|fct|bridge|mart)_[a-z0-9_]+",
    "audit": r"audit_[a-z0-9_]+",
}
PUBLISHED = ("marts", "audit")


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
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


def test_published_models_are_tables(models: dict[str, dict[str, Any]]) -> None:
    for model in models.values():
        if model["schema"] in PUBLISHED:
            assert model["config"]["materialized"] in ("table", "incremental"), model["name"]


def test_every_wide_table_has_somebody_who_reads_it(manifest: dict[str, Any], models: dict[str, Any]) -> None:
    read = {key for exposure in manifest["exposures"].values() for key in exposure["depends_on"]["nodes"]}
    unread = [model["name"] for key, model in models.items() if model["name"].startswith("mart_") and key not in read]
    assert not unread, f"name who reads {', '.join(unread)} in dbt_project/models/exposures.yml"


def test_who_reads_is_a_role_and_reads_what_is_published(manifest: dict[str, Any], models: dict[str, Any]) -> None:
    exposures = manifest["exposures"].values()
    assert {exposure["name"] for exposure in exposures} == {
        "static_site", "superset", "postgresql_copy", "metabase", "power_bi", "tableau", "excel"
    }  # fmt: skip
    for exposure in exposures:
        assert exposure["owner"]["name"] and not exposure["owner"].get("email")
        assert all(models[key]["schema"] in PUBLISHED for key in exposure["depends_on"]["nodes"]), exposure["name"]


def test_no_published_column_is_a_float(sound: Warehouse) -> None:
    assert (
        sound.query("""
        select schema_name, table_name, column_name from duckdb_columns()
        where schema_name in ('marts', 'audit') and data_type in ('DOUBLE', 'FLOAT')
    """)
        == []
    )


def test_what_is_built_by_document_says_of_which(models: dict[str, dict[str, Any]], sound: Warehouse) -> None:
    # an incremental model replaces the rows of touched documents, and whoever sees those only finds them by this column
    columns = set(sound.query("select table_name, column_name from information_schema.columns"))
    by_document = {
        node["name"]: node["config"]["meta"].get("touched_by", "document_sha256")
        for node in models.values()
        if node["config"]["materialized"] == "incremental" or conventions.holds_last_run_only(node)
    }
    assert len(by_document) > 50
    assert [name for name, column in by_document.items() if column and (name, column) not in columns] == []


Manifest = dict[str, Any]
Rule = Callable[[Manifest], Iterator[str]]


@pytest.mark.parametrize(
    "rule",
    [
        conventions.names,
        conventions.types,
        conventions.primary_keys,
        conventions.dimension_keys,
        conventions.foreign_keys,
        conventions.layers,
        conventions.kept,
        conventions.told,
        conventions.measures,
        conventions.seeds,
    ],
    ids=lambda rule: rule.__name__,
)
def test_every_model_keeps_the_rule(rule: Rule, manifest: Manifest) -> None:
    assert list(rule(manifest)) == []


def column(manifest: Manifest, table: str, name: str) -> dict[str, Any]:
    return manifest["nodes"][f"model.contraste.{table}"]["columns"][name]


def meta(manifest: Manifest, table: str, name: str) -> dict[str, Any]:
    return column(manifest, table, name)["config"]["meta"]


def rename(manifest: Manifest, table: str, old: str, new: str) -> None:
    columns = manifest["nodes"][f"model.contraste.{table}"]["columns"]
    columns[new] = columns.pop(old) | {"name": new}


def drop_tests(manifest: Manifest, test: str, table: str, name: str) -> None:
    for key, node in list(manifest["nodes"].items()):
        attached = (node.get("attached_node"), node.get("column_name"))
        is_of = (node.get("test_metadata") or {}).get("name") == test
        if is_of and attached == (f"model.contraste.{table}", name):
            del manifest["nodes"][key]


def set_type(table: str, name: str, data_type: str) -> Callable[[Manifest], None]:
    return lambda manifest: column(manifest, table, name).update(data_type=data_type)


def set_meta(table: str, name: str, **values: Any) -> Callable[[Manifest], None]:
    return lambda manifest: meta(manifest, table, name).update(values)


def reads(manifest: Manifest, table: str, parent: str) -> None:
    manifest["nodes"][f"model.contraste.{table}"]["depends_on"]["nodes"].append(f"model.contraste.{parent}")


BREACHES: list[tuple[Rule, Callable[[Manifest], None], str]] = [
    (
        conventions.names,
        lambda m: rename(m, "dim_countries", "country_name", "país_nombre"),
        "dim_countries.país_nombre",
    ),
    (conventions.names, lambda m: rename(m, "mart_findings", "severity", "order"), "mart_findings.order"),
    (conventions.names, lambda m: rename(m, "mart_findings", "severity", "user"), "mart_findings.user"),
    (
        conventions.types,
        set_type("fct_budget_execution", "paid_amount", "decimal(24, 6)"),
        "fct_budget_execution.paid_amount",
    ),
    (
        conventions.types,
        lambda m: rename(m, "fct_budget_execution", "currency_code", "money_code"),
        "fct_budget_execution.paid_amount",
    ),
    (
        conventions.types,
        set_type("fct_unit_compliance", "compliance_pct_printed", "integer"),
        "fct_unit_compliance.compliance_pct_printed",
    ),
    (conventions.types, set_type("mart_findings", "is_latest", "integer"), "mart_findings.is_latest"),
    (conventions.types, lambda m: rename(m, "mart_findings", "is_latest", "latest"), "mart_findings.latest"),
    (conventions.types, set_type("mart_coverage", "due_date", "string"), "mart_coverage.due_date"),
    (conventions.types, set_type("mart_coverage", "loaded_on", "timestamp"), "mart_coverage.loaded_on"),
    (conventions.types, set_type("dim_programs", "program_code", "integer"), "dim_programs.program_code"),
    (
        conventions.primary_keys,
        lambda m: drop_tests(m, "unique", "mart_findings", "finding_id"),
        "mart_findings.finding_id",
    ),
    (
        conventions.primary_keys,
        lambda m: column(m, "mart_findings", "finding_id").update(constraints=[]),
        "mart_findings.finding_id",
    ),
    (conventions.dimension_keys, set_type("dim_programs", "institution_key", "string"), "dim_programs.institution_key"),
    (
        conventions.dimension_keys,
        lambda m: rename(m, "dim_programs", "program_id", "program_hash"),
        "dim_programs: no stable text beside program_key",
    ),
    (
        conventions.foreign_keys,
        lambda m: drop_tests(m, "relationships", "fct_indicator_goals", "program_key"),
        "fct_indicator_goals.program_key",
    ),
    (
        conventions.foreign_keys,
        lambda m: drop_tests(m, "relationships", "mart_coverage", "country_code"),
        "mart_coverage.country_code",
    ),
    (
        conventions.foreign_keys,
        lambda m: drop_tests(m, "relationships", "mart_cell_lineage", "document_sha256"),
        "mart_cell_lineage.document_sha256",
    ),
    (
        conventions.layers,
        lambda m: reads(m, "fct_printed_totals", "mart_findings"),
        "fct_printed_totals reads mart_findings",
    ),
    (
        conventions.layers,
        lambda m: reads(m, "mart_coverage", "audit_coverage"),
        "mart_coverage reads audit_coverage",
    ),
    (
        conventions.kept,
        lambda m: reads(m, "mart_coverage", "int_findings__unite"),
        "mart_coverage reads int_findings__goals",
    ),
    (
        conventions.kept,
        lambda m: m["nodes"]["model.contraste.fct_budget_execution"]["config"].update(materialized="table"),
        "fct_budget_execution reads int_budget_lines__aggregate",
    ),
    (
        conventions.told,
        lambda m: column(m, "mart_findings", "severity").update(description=" "),
        "mart_findings.severity",
    ),
    (conventions.told, set_meta("mart_findings", "severity", label_es=""), "mart_findings.severity"),
    (
        conventions.told,
        lambda m: m["nodes"]["model.contraste.mart_findings"]["config"]["meta"].pop("grain"),
        "mart_findings",
    ),
    (
        conventions.told,
        lambda m: m["nodes"]["model.contraste.mart_findings"]["config"]["contract"].update(enforced=False),
        "mart_findings: no contract",
    ),
    (
        conventions.measures,
        lambda m: meta(m, "mart_coverage", "days_after_due").pop("unit"),
        "mart_coverage.days_after_due",
    ),
    (
        conventions.measures,
        set_meta("mart_coverage", "days_after_due", additivity="none"),
        "mart_coverage.days_after_due",
    ),
    (
        conventions.measures,
        set_meta("fct_budget_execution", "paid_amount", additive_over=[]),
        "fct_budget_execution.paid_amount: additive_over",
    ),
    (
        conventions.measures,
        set_meta("fct_budget_execution", "paid_amount", additive_over=["programme"]),
        "fct_budget_execution.paid_amount: additive_over",
    ),
    (
        conventions.measures,
        set_meta("fct_budget_execution", "paid_amount", additivity="additive", additive_over=[]),
        "fct_budget_execution.paid_amount: money adds up within one currency, phase and vintage",
    ),
    (
        conventions.measures,
        set_meta("fct_unit_compliance", "compliance_pct_printed", additivity="additive"),
        "fct_unit_compliance.compliance_pct_printed: percentages do not add up",
    ),
    (
        conventions.measures,
        set_meta("mart_findings", "fiscal_year", additivity="additive"),
        "mart_findings.fiscal_year: no measure",
    ),
    (
        conventions.measures,
        set_meta("mart_function_spending", "real_amount", never_additive_over=["moon"]),
        "mart_function_spending.real_amount: additive_over",
    ),
    (
        conventions.measures,
        lambda m: m["nodes"]["model.contraste.fct_budget_execution"]["config"]["meta"].update(
            never_additive_over=["moon"]
        ),
        "fct_budget_execution: never_additive_over names moon",
    ),
    (
        conventions.seeds,
        lambda m: m["nodes"]["seed.contraste.countries"]["columns"].pop("country_code"),
        "countries: described columns are not those of the file",
    ),
    (
        conventions.seeds,
        lambda m: m["nodes"]["seed.contraste.finding_rules"]["config"]["meta"].pop("source"),
        "finding_rules: no source",
    ),
]


@pytest.mark.parametrize(
    ("rule", "breach", "named"), BREACHES, ids=[f"{rule.__name__}: {named}" for rule, _, named in BREACHES]
)
def test_a_breach_is_named(rule: Rule, breach: Callable[[Manifest], None], named: str, manifest_path: Path) -> None:
    damaged = json.loads(manifest_path.read_text("utf-8"))
    breach(damaged)
    assert named in list(rule(damaged))


def test_a_seed_that_begins_and_never_ends_is_named(manifest: Manifest, tmp_path: Path) -> None:
    file = tmp_path / "levels.csv"
    file.write_text("printed_name,valid_from,source\n", "utf-8")
    described = {name: {"description": "What it is."} for name in ("printed_name", "valid_from", "source")}
    seed = {
        "resource_type": "seed",
        "name": "levels",
        "description": "Levels.",
        "columns": described,
        "original_file_path": str(file),
        "config": {"meta": {}},
    }
    assert list(conventions.seeds({"nodes": {"seed": seed}})) == [
        "levels: a beginning without an end, or an end without a beginning"
    ]
