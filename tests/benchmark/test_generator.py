"""What is generated is a warehouse like any other: it builds, it adds up, and it is the same every time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from expectations.runner import validate
from extractors.extraction import pending
from orchestration.paths import Paths
from orchestration.transformation import build
from tests.benchmark.generate import Generated, generate
from tests.benchmark.plan import FORMS, REPORTS, ImpossibleSize, plan
from tests.built_warehouse import Warehouse

# what the repository's own documents give: 15 programme lines, and 3 categories of products and 7 of activities
REAL_ROWS, ROWS_OF_COPY = 25, 10
ROWS, ROWS_PER_FORM = 2_000, 400


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(ROWS, tmp_path_factory.mktemp("benchmark"), rows_per_form=ROWS_PER_FORM)


@pytest.fixture(scope="module")
def warehouse(generated: Generated, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The generated raw tables, built: the home is the generated folder itself, as it holds `raw`."""
    built = Warehouse(Paths(generated.repository, generated.documents, generated.folder))
    assert [node.name for node in build(built.paths, "test").nodes if node.status not in ("success", "pass")] == []
    return built


def test_it_has_as_many_budget_rows_as_asked_for(warehouse: Warehouse) -> None:
    assert warehouse.query("select count(*) from marts.fct_budget_execution") == [(ROWS,)]


def test_every_rule_of_error_severity_holds(warehouse: Warehouse) -> None:
    assert [result.rule_id for result in validate(warehouse.paths.build_database).blocking] == []


def test_what_generated_forms_and_reports_print_adds_up(warehouse: Warehouse) -> None:
    """All of it is compared, and none of it is a discrepancy that a mapping explains; a form prints no page count."""
    generated = warehouse.query(
        "select source_id, status, count(*) > 100 from marts.mart_reconciliation "
        f"where source_id in ('{FORMS}', '{REPORTS}') and contains(file_path, '/referencia/') "
        f"and not (source_id = '{FORMS}' and rule_id = 'pages_complete') group by all order by source_id"
    )
    assert generated == [(REPORTS, "reconciled", True), (FORMS, "reconciled", True)]


def test_every_figure_of_a_generated_document_has_its_cell(warehouse: Warehouse) -> None:
    """The printed amounts of a form stand in the cells that lineage names, once per amount: 3 x its lines."""
    lines, cells = warehouse.query(
        "select (select count(*) from marts.fct_budget_execution join marts.dim_documents using (document_sha256) "
        f"where dim_documents.source_id = '{FORMS}' and contains(file_path, '/referencia/')), "
        "(select count(*) from marts.mart_cell_lineage join marts.dim_documents using (document_sha256) "
        f"where dim_documents.source_id = '{FORMS}' and contains(dim_documents.file_path, '/referencia/') "
        "and fact_table = 'fct_budget_execution' and column_name in "
        "('approved_amount', 'adjusted_amount', 'accrued_amount'))"
    )[0]
    assert lines > 1_000
    assert cells == 3 * lines


def test_nothing_of_it_is_new_to_a_refresh(generated: Generated) -> None:
    inbox = pending(generated.documents, generated.raw, generated.archive)
    assert (inbox.new, inbox.quarantined) == ([], [])
    assert len(inbox.unchanged) == len(list((generated.raw / "documents").glob("[0-9a-f]*.parquet")))


def test_the_same_size_gives_the_same_bytes(generated: Generated, tmp_path: Path) -> None:
    again = generate(ROWS, tmp_path / "again", rows_per_form=ROWS_PER_FORM)
    assert _digests(again) == _digests(generated)


def test_what_is_there_is_not_generated_again(generated: Generated) -> None:
    before = generated.stamp.stat().st_mtime_ns
    generate(ROWS, generated.folder, rows_per_form=ROWS_PER_FORM)
    assert generated.stamp.stat().st_mtime_ns == before


def test_a_plan_gives_every_family_its_documents() -> None:
    """1,000,000 - 25 rows; a tenth of them in copies of ten rows: 9,999 copies, 50 to a report; the rest in forms."""
    planned = plan(1_000_000, REAL_ROWS, ROWS_OF_COPY)
    copies = [filing.size for filing in planned.of(REPORTS)]
    lines = [filing.size for filing in planned.of(FORMS)]
    assert (sum(copies), len(copies)) == (9_999, 200)
    assert sum(lines) == 1_000_000 - 25 - 99_990
    assert len(lines) == 900
    assert {len(planned.of(source)) for source in ("sv_insafocoop_poa", "cl_dipres_indicadores")} == {18}


def test_a_report_is_made_after_its_period() -> None:
    """January ends on the 31st and February on the 28th; both reports are made five days later."""
    moments = [filing.reported_at for filing in plan(20_000, REAL_ROWS, ROWS_OF_COPY).of(REPORTS)][:2]
    assert moments == ["05/02/2021 06:18:13 p.m.", "05/03/2021 06:18:13 p.m."]


def test_nobody_files_for_a_period_twice() -> None:
    filed = [(filing.institution, filing.period) for filing in plan(3_000_000, REAL_ROWS, ROWS_OF_COPY).filings]
    assert len(set(filed)) == len(filed)


def test_too_few_rows_are_refused() -> None:
    with pytest.raises(ImpossibleSize, match="too few"):
        plan(30, REAL_ROWS, ROWS_OF_COPY)


def _digests(generated: Generated) -> dict[str, str]:
    """Of every generated raw table (a real one says when it was read), of the inbox and of the mappings."""
    real = {file.stem for file in (generated.archive).rglob("*") if file.is_file()}
    files = [
        *(file for file in generated.raw.rglob("*.parquet") if file.stem not in real),
        *(file for file in generated.documents.rglob("*") if file.is_file()),
        *(generated.repository / "dbt_project" / "seeds").glob("*.csv"),
    ]
    assert len(files) > 100
    return {
        file.relative_to(generated.folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }
