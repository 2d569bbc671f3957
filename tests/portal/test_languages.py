"""What is said is in the language of the page, and what is quoted is marked with that of its document."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.release import Release
from portal.build import Sources, build
from portal.material import Release as SiteRelease
from tests.portal.reading_pages import pages, read

SAID = {
    "conciliacion.html": (
        # the subtotal of the Cuenta Pública 2020 of ISSEG: 3,570,750,461.33 printed, 3,570,750,431.33 added up
        "El subtotal impreso de Devengado rebasa en 30.00 la suma de sus once filas; Aprobado y Modificado cuadran al "
        "centavo",
        "The printed Devengado subtotal is 30.00 more than its eleven rows; Aprobado and Modificado tie to the cent",
    ),
    # 24 reports a year print 120 as their final target, five years of them
    "conciliacion-sin-comparar.html": (
        "Son conteos que se suman y la meta final no es la del último año",
        "They are counts that add up, so the final target is not that of the last year",
    ),
    "hallazgos.html": ("Resultado muy por encima de la meta", "Result far above the goal"),
    "metodo.html": ("El tope oculta una meta demasiado baja", "The cap hides a goal set too low"),
}


def text(page: Path) -> str:
    return " ".join(read(page).text.split())


@pytest.mark.parametrize(("place", "spanish", "english"), [(place, *said) for place, said in SAID.items()])
def test_a_page_says_it_in_its_own_language_only(site: Path, place: str, spanish: str, english: str) -> None:
    assert spanish in text(site / place) and english not in text(site / place)
    assert english in text(site / "en" / place) and spanish not in text(site / "en" / place)


def test_thresholds_say_where_they_come_from_in_both_languages(site: Path) -> None:
    # the quotation is that of the document in both
    quoted = "«el indicador que establece cumplimiento de actividades es arriba del 90%"
    assert f"consideraciones generales: {quoted}" in text(site / "metodo.html")
    assert "El 90 mismo se lee como cumplido" in text(site / "metodo.html")
    assert "90 itself is read as met" in text(site / "en" / "metodo.html")


def test_no_page_in_spanish_says_a_thing_in_english(site: Path) -> None:
    switch = {"English"}
    for page in pages(site):
        if page.relative_to(site).parts[0] != "en":
            said = {each.text.strip() for each in read(page).all() if each.attributes.get("lang") == "en"}
            assert said == switch, page


# what is quoted -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def portuguese(published: Release, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site, made after the one of the release, if the documents of Honduras were written in Portuguese."""
    folder = tmp_path_factory.mktemp("portuguese")
    shutil.copyfile(published.database, folder / "warehouse.duckdb")
    with duckdb.connect(str(folder / "warehouse.duckdb")) as connection:
        connection.execute("update marts.dim_documents set language_code = 'pt' where country_code = 'HN'")
    for name, before in (("before", None), ("site", folder / "before")):
        database = published.database if before is None else folder / "warehouse.duckdb"
        build(database, folder / name, SiteRelease(name), Sources(before=before))
    return folder / "site"


def marked(page: Path) -> set[str]:
    """The languages that parts of a page are marked with, the link to its twin left aside."""
    return {
        each.attributes["lang"]
        for each in read(page).all()
        if "lang" in each.attributes and each.tag != "html" and "other" not in each.attributes.get("class", "").split()
    }


@pytest.mark.parametrize("folder", [".", "en"])
def test_a_quotation_is_marked_with_the_language_of_its_document(portuguese: Path, folder: str) -> None:
    site = portuguese / folder
    assert marked(site / "programa" / "aduanas-hn-11-01-000-000.html") == {"pt"}
    assert marked(site / "institucion" / "aduanas-hn.html") == {"pt"}
    assert marked(site / "institucion" / "3031.html") == {"es"}


def test_a_list_of_several_countries_marks_each_line(portuguese: Path) -> None:
    def languages(name: str) -> set[str]:
        return {
            each.attributes["lang"]
            for each in read(portuguese / "instituciones.html").all()
            if "lang" in each.attributes and name in each.text and each.tag in ("a", "span")
        }

    assert languages("Administración Aduanera") == {"pt"}
    assert languages("Instituto de Seguridad Social") == {"es"}


def test_only_pages_that_quote_it_are_written_again(portuguese: Path) -> None:
    before = portuguese.parent / "before"
    written = {
        page.name
        for page in (portuguese / "programa").iterdir()
        if not os.path.samefile(page, before / "programa" / page.name)
    }
    assert written == {page.name for page in (portuguese / "programa").glob("aduanas-hn-*")} and written


def test_what_is_found_is_marked_as_well(portuguese: Path) -> None:
    index = (portuguese / "assets" / "search.js").read_text("utf-8")
    assert '"institucion/aduanas-hn.html","pt"]' in index and '"institucion/3031.html","es"]' in index
