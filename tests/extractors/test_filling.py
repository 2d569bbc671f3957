"""Blanks that repeat a value are filled, said to be filled, and never against the arithmetic around them."""

from __future__ import annotations

import pytest

from extractors.errors import UnaccountedCells
from extractors.filling import DOWN, UP, fill
from extractors.spec import Fill, Numbers

US = Numbers(thousands=",", decimal=".")
PLAIN = Fill(direction="down")
BY_MONEY = Fill(direction="down", opens_group_when_nonzero="money")


def rows(*pairs: tuple[str, str]) -> list[dict[str, str | None]]:
    return [{"code": code, "money": money} for code, money in pairs]


def filled(rule: Fill, *pairs: tuple[str, str]) -> list[tuple[str, str] | None]:
    return fill(rows(*pairs), "code", rule, US)


def test_a_blank_repeats_the_value_above() -> None:
    assert filled(PLAIN, ("A", "5"), ("", "0.00"), ("", "7"), ("B", "")) == [
        None,
        ("A", DOWN),
        ("A", DOWN),
        None,
    ]


def test_a_blank_with_money_opens_the_group_of_the_next_printed_value() -> None:
    assert filled(BY_MONEY, ("A", "5.00"), ("", "0.00"), ("", "1,250.00"), ("", ""), ("B", "0.00")) == [
        None,
        ("A", DOWN),
        ("B", UP),
        ("B", UP),
        None,
    ]


def test_a_first_row_with_money_is_filled_from_below() -> None:
    assert filled(BY_MONEY, ("", "5.00"), ("A", "0.00")) == [("A", UP), None]


@pytest.mark.parametrize("zero", ["", "-", "0", "0.00"])
def test_zero_in_any_print_opens_nothing(zero: str) -> None:
    assert filled(BY_MONEY, ("A", "5.00"), ("", zero)) == [None, ("A", DOWN)]


@pytest.mark.parametrize(
    ("rule", "pairs"),
    [
        (PLAIN, [("", "5.00"), ("A", "0.00")]),
        (BY_MONEY, [("", "0.00"), ("A", "5.00")]),
        (BY_MONEY, [("A", "5.00"), ("", "7.00")]),
    ],
    ids=["nothing above", "no money, nothing above", "money, nothing below"],
)
def test_nothing_to_fill_from_stops_the_document(rule: Fill, pairs: list[tuple[str, str]]) -> None:
    row = next(number for number, (code, _) in enumerate(pairs, 1) if not code)
    with pytest.raises(UnaccountedCells, match=f"^data row {row}: code is blank and there is no printed value"):
        filled(rule, *pairs)


def test_a_group_is_not_filled_with_the_name_of_the_next_one() -> None:
    # B carries its own money, so the money above belongs to a group that is printed nowhere
    with pytest.raises(UnaccountedCells, match="data row 2: code is blank and there is no printed value"):
        filled(BY_MONEY, ("A", "5.00"), ("", "7.00"), ("B", "9.00"))


def test_an_amount_that_cannot_be_read_decides_nothing() -> None:
    with pytest.raises(UnaccountedCells, match=r"data row 2: code is blank, and money prints '16\.716\.417\.00'"):
        filled(BY_MONEY, ("A", "5.00"), ("", "16.716.417.00"), ("B", "0.00"))


def test_a_column_that_is_not_on_the_page_is_filled_like_a_blank() -> None:
    assert fill([{"code": "A"}, {"code": None}, {}], "code", PLAIN, US) == [None, ("A", DOWN), ("A", DOWN)]


STOPPING = Fill(direction="down", stops_at="blank_row")


def stopped(below_blank: set[int], *codes: str, rule: Fill = STOPPING) -> list[tuple[str, str] | None]:
    return fill([{"code": code, "money": "0.00"} for code in codes], "code", rule, US, below_blank)


def test_below_a_blank_row_a_blank_stays_one_until_the_next_printed_value() -> None:
    assert stopped({2}, "A", "", "", "", "B", "") == [None, ("A", DOWN), None, None, None, ("B", DOWN)]


def test_a_blank_row_stops_nothing_that_does_not_say_so() -> None:
    assert stopped({2}, "A", "", "", rule=PLAIN) == [None, ("A", DOWN), ("A", DOWN)]


def test_a_value_printed_below_a_blank_row_holds_on() -> None:
    assert stopped({1}, "A", "B", "") == [None, None, ("B", DOWN)]


def test_a_blank_row_above_all_others_excuses_no_blank() -> None:
    with pytest.raises(UnaccountedCells, match=r"^data row 1: code is blank and there is no printed value"):
        stopped({0}, "", "A")


def test_two_blank_rows_stop_as_one_does() -> None:
    assert stopped({1, 2}, "A", "", "", "B") == [None, None, None, None]


def test_a_group_that_money_opens_needs_its_name_below_a_blank_row_too() -> None:
    both = Fill(direction="down", stops_at="blank_row", opens_group_when_nonzero="money")
    found = fill(rows(("A", "5"), ("", "0.00"), ("", "7.00"), ("B", "0.00")), "code", both, US, {1})
    assert found == [None, None, ("B", UP), None]
    with pytest.raises(UnaccountedCells, match=r"^data row 3: code is blank and there is no printed value"):
        fill(rows(("A", "5"), ("", "0.00"), ("", "7.00"), ("B", "9.00")), "code", both, US, {1})
