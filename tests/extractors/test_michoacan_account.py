"""The quarterly account of a Michoacán institute, drawn for another quarter with other figures and scanned askew."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import LayoutMismatch
from extractors.extraction import pages_of
from extractors.layout import Interpretation, interpret
from extractors.limits import Limits
from extractors.readers.scan.reader import ScanReader
from extractors.scanned.judging import Judgement, judge
from extractors.scanned.landing import SCANS_VARIABLE
from extractors.scanned.mending import Mending
from extractors.spec import load_sources
from tests.publications.scan import Scanner, scan

RIGHTS = (333, 433, 533, 625, 703, 776)
LABELS = ("Aprobado", "Ampliaciones /|(Reducciones)", "Modificado", "Devengado", "Pagado", "Subejercicio")
CODES = ("1", "2", "3=(1+2)", "4", "5", "6 = ( 3 - 4 )")
OBJECT = ("Clasificación por Objeto del Gasto (Capitulo y Concepto)", "rptEstadoPresupuestoEgresos_CP_CTO")

Row = tuple[str, int, Decimal, Decimal, Decimal]
"""Name, indentation, approved, amended and accrued amount; what is accrued is paid."""

PERSONAL: Row = ("SERVICIOS PERSONALES", 0, Decimal("812340.10"), Decimal("-1500.00"), Decimal("402118.77"))
MATERIALS: Row = ("MATERIALES Y SUMINISTROS", 0, Decimal("95600.00"), Decimal("1500.00"), Decimal("31077.65"))
FIRST: tuple[Row, ...] = (
    PERSONAL,
    ("REMUNERACIONES AL PERSONAL DE CARACTER|PERMANENTE", 12, Decimal("700340.10"), Decimal(0), Decimal("390118.77")),
    ("SEGURIDAD SOCIAL", 12, Decimal("112000.00"), Decimal("-1500.00"), Decimal("12000.00")),
    MATERIALS,
    ("ALIMENTOS Y UTENSILIOS", 12, Decimal("45600.00"), Decimal("1500.00"), Decimal("30077.65")),
)
SECOND: tuple[Row, ...] = (
    ("COMBUSTIBLES, LUBRICANTES Y ADITIVOS", 12, Decimal("50000.00"), Decimal(0), Decimal("1000.00")),
)
TOTAL: Row = ("Total del Gasto", 8, Decimal("907940.10"), Decimal(0), Decimal("433196.42"))


def money(value: Decimal) -> str:
    return f"{'-' if value < 0 else ''}${abs(value):,.2f}"


def figures(row: Row) -> list[str]:
    _, _, approved, amended, accrued = row
    adjusted = approved + amended
    return [money(value) for value in (approved, amended, adjusted, accrued, accrued, adjusted - accrued)]


def draw_page(canvas: Canvas, kind: tuple[str, str], rows: tuple[Row, ...], *, is_last: bool) -> None:
    def middle(y: float, text: str, size: float) -> None:
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawCentredString(372, 612 - y, text)

    title, report = kind
    middle(24, "Instituto Tecnológico Superior de Ciudad Hidalgo", 11)
    middle(36, "ESTADO DE MICHOACAN", 10)
    middle(49, "Estado Analítico del Ejercicio del Presupuesto de Egresos", 9)
    middle(61, title, 8)
    middle(71, "Del 01/ene./2022 Al 30/jun./2022", 7)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(30, 612 - 61, "Usr: ELENA")
    canvas.drawString(30, 612 - 71, f"Rep: {report}")
    canvas.setFont("Helvetica-Bold", 8)
    canvas.drawString(108, 612 - 110, "Concepto")
    canvas.drawString(489, 612 - 89, "Egresos")
    for right, label, code in zip(RIGHTS, LABELS, CODES, strict=True):
        for number, part in enumerate(reversed(label.split("|"))):
            canvas.drawCentredString(right - 45, 612 - 122 + 11 * number, part)
        canvas.drawCentredString(right - 45, 612 - 134, code)
    for y in (77, 98, 126, 139):
        canvas.line(16, 612 - y, 776, 612 - y)
    y = 150.0
    for row in rows:
        canvas.setFont("Helvetica-Bold" if row[1] < 12 else "Helvetica", 7.5)
        name, *rest = row[0].split("|")
        canvas.drawString(20 + row[1], 612 - y, name)
        for right, text in zip(RIGHTS, figures(row), strict=True):
            canvas.drawRightString(right, 612 - y, text)
        for part in rest:
            y += 9
            canvas.drawString(20, 612 - y, part)
        y += 12
    for x in (236, 336, 436, 536, 628, 706):
        canvas.line(x, 612 - 77, x, 612 - y)
    for x in (60, 180, 400, 690):  # signatures
        canvas.bezier(x, 612 - y - 45, x + 30, 612 - y - 5, x - 10, 612 - y - 60, x + 45, 612 - y - 30)
    if is_last:
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(250, 612 - y - 90, "ANA PEREZ LUNA")
        canvas.drawCentredString(250, 612 - y - 102, "DIRECTORA GENERAL")
        canvas.drawCentredString(570, 612 - y - 90, "JOSE SOTO VILLA")
        canvas.drawCentredString(570, 612 - y - 102, "JEFE DE DPTO. DE CONTABILIDAD")
    canvas.showPage()


def statement(folder: Path, *pages: tuple[Row, ...]) -> Path:
    drawn = folder / "drawn.pdf"
    canvas = Canvas(str(drawn), (792, 612), invariant=1)
    for number, rows in enumerate(pages, 1):
        draw_page(canvas, OBJECT, rows, is_last=number == len(pages))
    canvas.save()
    file = folder / "scan.pdf"
    file.write_bytes(scan(drawn.read_bytes(), Scanner(skew=0.5)))
    return file


def read(file: Path) -> tuple[Interpretation, list[Judgement]]:
    source = load_sources()["mx_mich_cuenta_publica"]
    scans = ScanReader(file, Limits(), Path(os.environ[SCANS_VARIABLE]))
    found = interpret(pages_of(file, source, Limits(), scans=scans), source, None, Mending(scans, source, {}).page)
    return found, judge(found, source, scans)


def test_another_quarter_is_read_and_every_amount_confirmed(tmp_path: Path) -> None:
    found, judged = read(statement(tmp_path, FIRST, (*SECOND, TOTAL)))
    assert (found.metadata.period_start_date, found.metadata.period_end_date) == ("2022-01-01", "2022-06-30")
    assert found.metadata.institution_name_raw == "Instituto Tecnológico Superior de Ciudad Hidalgo"
    (table,) = found.tables
    assert table.name == "spending_by_object"
    rows = [row for segment in table.segments for row in segment.rows if row.kind in ("data", "total")]
    printed = [[cell.joined for name, cell in row.values.items() if name.endswith("_amount")] for row in rows]
    assert printed == [figures(row) for row in (*FIRST, *SECOND, TOTAL)]
    assert [row.beside["parent_path"] for row in rows if row.kind == "data"] == [
        "",
        *["SERVICIOS PERSONALES"] * 2,
        "",
        *["MATERIALES Y SUMINISTROS"] * 2,
    ]
    assert {one.status for one in judged if one.column_name.endswith("_amount")} == {"confirmed"}


def test_a_statement_without_its_last_page_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(LayoutMismatch, match="prints no 'Total del Gasto'"):
        read(statement(tmp_path, FIRST))
