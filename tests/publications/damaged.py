"""Damaged and hostile documents, made when a test asks for them by the builders the publications come from.

Every function writes one file to `target` and returns it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.publications import indicator_results_pdf, indicator_results_xlsx, siafi_pdf
from tests.publications.build import ADUANAS_2021_01, ISSEG_2020
from tests.publications.printed_figures import (
    Column,
    Page,
    Publication,
    Row,
    load_indicator_results,
    load_siafi,
)
from tests.publications.received_text import indicator_results_text

PASSWORD = "clave"
# one hostile indicator name for each data row, over and over
HOSTILE_LABELS = (
    "<script>alert('1')</script> <b>PROGRAMA</b> &amp;",
    '\'; DROP TABLE raw; -- "PROGRAMA"',
    '=HYPERLINK("http://example.invalid/"; "PROGRAMA")',
    "+1-2 @SUM(A1:A9) {{ PROGRAMA }} $(id) ../../etc",
)
CONTROL_CHARACTERS = "control\x07\x1b[31m\x00programa"


def encrypted_pdf(target: Path) -> Path:
    """The form, locked: it opens with PASSWORD only."""
    return _write(target, indicator_results_pdf.render(_form(), password=PASSWORD))


def truncated_pdf(target: Path) -> Path:
    """The first half of the form's bytes."""
    whole = indicator_results_pdf.render(_form())
    return _write(target, whole[: len(whole) // 2])


def truncated_xlsx(target: Path) -> Path:
    """The first half of the workbook's bytes."""
    whole = indicator_results_xlsx.render(_form())
    return _write(target, whole[: len(whole) // 2])


def empty_file(target: Path) -> Path:
    """No bytes at all."""
    return _write(target, b"")


def pdf_under_another_name(target: Path) -> Path:
    """The form as PDF, to be written to a name such as x.xlsx."""
    return _write(target, indicator_results_pdf.render(_form()))


def text_under_another_name(target: Path) -> Path:
    """The form as text, to be written to a name such as x.pdf."""
    return _write(target, indicator_results_text(_form()).encode())


def zip_under_another_name(target: Path) -> Path:
    """A zip archive that is no workbook, to be written to a name such as x.xlsx."""
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("leeme.txt", "Esto no es un libro de cálculo.")
    return target


def pdf_without_table(target: Path) -> Path:
    """The title lines and the statement of each page, and no table."""
    return _write(target, indicator_results_pdf.render(_each_page(_without_table)))


def xlsx_without_table(target: Path) -> Path:
    """The title lines and the statement, and no table."""
    return _write(target, indicator_results_xlsx.render(_each_page(_without_table)))


def pdf_lacking_a_column(target: Path, key: str = "accrued_amount") -> Path:
    """The form printed without one of its columns."""

    def lacking(page: Page) -> Page:
        return replace(page, columns=tuple(column for column in page.columns if column.key != key))

    return _write(target, indicator_results_pdf.render(_each_page(lacking)))


def pdf_with_an_unknown_column(target: Path) -> Path:
    """The form with a last column `Observaciones` that holds data."""
    return _write(target, indicator_results_pdf.render(_each_page(_with_unknown_column)))


def xlsx_with_an_unknown_column(target: Path) -> Path:
    """The workbook with a last column `Observaciones` that holds data."""
    return _write(target, indicator_results_xlsx.render(_each_page(_with_unknown_column)))


def pdf_with_a_stray_row(target: Path) -> Path:
    """The form with a row on its first page that is neither data nor a total: an amount beside a remark."""
    stray = Row("stray", {"axis_name": "Ver nota 7", "formula": "véase anexo", "adjusted_amount": "1,234.56"})

    def with_stray_row(page: Page) -> Page:
        return replace(page, rows=(*page.rows[:3], stray, *page.rows[3:]))

    return _write(target, indicator_results_pdf.render(_first_page(with_stray_row)))


def pdf_with_contradicting_periods(target: Path) -> Path:
    """The form whose first page says it ends in September and whose second page in December."""

    def until_september(page: Page) -> Page:
        return replace(page, heading=(*page.heading[:-1], ("Del 1 de enero al 30 de septiembre 2020",)))

    return _write(target, indicator_results_pdf.render(_first_page(until_september)))


def pdf_with_too_many_pages(target: Path, page_count: int = 2000) -> Path:
    """The form's first page and then pages without a table, `page_count` in all."""
    form = _form()
    bare = _without_table(form.pages[0])
    pages = (form.pages[0], *[bare] * (page_count - 1))
    return _write(target, indicator_results_pdf.render(replace(form, pages=pages)))


def pdf_with_hostile_labels(target: Path) -> Path:
    """The form whose indicator names are HOSTILE_LABELS."""
    return _write(target, indicator_results_pdf.render(_each_page(_with_hostile_labels)))


def xlsx_with_hostile_labels(target: Path) -> Path:
    """The workbook whose indicator names are HOSTILE_LABELS, as texts and not as formulas."""
    return _write(target, indicator_results_xlsx.render(_each_page(_with_hostile_labels)))


def text_with_hostile_labels(target: Path) -> Path:
    """The text form whose indicator names are HOSTILE_LABELS."""
    return _write(target, indicator_results_text(_each_page(_with_hostile_labels)).encode())


def text_with_control_characters(target: Path) -> Path:
    """The text form whose first indicator's name is CONTROL_CHARACTERS."""

    def damaged(page: Page) -> Page:
        first, *rest = page.rows
        name = {**first.cells, "indicator_name": CONTROL_CHARACTERS}
        return replace(page, rows=(replace(first, cells=name), *rest))

    return _write(target, indicator_results_text(_first_page(damaged)).encode())


def siafi_pdf_lacking_a_page(target: Path) -> Path:
    """The SIAFI reports without page 2 of 3 of the first one."""
    reports = load_siafi(ADUANAS_2021_01)
    pages = (reports.pages[0], *reports.pages[2:])
    return _write(target, siafi_pdf.render(replace(reports, pages=pages)))


def _form() -> Publication:
    return load_indicator_results(ISSEG_2020)


def _each_page(change: Callable[[Page], Page]) -> Publication:
    form = _form()
    return replace(form, pages=tuple(change(page) for page in form.pages))


def _first_page(change: Callable[[Page], Page]) -> Publication:
    form = _form()
    return replace(form, pages=(change(form.pages[0]), *form.pages[1:]))


def _without_table(page: Page) -> Page:
    return replace(page, columns=(), rows=())


def _with_unknown_column(page: Page) -> Page:
    remarks = Column("remarks", "Observaciones", group="NOTAS")
    rows = tuple(
        replace(row, cells={**row.cells, "remarks": f"Nota {number}"}) if row.kind == "data" else row
        for number, row in enumerate(page.rows, start=1)
    )
    return replace(page, columns=(*page.columns, remarks), rows=rows)


def _with_hostile_labels(page: Page) -> Page:
    rows = []
    for number, row in enumerate(page.rows):
        if row.kind == "data":
            label = HOSTILE_LABELS[number % len(HOSTILE_LABELS)]
            row = replace(row, cells={**row.cells, "indicator_name": label})
        rows.append(row)
    return replace(page, rows=tuple(rows))


def _write(target: Path, data: bytes) -> Path:
    target.write_bytes(data)
    return target
