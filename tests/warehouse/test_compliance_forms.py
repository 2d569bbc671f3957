"""The text of a follow-up gives the facts of its DOCX; a re-issue corrects its own table and no other."""

from __future__ import annotations

import pytest

from orchestration import unmapped
from tests.built_warehouse import Warehouse
from tests.extractors.beside import SEEDS, needs_seeds, seed
from tests.publications.build import INSAFOCOOP_2024_T1
from tests.publications.followup_figures import load_followup
from tests.publications.received_text import followup_text

SV = "sv_insafocoop_poa"

# Where a figure is printed differs between forms, and so do what only the text leaves blank and when a form came.
PLACE = "document_sha256, page_no, table_no, row_no"
FACT = f"document_key, {PLACE}, loaded_on, known_from, known_until"
FACTS = {
    "marts.fct_unit_compliance": FACT,
    "marts.fct_indicator_goals": f"{FACT}, is_inferred, inferred_reason",
    "marts.fct_printed_totals": FACT,
    "marts.mart_institution_compliance": PLACE,
    "marts.mart_unit_compliance": PLACE,
}


def text() -> str:
    return followup_text(load_followup(INSAFOCOOP_2024_T1))


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The follow-up as text and as received, and once more with the quarter of UFI as its months give it."""
    inbox = tmp_path_factory.mktemp("followups")
    (inbox / SV).mkdir()
    corrected = text().replace("\tUFI\n\t88%", "\tUFI\n\t87%")
    assert corrected != text()
    (inbox / SV / "a_first.txt").write_text(text(), "utf-8")
    (inbox / SV / "b_corrected.txt").write_text(corrected, "utf-8")
    if SEEDS.is_dir():
        (inbox / SV / "c_received.txt").write_bytes(seed("002").read_bytes())
    warehouse = Warehouse.of(inbox, tmp_path_factory.mktemp("followups_home"))
    # The recorded discrepancy of UFI is found in the first vintage, so it still matches.
    assert warehouse.failing_dbt_tests() == set()
    return warehouse


@pytest.mark.parametrize("table", FACTS)
def test_the_text_gives_the_facts_of_the_docx(table: str, sound: Warehouse, texts: Warehouse) -> None:
    columns = f"* exclude ({FACTS[table]}, is_latest)"
    from_docx = sorted(sound.query(f"select {columns} from {table} where source_id = '{SV}'"), key=repr)
    from_text = sorted(texts.query(f"select {columns} from {table} where vintage_seq = 1"), key=repr)
    assert len(from_docx) >= 12
    assert from_text == from_docx


@needs_seeds
def test_the_text_as_received_says_what_the_repositorys_says(texts: Warehouse) -> None:
    assert texts.query("""
        select table_name, vintage_seq, form_count from intermediate.int_document_tables__rank_vintages
        where file_path like '%c_received.txt' order by table_name
    """) == [("activities", 1, 3), ("monthly_compliance", 1, 3), ("quarterly_compliance", 1, 2), ("statements", 1, 3)]


def test_a_corrected_table_is_a_vintage_of_its_own(texts: Warehouse) -> None:
    assert texts.query("""
        select table_name, count(distinct vintage_seq) from marts.fct_reconciliation
        group by table_name order by table_name
    """) == [("activities", 1), ("monthly_compliance", 1), ("quarterly_compliance", 2), ("statements", 1)]
    # 262 / 3 = 87.33, from months that only the first document speaks for
    assert texts.query("""
        select vintage_seq, printed_value, recomputed_value, status from marts.mart_reconciliation
        where rule_id = 'unit_quarter_equals_months' and scope like 'unit UFI%' order by vintage_seq
    """) == [(1, 88, 87, "explained"), (2, 87, 87, "reconciled")]
    assert texts.query("""
        select vintage_seq, activity_count, is_latest from marts.mart_unit_compliance
        where org_unit_code = 'UFI' and period_type = 'quarter' order by vintage_seq
    """) == [(1, 2, False), (2, 2, True)]


def test_a_unit_that_no_mapping_knows_is_written_ready_to_complete(tmp_path_factory: pytest.TempPathFactory) -> None:
    inbox = tmp_path_factory.mktemp("renamed")
    (inbox / SV).mkdir()
    renamed = text().replace("UGDA", "UNIDAD NUEVA").replace("\n75\ncoordinaciones", "\n75\nzapatos")
    (inbox / SV / "renamed.txt").write_text(renamed, "utf-8")
    warehouse = Warehouse.of(inbox, tmp_path_factory.mktemp("renamed_home"))

    assert warehouse.failing_dbt_tests() == {"no_unmapped_keys"}
    assert len(unmapped.export(warehouse.paths)) == 2
    assert (warehouse.paths.unmapped / "org_units.csv").read_text("utf-8").splitlines() == [
        "printed_name,country_code,institution_code,org_unit_code,org_unit_name,org_unit_type,name_role,valid_from,"
        "valid_to,source",
        "UNIDAD NUEVA,SV,INSAFOCOOP,,,,,,,",
    ]
    assert (warehouse.paths.unmapped / "unit_patterns.csv").read_text("utf-8").splitlines()[1:] == ["ZAPATOS,,,,"]


def test_a_figure_that_is_none_stops_the_build(tmp_path_factory: pytest.TempPathFactory) -> None:
    inbox = tmp_path_factory.mktemp("unreadable")
    (inbox / SV).mkdir()
    unreadable = text().replace("\t547\n\t995\n", "\t547\n\t9,95\n")
    assert unreadable != text()
    (inbox / SV / "unreadable.txt").write_text(unreadable, "utf-8")
    warehouse = Warehouse.of(inbox, tmp_path_factory.mktemp("unreadable_home"))

    assert warehouse.failing_dbt_tests() == {"no_unparsed_values"}
    assert warehouse.query("select column_name, raw_text from audit.audit_unparsed_values") == [("progress", "9,95")]
