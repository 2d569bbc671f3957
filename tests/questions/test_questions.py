"""Each of the twenty questions is one SELECT on one mart that runs as it stands and gives what the documents print."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.built_warehouse import ROOT, Warehouse
from tests.questions.answers import ANSWERS

QUESTIONS = sorted((ROOT / "dbt_project" / "analyses" / "questions").glob("*.sql"))


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row with numbers of one kind, and texts without the line breaks of a page."""
    return tuple(
        Decimal(value).quantize(Decimal("0.000001"))
        if isinstance(value, int | Decimal) and not isinstance(value, bool)
        else " ".join(value.split())
        if isinstance(value, str)
        else value
        for value in row
    )


def test_there_are_twenty_and_each_has_an_answer() -> None:
    assert [file.stem[:3] for file in QUESTIONS] == list(ANSWERS) == [f"q{number:02}" for number in range(1, 21)]


@pytest.mark.parametrize("file", QUESTIONS, ids=[file.stem for file in QUESTIONS])
def test_the_warehouse_answers_what_the_documents_print(file: Path, sound: Warehouse) -> None:
    expected = ANSWERS[file.stem[:3]]()
    assert sorted(map(plain, sound.query(file.read_text("utf-8"))), key=repr) == sorted(map(plain, expected), key=repr)


@pytest.mark.parametrize("file", QUESTIONS, ids=[file.stem for file in QUESTIONS])
def test_it_is_one_select_on_one_mart_with_both_languages(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines()
    comments = [line for line in lines if line.startswith("-- ")]
    sql = "\n".join(line for line in lines if not line.startswith("--"))
    assert comments[0].startswith("-- ¿") and comments[1].endswith("?")
    assert any(line.startswith("-- Una fila:") for line in comments)
    assert any(line.startswith("-- One row:") for line in comments)
    assert any(line.startswith("-- Watch for:") for line in comments)
    assert len(re.findall(r"\bselect\b", sql)) == 1 and not re.search(r"\bjoin\b|\bunion\b|;|::|\ball by\b", sql)
    assert len(re.findall(r"\bfrom marts\.mart_[a-z_]+\n", sql)) == 1


def test_the_largest_come_first_where_the_question_asks_for_an_order(sound: Warehouse) -> None:
    for question, column in (("q02", 5), ("q07", 5), ("q18", 6)):
        (file,) = [file for file in QUESTIONS if file.stem.startswith(question)]
        sizes = [abs(row[column]) for row in sound.query(file.read_text("utf-8"))]
        assert sizes == sorted(sizes, reverse=True), question
