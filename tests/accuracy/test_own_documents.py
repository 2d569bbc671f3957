"""The publications of the repository are read without one wrong amount that nothing flags, and it would be said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.spec import load_sources
from tests.accuracy import accuracy
from tests.accuracy.families import families
from tests.accuracy.score import FIGURES, FamilyScore, score_family

SOURCES = load_sources()
OWN = [family for family in families(frozenset(SOURCES)) if family.place == "own"]


@pytest.fixture(scope="module", params=OWN, ids=[family.source_id for family in OWN])
def score(request: pytest.FixtureRequest) -> FamilyScore:
    family = request.param
    return score_family(family, SOURCES[family.source_id])


def test_every_amount_is_right_or_flagged(score: FamilyScore) -> None:
    assert score.quarantined == {}
    for found in score.against.values():
        assert found.examples == []
        assert found.right + found.flagged == found.expected > 0


def test_every_document_has_a_truth(score: FamilyScore) -> None:
    assert sum(score.documents_against.values()) == score.read


def test_the_command_fails_and_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    wrong = FamilyScore("xx_a_b", "own", read=1, quarantined={"bad.pdf": "the PDF is damaged."}, amounts=2)
    monkeypatch.setattr(accuracy, "families", lambda known: OWN[:1])
    monkeypatch.setattr(accuracy, "score_family", lambda *parts: wrong)
    written = tmp_path / "accuracy.json"
    assert accuracy.main(["--json", str(written)]) == 0
    wrong.against[FIGURES] = accuracy.Score(right=1, wrong=1, examples=["form.pdf, row 1: 8 was read as 3"])
    wrong.documents_against[FIGURES] = 1
    assert accuracy.main(["--json", str(written)]) == 1
    printed = " ".join(capsys.readouterr().out.split())
    assert "form.pdf, row 1: 8 was read as 3" in printed
    assert "bad.pdf: the PDF is damaged." in printed
    (family,) = json.loads(written.read_text("utf-8"))["families"]
    assert (family["against"][FIGURES]["right"], family["against"][FIGURES]["wrong"]) == (1, 1)
