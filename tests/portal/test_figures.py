"""The figures on the pages are those of the documents, and lead to where they are printed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from portal.amounts import grouped
from tests.portal.reading_pages import link, read, table, table_under
from tests.questions.answers import isseg


def test_the_money_of_an_institution_is_the_sum_of_its_printed_lines(site: Path) -> None:
    rows = table(site / "institucion" / "3031.html", "Suma de 15 líneas impresas, MXN")
    expected = {
        phase: sum((row[column] for row in isseg()), Decimal(0))
        for phase, column in (
            ("Aprobado", "approved_amount"),
            ("Modificado", "adjusted_amount"),
            ("Devengado", "accrued_amount"),
        )
    }
    # the printed rows end in cents, and so does their sum
    assert rows[:3] == [[phase, grouped(format(amount, ".2f"))] for phase, amount in expected.items()]
    # 6,758,751,766.74 / 7,322,661,467.96
    assert rows[3] == ["Devengado / aprobado", "92.30 %"]


def test_a_programme_shows_what_its_row_prints(site: Path) -> None:
    page = site / "programa" / "3031-p3118.html"
    [line] = table(page, "Cada importe lleva a su celda impresa")
    # page 1, row of P3118; 14,948,170.92 of 21,736,319.98 is 68.77 %, printed as 69%
    assert line[2:] == ["21,736,319.98", "21,723,424.20", "14,948,170.92", "—", "69 %", "68.77 %"]
    [goal] = table(page, "Cada meta con lo impreso")
    # 32,638 of 43,962 is 74.24 %, below the 75 % from which a goal is partly met
    assert goal[1:] == ["2020", "43,962", "43,962", "32,638", "74 %", "74.24 %", "no cumplida"]


def test_an_amount_leads_to_its_printed_cell(site: Path) -> None:
    page = site / "programa" / "3031-p3118.html"
    address, _, anchor = link(page, "21,736,319.98").partition("#")
    source = (page.parent / address).resolve()
    [card] = [element for element in read(source).all("section") if element.attributes.get("id") == anchor]
    said = " ".join(card.text.split())
    assert said.startswith("todas las cifras Se imprime «21,736,319.98»")
    assert "fct_budget_execution.approved_amount" in said and "fila 13" in said
    [crop] = card.all("svg")
    [picture] = crop.all("image")
    assert (source.parent / picture.attributes["href"]).is_file()
    # the outline lies inside what the crop shows
    left, upper, width, height = map(float, crop.attributes["viewbox"].split())
    [outline] = crop.all("rect")
    x, y, wide, high = (float(outline.attributes[name]) for name in ("x", "y", "width", "height"))
    assert left <= x and upper <= y and x + wide <= left + width and y + high <= upper + height


def test_a_cell_of_a_document_without_pages_stands_among_its_neighbours(site: Path) -> None:
    page = site / "cumplimiento.html"
    [row] = [
        element
        for element in read(page).all("tr")
        if element.children
        and " ".join(element.children[0].text.split()) == "Acceso a la Información Pública (UAIP-OIR)"
    ]
    address, _, anchor = row.all("a")[0].attributes["href"].partition("#")
    source = (page.parent / address).resolve()
    [card] = [element for element in read(source).all("section") if element.attributes.get("id") == anchor]
    [beside] = card.all("table")
    lines = [[" ".join(cell.text.split()) for cell in line.children] for line in beside.all("tbody")[0].children]
    # the monthly table of the report: the unit above, the unit, the unit below
    assert [line[1:] for line in lines] == [["100%", "100%", "67%"], ["83%", "100%", "100%"], ["0%", "0%", "0%"]]
    assert [cell.text for cell in beside.all("td") if cell.attributes.get("class") == "it"] == ["83%"]


def test_not_reported_is_not_zero(site: Path) -> None:
    page = site / "cumplimiento.html"
    rows = {row[0]: row for row in table(page, "Cumplimiento impreso por unidad y mes")}
    # both print 0%; of the one the report says that no report came, the other reported nothing done in February
    assert rows["Auditoría Interna"][1:5] == ["sin informe"] * 4
    assert rows["Supervisión"][1:4] == ["95 %", "0 %", "98 %"]
    classes = {
        " ".join(element.children[0].text.split()): [cell.attributes.get("class", "") for cell in element.children[1:5]]
        for element in read(page).all("tr")
        if len(element.children) > 4
    }
    assert classes["Auditoría Interna"] == ["h unreported"] * 4
    assert classes["Supervisión"][:3] == ["h met", "h zero", "h met"]


def test_a_printed_total_stands_beside_the_recomputed_one(site: Path) -> None:
    rows = table_under(site / "conciliacion.html", "Cada subtotal impreso es la suma de las filas que cubre. explicada")
    [devengado] = [row for row in rows if row[0] == "devengadosubtotal 1"]
    # the eleven rows of page 1 add up to 3,570,750,431.33
    assert devengado[2:5] == ["3,570,750,461.33", "3,570,750,431.33", "+30.00"]
    assert devengado[5].startswith("El subtotal impreso de Devengado rebasa en 30.00 la suma")
    assert devengado[1].endswith("p. 1, tabla 1, fila 15")


def test_a_series_is_shown_from_2012_to_2024(site: Path) -> None:
    [page] = [
        page
        for page in (site / "indicador").glob("ipab-*.html")
        if read(page).all("h1")[0].text == "Gestión de cobro de cuotas"
    ]
    values = {(row[0], row[1]): row[2] for row in table(page, "Valores como se imprimen")}
    assert values["2012", "Serie histórica"] == "24"
    assert values["2019", "Línea base"] == "0"
    assert values["2024", "Meta final"] == "120"


def test_a_restatement_shows_old_and_new(site: Path) -> None:
    rows = table(site / "reexpresiones.html", "Lo que se imprimió antes y después")
    assert len(rows) == 15
    # in the made-up preliminary report 100,000.00 less is in force in one category; 100,000 / 14,041,118 is 0.71 %
    [in_force] = [row for row in rows if row[0].startswith("modificado") and "11-02-000-000" in row[0]]
    assert in_force[1:4] == ["14,041,118.00", "14,141,118.00", "100,000.00 0.71 %"]


def test_english_pages_hold_the_same_figures(site: Path) -> None:
    spanish = table(site / "programa" / "3031-p3118.html", "Cada importe lleva a su celda impresa")
    english = table(site / "en" / "programa" / "3031-p3118.html", "Every amount leads to its printed cell")
    assert [row[2:] for row in spanish] == [row[2:] for row in english]
