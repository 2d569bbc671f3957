"""A refresh builds the rows of touched documents only, and the database comes out as if all had been built anew.

Documents come in three turns. The second brings a re-issue and another form of filings that are there, and a new
institution; in the third one is withdrawn. What the last two leave is held against a build from nothing.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from extractors.extraction import extract
from extractors.taking_out import withdraw
from orchestration import transformation
from orchestration.paths import Paths
from orchestration.transformation import TransformationError, build, is_whole, passthrough
from tests.built_warehouse import ROOT, working_database
from tests.publications import siafi_pdf
from tests.publications.reissue import CORRECTED, load_reissue

FIRST_TURN = [
    "mx_gto_cuenta_publica/isseg_2020_indicadores_de_resultados.pdf",
    "mx_ipab_programa_institucional/ipab_2020_2024_programa_institucional.docx",
    "cl_dipres_indicadores/dipres_2011_gobiernos_regionales.pdf",
    "hn_siafi_productos/aduanas_2021_01_r00824984.pdf",
]
SECOND_TURN = [
    "mx_gto_cuenta_publica/ejemplo_2020_estados_presupuestarios.xlsx",
    "mx_gto_cuenta_publica/isseg_2020_indicadores_de_resultados.xlsx",
    "sv_insafocoop_poa/insafocoop_2024_t1_seguimiento_poa.docx",
]
REISSUE = "hn_siafi_productos/corrected.pdf"


def put(inbox: Path, name: str) -> None:
    target = inbox / name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "documents" / name, target)


@dataclass(frozen=True)
class Turn:
    """What a refresh left: names of the documents whose rows it built, every row of every table, a copy of its home."""

    touched: set[str]
    tables: dict[str, Counter[tuple[str]]]
    paths: Paths

    @classmethod
    def of(cls, paths: Paths, copy: Path) -> Turn:
        extract(paths.documents, paths.raw, paths.archive)
        assert_built(paths)
        shutil.copytree(paths.home, copy)
        return cls(touched(paths), tables(paths), Paths(ROOT, paths.documents, copy))


def assert_built(paths: Paths, *, anew: bool = False) -> None:
    assert [node.name for node in build(paths, "test", anew=anew).failed] == []


def touched(paths: Paths) -> set[str]:
    with working_database(paths) as connection:
        rows = connection.execute("""
            select documents.file_path from intermediate.int_documents__touched
            inner join intermediate.int_documents__identify as documents using (document_sha256)
        """).fetchall()
    return {Path(name).name for (name,) in rows}


def tables(paths: Paths) -> dict[str, Counter[tuple[str]]]:
    """Every row as text, of all tables that keep or see every document."""
    on_the_way = {
        f"{node['schema']}.{node['name']}"
        for node in json.loads(paths.dbt_manifest.read_text())["nodes"].values()
        if node["config"]["materialized"] == "table" and node["config"]["meta"].get("sees") == "touched"
    }
    saying_what_was_built_when = {
        f"intermediate.{name}" for name in ("documents_built", "int_documents__compare", "int_documents__touched")
    }
    with working_database(paths) as connection:
        names = connection.execute("""
            select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE TABLE'
        """).fetchall()
        return {
            name: Counter(
                row for (row,) in connection.execute(f"select cast(t as varchar) from {name} as t").fetchall()
            )
            for (name,) in names
            if name not in on_the_way | saying_what_was_built_when
        }


@pytest.fixture(scope="module")
def turns(tmp_path_factory: pytest.TempPathFactory) -> list[Turn]:
    inbox, copies = tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("copies")
    paths = Paths(ROOT, inbox, tmp_path_factory.mktemp("home"))
    for name in FIRST_TURN:
        put(inbox, name)
    turns = [Turn.of(paths, copies / "1")]
    for name in SECOND_TURN:
        put(inbox, name)
    (inbox / REISSUE).write_bytes(siafi_pdf.render(load_reissue(CORRECTED)))
    assert is_whole(paths)
    turns.append(Turn.of(paths, copies / "2"))
    withdraw(paths.raw, REISSUE, "a test")
    (inbox / REISSUE).unlink()
    turns.append(Turn.of(paths, copies / "3"))
    return turns


def test_the_first_build_is_of_everything(turns: list[Turn]) -> None:
    assert turns[0].touched == {Path(name).name for name in FIRST_TURN}


def test_only_the_institutions_of_new_documents_are_built(turns: list[Turn]) -> None:
    # IPAB and the Chilean slides have nothing to do with what came
    assert turns[1].touched == {
        "isseg_2020_indicadores_de_resultados.pdf",
        "isseg_2020_indicadores_de_resultados.xlsx",
        "aduanas_2021_01_r00824984.pdf",
        "corrected.pdf",
        "ejemplo_2020_estados_presupuestarios.xlsx",
        "insafocoop_2024_t1_seguimiento_poa.docx",
    }


def test_what_is_withdrawn_touches_its_own(turns: list[Turn]) -> None:
    assert turns[2].touched == {"aduanas_2021_01_r00824984.pdf", "corrected.pdf"}


def test_models_are_not_built_from_what_some_documents_left(turns: list[Turn]) -> None:
    sentence = r"hold the 2 of \d+ documents of the last run only.*contraste refresh --force"
    after_a_withdrawal = turns[2].paths
    with pytest.raises(TransformationError, match=sentence):
        build(after_a_withdrawal, "test", select=["mart_findings"])
    with pytest.raises(TransformationError, match=sentence):
        passthrough(after_a_withdrawal, ["run", "-s", "mart_findings"])
    assert [node.name for node in build(turns[0].paths, "test", select=["mart_findings"]).failed] == []


@pytest.mark.parametrize("turn", [1, 2])
def test_the_database_is_as_if_built_anew(turns: list[Turn], turn: int) -> None:
    assert_built(turns[turn].paths, anew=True)
    anew = tables(turns[turn].paths)
    assert turns[turn].tables.keys() == anew.keys()
    assert [name for name in anew if turns[turn].tables[name] != anew[name]] == []


def test_what_does_not_fit_into_memory_at_once_is_built_in_parts(
    turns: list[Turn], monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = turns[0].paths
    monkeypatch.setattr(transformation, "rows_at_once", lambda: 1)
    seen: list[str] = []
    built = build(paths, "test", anew=True, on_node=lambda done, total, name: seen.append(name))
    assert [node.name for node in built.failed] == []
    # four institutions filed; each is a part of its own
    assert {name.partition(" ")[2] for name in seen} == {"", "(part 2 of 4)", "(part 3 of 4)", "(part 4 of 4)"}
    assert (built.built_documents, built.documents) == (4, 4)
    in_parts = tables(paths)
    assert [name for name in in_parts if in_parts[name] != turns[0].tables[name]] == []
    assert is_whole(paths)


def test_a_database_that_something_else_wrote_to_is_made_anew(turns: list[Turn]) -> None:
    paths = turns[0].paths
    assert_built(paths)
    assert is_whole(paths)
    with working_database(paths, read_only=False) as connection:
        connection.execute("delete from marts.fct_budget_execution")
    assert not is_whole(paths)
    assert_built(paths)
    assert tables(paths)["marts.fct_budget_execution"] == turns[0].tables["marts.fct_budget_execution"]
