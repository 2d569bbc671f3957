"""What the figures mean and where they can be had: method, data dictionary, rules, downloads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from portal.amounts import Figure, count
from portal.errors import PortalError
from portal.marts import Row
from portal.material import Material
from portal.pages import findings
from portal.words import Text, word
from portal.writing import Page

DICTIONARY: tuple[Text, str] = (("Diccionario de datos", "Data dictionary"), "diccionario.html")
RULES: Text = ("Catálogo de reglas", "Rule catalogue")
METHOD: Text = ("De dónde sale cada cifra", "Where each figure comes from")
DOWNLOADS: Text = ("Descargas", "Downloads")


def catalogue(file: Path | None) -> dict[str, Row]:
    """The rules of a catalogue by their id; none when there is no such file."""
    if file is None or not file.is_file():
        return {}
    try:
        found = {rule["id"]: rule for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]}
        for rule in found.values():
            if not (rule["sentence_es"] and rule["sentence_en"] and rule["severity"]):
                raise KeyError(rule["id"])
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise PortalError(f"{file.name} is no catalogue of rules: {' '.join(str(error).split())}") from error
    return found


def method(material: Material) -> Iterator[Page]:
    """How to read a figure, the derived columns and the methods of achievement."""
    content = {
        "derivations": material.marts.rows(
            "select * from marts.dim_derivations order by fact_table, column_name, derivation_key"
        )
        if material.marts.has("dim_derivations", "fact_table", "column_name", "derivation", "derivation_en")
        else [],
        "methods": material.marts.rows("select * from marts.dim_achievement_methods order by method_code")
        if material.marts.has("dim_achievement_methods", "method_code", "method_name_en", "formula_en", "caveat_en")
        else [],
        "schemes": material.marts.rows(
            "select * from marts.dim_threshold_schemes order by scheme_code, band_order, threshold_key"
        )
        if material.marts.has("dim_threshold_schemes", "scheme_code", "band_name_en", "lower_bound_pct", "source_en")
        else [],
        "bounds": material.bounds_said(),
    }
    yield Page("metodo.html", "method.html", METHOD, "method", content)


def rules(material: Material) -> Iterator[Page]:
    """Every rule: what it asks, how grave it is, what came of it."""
    if not material.rules:
        return
    found = [
        {
            "id": rule["id"],
            "sentence": (rule["sentence_es"], rule["sentence_en"]),
            "severity": rule["severity"],
            "home": word("home", rule.get("home")),
            "tolerance": (rule.get("tolerance_es", rule["tolerance"]), rule["tolerance"])
            if rule.get("tolerance")
            else None,
            "subject": rule.get("subject"),
            "outcome": (material.release.rules or {}).get(rule["id"]),
            "checks": count(0),
        }
        for rule in material.rules.values()
    ]
    known = {rule["id"] for rule in found}
    for rule_id, figure in _checks(material).items():
        if rule_id not in known:
            found.append(_unlisted(rule_id))
        next(rule for rule in found if rule["id"] == rule_id)["checks"] = figure
    for rule in found:
        rule["failing"] = _failing(material, rule)
    yield Page("reglas.html", "rules.html", RULES, "rules", {"rules": found})


def _unlisted(rule_id: str) -> dict[str, Any]:
    return {
        "id": rule_id,
        "sentence": ("", ""),
        "severity": "info",
        "home": word("home", "dbt"),
        "tolerance": None,
        "subject": "mart_reconciliation",
        "outcome": None,
        "checks": count(0),
    }


def _checks(material: Material) -> dict[str, Figure]:
    """How many checks or findings a rule has; each number leads to the list of them."""
    found: dict[str, Figure] = {}
    begin = findings.blocks(material)
    for table in ("mart_reconciliation", "mart_findings"):
        if material.marts.has(table, "rule_id", "is_latest"):
            for row in material.marts.rows(
                f"select rule_id, count(*) as n from marts.{table} where is_latest group by rule_id order by rule_id"
            ):
                href = f"conciliacion.html#regla-{row['rule_id']}"
                if table == "mart_findings":
                    href = begin.href(row["rule_id"]) or "hallazgos.html"
                found[row["rule_id"]] = count(row["n"], href)
    return found


def _failing(material: Material, rule: dict[str, Any]) -> Figure | None:
    """The rows that do not keep a rule, leading to where they are listed, else to the table they stand in."""
    rows = (rule["outcome"] or {}).get("failing_rows")
    if not rows:
        return None
    if rule["checks"].href:
        return count(rows, rule["checks"].href)
    is_table = rule["subject"] in material.marts.tables
    return count(rows, f"diccionario/{rule['subject']}.html" if is_table else "descargas.html")


def dictionary(material: Material) -> Iterator[Page]:
    """One page per table: every column with its type and what it says, in Spanish where the glossary has it."""
    glossary = _glossary(material)
    described = _descriptions(material)
    tables = []
    for table in material.marts.tables:
        known = glossary.get("tables", {}).get(table, {})
        comment = described.get((table, None), "")
        tables.append(
            {
                "name": table,
                "schema": material.marts.schema(table),
                "href": f"diccionario/{table}.html",
                "subject": known.get("subject", "audit"),
                "description": (_flat(known.get("description")) or comment, comment),
                "grain": (_flat(known.get("grain")) or "", ""),
                "has_spanish": bool(known.get("description")),
            }
        )
    named = glossary.get("subjects", {})
    subjects = [
        ((names["es"], names["en"]), [table for table in tables if table["subject"] == code])
        for code, names in named.items()
    ] or [(("Tablas", "Tables"), tables)]
    rest = [table for table in tables if named and table["subject"] not in named]
    if rest:
        subjects.append((("Otras tablas", "Other tables"), rest))
    content = {"subjects": [entry for entry in subjects if entry[1]], "count": len(tables)}
    yield Page(DICTIONARY[1], "dictionary.html", DICTIONARY[0], "dictionary", content)
    general, special = glossary.get("columns", {}), glossary.get("overrides", {})
    for table in tables:
        columns = []
        for name, data_type in material.marts.columns(table["name"]):
            spanish = _flat(special.get(table["name"], {}).get(name) or general.get(name))
            english = described.get((table["name"], name), "")
            columns.append(
                {"name": name, "type": data_type, "says": (spanish or english, english), "has_spanish": bool(spanish)}
            )
        title = (table["name"], table["name"])
        yield Page(table["href"], "table.html", title, "dictionary", {"table": table, "columns": columns}, [DICTIONARY])


def downloads(material: Material) -> Iterator[Page]:
    """The files of the release."""
    files = material.release.files or {}
    in_parquet = {about["table"]: {"file": name, **about} for name, about in files.items() if "table" in about}
    content = {
        "tables": [
            {"name": table, "schema": material.marts.schema(table), **in_parquet[table]}
            for table in material.marts.tables
            if table in in_parquet
        ],
        "others": [{"file": name, **about} for name, about in sorted(files.items()) if "table" not in about],
        "release": material.release,
    }
    yield Page("descargas.html", "downloads.html", DOWNLOADS, "downloads", content)


def _glossary(material: Material) -> dict[str, Any]:
    if material.glossary_file is None or not material.glossary_file.is_file():
        return {}
    try:
        found = yaml.safe_load(material.glossary_file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise PortalError(f"{material.glossary_file.name} does not read as YAML: {error}") from error
    return found if isinstance(found, dict) else {}


def _descriptions(material: Material) -> dict[tuple[str, str | None], str]:
    rows: list[Row] = material.marts.rows(
        "select table_name as t, null as c, comment from duckdb_tables() where comment is not null "
        "union all select view_name, null, comment from duckdb_views() where comment is not null and not internal "
        "union all select table_name, column_name, comment from duckdb_columns() where comment is not null"
    )
    return {(row["t"], row["c"]): " ".join(row["comment"].split()) for row in rows}


def _flat(text: Any) -> str:
    return " ".join(str(text).split()) if text else ""
