"""The marts in Superset, connected as docs/conectar-superset.md says; CONTRASTE_SUPERSET names its programs."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration import figures, release
from orchestration.release import Release
from tests.bi.superset_client import Superset, superset
from tests.built_warehouse import ROOT, Warehouse

GUIDE = ROOT / "docs" / "conectar-superset.md"
CONSTRAINTS = Path(__file__).with_name("superset_constraints.txt")


@pytest.fixture(scope="module")
def programs() -> Path:
    named = os.environ.get("CONTRASTE_SUPERSET")
    if not named:
        pytest.skip("CONTRASTE_SUPERSET does not name the bin folder of an environment with Superset")
    return Path(named)


@pytest.fixture(scope="module")
def server(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    with superset(programs, tmp_path_factory.mktemp("superset")) as started:
        yield started


@pytest.fixture(scope="module")
def published(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("published")


@pytest.fixture(scope="module")
def made(sound: Warehouse, published: Path) -> Release:
    return publish(sound.paths.build_database, published, "1")


def publish(database: Path, published: Path, inputs: str) -> Release:
    provenance = release.Provenance(inputs, documents=figures.documents(database))
    return release.publish(database, published, published / "lock", provenance)[0]


def engine_parameters() -> dict:
    """What the guide tells people to paste, so that what is tested is what they get."""
    return json.loads(GUIDE.read_text("utf-8").split("```json\n")[1].split("```")[0])


@pytest.fixture(scope="module")
def database(server: Superset, made: Release, published: Path) -> int:
    address = f"duckdb:///{published / 'current' / 'warehouse.duckdb'}"
    extra = json.dumps({"engine_params": engine_parameters()})
    described = {"database_name": "Contraste", "sqlalchemy_uri": address, "extra": extra}
    server.ask("/api/v1/database/test_connection/", described)
    return server.ask("/api/v1/database/", described | {"expose_in_sqllab": True})["id"]


@pytest.fixture(scope="module")
def dataset(server: Superset, database: int) -> int:
    about = {"database": database, "schema": "marts", "table_name": "mart_program_performance"}
    return server.ask("/api/v1/dataset/", about)["id"]


def test_superset_gets_the_duckdb_that_writes_a_release() -> None:
    # an older one cannot open the file
    def pinned(file: Path) -> str:
        return next(line for line in file.read_text("utf-8").splitlines() if line.startswith("duckdb==")).split()[0]

    assert pinned(CONSTRAINTS) == pinned(ROOT / "requirements.lock")


def test_tables_are_listed_and_described(server: Superset, database: int, dataset: int, made: Release) -> None:
    tables = server.ask(f"/api/v1/database/{database}/tables/?q=(schema_name:marts)")["result"]
    expected = {name for name, table in made.manifest["tables"].items() if table["schema"] == "marts"}
    assert {table["value"] for table in tables} == expected
    columns = server.ask(f"/api/v1/dataset/{dataset}")["result"]["columns"]
    with duckdb.connect(str(made.database), read_only=True) as connection:
        comments = dict(
            connection.execute(
                "select column_name, comment from duckdb_columns() where table_name = 'mart_program_performance'"
            ).fetchall()
        )
    assert {column["column_name"]: column["description"] for column in columns} == comments
    assert all(comments.values())


def test_a_chart_shows_what_the_mart_holds(server: Superset, dataset: int, made: Release) -> None:
    chart = server.ask(
        "/api/v1/chart/data",
        {
            "datasource": {"id": dataset, "type": "table"},
            "queries": [
                {
                    "columns": ["institution_name", "currency_code"],
                    "metrics": [
                        {
                            "expressionType": "SQL",
                            "sqlExpression": "cast(sum(accrued_amount) as varchar)",
                            "label": "devengado",
                        }
                    ],
                    "filters": [{"col": "is_in_totals", "op": "IS TRUE"}],
                    "row_limit": 100,
                }
            ],
            "result_format": "json",
            "result_type": "full",
        },
    )
    shown = {(row["institution_name"], row["currency_code"], row["devengado"]) for row in chart["result"][0]["data"]}
    with duckdb.connect(str(made.database), read_only=True) as connection:
        expected = connection.execute(
            "select institution_name, currency_code, cast(sum(accrued_amount) as varchar) "
            "from marts.mart_program_performance where is_in_totals group by all"
        ).fetchall()
    assert shown == set(expected) and shown


@pytest.mark.parametrize(
    "query",
    [
        "select content from read_text('/etc/hostname')",
        "select * from read_csv('/etc/passwd')",
        "attach '/tmp/other.duckdb' as other",
        "set enable_external_access = true",
        "delete from marts.fct_budget_execution",
        "create table marts.mine as select 1",
        "copy marts.dim_currencies to '/tmp/currencies.csv'",
    ],
)
def test_sql_lab_reads_the_marts_and_nothing_else(server: Superset, database: int, query: str) -> None:
    with pytest.raises(AssertionError, match="/api/v1/sqllab/execute/: "):
        server.sql(database, query)
    assert server.sql(database, "select count(*) as n from marts.dim_currencies")[0]["n"] > 0


def test_a_new_release_is_what_the_next_query_reads(
    server: Superset, database: int, sound: Warehouse, made: Release, published: Path, tmp_path: Path
) -> None:
    query = "select count(*) as n from marts.mart_findings"
    assert server.sql(database, query)[0]["n"] == made.manifest["tables"]["mart_findings"]["rows"]
    copy = tmp_path / "warehouse.duckdb"
    copy.write_bytes(sound.paths.build_database.read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("delete from marts.mart_findings")
    publish(copy, published, "2")
    assert server.sql(database, query)[0]["n"] == 0
