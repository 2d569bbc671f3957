"""Budgets by classification and projects: as printed, each amount at its cell, what differs from its lines below."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.paths import Paths
from portal.build import Sources, build
from portal.material import Release
from tests.portal.publishing import changed
from tests.portal.reading_pages import link, read, table

OBJECT = "presupuesto/ejemplo-gto-2020-object.html"


def test_every_amount_is_as_printed_and_a_sum_stands_below_what_it_differs_from(site: Path) -> None:
    rows = {row[0]: row[1:] for row in table(site / OBJECT, "Como se imprime")}
    assert list(rows) == [
        "1000 Servicios Personales",
        "2000 Materiales y Suministros",
        "3000 Servicios Generales",
        "5000 Bienes Muebles, Inmuebles e Intangibles",
    ]
    # sheet 6.5: 5,020,000.50 / 5,000,000.00 = 100.40001 %
    assert rows["1000 Servicios Personales"] == [
        "5,000,000.00", "5,100,000.00", "5,050,000.00", "5,020,000.50", "5,020,000.50", "5,010,000.50", "100.40 %",
    ]  # fmt: skip
    # printed 710,010.00; its two concepts, 370,000.00 and 340,000.00, come to 710,000.00
    assert rows["2000 Materiales y Suministros"][5] == "710,010.00suma 710,000.00"
    [total] = [row for row in read(site / OBJECT).all("tfoot")[0].children]
    assert [" ".join(cell.text.split()) for cell in total.children][:2] == ["Total", "10,000,000.00"]


def test_a_class_leads_to_its_lines_and_a_line_to_its_cell(site: Path) -> None:
    page = site / OBJECT
    anchor = link(page, "2000 Materiales y Suministros").partition("#")[2]
    [lines] = [each for each in read(page).all("div") if each.attributes.get("id") == anchor]
    named = [" ".join(row.children[0].text.split()) for row in lines.all("tbody")[0].children]
    assert named == [
        "2100 Materiales de Administración, Emisión de Documentos y Artículos Oficiales",
        "2600 Combustibles, Lubricantes y Aditivos",
    ]
    address, _, cell = link(page, "345,250.25").partition("#")
    source = (page.parent / address).resolve()
    [card] = [each for each in read(source).all("section") if each.attributes.get("id") == cell]
    # row 15 of the sheet of the object of expenditure
    assert "«345,250.25»" in card.text and "fila 15" in " ".join(card.text.split())


def test_blank_is_not_zero(site: Path) -> None:
    rows = {row[0]: row[1:] for row in table(site / OBJECT, "5000 Bienes Muebles")}
    assert rows["5400 Vehículos y Equipo de Transporte"] == ["en blanco"] * 6 + ["—"]
    # and is no bar of the chart: of the functions, Desarrollo Económico prints nothing
    page = read(site / "presupuesto" / "ejemplo-gto-2020-functional.html")
    [chart] = [json.loads(script.text) for script in page.all("script") if script.attributes.get("type")]
    assert [bar["label"] for bar in chart] == ["1 Gobierno", "2 Desarrollo Social"]


def test_one_class_above_all_others_is_no_row(site: Path) -> None:
    rows = table(site / "presupuesto" / "ejemplo-gto-2020-program-category.html", "Como se imprime")
    assert [row[0] for row in rows] == [
        "desempeno Desempeño de las Funciones",
        "administrativos Administrativos y de Apoyo",
        "compromisos Compromisos",
    ]


def test_revenue_has_its_own_phases(site: Path) -> None:
    page = site / "presupuesto" / "ejemplo-gto-2020-revenue-item.html"
    [head, *_] = read(page).all("thead")
    words = [" ".join(cell.text.split()) for cell in head.children[0].children]
    assert words == ["Rubro de ingresos", "Estimado", "Modificado", "Devengado", "Recaudado", "Recaudado / estimado"]


def test_the_list_has_spending_revenue_and_projects_of_a_period(site: Path) -> None:
    rows = table(site / "presupuesto.html", "Lo más reciente primero")
    assert [row[1] for row in rows] == ["Gasto", "Ingreso", "Proyectos y obras"]
    # 9,685,250.75 of 10,000,000.00
    assert rows[0][2:6] == ["10,000,000.00", "10,500,000.00", "9,685,250.75", "96.85 %"]
    assert "Objeto del gasto" in rows[0][7] and "Rubro de ingresos" in rows[1][7]
    assert "Objeto del gasto" in read(site / "institucion" / "ejemplo-gto.html").text


def test_projects_show_money_and_what_was_built(site: Path) -> None:
    page = site / "proyectos" / "ejemplo-gto-2020-investment-projects.html"
    rows = {row[0].split()[0]: row[1:] for row in table(page, "Cada importe lleva a su celda impresa")}
    assert rows["Q0042"] == ["3,500,000.00", "3,950,000.00", "3,300,000.00"]
    goals = {row[0].split()[0]: row[1:] for row in table(page, "Cada porcentaje como se imprime")}
    # 720 of 800; 3,300,000 of 3,500,000 is 94.29 %, of 3,950,000 83.54 %
    assert goals["Q0042"] == ["800", "800", "720", "94 %94.29 %", "84 %83.54 %", "90 %90.00 %", "90 %90.00 %"]


@pytest.fixture
def long(warehouse: Paths, tmp_path: Path) -> Path:
    """A site whose budget of expenditure has three hundred lines more."""
    database = changed(
        warehouse,
        tmp_path,
        "insert into marts.fct_budget_amounts by name select a.* replace "
        "(a.budget_amount_key || '-' || i as budget_amount_key, a.scope || '-' || i as scope, "
        "a.term_raw || ' ' || i as term_raw, a.row_no + 1000 * i as row_no, i::decimal(18, 2) as amount) "
        "from marts.fct_budget_amounts a, range(1, 301) r (i) where a.scope = 'object 1100'",
    )
    build(database, tmp_path / "site", Release("v"), Sources())
    return tmp_path / "site"


def test_a_long_table_goes_over_pages_and_every_class_still_leads_to_its_lines(long: Path) -> None:
    pages = sorted((long / "presupuesto").glob("ejemplo-gto-2020-object*.html"))
    assert len(pages) > 4
    assert max(page.stat().st_size for page in pages) <= 150_000
    listed = [row for page in pages for each in read(page).all("details") for row in each.all("tbody")[0].children]
    # eight concepts and three hundred more
    assert len(listed) == 308
    address, _, anchor = link(long / OBJECT, "5000 Bienes Muebles, Inmuebles e Intangibles").partition("#")
    target = (long / "presupuesto" / address).resolve() if address else long / OBJECT
    assert anchor in {each.attributes.get("id") for each in read(target).all("div")}


def test_what_earlier_years_left_to_be_paid_has_no_rate_since_nothing_was_planned(
    warehouse: Paths, tmp_path: Path
) -> None:
    carried_over = "update marts.fct_budget_amounts set flow = 'carryover' where classification = 'object'"
    database = changed(warehouse, tmp_path, carried_over)
    build(database, tmp_path / "site", Release("v"), Sources())
    headings = {
        name: [" ".join(cell.text.split()) for cell in read(tmp_path / "site" / name).all("thead")[0].all("th")]
        for name in (OBJECT, OBJECT.replace("object", "functional"))
    }
    assert [name.endswith(" / aprobado") for name in (each[-1] for each in headings.values())] == [False, True]
    assert "Pendiente de pago de años anteriores" in read(tmp_path / "site" / "presupuesto.html").text
