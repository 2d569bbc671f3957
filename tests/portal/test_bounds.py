"""A site of more documents than it may show says so and stays whole; what did not change is not written again."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from orchestration.copying import ReleaseError
from orchestration.paths import Paths
from orchestration.release import Release
from orchestration.site import SiteMaker
from portal.build import Sources, build
from portal.limits import Limits
from portal.marts import Marts, Row
from portal.material import Release as SiteRelease
from tests.built_warehouse import ROOT
from tests.portal.reading_pages import read
from tests.portal.test_numbers_and_words import numbers_without_origin, words_of_one_language
from tests.portal.test_pages import broken_links

RULES, GLOSSARY = ROOT / "expectations" / "rules.yml", ROOT / "docs" / "glosario.yml"


@pytest.fixture(scope="module")
def bounded(published: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same release in a site that may show two documents and one institution."""
    site = tmp_path_factory.mktemp("bounded") / "site"
    limits = Limits(documents=2, institutions=1, lines=0)
    build(published.database, site, SiteRelease("v"), Sources(rules=RULES, glossary=GLOSSARY, limits=limits))
    return site


def _documents(site: Path) -> set[str]:
    return {folder.name for folder in (site / "documento").iterdir()}


def _ask(release: Release, sql: str) -> set[str]:
    with duckdb.connect(str(release.database), read_only=True) as connection:
        return {row[0] for row in connection.execute(sql).fetchall()}


def test_a_site_that_shows_everything_says_nothing_of_a_bound(site: Path, published: Release) -> None:
    printed = "select distinct document_sha256[:12] from marts.mart_cell_lineage"
    assert _documents(site) == _ask(published, printed)
    for page in ("index.html", "documentos.html", "metodo.html"):
        assert "Este sitio muestra" not in (site / page).read_text("utf-8")


def test_a_number_of_what_is_left_out_leads_to_how_it_is_looked_up(bounded: Path) -> None:
    assert numbers_without_origin(bounded) == []
    assert words_of_one_language(bounded) == []


def test_what_is_shown_first_is_what_differs(bounded: Path, published: Release) -> None:
    differing = _ask(
        published,
        "select distinct document_sha256[:12] from marts.mart_reconciliation join marts.mart_cell_lineage "
        "using (document_sha256) where status in ('discrepant', 'explained')",
    )
    assert len(differing) > 2
    assert len(_documents(bounded)) == 2
    assert _documents(bounded) < differing


def test_the_bound_is_said_in_both_languages(bounded: Path, published: Release) -> None:
    there_are = len(_ask(published, "select distinct document_sha256 from marts.mart_cell_lineage"))
    for page in ("index.html", "documentos.html", "metodo.html"):
        assert f"Este sitio muestra 2 de {there_are} documentos" in (bounded / page).read_text("utf-8")
        assert f"This site shows 2 of {there_are} documents" in (bounded / "en" / page).read_text("utf-8")


def test_lists_stay_whole_and_no_link_is_broken(bounded: Path, site: Path) -> None:
    assert broken_links(bounded.resolve()) == []
    for page in ("documentos.html", "instituciones.html"):
        assert len(read(bounded / page).all("tr")) == len(read(site / page).all("tr"))
    assert len(list((bounded / "institucion").glob("*.html"))) == 1
    institution = next((bounded / "institucion").glob("*.html")).name
    shown = {file.name for file in (bounded / "programa").glob("*.html")}
    assert all(name.startswith(institution.removesuffix(".html")) for name in shown)


LARGE = re.compile(r"marts\.(mart_(program|indicator|findings|reconciliation)\w*|fct_(indicator|budget_ex)\w+)")


@pytest.mark.parametrize("rows", [0, 300_000])
def test_no_large_table_is_read_through_again_for_each_institution(
    published: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    asked: list[str] = []

    def heard(of: Marts, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        asked.extend(LARGE.findall(sql))
        return read_rows(of, sql, parameters)

    read_rows = Marts.rows
    monkeypatch.setattr(Marts, "rows", heard)
    counts = []
    for institutions in (1, 200):
        asked.clear()
        limits = Limits(institutions=institutions, rows=rows)
        site = tmp_path / str(institutions)
        build(published.database, site, SiteRelease("v"), Sources(limits=limits))
        counts.append((len(list((site / "institucion").glob("*.html"))) > 5, len(asked)))
    [(one, few), (many, as_many)] = counts
    assert (one, many, few) == (False, True, as_many)


def test_the_number_of_documents_is_a_setting(
    monkeypatch: pytest.MonkeyPatch, published: Release, tmp_path: Path
) -> None:
    shutil.copyfile(published.database, tmp_path / "warehouse.duckdb")
    for table in published.manifest["tables"].values():
        (tmp_path / table["parquet"]).parent.mkdir(exist_ok=True)
        os.link(published.folder / table["parquet"], tmp_path / table["parquet"])
    about = {**published.manifest, "docs": {}}
    maker = SiteMaker(Paths(tmp_path, tmp_path, tmp_path))
    monkeypatch.setenv("CONTRASTE_SITE_DOCUMENTS", "many")
    with pytest.raises(ReleaseError, match="'many': write how many documents"):
        maker(tmp_path, about, None)
    monkeypatch.setenv("CONTRASTE_SITE_DOCUMENTS", "3")
    maker(tmp_path, about, None)
    assert 1 <= len(_documents(tmp_path / "site")) <= 3


def test_only_pages_of_a_document_that_changed_are_written(published: Release, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    build(published.database, before, SiteRelease("first"))
    changed = tmp_path / "changed.duckdb"
    shutil.copyfile(published.database, changed)
    changed.chmod(0o644)
    with duckdb.connect(str(changed)) as connection:
        [(document,)] = connection.execute("select min(document_sha256) from marts.mart_cell_lineage").fetchall()
        connection.execute(
            "update marts.mart_cell_lineage set text_raw = '7,777' where lineage_key = "
            "(select min(lineage_key) from marts.mart_cell_lineage where document_sha256 = ?)",
            [document],
        )
    built = build(changed, after, SiteRelease("second"), Sources(before=before))
    pages = [page.relative_to(after) for page in after.rglob("documento/**/*.html")]
    written = [page for page in pages if not os.path.samefile(before / page, after / page)]
    assert written and {page.parent.name for page in written} == {document[:12]}
    assert len({page.name for page in written}) == 1
    lasting = [
        page.relative_to(after)
        for kind in ("documento", "programa", "indicador")
        for page in after.rglob(f"{kind}/**/*.html")
    ]
    assert built.taken_over == sum(os.path.samefile(before / page, after / page) for page in lasting)
    assert built.taken_over == len(lasting) - len(written)
    assert "7,777" in (after / written[0]).read_text("utf-8")
    assert "7,777" not in (before / written[0]).read_text("utf-8")
    # a page of the release says which one it is, so it is never the file of another
    assert "second" in (after / "index.html").read_text("utf-8")
    assert all("first" not in (after / page).read_text("utf-8") for page in lasting)


def test_a_page_that_was_touched_after_it_was_made_keeps_the_release_whole(published: Release, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    build(published.database, before, SiteRelease("first"), Sources(rules=RULES, glossary=GLOSSARY))
    gone = next((before / "en" / "documento").rglob("*.html"))
    gone.unlink()
    build(published.database, after, SiteRelease("second"), Sources(rules=RULES, glossary=GLOSSARY, before=before))
    assert broken_links(after.resolve()) == []
    assert (after / gone.relative_to(before)).is_file()
