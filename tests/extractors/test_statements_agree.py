"""The budgetary and programmatic statements that a body of Guanajuato files each quarter, as PDF and as workbook: every
form is read, and both forms of one statement print the same, cell for cell."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from extractors.accounting import account_for
from extractors.layout import Interpretation, interpret
from extractors.limits import Budget, Limits
from extractors.logical_table import TOTALS, Row
from extractors.readers.opening import open_document
from extractors.spec import load_sources
from tests.extractors.beside import FILINGS, needs_filings

SOURCE = load_sources()["mx_gto_cuenta_publica"]
FORMS = sorted(
    (file for ending in ("pdf", "xlsx") for file in FILINGS.glob(f"pairs/*/*/[67]-*/*.{ending}")),
    key=lambda file: file.as_posix(),
)
PAIRS = [
    (file, file.with_suffix(".xlsx"))
    for file in FORMS
    if file.suffix == ".pdf" and file.stem != "7.3" and file.with_suffix(".xlsx") in FORMS
]

CUT_OFF = {"2018/1er/6.1", "2018/1er/6.2", "2018/2do/6.1", "2018/2do/6.2"}
"""Their PDF leaves out a line of one label, because the row is too low for it."""
FIRST_ONLY = {"2020/1er/6.4"}
"""Its PDF prints the first of the three classifications that the workbook holds."""


def name(file: Path) -> str:
    year, quarter = file.parts[-4], file.parts[-3].partition("-")[0]
    return f"{year}/{quarter}/{file.stem}"


@cache
def reading(file: Path) -> Interpretation:
    _, pages = open_document(file, Budget(Limits()), whole_sheets=SOURCE.print_areas == "ignored")
    found = interpret(pages, SOURCE)
    for table in found.tables:
        account_for(table)
    return found


def pieces(file: Path) -> dict[str, list[list[Row]]]:
    """The data and total rows of each piece of each table."""
    return {
        table.name: [[row for row in s.rows if row.kind == "data" or row.kind in TOTALS] for s in table.segments]
        for table in reading(file).tables
    }


def text_of(row: Row, column: str) -> str:
    cell = row.values.get(column)
    return (cell.joined or "") if cell else ""


def squeezed(text: str) -> str:
    """Without white space: narrow cells break words."""
    return "".join(text.split())


def number(text: str) -> Decimal | str:
    """The value of a printed number, whose sign a computer prints in the way of its country; blanks stay blanks."""
    plain = squeezed(text).replace(",", "").replace("$", "")
    if match := re.fullmatch(r"\(([\d.]+)\)|([\d.]+)-|-([\d.]+)", plain):
        return -Decimal(next(group for group in match.groups() if group))
    return Decimal(plain) if re.fullmatch(r"[\d.]+", plain) else plain.replace("¡", "")


def is_cut(printed: str, whole: str) -> bool:
    """True when a label lacks words of the whole one, and only these."""
    words = iter(whole.split())
    return len(printed.split()) > 2 and all(word in words for word in printed.split())


def differences(pdf: Path, workbook: Path) -> list[str]:
    """Where the two forms print otherwise."""
    one, other = pieces(pdf), pieces(workbook)
    found = [] if one.keys() == other.keys() else [f"tables {sorted(one)} and {sorted(other)}"]
    for table in one.keys() & other.keys():
        if len(one[table]) != len(other[table]) and name(pdf) not in FIRST_ONLY:
            found.append(f"{table}: {len(one[table])} and {len(other[table])} pieces")
        for printed, stored in zip(one[table], other[table], strict=False):
            found += [f"{table}: {text}" for text in _differences(table, printed, stored, name(pdf) in CUT_OFF)]
    return found


def _differences(table: str, printed: list[Row], stored: list[Row], is_low: bool) -> list[str]:
    columns = SOURCE.tables[table].columns
    # What a cell over the total and the row of the surplus prints stands in the one here and in the other there.
    memos = [[row for row in rows if row.kind == "memo"] for rows in (printed, stored)]
    printed, stored = ([row for row in rows if row.kind != "memo"] for rows in (printed, stored))
    found = [] if len(printed) == len(stored) else [f"{len(printed)} and {len(stored)} rows"]
    for row, twin in zip(printed, stored, strict=False):
        if (row.kind, squeezed(row.label or "")) != (twin.kind, squeezed(twin.label or "")):
            found.append(f"{row.kind} {row.label!r} and {twin.kind} {twin.label!r}")
        for column, spec in columns.items():
            one, other = text_of(row, column), text_of(twin, column)
            if spec.kind == "number":
                same = number(one) == number(other)
                if not same and row.kind == "total" and not one:
                    same = number(other) in {number(text_of(memo, column)) for memo in memos[0]}
            else:
                same = squeezed(one) == squeezed(other) or (is_low and is_cut(one, other))
            if not same:
                found.append(f"{column} of {text_of(twin, 'concept')[:30]!r}: {one!r} and {other!r}")
    return found


@needs_filings
class TestStatements:
    def test_there_are_forms_of_three_years(self) -> None:
        assert {file.parts[-4] for file in FORMS} == {"2018", "2019", "2020"}
        assert {file.stem for file in FORMS} >= {f"6.{n}" for n in range(1, 8)} | {"7.1", "7.2", "7.3"}
        assert len(FORMS) > 150 and len(PAIRS) > 70

    @pytest.mark.parametrize("file", FORMS, ids=[f"{name(file)}{file.suffix}" for file in FORMS])
    def test_every_form_is_read_in_full(self, file: Path) -> None:
        found = reading(file)
        assert found.tables and all(any(segment.data for segment in table.segments) for table in found.tables)
        assert found.metadata.institution_name_raw.startswith("INSTITUTO DE ALFABETIZACIÓN Y EDUCACIÓN B")
        last = {"1er": "03-31", "2do": "06-30", "3er": "09-30", "4to": "12-31"}[file.parts[-3].partition("-")[0]]
        year = file.parts[-4]
        period = (found.metadata.period_start_date, found.metadata.period_end_date)
        assert period == (f"{year}-01-01", f"{year}-{last}")

    @pytest.mark.parametrize(("pdf", "workbook"), PAIRS, ids=[name(pdf) for pdf, _ in PAIRS])
    def test_pdf_and_workbook_agree_cell_for_cell(self, pdf: Path, workbook: Path) -> None:
        assert differences(pdf, workbook) == []

    @pytest.mark.parametrize("file", [file for file in FORMS if file.stem == "6.6"], ids=lambda f: name(f) + f.suffix)
    def test_the_chapters_add_up_to_the_total(self, file: Path) -> None:
        (rows,) = pieces(file)["spending_by_object"]
        chapters = [row for row in rows if row.kind == "data" and text_of(row, "concept").isupper()]
        totals = [row for row in rows if row.kind == "total"]
        assert 5 <= len(chapters) <= 9 and totals
        for column in ("approved_amount", "adjusted_amount", "accrued_amount", "paid_amount"):
            values = [number(text_of(row, column)) for row in chapters]
            added = sum(value for value in values if isinstance(value, Decimal))
            for total in totals:
                # a workbook rounds each sum by itself
                assert abs(added - Decimal(str(number(text_of(total, column))))) <= Decimal("0.05")

    @pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
    def test_figures_read_off_the_form(self, ending: str) -> None:
        quarter = FILINGS / "pairs" / "2020" / "3er-trimestre-2020"
        units = pieces(quarter / "6-Informacion-Presupuestaria" / f"6.4{ending}")["spending_by_unit"]
        assert [len(piece) for piece in units] == [10, 5, 8]
        first = units[0][0]
        assert [text_of(first, column) for column in ("concept", "approved_amount", "paid_amount")] == [
            "0101 Dirección General",
            "16,387,682.92",
            "10,117,256.75",
        ]
        assert {text_of(row, "amended_amount") for row in units[1]} <= {"", "-"}  # NO APLICA is stamped over it
        projects = pieces(quarter / "7-Informacion-Programatica" / f"7.2{ending}")["investment_projects"][0]
        assert [row.kind for row in projects] == ["data"] * 15 + ["total"]
        assert text_of(projects[8], "project_name") == "SEGUIMIENTO Y ACREDITACIÓN"
        assert text_of(projects[8], "goal_programmed") == "340"
        assert text_of(projects[10], "project_code") == "P3127"
        assert text_of(projects[-1], "approved_amount") == "346,949,067"
