"""What a release holds for other programs: the open data package, the spreadsheets, the checksums."""

import csv
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from frictionless import Package

from orchestration import figures, release
from orchestration.outlets import spreadsheets
from orchestration.outlets.fiscal import COLUMN_TYPES
from orchestration.outlets.of_release import described, outlets
from orchestration.paths import Paths
from orchestration.release import Release
from tests.built_warehouse import ROOT, Warehouse


@pytest.fixture(scope="module")
def made(sound: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the repository's documents."""
    folder = tmp_path_factory.mktemp("published")
    database = sound.paths.build_database
    provenance = release.Provenance("inputs", git_commit="a" * 40, documents=figures.documents(database))
    made, _ = release.publish(
        database, folder, folder / "lock", provenance, docs=ROOT / "docs", outlets=outlets(sound.paths)
    )
    return made


@pytest.fixture(scope="module")
def package(made: Release) -> dict[str, Any]:
    return json.loads((made.folder / "datapackage.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def resources(package: dict[str, Any]) -> dict[str, Any]:
    return {resource["name"]: resource for resource in package["resources"]}


def field(resources: dict[str, Any], resource: str, name: str) -> dict[str, Any]:
    return next(field for field in resources[resource]["schema"]["fields"] if field["name"] == name)


# what a program finds ----------------------------------------------------------------------------------------


def readable(made: Release, into: Path, package: dict[str, Any]) -> Path:
    """The part of the package that is text, beside copies of its files."""
    kept = [resource for resource in package["resources"] if resource["format"] == "csv"]
    for resource in kept:
        copy = into / resource["path"]
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes((made.folder / resource["path"]).read_bytes())
    path = into / "datapackage.json"
    path.write_text(json.dumps(package | {"resources": kept}), "utf-8")
    return path


def test_frictionless_finds_every_row_valid_and_every_key_kept(
    made: Release, package: dict[str, Any], tmp_path: Path
) -> None:
    assert Package.from_descriptor(str(made.folder / "datapackage.json")).resource_names
    report = Package(str(readable(made, tmp_path, package))).validate()
    assert report.valid, report.flatten(["type", "message"])[:5]
    assert report.stats["tasks"] > 40


def test_frictionless_names_a_key_that_leads_nowhere(made: Release, package: dict[str, Any], tmp_path: Path) -> None:
    path = readable(made, tmp_path, package)
    programs = tmp_path / "csv" / "dim_programs.csv"
    lines = programs.read_text("utf-8").splitlines(keepends=True)
    programs.write_text(lines[0], "utf-8")
    only = json.loads(path.read_text("utf-8"))
    for resource in only["resources"]:
        # size and checksum would be told first
        del resource["bytes"], resource["hash"]
    path.write_text(json.dumps(only), "utf-8")
    errors = {tuple(row) for row in Package(str(path)).validate().flatten(["type"])}
    assert errors == {("foreign-key",)}


def test_parquet_holds_the_columns_the_package_says(made: Release, resources: dict[str, Any]) -> None:
    checked = 0
    for resource in resources.values():
        if resource["format"] == "parquet":
            file = pyarrow.parquet.ParquetFile(made.folder / resource["path"])
            assert file.schema_arrow.names == [each["name"] for each in resource["schema"]["fields"]]
            assert file.metadata.num_rows == resource["rows"]
            checked += 1
    assert checked == len(made.manifest["tables"])


def test_every_table_and_column_is_told_in_spanish(resources: dict[str, Any], sound: Warehouse) -> None:
    glossary = described(sound.paths).glossary
    assert glossary
    for resource in resources.values():
        assert resource["title"] and resource["description"]
        if resource["format"] == "parquet":
            for each in resource["schema"]["fields"]:
                assert each["description"] == glossary.column(resource["name"], each["name"])
    assert resources["mart_findings"]["title"] == "Hallazgos"


def test_types_keys_and_units(resources: dict[str, Any]) -> None:
    accrued = field(resources, "mart_program_performance.csv", "accrued_amount")
    assert (accrued["type"], accrued["decimalChar"], accrued["unit"]) == ("number", ".", "currency_of_row")
    assert accrued["title"] == "Devengado"
    assert field(resources, "mart_program_performance", "is_in_totals")["type"] == "boolean"
    assert field(resources, "mart_program_performance", "fiscal_year")["type"] == "integer"
    assert field(resources, "mart_program_performance", "program_code")["type"] == "string"
    assert field(resources, "dim_documents", "first_seen")["type"] == "datetime"
    schema = resources["fct_budget_execution"]["schema"]
    assert schema["primaryKey"] == ["budget_line_key"]
    to_programs = {"fields": ["program_key"], "reference": {"resource": "dim_programs", "fields": ["program_key"]}}
    assert to_programs in schema["foreignKeys"]
    in_csv = {each["reference"]["resource"] for each in resources["fct_budget_execution.csv"]["schema"]["foreignKeys"]}
    assert "dim_programs.csv" in in_csv and "dim_programs" not in in_csv


def test_no_type_of_the_warehouse_is_without_one_of_the_standard(resources: dict[str, Any]) -> None:
    assert not [
        (resource["name"], each["name"])
        for resource in resources.values()
        for each in resource["schema"]["fields"]
        if each["type"] == "any"
    ]


def test_money_speaks_the_fiscal_taxonomy(resources: dict[str, Any]) -> None:
    performance = resources["mart_program_performance"]["schema"]
    assert field(resources, "mart_program_performance", "paid_amount")["normalize"] == {"phase": "paid"}
    assert {each["columnType"] for each in performance["extraFields"]} == {"value", "phase:id"}
    code = field(resources, "mart_program_performance", "institution_code")
    assert code["columnType"] == "administrative-classification:generic:level1:code"
    assert field(resources, "mart_function_spending", "phase_code")["columnType"] == "phase:id"
    assert "normalize" not in field(resources, "mart_function_spending", "printed_amount")
    # a code of anything else is no fiscal classification
    assert "columnType" not in field(resources, "mart_indicator_status", "program_code")


def test_a_column_type_is_of_a_known_kind() -> None:
    kinds = r"value|value-currency|date|phase|direction|budget-line-id|geo|activity|[a-z]+-classification"
    assert all(re.fullmatch(rf"({kinds})(:[a-z0-9-]+)*", each) for each in COLUMN_TYPES.values())


def test_sources_are_the_documents_with_their_checksums(package: dict[str, Any], made: Release) -> None:
    loaded = {d["document_sha256"] for d in made.manifest["documents"] if d["status"] == "loaded"}
    assert {source["sha256"] for source in package["sources"]} == loaded
    for source in package["sources"]:
        assert source["publisher"] and source["publisher"] in source["title"]
    assert [licence["name"] for licence in package["licenses"]] == ["notspecified", "Apache-2.0"]


# what a person opens -----------------------------------------------------------------------------------------


def test_excel_takes_the_accents_for_accents(made: Release) -> None:
    file = made.folder / "csv" / "mart_findings.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbffinding_id,")
    with file.open(encoding="utf-8-sig", newline="") as rows:
        found = list(csv.DictReader(rows))
    with duckdb.connect(str(made.database), read_only=True) as connection:
        expected = connection.execute("select finding_id, evidence from marts.mart_findings").fetchall()
    assert {(row["finding_id"], row["evidence"]) for row in found} == set(expected)
    assert any("ó" in row["evidence"] for row in found)


@pytest.mark.parametrize(
    ("printed", "in_csv"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("- Realizar el taller", "'- Realizar el taller"),
        ("-", "-"),
        ("-1,234.50", "-1,234.50"),
        ("+5.5%", "+5.5%"),
        ("(1,234.00)", "(1,234.00)"),
        ("01-00-000", "01-00-000"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_text_of_a_document_is_no_formula(
    paths: Paths, build: Callable[[int], Path], provenance: Callable[[str], Any], printed: str, in_csv: str
) -> None:
    database = build(1)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table marts.fct_words as select ? as word, -1.50::decimal(18, 2) as amount", [printed]
        )
    made, _ = release.publish(
        database, paths.published, paths.writer_lock, provenance("1"), outlets=[spreadsheets.write_spreadsheets]
    )
    with (made.folder / "csv" / "fct_words.csv").open(encoding="utf-8-sig", newline="") as rows:
        assert list(csv.DictReader(rows)) == [{"word": in_csv, "amount": "-1.50"}]


def test_a_table_no_spreadsheet_holds_is_only_in_parquet(
    paths: Paths, build: Callable[[int], Path], provenance: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 2)
    made, _ = release.publish(build(1), paths.published, paths.writer_lock, provenance("1"), outlets=outlets(paths))
    assert sorted(path.name for path in (made.folder / "csv").iterdir()) == ["mart_spending.csv"]
    package = json.loads((made.folder / "datapackage.json").read_text("utf-8"))
    assert {resource["name"] for resource in package["resources"] if resource["format"] == "csv"} == {
        "mart_spending.csv"
    }


def test_the_pages_about_the_models_open_without_a_server(made: Release) -> None:
    page = (made.folder / "dbt" / "index.html").read_text("utf-8")
    assert "INLINE DATA" not in page
    assert '"model.contraste.mart_program_performance"' in page
    assert '"exposure.contraste.superset"' in page
    # both parts are data inside a script, and end none
    begin = page.index("n={manifest:") + len("n={manifest:")
    manifest, end = json.JSONDecoder().raw_decode(page[begin:])
    assert page[begin + end :].startswith(",catalog:")
    catalog, _ = json.JSONDecoder().raw_decode(page[begin + end + len(",catalog:") :])
    rows = made.manifest["tables"]["mart_findings"]["rows"]
    assert catalog["nodes"]["model.contraste.mart_findings"]["stats"]["num_rows"]["value"] == rows
    assert set(catalog["nodes"]) <= set(manifest["nodes"])


# that it is what was published -------------------------------------------------------------------------------


def test_every_file_stands_in_the_checksums(made: Release) -> None:
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=made.folder, check=True)
    named = {line.split("  ", 1)[1] for line in (made.folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    there = {path.relative_to(made.folder).as_posix() for path in made.folder.rglob("*") if path.is_file()}
    assert there - named == {"SHA256SUMS"}
    assert named - there == set()
    assert all(not path.stat().st_mode & 0o222 for path in made.folder.rglob("*") if path.is_file())


def test_a_damaged_spreadsheet_is_not_served_again(
    paths: Paths, build: Callable[[int], Path], provenance: Callable[[str], Any]
) -> None:
    first, _ = release.publish(
        build(1), paths.published, paths.writer_lock, provenance("1"), outlets=[spreadsheets.write_spreadsheets]
    )
    release.publish(build(2), paths.published, paths.writer_lock, provenance("2"))
    file = first.folder / "csv" / "fct_spending.csv"
    file.chmod(0o644)
    file.write_text("said\n9\n", "utf-8")
    with pytest.raises(release.ReleaseError, match=r"csv/fct_spending\.csv is not the file that was published"):
        release.rollback(paths.published, paths.writer_lock)
