"""The judge is judged: every way a reading can be wrong is counted as what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.accuracy.comparing import Score, compare, compare_bags, compare_some
from tests.accuracy.rows import PrintedRow, printed_row


def rows(*lines: str, flagged: Sequence[str] = ()) -> list[PrintedRow]:
    """Rows of cells set apart by bars; the texts named are flagged."""
    found = [
        printed_row([(c.strip(), c.strip() in flagged) for c in line.split("|")], ",", ".", line) for line in lines
    ]
    return [row for row in found if row is not None]


def counts(score: Score) -> tuple[int, int, int, int, int]:
    return score.right, score.wrong, score.missing, score.extra, score.flagged


TRUTH = rows("Salud | 1,000.50 | 20", "Educación | 3,000.00 | 40", "Total | 4,000.50 | 60")


def test_the_same_rows_are_right() -> None:
    assert counts(compare(TRUTH, TRUTH)) == (6, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (rows("Salud | 1,000.50 | 20", "Educación | 3,900.00 | 40", "Total | 4,000.50 | 60"), (5, 1, 0, 0, 0)),
        (rows("Salud | 1,000.50 | 20", "Educación | 3,000.00", "Total | 4,000.50 | 60"), (5, 0, 1, 0, 0)),
        (rows("Salud | 1,000.50 | 20 | 7", "Educación | 3,000.00 | 40", "Total | 4,000.50 | 60"), (6, 0, 0, 1, 0)),
        (rows("Salud | 1,000.50 | 20", "Total | 4,000.50 | 60"), (4, 0, 2, 0, 0)),
        (rows("Salud | 3,000.00 | 40", "Educación | 1,000.50 | 20", "Total | 4,000.50 | 60"), (2, 4, 0, 0, 0)),
        ([], (0, 0, 6, 0, 0)),
    ],
    ids=["a digit", "a cell left out", "a cell too many", "a row left out", "rows exchanged", "nothing read"],
)
def test_every_fault_is_counted(reading: list[PrintedRow], expected: tuple[int, ...]) -> None:
    score = compare(TRUTH, reading)
    assert counts(score) == expected
    assert len(score.examples) == sum(expected[1:4])


def test_a_wrong_amount_that_is_doubted_is_flagged() -> None:
    reading = rows("Salud | 1,000.50 | 26", "Educación | 3,000.00 | 40", "Total | 4,000.50 | 60", flagged=["26"])
    assert counts(compare(TRUTH, reading)) == (5, 0, 0, 0, 1)


def test_prints_of_one_value_in_other_roundings_are_the_same() -> None:
    assert counts(compare(rows("a | 0.5479"), rows("a | 55%"))) == (1, 0, 0, 0, 0)
    assert counts(compare(rows("a | (1,250.00)"), rows("a | -1,250"))) == (1, 0, 0, 0, 0)
    assert counts(compare(rows("a | 0.5479"), rows("a | 56%"))) == (0, 1, 0, 0, 0)


def test_words_broken_in_narrow_cells_and_accents_do_not_part_rows() -> None:
    assert counts(compare(rows("Educación básica | 7"), rows("Educa cion basi- ca | 7"))) == (1, 0, 0, 0, 0)


def test_a_zero_that_a_format_hides_is_not_missing_but_a_zero_too_many_is_extra() -> None:
    assert counts(compare(rows("a | 0 | 5"), rows("a | 5"))) == (1, 0, 0, 0, 0)
    assert counts(compare(rows("a | 5"), rows("a | 0 | 5"))) == (1, 0, 0, 1, 0)


def test_a_row_of_zeros_takes_no_other_row_of_the_same_words() -> None:
    truth = rows("Total | 4 | 6", "Total | 0 | 0", "Total | 7 | 8")
    assert counts(compare(truth, rows("Total | 4 | 6", "Total | 7 | 8"))) == (4, 0, 0, 0, 0)
    assert counts(compare(truth, rows("Total | 4 | 6", "Total | 0 | 0", "Total | 7 | 8"))) == (6, 0, 0, 0, 0)


def test_an_amount_of_a_cell_over_two_rows_may_stand_in_either_and_nowhere_else() -> None:
    [total] = rows("Total | 10.00 | 3.00")
    merged = PrintedRow(total.words, (total.amounts[0], replace(total.amounts[1], spans_rows=True)), total.place)
    reading = rows("Total | 10.00", "Ingresos excedentes | 3.00")
    assert counts(compare([merged], reading)) == (2, 0, 0, 0, 0)
    assert counts(compare([total], reading)) == (1, 0, 1, 1, 0)
    farther = rows("Total | 10.00", "Nota | 8.00", "Ingresos excedentes | 3.00")
    assert counts(compare([merged], farther)) == (1, 0, 1, 2, 0)


def test_what_the_document_does_not_print_cannot_be_missing() -> None:
    truth = [*TRUTH, *rows("Por función | 4,000.50 | 99")]
    once = [amount.number for row in TRUTH for amount in row.amounts]
    score = compare(truth, TRUTH, once)
    assert (counts(score), score.unprinted) == ((6, 0, 0, 0, 0), 2)
    # printed a second time and read once, it is missing
    score = compare(truth, TRUTH, [*once, TRUTH[2].amounts[0].number])
    assert (counts(score), score.unprinted) == ((6, 0, 1, 0, 0), 1)


def test_sheets_are_compared_as_a_whole() -> None:
    assert counts(compare_bags(rows("a | 1", "b | 2"), rows("c | 2 | 1 | 9"))) == (2, 0, 0, 1, 0)


def test_some_rows_are_compared_with_their_partners_alone() -> None:
    truth = rows("120 Judicial | 10.50 | 7", "Total Gobierno | 99.00")
    reading = rows("110 | Legislativa | 1.00 | 2", "120 | Judicial | 10.50 | 7", "Total Gobierno | 99.10")
    assert counts(compare_some(truth, reading)) == (2, 1, 0, 0, 0)
    assert counts(compare_some(truth, reading[:1])) == (0, 0, 3, 0, 0)
