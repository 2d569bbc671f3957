"""The data dictionaries: complete, in both languages, and what the models say today."""

import difflib
import re
from pathlib import Path
from typing import Any

import pytest

from orchestration import cli
from orchestration.documentation import DocumentationError, pages
from orchestration.documentation.dictionary import dictionary
from orchestration.documentation.glossary import Glossary, TableEntry, Words, departures
from orchestration.documentation.published import Table, published_tables
from orchestration.documentation.relations import relations
from orchestration.paths import Paths
from tests.built_warehouse import ROOT

SHOWN_LINES = 12


@pytest.fixture(scope="module")
def tables(manifest_path: Path) -> dict[str, Table]:
    return published_tables(manifest_path)


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load(ROOT / "docs" / "glosario.yml")


@pytest.fixture(scope="module")
def parsed(manifest_path: Path) -> Paths:
    return Paths(ROOT, ROOT / "documents", manifest_path.parents[2])


def test_the_glossary_and_the_models_speak_of_the_same(tables: dict[str, Table], glossary: Glossary) -> None:
    assert departures(glossary, tables) == []


def test_the_pages_are_those_of_the_models(parsed: Paths) -> None:
    for path, text in pages.pages(parsed).items():
        written = path.read_text("utf-8") if path.is_file() else ""
        difference = list(difflib.unified_diff(written.splitlines(), text.splitlines(), lineterm="", n=0))[2:]
        assert not difference, "\n".join(
            [f"{path.name} is stale, run make docs:", *(line[:160] for line in difference[:SHOWN_LINES])]
        )


# what a reader looks for -------------------------------------------------------------------------------------


def row(page: str, table: str, column: str) -> list[str]:
    """The cells of a column in the page of its table."""
    section = page.split(f"\n### {table}\n")[1].split("\n### ")[0]
    (line,) = (line for line in section.splitlines() if line.startswith(f"| `{column}` |"))
    return [cell.strip() for cell in line.replace("\\|", "¦").strip("|").split("|")]


def test_money_says_its_unit_and_over_what_it_adds_up(tables: dict[str, Table], glossary: Glossary) -> None:
    spanish = row(dictionary(tables, glossary, "es"), "mart_program_performance", "accrued_amount")
    assert spanish[1:4] == ["Devengado", "decimal(18, 2)", "moneda de la fila"]
    assert spanish[4] == "sobre `institution_key`, `program_key`, `function_key`, `responsible_unit_code`"
    assert spanish[5] == "Devengado"
    english = row(dictionary(tables, glossary, "en"), "mart_program_performance", "accrued_amount")
    assert english[3] == "currency of the row" and english[4].startswith("over `institution_key`")


def test_a_percentage_never_adds_up(tables: dict[str, Table], glossary: Glossary) -> None:
    page = dictionary(tables, glossary, "es")
    assert row(page, "mart_unit_compliance", "compliance_pct_printed")[3:5] == ["por ciento (0–100)", "no"]


def test_a_key_leads_to_its_dimension(tables: dict[str, Table], glossary: Glossary) -> None:
    page = dictionary(tables, glossary, "en")
    assert row(page, "fct_indicator_goals", "program_key")[6] == "[dim_programs](#dim_programs)"
    assert "\n### dim_programs\n" in page
    assert row(page, "dim_programs", "program_key")[6] == "key"


def test_every_link_leads_to_a_table_of_the_page(tables: dict[str, Table], glossary: Glossary) -> None:
    page = dictionary(tables, glossary, "es")
    linked = set(re.findall(r"\(#(\w+)\)", page))
    assert "dim_programs" in linked
    assert linked == set(re.findall(r"^### (\w+)$", page, re.MULTILINE))


def test_the_meaning_in_one_table_stands_before_the_general_one(tables: dict[str, Table], glossary: Glossary) -> None:
    page = dictionary(tables, glossary, "es")
    assert row(page, "mart_coverage", "status")[7].startswith("Estado del informe: on_time (a tiempo)")
    assert row(page, "mart_reconciliation", "status")[7].startswith("Resultado de la verificación: reconciled")


def test_every_table_is_on_both_pages(tables: dict[str, Table], glossary: Glossary) -> None:
    for language in ("es", "en"):
        page = dictionary(tables, glossary, language)
        for table in tables.values():
            assert page.count(f"\n### {table.name}\n") == 1
            assert f"- [{table.name}](#{table.name})" in page


def test_a_fact_is_pictured_with_its_dimensions(tables: dict[str, Table], glossary: Glossary) -> None:
    picture = relations(tables, glossary, "es").split("### fct_unit_compliance")[1].split("### ")[0]
    assert 'fct_unit_compliance }o--|| dim_org_units : "org_unit_key"' in picture
    assert 'fct_unit_compliance }o--o| dim_null_kinds : "compliance_pct_null_kind"' in picture
    assert "dim_functions" not in picture


def test_the_key_of_a_dimension_refers_to_nothing(tables: dict[str, Table]) -> None:
    # a test looks every function up in the bridge to COFOG, so that none is left out
    assert tables["dim_functions"].columns["function_key"].refers_to is None
    assert tables["bridge_function_cofog"].columns["function_key"].refers_to == "dim_functions"


# what the glossary may not do ---------------------------------------------------------------------------------

SOME_TABLE, SOME_COLUMN = "mart_coverage", "days_after_due"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda g: g.overrides["mart_restatements"].pop("figure_kind"),
            "overrides: figure_kind is «Tipo de cifra» in fct_reconciliation and «Tipo de valor» in "
            "mart_restatements, and not another thing in either",
        ),
        (
            lambda g: g.columns.pop(SOME_COLUMN),
            "columns: days_after_due of mart_coverage is published and not described",
        ),
        (lambda g: g.tables.pop(SOME_TABLE), "tables: mart_coverage is published and not described"),
        (
            lambda g: g.tables.update({SOME_TABLE: TableEntry(subject="moon", description="d", grain="g")}),
            "tables: mart_coverage has the subject moon, which is none of the subjects",
        ),
        (
            lambda g: g.tables.update({"mart_moon": TableEntry(subject="money", description="d", grain="g")}),
            "tables: there is no published table mart_moon",
        ),
        (lambda g: g.columns.update({"moon": "Luna."}), "columns: no table needs a description of moon"),
        (lambda g: g.overrides.update({"mart_moon": {}}), "overrides: there is no published table mart_moon"),
        (
            lambda g: g.overrides[SOME_TABLE].update({"moon": "Luna."}),
            "overrides: mart_coverage has no column moon",
        ),
        (
            lambda g: g.overrides[SOME_TABLE].update({SOME_COLUMN: g.columns[SOME_COLUMN]}),
            "overrides: mart_coverage.days_after_due repeats the general description",
        ),
        (lambda g: g.units.pop("days"), "units: days of mart_coverage.days_after_due is not described"),
        (lambda g: g.units.update({"moons": Words(es="lunas", en="moons")}), "units: no column is in moons"),
        (
            lambda g: g.subjects.update({"moon": Words(es="luna", en="moon")}),
            "subjects: no table is about moon",
        ),
    ],
)
def test_what_does_not_fit_is_one_sentence(change, sentence: str, tables: dict[str, Table], glossary: Glossary) -> None:
    changed = glossary.model_copy(deep=True)
    change(changed)
    assert sentence in departures(changed, tables)


# writing -------------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(parsed: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """The pages in a folder of their own."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for path in (ROOT / "docs").iterdir():
        (docs / path.name).write_text(path.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(Paths, "docs", docs)
    return parsed


def test_writing_brings_back_what_was_changed_and_nothing_else(copied: Paths) -> None:
    pages.write(copied)
    page = copied.docs / "data-dictionary.md"
    sound = page.read_text("utf-8")
    page.write_text(sound.replace("accrued", "spent"), "utf-8")
    (copied.docs / "diccionario-de-datos.md").unlink()
    assert sorted(path.name for path in pages.write(copied)) == ["data-dictionary.md", "diccionario-de-datos.md"]
    assert page.read_text("utf-8") == sound
    assert pages.write(copied) == []


def test_the_words_around_the_pictures_stay(copied: Paths) -> None:
    page = copied.docs / "how-the-tables-relate.md"
    page.write_text(page.read_text("utf-8").replace("# How the tables relate", "# How they relate"), "utf-8")
    pages.write(copied)
    assert page.read_text("utf-8").startswith("# How they relate")


def test_a_page_without_a_place_for_the_pictures_is_named(copied: Paths) -> None:
    (copied.docs / "how-the-tables-relate.md").write_text("# How the tables relate\n", "utf-8")
    with pytest.raises(DocumentationError, match=r"how-the-tables-relate\.md has no place for the pictures"):
        pages.pages(copied)


def test_a_page_that_names_a_table_that_is_gone_is_named(copied: Paths) -> None:
    page = copied.docs / "como-se-relacionan-las-tablas.md"
    page.write_text(page.read_text("utf-8").replace("`mart_findings`", "`mart_moon`"), "utf-8")
    with pytest.raises(DocumentationError, match=r"como-.* speaks of tables that are not published: mart_moon$"):
        pages.pages(copied)


def test_the_first_page_of_dbt_names_tables_there_are(manifest: dict[str, Any], tables: dict[str, Table]) -> None:
    overview = manifest["docs"]["doc.contraste.__overview__"]["block_contents"]
    assert "mart_program_performance" in overview
    assert pages.unpublished(overview, tables) == []


def test_a_glossary_that_cannot_be_read_is_2_and_a_sentence(
    copied: Paths, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    copied.glossary.write_text("columns: [", "utf-8")
    monkeypatch.setattr(Paths, "from_environment", lambda: copied)
    monkeypatch.setattr("sys.argv", ["contraste", "dictionary"])
    assert cli.run() == 2
    assert "glosario.yml cannot be read" in capfd.readouterr().err
