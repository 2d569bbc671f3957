"""Every number of every fact comes from a printed cell or says how it is worked out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.lineage import LineageError, origin, pictures
from orchestration.paths import Paths
from orchestration.release import Provenance, publish
from tests.built_warehouse import ROOT, Warehouse

PLACES = ("page_no", "table_no", "row_no", "row_seq", "vintage_seq", "fiscal_year", "value_year", "budget_year")
"""Whole numbers that say where and when; they are no figures."""


def figures(sound: Warehouse) -> list[tuple[str, str, str]]:
    """Fact table, its key and each of its figures."""
    return [
        (table, key, column)
        for table, key, column in sound.query(f"""
            select c.table_name, k.column_name, c.column_name
            from information_schema.columns as c
            inner join information_schema.columns as k
                on c.table_schema = k.table_schema and c.table_name = k.table_name and k.ordinal_position = 1
            where c.table_schema = 'marts' and c.table_name like 'fct%'
            and (c.data_type like 'DECIMAL%' or c.data_type in ('INTEGER', 'BIGINT'))
            and c.column_name not in {PLACES} and c.column_name not like '%\\_id' escape '\\'
            and c.column_name not like '%\\_key%' escape '\\'
            order by 1, 3
        """)
    ]


def test_every_figure_is_printed_or_declared_as_derived(sound: Warehouse) -> None:
    printed = set(sound.query("select distinct fact_table, column_name from marts.mart_cell_lineage"))
    derived = set(sound.query("select fact_table, column_name from marts.dim_derivations"))
    columns = {(table, column) for table, _, column in figures(sound)}
    assert columns <= printed | derived, columns - printed - derived
    assert printed & derived == set()
    assert derived <= columns


def test_every_printed_number_has_a_cell(sound: Warehouse) -> None:
    derived = set(sound.query("select fact_table, column_name from marts.dim_derivations"))
    for table, key, column in figures(sound):
        if (table, column) in derived:
            continue
        counts = sound.query(f"""
            select count(*), count(lineage.fact_key)
            from marts.{table} as fact
            left join (select distinct fact_key from marts.mart_cell_lineage
                where fact_table = '{table}' and column_name = '{column}' and text_raw is not null) as lineage
                on fact.{key} = lineage.fact_key
            where fact.{column} is not null
        """)
        ((values, traced),) = counts
        assert values == traced > 0, f"{table}.{column}: {traced} of {values}"


def test_a_plain_number_is_the_text_of_its_cell(sound: Warehouse) -> None:
    # Amounts and quantities of the ruled forms are printed as they are; percentages and words are read further.
    ((cells, equal),) = sound.query("""
        select count(*), count(*) filter (
            where cast(replace(text_raw, ',', '') as decimal(24, 6)) = fact_value)
        from marts.mart_cell_lineage
        where regexp_full_match(text_raw, '-?[0-9,]+([.][0-9]+)?') and fact_table <> 'fct_budget_execution'
    """)
    assert cells == equal > 400


def test_the_money_of_a_category_is_the_sum_of_its_cells(sound: Warehouse) -> None:
    assert (
        sound.query("""
        select fact_key, column_name from marts.mart_cell_lineage where fact_table = 'fct_budget_execution'
        and column_name like '%amount' group by fact_key, column_name
        having sum(cast(replace(text_raw, ',', '') as decimal(24, 6))) <> min(fact_value)
    """)
        == []
    )


def test_one_amount_and_where_it_stands(sound: Warehouse) -> None:
    assert sound.query("""
        select l.fact_value, l.page_no, l.table_no, l.text_raw, l.raw_column, l.x0 > 0, l.x1 < l.page_width
        from marts.mart_cell_lineage as l inner join marts.fct_budget_execution as b on l.fact_key = b.budget_line_key
        where b.program_code = 'G1290' and l.column_name = 'approved_amount'
    """) == [(Decimal("22859650.85"), 1, 1, "22,859,650.85", "approved_amount", True, True)]


@pytest.fixture(scope="module")
def published(sound: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """The sound warehouse, published, with its archive beside it."""
    paths = Paths(ROOT, ROOT / "documents", tmp_path_factory.mktemp("published"))
    paths.archive.symlink_to(sound.paths.archive)
    publish(sound.paths.build_database, paths.published, paths.writer_lock, Provenance("fingerprint"))
    return paths


def key_of(sound: Warehouse, program: str) -> str:
    ((key,),) = sound.query(f"select budget_line_key from marts.fct_budget_execution where program_code = '{program}'")
    return str(key)


def test_the_command_finds_the_cell_and_draws_its_page(sound: Warehouse, published: Paths, tmp_path: Path) -> None:
    found = origin(published, "fct_budget_execution", key_of(sound, "G1290")[:10], "approved_amount")
    assert (found.value, [cell["text_raw"] for cell in found.cells]) == (Decimal("22859650.85"), ["22,859,650.85"])
    (picture,) = pictures(published, found, tmp_path, "amount")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_derived_number_says_how_it_is_worked_out(sound: Warehouse, published: Paths) -> None:
    found = origin(published, "fct_budget_execution", key_of(sound, "G1290"), "execution_approved_pct_recomputed")
    assert (found.cells, found.derivation) == (
        [],
        "100 × devengado / aprobado · 100 × accrued_amount / approved_amount",
    )


@pytest.mark.parametrize(
    ("table", "key", "column", "sentence"),
    [
        (
            "fct_nothing",
            "abcdef",
            "x",
            "there is no fact table 'fct_nothing'; the facts are fct_budget_amounts",
        ),
        ("fct_budget_execution", "abcdef", "money", "fct_budget_execution has no column 'money'; it has"),
        ("fct_budget_execution", "zzzzzz", "approved_amount", "no row of fct_budget_execution has a budget_line_key"),
        ("fct_budget_execution", "ab", "approved_amount", "'ab' is too short to name a row"),
    ],
)
def test_what_is_not_there_is_one_sentence(published: Paths, table: str, key: str, column: str, sentence: str) -> None:
    with pytest.raises(LineageError) as refused:
        origin(published, table, key, column)
    assert str(refused.value).startswith(sentence)


def test_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(LineageError, match="Nothing is published yet"):
        origin(Paths(ROOT, ROOT / "documents", tmp_path), "fct_budget_execution", "abcdef", "approved_amount")
