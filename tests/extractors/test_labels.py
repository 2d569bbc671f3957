"""Labels that print the same words share a key; numbers are known by their look, never converted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.labels import fold, latin
from extractors.numerals import is_number, value_of
from extractors.spec import Numbers

US = Numbers(thousands=",", decimal=".")
ES = Numbers(thousands=".", decimal=",")
SI = Numbers(thousands=" ", decimal=",")


@pytest.mark.parametrize(
    "printed",
    ["Alc./ Prog.", "ALC. / PROG.", "Alc./Prog.", " alc\n/prog ", "АLС./ РRОG."],
    ids=["form", "capitals", "no space", "line break", "Cyrillic А С Р О"],
)
def test_one_label_printed_in_several_ways(printed: str) -> None:
    assert fold(printed) == "ALCPROG"


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("тот AL:", "TOTAL"),  # as OCR wrote it: three Cyrillic letters and a space
        ("CATEGORIA PROGRAMÁTICA", "CATEGORIAPROGRAMATICA"),
        ("Año", "ANO"),
        ("№ 3", "NO3"),
        ("%", "%"),
        ("$ %", "$%"),
        (" \n ", ""),
    ],
)
def test_keys(printed: str, key: str) -> None:
    assert fold(printed) == key


@pytest.mark.parametrize(("one", "other"), [("DIFERENCIA", "DIFERENCIAS"), ("F", "FN"), ("%", "$"), ("1a", "1b")])
def test_other_labels_keep_other_keys(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_latin_leaves_spanish_alone() -> None:
    assert latin("Número de niñas y “niños” — año 2020, 3°") == "Número de niñas y “niños” — año 2020, 3°"


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        (US, "6,758,751,766.74"),
        (US, "0.00"),
        (US, "-828.93"),
        (US, "(1,234.50)"),
        (US, "$ 1,234"),
        (US, "3.15%"),
        (US, "71 %"),
        (US, "4324"),
        (US, "-"),
        (US, " 12 "),
        (ES, "1.234.567,89"),
        (SI, "1 234 567,89"),
    ],
)
def test_numbers(numbers: Numbers, text: str) -> None:
    assert is_number(text, numbers)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        (US, ""),
        (US, "1.234.567,89"),
        (ES, "6,758,751,766.74"),
        (US, "16.716.417.00"),
        (US, "1,23"),
        (US, "12,3456.00"),
        (US, "G1290"),
        (US, "05/02/2021"),
        (US, "1 de 3"),
        (US, "N/D"),
        (US, "11-01-000-000"),
    ],
)
def test_no_numbers(numbers: Numbers, text: str) -> None:
    assert not is_number(text, numbers)
    assert value_of(text, numbers) is None


@pytest.mark.parametrize(
    ("numbers", "text", "value"),
    [
        (US, "31,267,221.00", "31267221.00"),
        (US, "0.00", "0.00"),
        (US, "-", "0"),
        (ES, "1.234,5", "1234.5"),
        (SI, "1 234,5", "1234.5"),
        (US, "(1,234.50)", "1234.50"),
        (US, "3.15%", "3.15"),
    ],
)
def test_values_leave_signs_aside(numbers: Numbers, text: str, value: str) -> None:
    assert value_of(text, numbers) == Decimal(value)


def test_a_long_row_of_digits_is_decided_at_once() -> None:
    assert is_number("1," * 20_000 + "111", US) is False
    assert is_number("1" + ",111" * 20_000, US)
