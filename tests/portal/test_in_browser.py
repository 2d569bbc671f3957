"""The site in a real browser, opened from the disk: charts, search, language, keyboard, nothing asked of anyone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.browser import Browser, executable

KINDS = {
    "index.html": 1,
    "institucion/3031.html": 2,
    "institucion/ipab.html": 9,
    "institucion/insafocoop.html": 1,
    "programa/3031-p3118.html": 2,
    "cuadrante.html": 1,
    "presupuesto.html": 0,
    "presupuesto/ejemplo-gto-2020-object.html": 1,
    "proyectos/ejemplo-gto-2020-investment-projects.html": 0,
    "cumplimiento.html": 0,
    "conciliacion.html": 0,
    "hallazgos.html": 0,
    "reexpresiones.html": 0,
    "cobertura.html": 0,
    "documentos.html": 0,
    "diccionario.html": 0,
    "diccionario/fct_budget_execution.html": 0,
    "reglas.html": 0,
    "descargas.html": 0,
    "metodo.html": 0,
    "en/index.html": 1,
    "en/cuadrante.html": 1,
    "en/presupuesto/ejemplo-gto-2020-revenue-item.html": 1,
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = executable()
    if program is None:
        pytest.skip("no Chromium is installed (on Debian: apt-get install chromium)")
    with Browser(program) as opened:
        yield opened


def test_pages_open_from_the_disk_without_a_complaint_and_ask_for_nothing_else(browser: Browser, site: Path) -> None:
    for width in (390, 1280):
        browser.size(width, 850, dark=width == 390)
        for page, charts in KINDS.items():
            browser.open((site / page).as_uri())
            assert browser.complaints() == [], page
            assert [each for each in browser.requested() if not each.startswith((site.as_uri(), "data:"))] == [], page
            assert browser.run("document.querySelectorAll('[data-chart] svg').length") == charts, page
            # nothing but a table is wider than the screen, and tables scroll by themselves
            assert browser.run("document.documentElement.scrollWidth") <= width, page


def test_the_search_of_every_page_finds_without_accents_and_leads_to_the_page(browser: Browser, site: Path) -> None:
    browser.size(1280, 850)
    browser.open((site / "programa" / "3031-p3118.html").as_uri())
    browser.run("document.getElementById('q').value = 'optimizacion farmacias'")
    browser.run("document.querySelector('form.find').requestSubmit()")
    browser.wait("document.querySelectorAll('#encontrado li').length > 0")
    assert browser.complaints() == []
    found = browser.run("[...document.querySelectorAll('#encontrado a')].map((link) => link.textContent)")
    assert "P3123 OPTIMIZACIÓN DE LA CADENA DE FARMACIAS ISSEG" in found
    browser.run("document.querySelector('#encontrado a').click()")
    browser.wait("document.querySelector('h1').textContent.includes('FARMACIAS')")
    # what is not there is not found, and the page says so
    browser.open((site / "buscar.html").as_uri() + "?q=zzzz")
    assert browser.run("document.getElementById('cuantos').textContent") == "Se encontraron 0."
    browser.open((site / "en" / "buscar.html").as_uri() + "?q=aduanera")
    assert browser.run("document.querySelector('#encontrado a').href").endswith("/en/institucion/aduanas-hn.html")


def test_the_language_switch_keeps_the_page_and_the_cell(browser: Browser, site: Path) -> None:
    page = next((site / "documento").glob("*/p1.html"))
    browser.open(page.as_uri() + "#c3")
    browser.run("document.querySelector('a.other').click()")
    browser.wait("document.documentElement.lang === 'en'")
    assert browser.run("location.hash") == "#c3"
    assert browser.run("location.pathname").endswith("/en/" + page.relative_to(site).as_posix())


def test_a_cell_is_outlined_on_its_page_without_a_script(browser: Browser, site: Path) -> None:
    page = site / "programa" / "3031-p3118.html"
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page.as_uri())
        address = browser.run(
            "[...document.querySelectorAll('td a')].find((a) => a.textContent === '21,736,319.98').href"
        )
        browser.open(address)
        shown = browser.run(
            "[...document.querySelectorAll('.card')].filter((card) => card.offsetHeight > 0).map((card) => card.id)"
        )
        assert shown == [address.partition("#")[2]]
        outlines = browser.run(
            "[...document.querySelectorAll('.outline')].filter((o) => o.getBoundingClientRect().width).length"
        )
        assert outlines == 1
        assert browser.run("document.querySelector('.whole img').naturalWidth") > 1000
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_the_keyboard_reaches_the_content_and_shows_where_it_is(browser: Browser, site: Path) -> None:
    browser.size(1280, 850)
    browser.open((site / "index.html").as_uri())
    browser.press("Tab", 9)
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left") >= 0
    for _ in range(3):
        browser.press("Tab", 9)
        width = browser.run("getComputedStyle(document.activeElement).outlineWidth")
        style = browser.run("getComputedStyle(document.activeElement).outlineStyle")
        assert (width, style) == ("3px", "solid")
    assert browser.run("document.activeElement.matches('header *')")


def test_words_stand_out_from_what_is_under_them(browser: Browser, site: Path) -> None:
    """WCAG AA: 4.5 to 1, in light and dark, for everything that holds text itself."""
    script = """
    (() => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
      const rgba = (colour) => {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data];
      };
      const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
      const poor = [];
      for (const element of document.querySelectorAll("body *")) {
        const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
        if (!own || !element.offsetParent || element.closest("svg") || element.matches(".unseen, .skip")) continue;
        let under = element, ground;
        while (under && (ground = rgba(getComputedStyle(under).backgroundColor))[3] < 255) under = under.parentElement;
        const [one, other] = [light(rgba(getComputedStyle(element).color)), light(ground)];
        const contrast = (Math.max(one, other) + .05) / (Math.min(one, other) + .05);
        if (contrast < 4.5) poor.push(`${element.className || element.tagName} ${contrast.toFixed(2)}`);
      }
      return [...new Set(poor)];
    })()
    """
    for dark in (False, True):
        browser.size(1280, 850, dark=dark)
        for page in (
            "index.html",
            "institucion/3031.html",
            "cumplimiento.html",
            "conciliacion.html",
            "reglas.html",
            "presupuesto.html",
            "presupuesto/ejemplo-gto-2020-object.html",
            "documentos.html",
            "hallazgos.html",
        ):
            browser.open((site / page).as_uri())
            poor = browser.run(script)
            assert poor == [], (page, dark)
