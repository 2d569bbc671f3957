"""What a workbook shows is what is landed; a format that is not known is refused rather than guessed.

The expected texts are what a spreadsheet program shows for these values and formats.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from extractors.readers.number_format import displayed

ACCOUNTING = '_-* #,##0.00_-;\\-* #,##0.00_-;_-* "-"??_-;_-@_-'
ACCOUNTING_US = '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (22859650.85, "#,##0.00", "22,859,650.85"),
        (22859650.855, "#,##0.00", "22,859,650.86"),
        (6758751766.74, "#,##0.00", "6,758,751,766.74"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (0, "#,##0.00", "0.00"),
        (-0.001, "0.00", "0.00"),
        (1234.5, ACCOUNTING, "1,234.50"),
        (-1234.5, ACCOUNTING, "-1,234.50"),
        (0, ACCOUNTING, "-"),
        (-1234.5, ACCOUNTING_US, "(1,234.50)"),
        (-1234.5, "#,##0.00;[Red](#,##0.00)", "(1,234.50)"),
        (-3, "#,##0_);(#,##0)", "(3)"),
        (1.575, "0%", "158%"),
        (0.0315, "0.00%", "3.15%"),
        (0.005, "0%", "1%"),
        (0.5, '0" %"', "1 %"),
        (71, '0"%"', "71%"),
        (71, "0\\%", "71%"),
        (1234, "[$$-80A]#,##0.00", "$1,234.00"),
        (1234, '"S/"\\ #,##0.00', "S/ 1,234.00"),
        (5, "#,##0 €", "5 €"),
        (7, "00", "07"),
        (0.5, "#.00", ".50"),
        (2.5, "0.0#", "2.5"),
        (1234567.891, "0", "1234568"),
        (5, ";;;", ""),
    ],
)
def test_numbers_as_shown(value: float, number_format: str, text: str) -> None:
    assert displayed(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (157.5, "157.5"),
        (0.1 + 0.2, "0.3"),
        (0.55, "0.55"),
        (1 / 3, "0.333333333"),
        (2 / 3, "0.666666667"),
        (12345.678912, "12345.67891"),
        (12345678901, "12345678901"),
        (Decimal("1.10"), "1.1"),
        (100, "100"),
        (-4.5, "-4.5"),
        (0, "0"),
    ],
)
def test_general_shows_up_to_eleven_characters(value: float | Decimal, text: str) -> None:
    assert displayed(value, "General") == text


@pytest.mark.parametrize("value", [5, -5, 3031.0, 0.25])
def test_a_number_in_a_cell_formatted_as_text_is_shown(value: float) -> None:
    # the office typed the number first and made the cell text afterwards
    assert displayed(value, "@") == displayed(value, "General") != ""


def test_percentages_round_half_up_on_the_decimal_value() -> None:
    # 1.125 and 2.675 as binary numbers lie on and just below the half
    assert [displayed(value, "0.00") for value in (1.125, 2.675)] == ["1.13", "2.68"]
    assert displayed(1.575, "0%") == "158%"
    assert displayed(157.5, "0") == "158"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (dt.datetime(2021, 2, 5), "dd/mm/yyyy", "05/02/2021"),
        # the format of the system has no order of its own: 02-05-21 would be the second of May to who prints days first
        (dt.datetime(2021, 2, 5), "mm-dd-yy", "2021-02-05"),
        (dt.datetime(2021, 2, 5, 9, 7), "m/d/yy h:mm", "2021-02-05 09:07"),
        (dt.date(2021, 2, 5), "d\\-m\\-yyyy;@", "5-2-2021"),
        (dt.datetime(2021, 2, 5, 18, 18, 13), "yyyy-mm-dd hh:mm:ss", "2021-02-05 18:18:13"),
        (dt.time(18, 5), "h:mm", "18:05"),
    ],
)
def test_dates_as_shown(value: object, number_format: str, text: str) -> None:
    assert displayed(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), ("=HYPERLINK(1)", "=HYPERLINK(1)"), (True, "TRUE"), ("0.50", "0.50")]
)
def test_texts_and_blanks_as_they_are(value: object, text: str) -> None:
    assert displayed(value, "#,##0.00") == text


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        (5, "0.00E+00"),
        (0.5, "# ?/?"),
        (5000, "#,##0,"),
        (5000, "0.0,"),
        (5, "[>=1000]#,##0;0"),
        (5, "000-00-0000"),
        (5, "0,000"),
        (5, "[h]:mm"),
        (5, "Estándar"),
        (123456789012, "General"),
        (0.00001, "General"),
        (float("nan"), "0"),
        (float("inf"), "General"),
        (1e300, "0.00"),
        (dt.datetime(2021, 2, 5), "d mmm yyyy"),
        (dt.datetime(2021, 2, 5), "h AM/PM"),
        (dt.timedelta(hours=3), "h:mm"),
        (b"bytes", "General"),
    ],
)
def test_what_is_not_known_is_refused(value: object, number_format: str) -> None:
    with pytest.raises(ValueError, match=r"format|value|General"):
        displayed(value, number_format)
